"""The browser that the tests drive: Playwright's own, else one of the system's.

A browser is the text of BROWSER_EXECUTABLE: a path, or an empty string for Playwright's own.
"""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

PLAYWRIGHTS_OWN = ""

# Chromium's headless shell comes first: a page takes it a third of the processor time that a whole browser spends.
NAMES_ON_PATH = (
    *("chromium-headless-shell", "chromium", "chromium-browser"),
    *("google-chrome", "google-chrome-stable", "chrome", "microsoft-edge"),
)
USUAL_PLACES = {
    "darwin": (
        "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
        "/Applications/Chromium.app/Contents/MacOS/Chromium",
        "/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
    ),
    "win32": (
        r"%ProgramFiles%\Google\Chrome\Application\chrome.exe",
        r"%ProgramFiles(x86)%\Google\Chrome\Application\chrome.exe",
        r"%LocalAppData%\Google\Chrome\Application\chrome.exe",
        r"%ProgramFiles(x86)%\Microsoft\Edge\Application\msedge.exe",
    ),
}


def find(packages: Path, environ: Mapping[str, str] = os.environ) -> str | None:
    """Return a browser that is there, or None. `packages` is the folder that playwright is installed in."""
    if environ.get("BROWSER_EXECUTABLE"):
        return environ["BROWSER_EXECUTABLE"]
    if playwrights_own_is_there(packages, environ):
        return PLAYWRIGHTS_OWN
    return next((path for path in candidates(environ) if starts(path)), None)


def playwrights_own_is_there(packages: Path, environ: Mapping[str, str]) -> bool:
    """Look for the very build that this Playwright wants. Asking Playwright itself would start Node: half a second."""
    package = packages / "playwright" / "driver" / "package"
    try:
        listed = json.loads((package / "browsers.json").read_text())["browsers"]
    except OSError:
        return False
    shell = next(browser for browser in listed if browser["name"] == "chromium-headless-shell")
    revisions = [shell["revision"], *shell.get("revisionOverrides", {}).values()]
    folder = download_folder(package, environ)
    return any(complete(folder / f"chromium_headless_shell-{number}") for number in revisions)


def complete(folder: Path) -> bool:
    """Return whether a download of Playwright's is whole and finds the libraries that it uses."""
    if not (folder / "INSTALLATION_COMPLETE").exists():
        return False
    shells = [path for path in folder.glob("*/*") if path.stem in ("chrome-headless-shell", "headless_shell")]
    return all(starts(str(shell)) for shell in shells)


def download_folder(package: Path, environ: Mapping[str, str]) -> Path:
    """Where Playwright keeps its browsers (playwright.dev/python/docs/browsers)."""
    chosen = environ.get("PLAYWRIGHT_BROWSERS_PATH")
    if chosen == "0":
        return package / ".local-browsers"
    if chosen:
        return Path(chosen)
    home = Path.home()
    caches = {"darwin": home / "Library/Caches", "win32": Path(environ.get("LOCALAPPDATA", home / "AppData/Local"))}
    default = Path(environ.get("XDG_CACHE_HOME") or home / ".cache")
    return caches.get(sys.platform, default) / "ms-playwright"


def candidates(environ: Mapping[str, str]) -> list[str]:
    """Browsers of the system: on PATH first, then where installers put them."""
    on_path = [shutil.which(name, path=environ.get("PATH")) for name in NAMES_ON_PATH]
    usual = [os.path.expandvars(place) for place in USUAL_PLACES.get(sys.platform, ())]
    return [path for path in on_path if path] + [path for path in usual if Path(path).exists()]


def starts(browser: str) -> bool:
    """Whether it runs at all: Ubuntu's chromium-browser may be a script that only says where to get the snap."""
    if sys.platform == "win32":  # there Chrome opens a window instead of printing its version
        return True
    try:
        return subprocess.run([browser, "--version"], capture_output=True, timeout=20, check=False).returncode == 0
    except (OSError, subprocess.TimeoutExpired):
        return False


def usable(packages: Path, python: Path, environ: Mapping[str, str] = os.environ) -> str | None:
    """Return what `find` finds; None also where Playwright, which has to drive it, does not start."""
    found = find(packages, environ)
    return found if found is not None and driver_starts(python) else None


def driver_starts(python: Path) -> bool:
    """Return whether the Node that Playwright brings along runs here: on a small Debian it lacks libatomic1."""
    version = [str(python), "-m", "playwright", "--version"]
    return subprocess.run(version, capture_output=True, check=False).returncode == 0
