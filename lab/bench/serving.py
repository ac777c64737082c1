"""One server at a time, asked for the same stylesheet by one client, with a new connection for each request.

Over one connection some answers would wait for an acknowledgement of TCP: that would measure the client's system.
"""

import contextlib
import http.client
import re
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from lab.bench.setups import WRAPPED, Setup
from lab.probe.observe import write_project
from lab.process.runner import child_environment
from lab.project.files import project_files
from lab.project.nginx_conf import LISTEN, UPSTREAM
from mysite.serving import nginx, ports
from mysite.serving.children import Child

FIRST_PORT = 9600
START_SECONDS = 20
WARM_REQUESTS = 20
KEEP = ("cache-control", "x-content-type-options")  # the headers that tell the set-ups apart


class BenchFailed(RuntimeError):
    """A server did not start, or gave no stylesheet. The message is one line."""


@dataclass(frozen=True, slots=True)
class Served:
    """A set-up's figures: answers a second, the median in milliseconds, and bytes by how the body was compressed."""

    name: str
    title: str
    per_second: float
    milliseconds: float
    sizes: dict[str, int]
    unchanged: int | None  # the status when the browser asks whether its copy is still right
    headers: dict[str, str]


def serve(setup: Setup, seconds: float) -> Served:
    """Start the set-up, measure it for that long, and end it. Raises BenchFailed."""
    with tempfile.TemporaryDirectory() as folder, _running(setup, Path(folder)) as port:
        client = Client(port)
        url = client.stylesheet()
        for _ in range(WARM_REQUESTS):
            client.get(url)
        times = []
        end = time.perf_counter() + seconds
        while (begun := time.perf_counter()) < end:
            client.get(url, {"Accept-Encoding": "gzip"})
            times.append(time.perf_counter() - begun)
        sizes: dict[str, int] = {}
        for encoding in ("identity", "gzip", "br"):
            _, headers, body = client.get(url, {"Accept-Encoding": encoding})
            if headers.get("content-encoding", "identity") == encoding:
                sizes[encoding] = len(body)
        _, headers, _ = client.get(url)
        return Served(
            setup.name,
            setup.title,
            round(1 / statistics.median(times)),  # of the median: a pause of the machine is no property of the server
            round(statistics.median(times) * 1000, 2),
            sizes,
            client.unchanged(url, headers),
            {name: headers[name] for name in KEEP if name in headers},
        )


class Client:
    """A browser of sorts, with a new connection for each request."""

    def __init__(self, port: int) -> None:
        self._port = port

    def get(self, url: str, headers: Mapping[str, str] | None = None) -> tuple[int, dict[str, str], bytes]:
        """Return status, headers by lower-case name, and body. Raises BenchFailed when there is no answer."""
        with contextlib.closing(http.client.HTTPConnection(ports.HOST, self._port, timeout=10)) as connection:
            try:
                connection.request("GET", url, headers={"Connection": "close", **(headers or {})})
                response = connection.getresponse()
                body = response.read()
            except (http.client.HTTPException, OSError) as error:
                raise BenchFailed(f"no answer to GET {url}") from error
            return response.status, {name.lower(): value for name, value in response.getheaders()}, body

    def stylesheet(self) -> str:
        """Return the address of the admin's stylesheet, hashed if the page's is. Raises BenchFailed."""
        _, _, page = self.get("/")
        found = re.search(rb'href="(/static/app(\.[0-9a-f]{12})?\.css)"', page)
        if not found:
            raise BenchFailed("the page names no stylesheet")
        return found[1].decode()

    def unchanged(self, url: str, headers: Mapping[str, str]) -> int | None:
        """Return the status when the server is asked whether the file has changed, None when there is no way to ask."""
        asks = {"If-None-Match": headers.get("etag"), "If-Modified-Since": headers.get("last-modified")}
        conditions = {name: value for name, value in asks.items() if value}
        return self.get(url, conditions)[0] if conditions else None


@contextlib.contextmanager
def _running(setup: Setup, folder: Path) -> Iterator[int]:
    """Yield the port on which the set-up answers. Raises BenchFailed."""
    write_project({**project_files(setup.experiment), "project/wrapped.py": WRAPPED}, folder)
    environ = child_environment()
    if setup.experiment.collect == "yes":
        collect = [sys.executable, "manage.py", "collectstatic", "--noinput", "--verbosity", "0"]
        subprocess.run(collect, cwd=folder, env=environ, check=True, capture_output=True)
    port = ports.free_run(2, FIRST_PORT)
    commands = [[sys.executable, *setup.argv(port)]]
    if setup.behind:
        conf = (folder / "nginx.conf").read_text(encoding="utf-8")
        conf = conf.replace(LISTEN, f"{ports.HOST}:{port}").replace(UPSTREAM, f"{ports.HOST}:{port + 1}")
        (folder / "nginx-bench.conf").write_text(conf, encoding="utf-8")
        arguments = ["-p", str(folder), "-e", str(folder / "nginx.log"), *setup.argv(port)]
        commands = [[sys.executable, *setup.behind(port + 1)], [nginx.find() or "nginx", *arguments]]
    said: list[str] = []
    with contextlib.ExitStack() as stack:
        children = [Child(argv, cwd=folder, env=environ, write=said.append) for argv in commands]
        for child in children:
            stack.callback(child.stop)
        _wait(port, children, said)
        yield port


def _wait(port: int, children: list[Child], said: list[str]) -> None:
    end = time.monotonic() + START_SECONDS
    while time.monotonic() < end and all(child.poll() is None for child in children):
        if ports.answers(port, "/"):
            return
        time.sleep(0.05)
    raise BenchFailed(f"the server did not start: {said[-1] if said else 'it said nothing'}")
