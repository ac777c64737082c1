"""`manage.py release` killed without warning, again and again: the site it serves is whole after every one of them."""

import contextlib
import gzip
import hashlib
import json
import os
import random
import signal
import subprocess
import sys
import textwrap
import time
from pathlib import Path

import pytest

from tests.sites import ROOT

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="kill -9 is POSIX")

ROUNDS = 20
# A small project, and a process that has set Django up and forks for every line it reads: a release without the half
# second in which Python would only be starting, so that every kill meets the work itself.
DRIVER = """
import io, os, sys, time
from pathlib import Path
import django
from django.conf import settings
from django.core.management import call_command

folder = Path(sys.argv[1])
settings.configure(
    INSTALLED_APPS=["mysite", "django.contrib.staticfiles"],
    STATIC_URL="/static/",
    STATIC_ROOT=folder / "staticfiles",
    STATICFILES_DIRS=[folder / "sources"],
    STORAGES={
        "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
        "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
    },
)
django.setup()
for line in sys.stdin:
    begun = time.monotonic()
    child = os.fork()
    if child == 0:
        call_command("release", verbosity=0, stdout=io.StringIO())
        os._exit(0)
    print(child, flush=True)
    _, status = os.waitpid(child, 0)
    print(status, time.monotonic() - begun, flush=True)
"""


class Driver:
    def __init__(self, folder: Path) -> None:
        self.root = folder / "staticfiles"
        self._sources = folder / "sources"
        self._sources.mkdir()
        self._process = subprocess.Popen(
            [sys.executable, "-c", textwrap.dedent(DRIVER), str(folder)],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def edit(self, version: int) -> None:
        """Every source changes, so that there is as much to do as the first time."""
        for number in range(25):
            others = "@import url('24.css');" if number < 24 else ""
            css = f"{others} /* version {version} */" + "p { color: red }\n" * 200
            (self._sources / f"{number}.css").write_text(css)

    def release(self, kill_after: float | None = None) -> tuple[bool, float]:
        """Whether it came to its end, and the seconds it took."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write("go\n")
        self._process.stdin.flush()
        child = int(self._process.stdout.readline())
        if kill_after is not None:
            time.sleep(kill_after)
            with contextlib.suppress(ProcessLookupError):  # it has ended before
                os.kill(child, signal.SIGKILL)
        status, seconds = self._process.stdout.readline().split()
        assert int(status) in (0, signal.SIGKILL)
        return int(status) == 0, float(seconds)

    def close(self) -> None:
        self._process.communicate()


def names_of_whole_site(root: Path) -> set[str]:
    """The hashed names that the site's pages hold, after a look that each is there with the content it stands for."""
    paths = json.loads((root / "staticfiles.json").read_text())["paths"]
    assert len(paths) == 25
    for hashed in paths.values():
        content = (root / hashed).read_bytes()
        assert gzip.decompress((root / f"{hashed}.gz").read_bytes()) == content
        assert hashed.split(".")[1] == hashlib.md5(content).hexdigest()[:12]
    return set(paths.values())


def test_killed_at_random_moments_the_site_stays_whole_and_the_next_run_goes_on(tmp_path: Path) -> None:
    random.seed(20)
    driver = Driver(tmp_path)
    try:
        driver.edit(0)
        _, seconds = driver.release()
        killed = 0
        for version in range(1, ROUNDS + 1):
            before = names_of_whole_site(driver.root)
            driver.edit(version)
            ended, _ = driver.release(kill_after=random.uniform(0, seconds))
            killed += not ended
            after = names_of_whole_site(driver.root)
            assert after == before or not after & before
            missing = [name for name in before if not (driver.root / name).exists()]
            assert missing == [], "a page from before the release has lost its stylesheet"
        assert killed >= ROUNDS // 4
        assert driver.release()[0]
        assert "version 20 " in (driver.root / "0.css").read_text()
        names_of_whole_site(driver.root)
        left = [path.name for path in (tmp_path / ".staticfiles.releases").iterdir() if path.is_dir()]
        assert len(left) <= 3
        assert not [name for name in left if not name.isdecimal()]
    finally:
        driver.close()
