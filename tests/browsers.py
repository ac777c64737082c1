"""The browser that the tests drive: Playwright's own, else one of the system's, else one installed now.

Standard library only: start.py looks for a browser with it, and plain `pytest` does the same through conftest.py.
The answer is always the text of BROWSER_EXECUTABLE: a path, or an empty string for Playwright's own.
"""

import json
import os
import shutil
import subprocess
import sys
import sysconfig
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

PLAYWRIGHTS_OWN = ""

NAMES_ON_PATH = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "microsoft-edge")
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

ADVICE = (
    "No browser for the browser tests was found, and none could be installed. One of these helps:\n"
    "  - install Chromium or Google Chrome as you install other programs, then run this again;\n"
    "  - or, with a network, in this folder:  .venv/bin/python -m playwright install --with-deps chromium\n"
    "  - or name one that you have:  BROWSER_EXECUTABLE=/path/to/chrome python3 start.py test\n"
    "On Debian and Ubuntu without a desktop:  sudo apt install chromium libatomic1\n"
    "All tests that need no browser:  python3 start.py test -m 'not browser'"
)


def find(packages: Path, environ: Mapping[str, str] = os.environ) -> str | None:
    """A browser that is there already, or None. `packages` is the folder that playwright is installed in."""
    if environ.get("BROWSER_EXECUTABLE"):
        return environ["BROWSER_EXECUTABLE"]
    if playwrights_own_is_there(packages, environ):
        return PLAYWRIGHTS_OWN
    return next((path for path in candidates(environ) if starts(path)), None)


def playwrights_own_is_there(packages: Path, environ: Mapping[str, str]) -> bool:
    """Looks for the very build that this Playwright wants. Asking Playwright itself would start Node: half a second."""
    package = packages / "playwright" / "driver" / "package"
    try:
        listed = json.loads((package / "browsers.json").read_text())["browsers"]
    except OSError:
        return False
    shell = next(browser for browser in listed if browser["name"] == "chromium-headless-shell")
    revisions = [shell["revision"], *shell.get("revisionOverrides", {}).values()]
    folder = download_folder(package, environ)
    return any(
        (folder / f"chromium_headless_shell-{number}" / "INSTALLATION_COMPLETE").exists() for number in revisions
    )


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


def find_or_install(venv: Path, python: Path, say: Callable[[str], None]) -> str | None:
    """The browser for the tests, with all that driving it needs; None when every way failed."""
    if not driver_starts(python):
        say("Playwright's Node does not start; on a small Debian it lacks libatomic1.")
        apt_install(["libatomic1"], say)
        if not driver_starts(python):
            return None
    packages = Path(sysconfig.get_path("purelib", "venv", vars={"base": str(venv), "platbase": str(venv)}))
    found = find(packages)
    if found is None:
        say("No Chromium or Chrome is installed: downloading Playwright's (about 110 MB).")
        # In two steps, with the same result as `playwright install --with-deps chromium`: where the download is blocked
        # one learns it before a hundred system packages have been installed in vain.
        if runs([str(python), "-m", "playwright", "install", "chromium"]):
            runs([str(python), "-m", "playwright", "install-deps", "chromium"])
        found = find(packages)
    if found is None:
        say("That did not work; trying the system's package.")
        apt_install(["chromium", "libatomic1", "fonts-dejavu-core"], say)
        found = find(packages)
    return found


def driver_starts(python: Path) -> bool:
    """Whether Playwright's bundled Node can run on this machine."""
    version = [str(python), "-m", "playwright", "--version"]
    return subprocess.run(version, capture_output=True, check=False).returncode == 0


def apt_install(packages: Sequence[str], say: Callable[[str], None]) -> bool:
    """Installs Debian packages when that is possible without a password."""
    if not shutil.which("apt-get") or not hasattr(os, "geteuid") or os.geteuid() != 0:
        return False
    say(f"Installing {', '.join(packages)} with apt-get.")
    install = ["apt-get", "install", "-y", "-qq", "--no-install-recommends", *packages]
    # The package lists may be missing or old, and fetching them takes a while: only when it does not go without.
    return runs(install, quiet=True) or (runs(["apt-get", "update", "-qq"]) and runs(install))


def runs(argv: Sequence[str], *, quiet: bool = False) -> bool:
    output = subprocess.DEVNULL if quiet else None
    environ = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    return subprocess.run(argv, env=environ, stdout=output, stderr=output, check=False).returncode == 0
