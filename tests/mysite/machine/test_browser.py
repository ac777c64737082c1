"""Which browser drives the tests."""

import json
import sys
from pathlib import Path
from typing import Any

import pytest

from mysite.machine import browser

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="pretends with shell scripts")


def pretend_playwright(packages: Path) -> Path:
    """An installed playwright package that wants build 7 of its browser; returns where that would be downloaded to."""
    package = packages / "playwright" / "driver" / "package"
    package.mkdir(parents=True)
    wanted = {"browsers": [{"name": "chromium-headless-shell", "revision": "7"}]}
    (package / "browsers.json").write_text(json.dumps(wanted))
    return packages / "downloads" / "chromium_headless_shell-7"


def pretend_program(path: Path, exit_code: int = 0) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"#!/bin/sh\nexit {exit_code}\n")
    path.chmod(0o755)
    return path


def test_playwrights_own_browser_comes_before_one_on_path_and_that_before_none(tmp_path: Path) -> None:
    downloaded = pretend_playwright(tmp_path)
    environ = {"PATH": str(tmp_path / "bin"), "PLAYWRIGHT_BROWSERS_PATH": str(tmp_path / "downloads")}
    find: Any = lambda: browser.find(tmp_path, environ)  # noqa: E731 (the same question four times)
    assert find() is None
    pretend_program(tmp_path / "bin" / "chromium-browser", exit_code=1)  # Ubuntu's stub, which only advertises a snap
    assert find() is None
    chrome = pretend_program(tmp_path / "bin" / "google-chrome")
    assert find() == str(chrome)
    downloaded.mkdir(parents=True)
    assert find() == str(chrome)  # a download that was never finished
    (downloaded / "INSTALLATION_COMPLETE").touch()
    assert find() == browser.PLAYWRIGHTS_OWN
    environ["BROWSER_EXECUTABLE"] = "/my/own"
    assert find() == "/my/own"


def test_a_downloaded_browser_that_lacks_its_libraries_does_not_count(tmp_path: Path) -> None:
    downloaded = pretend_playwright(tmp_path)
    environ = {"PATH": "", "PLAYWRIGHT_BROWSERS_PATH": str(tmp_path / "downloads")}
    shell = pretend_program(downloaded / "chrome-headless-shell-linux64" / "chrome-headless-shell", exit_code=127)
    (downloaded / "INSTALLATION_COMPLETE").touch()
    assert browser.find(tmp_path, environ) is None
    pretend_program(shell)
    assert browser.find(tmp_path, environ) == browser.PLAYWRIGHTS_OWN


def test_a_browser_counts_only_where_playwright_starts_too(tmp_path: Path) -> None:
    environ = {"BROWSER_EXECUTABLE": "/my/own"}
    assert browser.usable(tmp_path, pretend_program(tmp_path / "python"), environ) == "/my/own"
    assert browser.usable(tmp_path, pretend_program(tmp_path / "python", exit_code=127), environ) is None
