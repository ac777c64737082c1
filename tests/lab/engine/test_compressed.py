"""What an experiment remembers of compression changes how long it takes, and nothing else."""

import tempfile
from dataclasses import replace
from pathlib import Path

import pytest

from lab.checker.observe_folder import FolderResult
from lab.engine import compressed
from lab.experiment import Experiment
from lab.experiment.plan import parse
from lab.observation import Observation
from lab.process.compressors import Memory
from lab.process.job import FolderJob
from lab.process.message import decode
from lab.process.runner import ForkServerRunner, FreshRunner
from lab.process.scratch import lock_folder
from lab.project.files import project_files

SERVED = {"debug": "off", "whitenoise": "after-security"}
COMPRESSES = """
import sys, brotli, gzip
print(len(brotli.compress(b"a content of somebody")), len(gzip.compress(b"another content")))
"""


@pytest.fixture
def own(monkeypatch):
    """A runner whose folders nobody else has."""
    with tempfile.TemporaryDirectory(prefix="lab-", dir="/tmp") as folder:
        monkeypatch.setenv("TMPDIR", folder)
        monkeypatch.setattr("tempfile.tempdir", None)
        runner = ForkServerRunner()
        yield runner
        runner.close()


def kept():
    """The file in which this user's processes find what was compressed."""
    return lock_folder() / "compressed" / f"{compressed.key()}.json"


def _without_times(observation):
    return replace(observation, steps=tuple(replace(step, ms=0) for step in observation.steps))


@pytest.mark.parametrize("storage", ["manifest", "whitenoise", "whitenoise-manifest"])
def test_files_headers_and_outputs_are_those_of_an_untouched_interpreter_in_the_first_and_second_run(observe, storage):
    experiment = Experiment(storage=storage, collect="stale", **SERVED)
    untouched = Observation.from_json(FreshRunner().run(experiment))
    observed = observe(**experiment.changed)
    packed = [file for file in observed.static_root if file.path.endswith((".br", ".gz"))]
    assert (len(packed) > 200) == storage.startswith("whitenoise")
    assert _without_times(observed) == _without_times(untouched)


def test_what_is_damaged_on_disk_is_compressed_again_and_then_stays(own):
    experiment = Experiment(storage="whitenoise", collect="yes")
    kept().parent.mkdir(parents=True)
    kept().write_text('{"brotli": ["damaged"]}')
    first = Observation.from_json(own.run(experiment))
    text, written = kept().read_text(), kept().stat().st_mtime_ns
    memory = Memory()
    memory.add_json(text)
    assert len(memory) > 200
    assert _without_times(Observation.from_json(own.run(experiment))) == _without_times(first)
    assert kept().stat().st_mtime_ns == written


def test_nothing_that_a_learners_project_compresses_is_kept(own):
    project = Path(tempfile.gettempdir(), "project")
    project.mkdir()
    (project / "manage.py").write_text(COMPRESSES)
    job = FolderJob(str(project), parse([{"run": "manage.py", "label": "compresses"}]))
    done = decode(FolderResult, own.perform(job, 30))
    assert done.observation.commands[0].stdout.split()
    assert not kept().exists()


def test_where_nothing_can_be_kept_the_experiment_runs_all_the_same(own):
    experiment = Experiment(storage="whitenoise", collect="yes", finders="dirs", project_static="plain")
    kept().mkdir(parents=True)
    observed = Observation.from_json(own.run(experiment))
    assert [step.exit for step in observed.commands] == [0]


def test_a_shell_line_collects_with_what_was_compressed_before_and_sees_nothing_else_of_this_site(own, tmp_path):
    """Asked of a folder alone: its settings name the storage."""
    for name, text in project_files(compressed.TYPICAL).items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text)
    lines = [
        "python manage.py collectstatic --noinput",
        "python -c \"import sys, brotli; print(brotli.__file__ is None, [p for p in sys.path if 'lab' in p])\"",
        'python -c "import lab"',
    ]
    job = FolderJob(str(tmp_path), parse([{"shell": line, "label": f"line{n}"} for n, line in enumerate(lines)]))
    first, second = (decode(FolderResult, own.perform(job, 90)).observation for _ in range(2))
    assert [step.exit for step in first.commands] == [0, 0, 1]
    assert first.commands[1].stdout == "False []\n"
    assert kept().exists()
    assert second.static_root == first.static_root == Observation.from_json(own.run(compressed.TYPICAL)).static_root
