"""The distribution django-which-file: built, installed into an empty environment, and used there."""

import json
import os
import shutil
import subprocess
import sys
import tarfile
import venv
import zipfile
from importlib.util import find_spec
from pathlib import Path

import pytest

from guide.cases.case import cases
from tests.left_out import skip_without

SITE = Path(__file__).resolve().parents[2]


def build(folder, *targets):
    words = [word for target in targets for word in ("-t", target)]
    subprocess.run([sys.executable, "-m", "hatchling", "build", *words], cwd=folder, check=True, capture_output=True)


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    """The folder with wheel and sdist, made from a copy of what they are made of."""
    if find_spec("hatchling") is None:
        skip_without("hatchling")
    folder = tmp_path_factory.mktemp("source")
    for name in ("which_file", "guide/symptoms"):
        shutil.copytree(SITE / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("pyproject.toml", "LICENSE"):
        shutil.copy(SITE / name, folder / name)
    build(folder, "sdist", "wheel")
    return folder / "dist"


def names(wheel):
    with zipfile.ZipFile(wheel) as archive:
        return sorted(name for name in archive.namelist() if not name.endswith("RECORD"))


def test_the_wheel_has_the_package_alone_and_the_sdist_makes_the_same_wheel(built, tmp_path):
    [wheel] = built.glob("*.whl")
    [sdist] = built.glob("*.tar.gz")
    with tarfile.open(sdist) as archive:
        archive.extraction_filter = getattr(tarfile, "data_filter", None)  # Debian 12's Python 3.11.2 has none
        archive.extractall(tmp_path)
    [source] = tmp_path.iterdir()
    build(source, "wheel")
    [again] = (source / "dist").glob("*.whl")
    assert names(again) == names(wheel)
    assert {name.partition("/")[0] for name in names(wheel)} == {"which_file", "django_which_file-0.1.0.dist-info"}
    with zipfile.ZipFile(wheel) as archive:
        assert "Requires-Dist" not in archive.read("django_which_file-0.1.0.dist-info/METADATA").decode()


def test_it_is_installed_into_an_empty_environment_and_needs_nothing_else(built, tmp_path, plain):
    [wheel] = built.glob("*.whl")
    venv.create(tmp_path / "empty", symlinks=os.name == "posix")
    python = tmp_path / ("empty/Scripts/python.exe" if os.name == "nt" else "empty/bin/python")
    subprocess.run(
        [sys.executable, "-m", "pip", "--python", python, "install", "-q", "--no-index", "--no-deps", wheel], check=True
    )
    program = next(python.parent.glob("which-file*"))

    def which_file(*arguments):
        return subprocess.run(
            [program, *arguments], cwd=plain.folder, capture_output=True, text=True, timeout=60, check=False
        )

    answer = which_file("--python", sys.executable, "--format", "json")
    assert (answer.returncode, json.loads(answer.stdout)["findings"]) == (0, []), answer.stderr
    answer = which_file("why", "Missing staticfiles manifest entry for 'a.css'")
    assert (answer.returncode, "collectstatic --noinput" in answer.stdout) == (0, True), answer.stderr


@pytest.mark.parametrize("slug", ["missing-manifest-entry", "media-404-in-production"])
def test_offline_a_symptom_is_told_with_the_fix_of_its_page(slug, capsys):
    from which_file.why import symptoms, terminal

    case = cases()[slug]
    assert set(symptoms()) == set(cases())
    assert terminal.main([case.messages[0]]) == 0
    printed = capsys.readouterr().out
    assert printed.startswith(case.title.replace("`", ""))
    assert all(command in printed for command in case.commands("Fix"))


def test_offline_nothing_is_said_about_what_is_about_other_things(capsys):
    from which_file.why import terminal

    assert terminal.main(["segmentation fault in libfoo while baking bread"]) == 1
    assert "Nothing here is about this" in capsys.readouterr().out
