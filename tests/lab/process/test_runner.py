"""The fork server: quick, shared by threads, and leaving nothing behind however it ends."""

import os
import signal
import subprocess
import sys
import tempfile
import textwrap
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest

from lab.experiment import Experiment
from lab.observation import Observation
from lab.process import runner as runner_module
from lab.process.call import ROOT
from lab.process.runner import ExperimentFailed, ForkServerRunner, FreshRunner, time_limit
from tests.lab.processes import eventually, marked

linux = pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc")
SLOW = Experiment(server="gunicorn", collect="yes", storage="manifest", debug="off")


@pytest.fixture
def place():
    """A folder with a name short enough for Unix sockets below it."""
    with tempfile.TemporaryDirectory(prefix="lab-", dir="/tmp") as folder:
        yield Path(folder)


@pytest.fixture
def own(place, monkeypatch):
    """A runner of this test's own, whose folders and processes carry the place's path as a mark."""
    monkeypatch.setenv("TMPDIR", str(place))
    monkeypatch.setattr("tempfile.tempdir", None)
    runner = ForkServerRunner()
    yield runner
    runner.close()


def workspaces(place):
    return list(place.glob("static-media-lab-*/run-*"))


def test_a_fresh_interpreter_observes_the_same_as_the_fork_server(observe):
    knobs = {"upload": "png", "whitenoise": "last"}
    cold = Observation.from_json(FreshRunner().run(Experiment(**knobs)))
    assert [(step.label, step.status, step.trace) for step in cold.requests] == [
        (step.label, step.status, step.trace) for step in observe(**knobs).requests
    ]


WITHOUT_FORK = """
    import sys
    from pathlib import Path
    from lab.process import call
    call.FORK = False
    from lab.probe import observe
    from lab.experiment import Experiment
    output = sys.stdout
    knobs = {"server": sys.argv[2], "collect": "stale", "upload": "png", "whitenoise": "last"}
    output.write(observe.observe(Experiment(**knobs), Path(sys.argv[1], "run")).to_json())
"""


@pytest.mark.parametrize("server", ["runserver", "uvicorn"])
def test_where_there_is_no_fork_fresh_interpreters_and_a_port_do_the_same(observe, place, server):
    command = [sys.executable, "-c", textwrap.dedent(WITHOUT_FORK), str(place), server]
    environment = runner_module.child_environment()
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=True)
    observed = observe(server=server, collect="stale", upload="png", whitenoise="last")
    assert _without_times(Observation.from_json(done.stdout)) == _without_times(observed)


def _without_times(observation):
    return replace(observation, steps=tuple(replace(step, ms=0) for step in observation.steps))


def test_several_threads_may_run_experiments_at_once(runner):
    apps = ["app1", "app2"] * 4
    with ThreadPoolExecutor(8) as pool:
        texts = list(pool.map(lambda app: runner.run(Experiment(apps=app)), apps))
    assert [Observation.from_json(text).request("css").source for text in texts] == [
        f"{app}/static/app.css" for app in apps
    ]


def test_a_child_sees_nothing_of_the_sites_environment(monkeypatch):
    monkeypatch.setenv("SECRET_KEY", "do-not-tell")
    monkeypatch.setenv("DATABASE_URL", "do-not-tell")
    assert "do-not-tell" not in runner_module.child_environment().values()


@linux
def test_after_a_run_no_process_and_no_folder_of_it_is_left(own, place):
    own.run(Experiment(server="gunicorn"))
    assert eventually(lambda: set(marked(str(place))) == {own.process_id}), marked(str(place))
    (workspace,) = workspaces(place)
    assert eventually(lambda: {path.name for path in workspace.iterdir()} == {"lock", "fork.socket"})
    own.close()
    assert marked(str(place)) == {}
    assert workspaces(place) == []


@linux
def test_no_other_user_can_enter_the_folder_of_the_socket(own, place):
    own.run(Experiment())
    (workspace,) = workspaces(place)
    assert [path.stat().st_mode & 0o077 for path in (workspace, workspace.parent)] == [0, 0]


def test_a_variation_may_take_longer_than_ten_seconds_where_it_says_so():
    assert time_limit(Experiment(server="gunicorn")) == 10
    assert time_limit(Experiment(server="gunicorn", variation="slow-uploads")) == 40


@linux
def test_an_experiment_that_takes_too_long_is_ended_with_all_it_started(own, place, monkeypatch):
    own.run(Experiment())
    monkeypatch.setattr(runner_module, "time_limit", lambda _: 0.15)
    with pytest.raises(ExperimentFailed, match="too long"):
        own.run(SLOW)
    assert eventually(lambda: set(marked(str(place))) == {own.process_id}), marked(str(place))


@linux
def test_a_killed_child_is_a_failure_and_the_next_experiment_works(own, place):
    own.run(Experiment())
    children = Path(f"/proc/{own.process_id}/task/{own.process_id}/children")
    assert eventually(lambda: not children.read_text())
    failures = []

    def run():
        try:
            own.run(SLOW)
        except ExperimentFailed as error:
            failures.append(error)

    thread = threading.Thread(target=run)
    thread.start()
    assert eventually(lambda: bool(children.read_text().split()))
    time.sleep(0.05)
    os.kill(int(children.read_text().split()[0]), signal.SIGKILL)
    thread.join()
    assert len(failures) == 1
    assert own.run(Experiment())
    assert eventually(lambda: set(marked(str(place))) == {own.process_id}), marked(str(place))


@linux
def test_a_killed_template_is_replaced_and_takes_its_children_with_it(own, place):
    own.run(Experiment())
    first = own.process_id
    with ThreadPoolExecutor(2) as pool:
        running = pool.submit(own.run, SLOW)
        time.sleep(0.1)
        os.kill(first, signal.SIGKILL)
        assert Observation.from_json(running.result()).request("page").status == 200
    assert own.process_id != first
    assert eventually(lambda: set(marked(str(place))) == {own.process_id}), marked(str(place))
    assert len(workspaces(place)) == 1  # the dead template's folder was swept away


SITE = """
    import signal, sys, threading
    from lab.experiment import Experiment
    from lab.process.runner import ForkServerRunner

    signal.signal(signal.SIGINT, signal.default_int_handler)  # a shell starts what runs in its background deaf to it
    runner = ForkServerRunner()
    runner.run(Experiment())
    print("ready", flush=True)
    for number in range(6):
        work = lambda: [runner.run(Experiment(server="nginx", collect="yes", storage="manifest")) for _ in range(50)]
        threading.Thread(target=work, daemon=True).start()
    threading.Event().wait()
"""


@linux
@pytest.mark.parametrize("name", ["SIGKILL", "SIGTERM", "SIGINT"])
def test_five_seconds_after_the_end_of_the_site_no_process_and_no_folder_is_left(place, name):
    with subprocess.Popen(
        [sys.executable, "-c", textwrap.dedent(SITE)],
        cwd=ROOT,
        env={**os.environ, "TMPDIR": str(place)},
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    ) as site:
        assert site.stdout.readline() == b"ready\n"
        assert eventually(lambda: len(marked(str(place))) > 5)
        site.send_signal(getattr(signal, name))
    assert eventually(lambda: not marked(str(place)), 5), marked(str(place))
    assert eventually(lambda: workspaces(place) == [], 1)


@linux
def test_what_a_kill_of_everything_leaves_is_swept_by_the_next_start(place, own):
    with subprocess.Popen(
        [sys.executable, "-c", textwrap.dedent(SITE)],
        cwd=ROOT,
        env={**os.environ, "TMPDIR": str(place)},
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    ) as site:
        assert site.stdout.readline() == b"ready\n"
        assert eventually(lambda: len(marked(str(place))) > 3)
        server = min(process for process, line in marked(str(place)).items() if "fork_server" in line)
        os.kill(server, signal.SIGKILL)
        site.kill()
    assert eventually(lambda: not marked(str(place)), 5), marked(str(place))
    assert len(workspaces(place)) == 1
    own.run(Experiment())
    assert len(workspaces(place)) == 1
