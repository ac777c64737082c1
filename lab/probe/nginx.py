"""nginx in front of another server, with the project's own nginx.conf."""

import contextlib
import os
import re
from collections.abc import Callable, Iterator
from pathlib import Path

from lab.observation import TraceEntry
from lab.probe.server import ServerDidNotStart, Trace
from lab.probe.server_process import SocketServer, forked, wait_until_listening
from lab.project.nginx_conf import LISTEN, TEMPORARY, UPSTREAM, location_of
from mysite.serving import nginx


class Nginx(SocketServer):
    """nginx; `conf` is its configuration if the lab has written it, whose locations it can then name.

    A request that no part of Python saw was answered by nginx alone; but when the server behind the lab's own nginx
    is out of reach, nobody answered it.
    """

    def __init__(self, address: str, behind: SocketServer, conf: str | None) -> None:
        super().__init__(address, behind.trace_log)
        self._conf = conf
        self._alone = self._unreachable = False

    def exchange(self, request: bytes, pause: Callable[[], None] | None = None, seconds: float = 0.0) -> bytes:
        response = super().exchange(request, pause, seconds)
        self._unreachable = self._conf is not None and response[9:12] in (b"502", b"504")
        return response

    def trace(self, path: str) -> Trace:
        components, fault = super().trace(path)
        self._alone = not components and fault is None and not self._unreachable
        return (self._location(path), *components), fault

    def _location(self, path: str) -> TraceEntry:
        if self._conf is None:
            return TraceEntry("nginx", "nginx.conf", 1)
        prefix, line = location_of(self._conf, path)
        return TraceEntry(f"nginx location {prefix}", "nginx.conf", line)

    def answered_alone(self) -> bool:
        return self._alone


@contextlib.contextmanager
def nginx_server(
    project: Path, folder: Path, behind: SocketServer, *, ours: bool, as_root: bool = False
) -> Iterator[Nginx]:
    """Yield nginx with the project's nginx.conf, whose addresses and temporary folders become those of this run.

    `ours` says that the lab wrote that file. With `as_root`, nginx has workers, as when a system starts it.
    Raises ServerDidNotStart.
    """
    binary = nginx.find()
    if binary is None:
        raise ServerDidNotStart("nginx is not installed here.")
    try:
        written = (project / "nginx.conf").read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise ServerDidNotStart("nginx.conf is not there, or is not text.") from error
    address, conf, log = str(folder / "nginx.socket"), folder / "nginx.conf", folder / "nginx.log"
    Path(address).unlink(missing_ok=True)  # nginx that was ended leaves its socket, and a plan may start it again
    conf.write_text(_for_this_run(written, address, behind, folder), encoding="utf-8")
    # One process, unless `as_root`, which stays the user it was started as: the folders here are closed to others.
    directives = f"daemon off; master_process {'on' if as_root else 'off'}; pid {folder / 'nginx.pid'};"
    argv = [binary, "-p", str(project), "-c", str(conf), "-e", str(log), "-g", directives]
    server = Nginx(address, behind, written if ours else None)
    with forked(lambda: os.execv(binary, argv), log) as alive:  # noqa: S606
        wait_until_listening(server, alive, log)
        yield server


def _for_this_run(written: str, address: str, behind: SocketServer, folder: Path) -> str:
    text = written.replace(LISTEN, f"unix:{address}")
    text = text.replace(f"{UPSTREAM}/", f"unix:{behind.address}:/")  # nginx wants a colon between a socket and a path
    text = text.replace(UPSTREAM, f"unix:{behind.address}")
    if "_temp_path" in text:
        return text.replace(TEMPORARY, str(folder / TEMPORARY))
    kinds = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    own = "".join(f" {kind}_temp_path {folder / f'nginx-{kind}'};" for kind in kinds)
    return re.sub(r"^(\s*http\s*\{)", lambda http: http[1] + own, text, count=1, flags=re.MULTILINE)
