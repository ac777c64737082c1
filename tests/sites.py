"""The site as visitors meet it: the real `manage.py sidebyside` in a process of its own, on data of its own."""

import contextlib
import os
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from mysite.serving import ports, sidebyside
from tests.free_ports import free_port

ROOT = Path(__file__).resolve().parent.parent
WAIT_SECONDS = 90  # two processes start, one after collecting every static file, on machines that do other things too


@dataclass(frozen=True)
class Site:
    """A running server and the folders it keeps its files in."""

    port: int
    media_root: Path
    static_root: Path

    @property
    def my_workshop(self) -> Path:
        """The learner's folder."""
        return self.media_root.with_name("my_workshop")

    @property
    def url(self) -> str:
        """Without a slash at the end."""
        return f"http://{ports.HOST}:{self.port}"


@dataclass(frozen=True)
class Sites:
    development: Site
    production: Site
    nginx: Site | None  # production again, behind nginx; None where that is not installed
    process: "subprocess.Popen[str]"
    log: Path

    def wait(self) -> None:
        """Returns when all answer. Raises RuntimeError, with all that they printed, when one never does."""
        for site in filter(None, (self.development, self.production, self.nginx)):
            end = time.monotonic() + WAIT_SECONDS
            while not ports.answers(site.port):
                if self.process.poll() is not None or time.monotonic() > end:
                    raise RuntimeError(f"{site.url} does not answer. sidebyside printed:\n{self.log.read_text()}")
                time.sleep(0.05)


def own_data(folder: Path, static_root: Path) -> dict[str, str]:
    """Environment variables that keep a site's data in folders of its own, away from the learner's."""
    return {
        "DATABASE_URL": f"sqlite:///{(folder / 'db.sqlite3').as_posix()}",
        "MEDIA_ROOT": str(folder / "uploads"),
        "STATIC_ROOT": str(static_root),
        "WORKSHOP_DIR": str(folder / "my_workshop"),
        "SECRET_KEY": "a key for tests, of which nothing depends but the tests that it has more than fifty letters",
    }


@contextlib.contextmanager
def side_by_side(
    folder: Path,
    static_root: Path,
    extra: Mapping[str, str] | None = None,
    *,
    project: Path = ROOT,
    options: Sequence[str] = (),
) -> Iterator[Sites]:
    """Starts all modes on free ports with an empty migrated database, and stops them at the end. Does not wait.

    Collecting takes most of the time; a `static_root` kept from the last run spares it when nothing has changed.
    """
    environ = {**os.environ, **own_data(folder, static_root), **(extra or {})}
    migrate = [sys.executable, "manage.py", "migrate", "--verbosity", "0"]
    subprocess.run(migrate, cwd=project, env=environ, check=True)
    port = free_port(len(sidebyside.MODES) + 1)
    log = folder / "sidebyside.log"
    with log.open("w") as output:
        process = subprocess.Popen(
            [sys.executable, "manage.py", "sidebyside", "--port", str(port), "--until-eof", *options],
            cwd=project,
            env=environ,
            stdin=subprocess.PIPE,
            stdout=output,
            stderr=subprocess.STDOUT,
            text=True,
        )
    served = {
        mode: Site(number, folder / "uploads", static_root)
        for number, mode in enumerate(sidebyside.modes(), start=port)
    }
    try:
        yield Sites(served["development"], served["production"], served.get("nginx"), process, log)
    finally:
        process.communicate()  # closes standard input, which stops it, and waits
