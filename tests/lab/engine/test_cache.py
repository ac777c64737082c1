"""The key of an observation: it changes with all that an experiment is made of, and with nothing else."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from lab.engine.cache import engine_files, engine_hash
from lab.process.call import ROOT


@pytest.fixture
def copy(tmp_path):
    """A copy of the site's source, to be edited."""
    for name in ("lab", "deploy", "mysite"):
        shutil.copytree(ROOT / name, tmp_path / name, ignore=shutil.ignore_patterns("__pycache__", "records"))
    return tmp_path


def edited(root, path):
    """The hash before and after an edit of one file."""
    engine_hash.cache_clear()
    before = engine_hash(root)
    file = root / path
    file.write_text(file.read_text() + "\n")
    engine_hash.cache_clear()
    return before, engine_hash(root)


@pytest.mark.parametrize(
    "path",
    [
        "deploy/errors/413.html",
        "deploy/nginx.conf",
        "mysite/serving/nginx.py",
        "lab/experiment/knobs/debug.py",
        "lab/project/settings_py.py",
        "lab/probe/observe.py",
        "lab/observation/normalise.py",
    ],
)
def test_an_edit_of_what_an_experiment_is_made_of_gives_every_observation_another_key(copy, path):
    before, after = edited(copy, path)
    assert before != after


@pytest.mark.parametrize(
    "path",
    [
        "lab/evidence/claims/chapters.py",
        "lab/playground/result.py",
        "lab/templates/lab/result.html",
        "lab/observation/headers.py",
        "lab/observation/outcome.py",
        "mysite/urls.py",
        "deploy/Dockerfile",
    ],
)
def test_a_typo_in_a_claim_or_on_a_page_keeps_what_is_cached(copy, path):
    before, after = edited(copy, path)
    assert before == after


# Prints the file of every module that is there after lab.probe.observe was imported.
IMPORTED = """
import sys
import lab.probe.observe
for module in list(sys.modules.values()):
    print(getattr(module, "__file__", None) or "")
"""


def test_the_key_covers_every_module_that_running_an_experiment_imports():
    done = subprocess.run([sys.executable, "-c", IMPORTED], cwd=ROOT, capture_output=True, text=True, check=True)
    found = (Path(line) for line in done.stdout.splitlines())
    ours = {
        path for path in found if path.is_relative_to(ROOT) and path.relative_to(ROOT).parts[0] in ("lab", "mysite")
    }
    empty = {ROOT / "lab/__init__.py", ROOT / "mysite/__init__.py", ROOT / "mysite/serving/__init__.py"}
    assert ours > empty
    assert ours - empty <= set(engine_files(ROOT))
    assert all(path.read_text().count("\n") <= 1 for path in empty), "a docstring at most"
