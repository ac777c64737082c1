"""What tests need, by name, and how a person gets it."""

import platform
import shutil
import sys
from collections.abc import Callable, Iterable
from ctypes.util import find_library
from dataclasses import dataclass
from pathlib import Path

from mysite.machine import browser, postgresql
from mysite.machine.environment import Environment
from mysite.serving import nginx


@dataclass(frozen=True)
class Need:
    """A program. `find` returns None where it is missing; `debian` and `homebrew` name packages; `asked_as` is what a
    case's `needs` calls it, where that is another name."""

    name: str
    find: Callable[[Environment], str | Path | None]
    debian: tuple[str, ...]
    homebrew: tuple[str, ...] = ()
    asked_as: str = ""

    def missing(self, environment: Environment) -> bool:
        """Return whether the tests that need it cannot run."""
        return self.find(environment) is None

    @property
    def reason(self) -> str:
        """The sentence for a test that is left out."""
        return f"{self.name} is not installed"


# libatomic1: without it Playwright's Node does not start. The font: without any, pages have no width to measure.
BROWSER = Need(
    "Chromium or Chrome",
    lambda environment: browser.usable(environment.packages, environment.python),
    ("chromium-headless-shell", "libatomic1", "fonts-dejavu-core"),
    ("--cask google-chrome",),
)
NGINX = Need("nginx", lambda _environment: nginx.find(), ("nginx-light",), ("nginx",))
POSTGRESQL = Need(
    "PostgreSQL", lambda environment: postgresql.find(environment.packages), ("postgresql",), ("postgresql",)
)
SYSTEMD = Need("systemd-analyze", lambda _environment: shutil.which("systemd-analyze"), ("systemd",))
# Stands for a browser where a symptom's case runs a script of its page.
NODE = Need("node", lambda _environment: shutil.which("node"), ("nodejs",), ("node",))
# What WeasyPrint draws with: a symptom is about its PDFs.
PANGO = Need(
    "Pango",
    lambda _environment: find_library("pangoft2-1.0"),
    ("libpangoft2-1.0-0", "libharfbuzz-subset0"),
    ("pango",),
    "library:pangoft2-1.0",
)
NEEDS = (NGINX, POSTGRESQL, SYSTEMD, NODE, PANGO, BROWSER)


def missing(environment: Environment) -> list[Need]:
    """Return the needs that this machine does not meet."""
    return [need for need in NEEDS if need.missing(environment)]


def how_to_get(needs: Iterable[Need]) -> list[str]:
    """Return lines that say what to install for `needs` on this system; commands are indented."""
    needs = list(needs)
    lines = []
    if shutil.which("apt-get"):
        # Ubuntu's chromium is a snap, which Playwright cannot always drive.
        packaged = [need for need in needs if need is not BROWSER or not _is_ubuntu()]
        names = [name for need in packaged for name in need.debian]
        lines += [f"    sudo apt-get install {' '.join(names)}"] if names else []
    elif sys.platform == "darwin":
        packaged = [need for need in needs if need.homebrew]
        lines += [f"    brew install {name}" for need in packaged for name in need.homebrew]
    else:
        packaged = []
        lines += [f"    {need.name}, as you install other programs" for need in needs if need is not SYSTEMD]
    if BROWSER in needs:
        if BROWSER not in packaged:
            lines.append(f"    {sys.executable} -m playwright install --with-deps chromium")
        lines.append("A browser in another place: BROWSER_EXECUTABLE=/path/to/chrome")
    return lines


def _is_ubuntu() -> bool:
    try:
        return platform.freedesktop_os_release().get("ID") == "ubuntu"
    except OSError:
        return False
