"""A learner with two small exercises and an empty my_workshop/."""

import io
import json
import os
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from lab.engine import api
from lab.process.call import ROOT
from tests.workshop.small_exercises import FIRST, make_exercises, solve
from workshop import exercise as exercise_module
from workshop.my_workshop import MyWorkshop


@dataclass(frozen=True)
class Said:
    """What a command gave."""

    code: int
    out: str
    err: str

    @property
    def data(self) -> Any:
        return json.loads(self.out)


class Learner:
    """Types commands. `folder` is my_workshop/."""

    def __init__(self, exercises: Path, folder: Path) -> None:
        self.exercises, self.folder = exercises, folder
        self.workshop = MyWorkshop(folder)
        self.first, self.second = exercise_module.by_name("1"), exercise_module.by_name("2")

    def types(self, *words: str) -> Said:
        """`manage.py workshop …`, in this process."""
        out, err, code = io.StringIO(), io.StringIO(), 0
        try:
            call_command("workshop", *words, stdout=out, stderr=err)
        except CommandError as error:
            code = error.returncode
            err.write(str(error))
        except SystemExit as exit_:
            code = exit_.code
        return Said(code, out.getvalue(), err.getvalue())

    def solves(self, name: str = FIRST) -> None:
        solve(self.folder / name)

    @property
    def environment(self) -> dict[str, str]:
        """For a process of its own."""
        return {
            **{name: value for name, value in os.environ.items() if name not in ("NO_COLOR", "FORCE_COLOR")},
            "DJANGO_SETTINGS_MODULE": "tests.workshop.settings",
            "TEST_EXERCISES": str(self.exercises),
            "TEST_WORKSHOP": str(self.folder),
            "PYTHONPATH": str(ROOT),
            "TERM": "xterm",
        }

    def command(self, *words: str) -> list[str]:
        return [sys.executable, str(ROOT / "manage.py"), "workshop", *words]


@pytest.fixture(scope="session")
def small_exercises(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("exercises")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(exercise_module, "settings", SimpleNamespace(WORKSHOP_EXERCISES=folder))
        make_exercises()
    return folder


@pytest.fixture
def learner(small_exercises: Path, tmp_path: Path, settings: Any) -> Iterator[Learner]:
    settings.WORKSHOP_EXERCISES = small_exercises
    settings.WORKSHOP_DIR = tmp_path / "my_workshop"
    exercise_module.exercises.cache_clear()
    yield Learner(small_exercises, settings.WORKSHOP_DIR)
    exercise_module.exercises.cache_clear()


@pytest.fixture(scope="session", autouse=True)
def _no_fork_server_is_left() -> Iterator[None]:
    yield
    api.runner().close()
