"""The engine: one run however many ask, shared by processes, and a clear answer when there are too many."""

import errno
import json
import subprocess
import sys
import textwrap
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from importlib.util import find_spec

import pytest

from lab.engine import engine as engine_module
from lab.engine.cache import Cache, cache_key
from lab.engine.engine import Engine
from lab.evidence.catalogue import BY_NAME
from lab.evidence.records import Records
from lab.experiment import Experiment
from lab.process.call import ROOT
from lab.process.file_lock import FileLock
from lab.process.limiter import Busy, Limiter
from lab.process.runner import ExperimentFailed


class Counting:
    """A runner that only counts; each run takes `seconds`."""

    def __init__(self, seconds=0.05):
        self.seconds = seconds
        self.runs = []
        self.most = self._now = 0
        self._lock = threading.Lock()

    def run(self, experiment):
        with self._lock:
            self.runs.append(experiment)
            self._now += 1
            self.most = max(self.most, self._now)
        time.sleep(self.seconds)
        with self._lock:
            self._now -= 1
        return json.dumps({"query": experiment.query})

    def close(self): ...


def make(tmp_path, runner, *, running=2, waiting=64, patience=5.0, records=None):
    limiter = Limiter(tmp_path / "locks", running=running, waiting=waiting, patience=patience)
    records = records or Records(tmp_path / "records")
    return Engine(runner, Cache(tmp_path / "cache"), limiter, tmp_path / "flights", records)


def several(count):
    """That many different experiments."""
    found = [
        Experiment(apps=apps, layout=layout, finders=finders, storage=storage)
        for apps in ("app1,app2", "app2,app1", "app1", "app2")
        for layout in ("flat", "namespaced")
        for finders in ("dirs,apps", "apps,dirs", "dirs", "apps")
        for storage in ("plain", "manifest")
    ]
    return found[:count]


def test_a_hundred_simultaneous_clicks_cost_one_run(tmp_path):
    runner = Counting()
    engine = make(tmp_path, runner)
    with ThreadPoolExecutor(100) as pool:
        texts = set(pool.map(lambda _: engine.observe_json(Experiment()), range(100)))
    assert len(runner.runs) == 1
    assert len(texts) == 1


CLICKS = """
    import sys, time
    from concurrent.futures import ThreadPoolExecutor
    from pathlib import Path
    from tests.lab.engine.test_engine import make
    from lab.experiment import Experiment

    class Noting:
        def run(self, experiment):
            with open(sys.argv[1] + "/runs", "a") as file:
                file.write("run\\n")
            time.sleep(0.3)
            return "{}"

    engine = make(Path(sys.argv[1]), Noting())
    sys.stdin.readline()
    with ThreadPoolExecutor(10) as pool:
        list(pool.map(lambda _: engine.observe_json(Experiment()), range(10)))
"""


def test_several_processes_that_ask_at_once_cost_one_run_as_well(tmp_path):
    command = [sys.executable, "-c", textwrap.dedent(CLICKS), str(tmp_path)]
    sites = [subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE) for _ in range(3)]
    for site in sites:
        site.stdin.write(b"go\n")
        site.stdin.flush()
    for site in sites:
        site.communicate()
        assert site.returncode == 0
    assert (tmp_path / "runs").read_text() == "run\n"


def test_a_cached_observation_survives_a_restart(tmp_path):
    first, second = Counting(), Counting()
    text = make(tmp_path, first).observe_json(Experiment())
    assert make(tmp_path, second).observe_json(Experiment()) == text
    assert second.runs == []


def test_no_more_run_at_once_than_there_are_places(tmp_path):
    runner = Counting()
    engine = make(tmp_path, runner, running=2)
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(engine.observe_json, several(8)))
    assert len(runner.runs) == 8
    assert runner.most == 2


def test_past_the_queue_the_answer_is_busy_with_the_seconds_after_which_to_ask_again(tmp_path):
    engine = make(tmp_path, Counting(0.3), running=1, waiting=2)

    def ask(experiment):
        try:
            return engine.observe_json(experiment)
        except Busy as busy:
            return busy.retry_after

    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(ask, several(8)))
    assert sum(isinstance(answer, str) for answer in answers) == 3
    assert all(answer >= 1 for answer in answers if isinstance(answer, int))


def test_who_waits_too_long_for_a_place_is_told_so(tmp_path):
    engine = make(tmp_path, Counting(0.5), running=1, patience=0.05)
    with ThreadPoolExecutor(2) as pool:
        first = pool.submit(engine.observe_json, Experiment())
        time.sleep(0.1)
        with pytest.raises(Busy):
            engine.observe_json(Experiment(apps="app1"))
        assert first.result()


def test_a_failure_reaches_everyone_who_waited_and_is_not_kept(tmp_path):
    class Failing(Counting):
        def run(self, experiment):
            super().run(experiment)
            raise ExperimentFailed("no")

    runner = Failing()
    engine = make(tmp_path, runner)
    for _ in range(2):
        with pytest.raises(ExperimentFailed):
            engine.observe_json(Experiment())
    assert len(runner.runs) == 2


def test_without_a_writable_folder_the_engine_works_and_keeps_what_it_can_in_memory(tmp_path):
    (tmp_path / "file").write_text("")
    nowhere = tmp_path / "file" / "folder"
    runner = Counting()
    limiter = Limiter(nowhere, running=1, waiting=1, patience=1)
    engine = Engine(runner, Cache(nowhere), limiter, nowhere, Records(nowhere))
    for _ in range(2):
        assert engine.observe_json(Experiment())
    assert len(runner.runs) == 1


def test_a_full_disk_leaves_no_half_written_observation(tmp_path, monkeypatch):
    cache = Cache(tmp_path)

    def full(*_args):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("mysite.serving.atomic_write.os.replace", full)
    cache.put("key", "text" * 10_000)
    assert list(tmp_path.iterdir()) == []
    assert cache.get("key") == "text" * 10_000
    assert Cache(tmp_path).get("key") is None


def test_the_cache_keeps_a_bounded_number_of_files(tmp_path):
    cache = Cache(tmp_path, files=20)
    for number in range(101):
        cache.put(f"{number:03}", "text")
    assert len(list(tmp_path.iterdir())) <= 70
    assert cache.get("100") == "text"


def test_the_key_changes_with_the_experiment_the_versions_and_the_engine(monkeypatch):
    keys = {cache_key(Experiment()), cache_key(Experiment(debug="off"))}
    from lab.engine import cache

    versions = cache.versions()
    monkeypatch.setattr("lab.engine.cache.versions", lambda: replace(versions, django="0.96"))
    keys.add(cache_key(Experiment()))
    monkeypatch.setattr("lab.engine.cache.engine_hash", lambda: "another")
    keys.add(cache_key(Experiment()))
    assert len(keys) == 4


def test_a_lock_is_free_again_when_its_holder_was_killed(tmp_path):
    path = tmp_path / "lock"
    hold = "import sys, time; from pathlib import Path; from lab.process.file_lock import FileLock"
    hold += "; lock = FileLock(Path(sys.argv[1]))"
    hold += "; print(lock.try_acquire(), flush=True); time.sleep(60)"
    with subprocess.Popen([sys.executable, "-c", hold, str(path)], cwd=ROOT, stdout=subprocess.PIPE) as holder:
        assert holder.stdout.readline() == b"True\n"
        assert not FileLock(path).try_acquire()
        holder.kill()
    assert FileLock(path).acquire(1)


def test_where_nginx_is_not_installed_its_record_is_shown_and_without_a_record_the_experiment_is_run(
    tmp_path, monkeypatch
):
    monkeypatch.setattr("mysite.serving.nginx.find", lambda: None)
    runner = Counting()
    engine = make(tmp_path, runner, records=Records())
    recorded = BY_NAME["serves-nginx"].experiment
    assert engine.observe(recorded).recorded
    assert runner.runs == []
    unrecorded = replace(recorded, css="bad-url")
    assert json.loads(engine.observe_json(unrecorded)) == {"query": unrecorded.query}


def test_what_was_seen_without_nginx_is_not_shown_once_it_is_installed(tmp_path, monkeypatch):
    runner = Counting()
    for found in (None, "/usr/sbin/nginx"):
        monkeypatch.setattr("mysite.serving.nginx.find", lambda found=found: found)
        make(tmp_path, runner).observe_json(Experiment(server="nginx"))
    assert len(runner.runs) == 2


def test_whoever_is_not_root_sees_the_record_of_an_nginx_that_was_started_as_root(monkeypatch):
    monkeypatch.setattr("mysite.serving.nginx.find", lambda: "/usr/sbin/nginx")
    monkeypatch.setattr("lab.probe.serving.os.geteuid", lambda: 1000)
    assert engine_module.missing_here(Experiment(server="nginx")) == ""
    assert engine_module.missing_here(Experiment(server="nginx", variation="nginx-as-root")) == "nginx started as root"


def test_a_package_that_is_not_installed_is_named_too(monkeypatch):
    monkeypatch.setattr("lab.probe.serving.find_spec", lambda name: None if name == "boto3" else find_spec(name))
    assert engine_module.missing_here(Experiment(variation="s3")) == "django-storages[s3]"
    assert engine_module.missing_here(Experiment()) == ""
