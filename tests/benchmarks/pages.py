"""How fast a server process answers pages, as ratios to a view that says "Hello, world" through the same middleware.

`python -m tests.benchmarks.pages [rounds [seconds]]` prints how many a second, in production's settings; it needs wrk.
`python -m tests.benchmarks.pages first [rounds]` prints how long the first visitor of a new process waits, in both
modes. The tables are Markdown; docs/benchmarks.md holds the last ones.
"""

import contextlib
import os
import platform
import re
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.parse
import urllib.request
from collections.abc import Iterator, Mapping
from pathlib import Path

import django

from mysite.serving import ports
from mysite.serving.children import Child
from mysite.serving.sidebyside import granian
from tests.sites import ROOT, own_data

CONNECTIONS = 16
BAR = 0.6
SEARCHES_EACH = 200
SEARCH_BAR = 50  # ms at p95

PAGES = {
    "home": "/",
    "guide": "/guide/",
    "chapter": "/guide/hashed-names/",
    "chapter, the longest": "/guide/deployment/",
    "cheat sheet": "/guide/cheat-sheet/",
    "glossary": "/guide/glossary/",
    "settings": "/settings/",
    "setting": "/settings/STATIC_URL/",
    "setting, the longest": "/settings/DEBUG/",
    "symptoms": "/symptoms/",
    "symptom": "/symptoms/missing-manifest-entry/",
}
LIVE = {"finder race": "/finders/"}  # asks the finders anew at every visit
TRACEBACK = """\
Traceback (most recent call last):
  File "/srv/shop/env/lib/python3.12/site-packages/django/core/handlers/exception.py", line 55, in inner
    response = get_response(request)
  File "/srv/shop/env/lib/python3.12/site-packages/django/contrib/staticfiles/storage.py", line 203, in _url
    hashed_name = hashed_name_func(*args)
  File "/srv/shop/env/lib/python3.12/site-packages/django/contrib/staticfiles/storage.py", line 520, in stored_name
    raise ValueError(
ValueError: Missing staticfiles manifest entry for 'shop/css/basket.css'
"""
SEARCHES = {
    "search, a setting's name": "/search/?q=STATIC_ROOT",
    "search, a traceback": "/search/?q=" + urllib.parse.quote(TRACEBACK),
    "search, a message": "/search/?q=Missing+staticfiles+manifest+entry+for+%27app.css%27",
}


MODES = {"production": "hello_settings", "development": "hello_development"}  # modules beside this one
FIRST_BAR = 200  # ms


@contextlib.contextmanager
def data() -> Iterator[dict[str, str]]:
    """Give the environment of an empty site whose static files are collected."""
    with tempfile.TemporaryDirectory() as folder:
        base = Path(folder)
        environ = {**os.environ, **own_data(base, base / "static"), "LOCAL_HTTP": "1", "ALLOWED_HOSTS": ports.HOST}
        environ["DJANGO_SETTINGS_MODULE"] = f"tests.benchmarks.{MODES['production']}"
        for command in (["migrate", "--verbosity", "0"], ["collectstatic", "--noinput", "--verbosity", "0"]):
            subprocess.run([sys.executable, "manage.py", *command], cwd=ROOT, env=environ, check=True)
        yield environ


@contextlib.contextmanager
def server(mode: str, environ: Mapping[str, str]) -> Iterator[str]:
    """Give the address of a new server process, which nobody has asked for anything yet. Raises RuntimeError."""
    port = ports.free_run(1, start=9500)
    argv = granian(port)
    argv[argv.index("--workers") + 1] = "1"
    if mode == "development":
        argv = ["manage.py", "runserver", f"{ports.HOST}:{port}"]
    environ = {**environ, "DJANGO_SETTINGS_MODULE": f"tests.benchmarks.{MODES[mode]}"}
    process = Child([sys.executable, *argv], cwd=ROOT, env=environ, write=lambda _line: None)
    try:
        while not listens(port):
            if process.poll() is not None:
                raise RuntimeError(f"the server of {mode} has ended")
            time.sleep(0.02)
        yield f"http://{ports.HOST}:{port}"
    finally:
        process.stop()


def listens(port: int) -> bool:
    try:
        socket.create_connection((ports.HOST, port), timeout=1).close()
    except OSError:
        return False
    return True


def measured(url: str, seconds: int) -> float:
    """Requests a second. Raises RuntimeError when an answer is no 200."""
    wrk = ["wrk", "-t1", f"-c{CONNECTIONS}", f"-d{seconds}s", "-H", "Accept-Encoding: gzip", url]
    output = subprocess.run(wrk, capture_output=True, text=True, check=True).stdout
    rate = re.search(r"Requests/sec:\s*([\d.]+)", output)
    if "Non-2xx" in output or "Socket errors" in output or not rate:
        raise RuntimeError(f"{url}\n{output}")
    return float(rate[1])


def visit(url: str) -> float:
    """Milliseconds that one visitor waits."""
    began = time.perf_counter()
    with urllib.request.urlopen(url) as answer:
        answer.read()
    return (time.perf_counter() - began) * 1000


def first_visits(rounds: int = 5) -> None:
    """Print how long the first visit of each page takes in a process that has said hello once."""
    title()
    heads = "".join(f" {mode} | of hello |" for mode in MODES)
    print(f"| page |{heads} bar |\n|---|{'---|' * (2 * len(MODES) + 1)}")
    with data() as environ:
        for name, where in {**PAGES, **LIVE, "search": next(iter(SEARCHES.values()))}.items():
            cells = ""
            for mode in MODES:
                pairs = []
                for _ in range(rounds):
                    with server(mode, environ) as site:
                        pairs.append((visit(site + "/hello"), visit(site + where)))
                took = statistics.median(page for _, page in pairs)
                ratio = statistics.median(page / hello for hello, page in pairs)
                cells += f" {took:.0f} ms | {ratio:.0f} |"
            print(f"| {name} |{cells} <= {FIRST_BAR} ms |", flush=True)


def title() -> None:
    print(f"Django {django.__version__}, Python {platform.python_version()}, {os.cpu_count()} cores\n")


def main(rounds: int = 3, seconds: int = 3) -> None:
    if not shutil.which("wrk"):
        sys.exit("wrk is not installed.")
    title()
    with data() as environ, server("production", environ) as site:
        print("| page | requests/s | of hello, world | bar |\n|---|---|---|---|")
        for name, where in {**PAGES, **LIVE}.items():
            pairs = [(measured(f"{site}/hello", seconds), measured(site + where, seconds)) for _ in range(rounds)]
            rate = statistics.median(page for _, page in pairs)
            ratio = statistics.median(page / hello for hello, page in pairs)
            bar = f">= {BAR}" if name in PAGES else "none"
            print(f"| {name} | {rate:,.0f} | {ratio:.2f} | {bar} |", flush=True)
        print("\n| one visitor after another | median | p95 | bar |\n|---|---|---|---|")
        for name, where in SEARCHES.items():
            visit(site + where)
            times = sorted(visit(site + where) for _ in range(SEARCHES_EACH))
            p95 = times[int(SEARCHES_EACH * 0.95)]
            print(f"| {name} | {statistics.median(times):.1f} ms | {p95:.1f} ms | < {SEARCH_BAR} ms |", flush=True)


if __name__ == "__main__":
    if sys.argv[1:2] == ["first"]:
        first_visits(*map(int, sys.argv[2:]))
    else:
        main(*map(int, sys.argv[1:]))
