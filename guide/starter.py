"""starter/, the project to copy: its files in reading order with a reason for each, and all of them as an archive.

The words are in starter.toml. Two files of a Python package that are empty are in the archive and have no words.
"""

import tomllib
from dataclasses import dataclass
from pathlib import Path

from django.utils.safestring import SafeString
from django.utils.text import slugify

from guide.cases import markdown
from lab.project.files import zip_bytes

WORDS = Path(__file__).with_name("starter.toml")
EMPTY = (
    "config/__init__.py",
    "config/settings/__init__.py",
    "photos/__init__.py",
    "photos/migrations/__init__.py",
)


@dataclass(frozen=True, slots=True)
class File:
    """A file of starter/ with the reason for it."""

    path: str
    why: SafeString
    text: str

    @property
    def anchor(self) -> str:
        return anchor(self.path)

    @property
    def lines(self) -> list[str]:
        return self.text.splitlines()


@dataclass(frozen=True, slots=True)
class Part:
    """Files that are explained together."""

    title: str
    text: SafeString
    files: tuple[File, ...]


def anchor(path: str) -> str:
    """Return the id of a file's section on the page."""
    return slugify(path.replace("/", "-").replace(".", "-"))


def parts(folder: Path) -> tuple[Part, ...]:
    """Return the parts of the project in `folder`. Raises FileNotFoundError for a file with words that is not there."""
    data = tomllib.loads(WORDS.read_text(encoding="utf-8"))
    return tuple(
        Part(
            part["title"],
            markdown.block(part["text"]),
            tuple(
                File(file["path"], markdown.block(file["why"]), (folder / file["path"]).read_text(encoding="utf-8"))
                for file in part["file"]
            ),
        )
        for part in data["part"]
    )


def archive(folder: Path) -> bytes:
    """Return the project as a zip archive with one folder in it; `startproject --template` takes it too."""
    files = {file.path: file.text for part in parts(folder) for file in part.files}
    return zip_bytes({f"starter/{path}": text for path, text in sorted({**files, **dict.fromkeys(EMPTY, "")}.items())})
