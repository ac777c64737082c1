"""A plain project as `django-admin startproject` makes it, and copies of it for mistakes."""

import shutil
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

from which_file.case import Case
from which_file.visit import visit


class Plain:
    """A copy of the plain project; `settings.py` may be added to, files may be written."""

    def __init__(self, folder: Path):
        self.folder = folder

    def add(self, lines: str) -> "Plain":
        settings = self.folder / "mysite/settings.py"
        settings.write_text(f"{settings.read_text()}\n{lines}\n")
        return self

    def write(self, path: str, text: str) -> "Plain":
        file = self.folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text)
        return self

    def case(self) -> Case:
        """As the checks see it, without loading it into a Django."""
        names = {"__file__": str(self.folder / "mysite/settings.py")}
        exec((self.folder / "mysite/settings.py").read_text(), names)
        settings = SimpleNamespace(**{name: value for name, value in names.items() if name.isupper()})
        apps = tuple((app, self.folder / app) for app in settings.INSTALLED_APPS if (self.folder / app).is_dir())
        return Case(settings, self.folder, apps)

    def ids(self) -> list[str]:
        """What is found when which-file really goes there, with DEBUG as it is and taken as off."""
        return [finding["id"] for finding in visit(self.folder, python=sys.executable).findings]

    def files(self) -> dict[str, tuple[int, bytes]]:
        """Every file with its time of change and content."""
        return {
            file.relative_to(self.folder).as_posix(): (file.stat().st_mtime_ns, file.read_bytes())
            for file in self.folder.rglob("*")
            if file.is_file()
        }


@pytest.fixture(scope="session")
def startproject(tmp_path_factory):
    folder = tmp_path_factory.mktemp("startproject")
    subprocess.run(
        [sys.executable, "-B", "-m", "django", "startproject", "mysite", "."], cwd=folder, check=True, timeout=60
    )
    return folder


@pytest.fixture
def plain(startproject, tmp_path):
    return Plain(Path(shutil.copytree(startproject, tmp_path / "theirs")))
