"""How many pages a second one server process answers, as ratios: `python -m tests.benchmarks.pages [rounds [seconds]]`.

Prints a table in Markdown; docs/benchmarks.md holds the last one. Each page is measured right beside a view that
answers "Hello, world" through the same server and the same middleware, in production's settings. Needs wrk.
"""

import contextlib
import os
import platform
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.parse
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import django

from mysite.serving import ports
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


@contextlib.contextmanager
def production() -> Iterator[str]:
    """One granian process in production's settings on an empty database; gives its address."""
    with tempfile.TemporaryDirectory() as folder:
        base = Path(folder)
        environ = {**os.environ, **own_data(base, base / "static"), "LOCAL_HTTP": "1", "ALLOWED_HOSTS": ports.HOST}
        environ["DJANGO_SETTINGS_MODULE"] = "tests.benchmarks.hello_settings"
        for command in (["migrate", "--verbosity", "0"], ["collectstatic", "--noinput", "--verbosity", "0"]):
            subprocess.run([sys.executable, "manage.py", *command], cwd=ROOT, env=environ, check=True)
        port = ports.free_run(1, start=9500)
        argv = granian(port)
        argv[argv.index("--workers") + 1] = "1"
        server = subprocess.Popen([sys.executable, *argv], cwd=ROOT, env=environ)
        try:
            while not ports.answers(port):
                if server.poll() is not None:
                    raise RuntimeError("granian has ended")
                time.sleep(0.1)
            yield f"http://{ports.HOST}:{port}"
        finally:
            server.terminate()
            server.wait()


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


def main(rounds: int = 3, seconds: int = 3) -> None:
    if not shutil.which("wrk"):
        sys.exit("wrk is not installed.")
    print(f"Django {django.__version__}, Python {platform.python_version()}, {os.cpu_count()} cores\n")
    with production() as site:
        print("| page | requests/s | of hello, world | bar | first visit |\n|---|---|---|---|---|")
        for name, where in {**PAGES, **LIVE}.items():
            first = visit(site + where)
            pairs = [(measured(f"{site}/hello", seconds), measured(site + where, seconds)) for _ in range(rounds)]
            rate = statistics.median(page for _, page in pairs)
            ratio = statistics.median(page / hello for hello, page in pairs)
            print(
                f"| {name} | {rate:,.0f} | {ratio:.2f} | {f'>= {BAR}' if name in PAGES else 'none'} | {first:.0f} ms |",
                flush=True,
            )
        print("\n| one visitor after another | median | p95 | bar |\n|---|---|---|---|")
        for name, where in SEARCHES.items():
            visit(site + where)
            times = sorted(visit(site + where) for _ in range(SEARCHES_EACH))
            p95 = times[int(SEARCHES_EACH * 0.95)]
            print(f"| {name} | {statistics.median(times):.1f} ms | {p95:.1f} ms | < {SEARCH_BAR} ms |", flush=True)


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
