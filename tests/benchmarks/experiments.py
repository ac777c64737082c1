"""How quick the lab is, as ratios measured side by side: `python -m tests.benchmarks.experiments [rounds]`.

Prints a table in Markdown; docs/benchmarks.md holds the last one. What is compared is measured in turns, because the
machine's speed changes from one minute to the next.
"""

import contextlib
import os
import platform
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor, wait
from functools import partial
from pathlib import Path

import django
from django.conf import settings
from django.http import HttpRequest, JsonResponse
from django.urls import include, path

from lab.engine.cache import Cache
from lab.engine.engine import Engine
from lab.evidence.records import Records
from lab.experiment import Experiment
from lab.probe.observe import write_project
from lab.process.limiter import Limiter
from lab.process.runner import ForkServerRunner, FreshRunner
from lab.project.files import collect_command, project_files
from mysite.serving import nginx
from tests.benchmarks.combinations import combinations
from tests.benchmarks.table import Table, milliseconds, p95


def trivial(_request: HttpRequest) -> JsonResponse:
    return JsonResponse({"answer": 42})


urlpatterns = [path("trivial.json", trivial), path("", include("lab.playground.urls"))]


def nothing() -> None:
    subprocess.run([sys.executable, "-c", "pass"], check=True)


def uncached(table: Table, runner: ForkServerRunner, rounds: int) -> None:
    cold = FreshRunner()
    for name, experiment in (
        ("default experiment", Experiment()),
        ("with an upload", Experiment(upload="png")),
        ("with collectstatic", Experiment(collect="yes")),
    ):
        runner.run(experiment)
        passes, colds, warms = [], [], []
        for _ in range(rounds):
            passes.append(milliseconds(nothing))
            colds.append(milliseconds(partial(cold.run, experiment)))
            warms += [milliseconds(partial(runner.run, experiment)) for _ in range(4)]
        median = statistics.median(warms)
        table.row(
            f"{name}: median against a cold subprocess",
            f"{median:.0f} ms, {statistics.median(colds):.0f} ms",
            f"{median / statistics.median(colds):.3f}",
            "<= 0.12",
        )
        table.row(
            f"{name}: p95 against `python -c pass`",
            f"{p95(warms):.0f} ms, {statistics.median(passes):.0f} ms",
            f"{p95(warms) / statistics.median(passes):.1f}",
            "<= 3",
        )


def two_at_a_time(table: Table, runner: ForkServerRunner, rounds: int) -> None:
    count = 20
    ratios = []
    for _ in range(max(3, rounds // 4)):
        one = milliseconds(lambda: [runner.run(Experiment()) for _ in range(count)])
        with ThreadPoolExecutor(2) as pool:
            two = milliseconds(lambda: list(pool.map(lambda _: runner.run(Experiment()), range(count))))
        ratios.append(one / two)
    table.row(f"two at a time against one ({os.cpu_count()} cores)", "", f"{statistics.median(ratios):.2f}", ">= 1.7")


@contextlib.contextmanager
def project(experiment: Experiment) -> Iterator[Path]:
    with tempfile.TemporaryDirectory() as folder:
        write_project(project_files(experiment), Path(folder))
        if experiment.collect != "no":
            subprocess.run([sys.executable, *collect_command(experiment)], cwd=folder, check=True, capture_output=True)
        yield Path(folder)


def server_alone(kind: str, folder: Path) -> float:
    """Milliseconds from starting the server until it has answered once."""
    import http.client
    import socket

    address = str(folder / "s")
    command = {
        "gunicorn": [sys.executable, "-m", "gunicorn", "--no-control-socket", "-b", f"unix:{address}", "project.wsgi"],
        "uvicorn": [sys.executable, "-m", "uvicorn", "--uds", address, "project.asgi:application"],
    }[kind]
    environment = {name: value for name, value in os.environ.items() if name != "DJANGO_SETTINGS_MODULE"}
    began = time.perf_counter()
    with subprocess.Popen(
        command, cwd=folder, env=environment, stderr=subprocess.DEVNULL, stdout=subprocess.DEVNULL
    ) as process:
        while True:
            with socket.socket(socket.AF_UNIX) as connection:
                try:
                    connection.connect(address)
                    connection.sendall(b"GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
                    response = http.client.HTTPResponse(connection)
                    response.begin()
                    break
                except (OSError, http.client.HTTPException):
                    time.sleep(0.002)
        took = (time.perf_counter() - began) * 1000
        process.terminate()
    Path(address).unlink(missing_ok=True)
    return took


def servers(table: Table, runner: ForkServerRunner, rounds: int) -> None:
    for kind in ("gunicorn", "uvicorn", *(["nginx"] if nginx.find() else [])):
        experiment = Experiment(server=kind)
        runner.run(experiment)
        behind = "gunicorn" if kind == "nginx" else kind
        alone, runs = [], []
        with project(experiment) as folder:
            for _ in range(max(3, rounds // 3)):
                alone.append(server_alone(behind, folder))
                runs.append(milliseconds(partial(runner.run, experiment)))
        difference = statistics.median(runs) - statistics.median(alone)
        table.row(
            f"experiment with {kind} against {behind}'s start alone",
            f"{statistics.median(runs):.0f} ms, {statistics.median(alone):.0f} ms",
            f"{difference:+.0f} ms",
            "<= +300 ms",
        )


def engine(runner: ForkServerRunner, folder: Path) -> Engine:
    limiter = Limiter(folder / "locks", running=2, waiting=64, patience=20)
    return Engine(runner, Cache(folder / "cache"), limiter, folder / "flights", Records())


def click(shared: Engine, barrier: threading.Barrier) -> str:
    barrier.wait()
    return shared.observe_json(Experiment())


def hundred_clicks(table: Table, runner: ForkServerRunner, rounds: int) -> None:
    ratios = []
    for _ in range(max(3, rounds // 3)):
        one = statistics.median(milliseconds(lambda: runner.run(Experiment())) for _ in range(5))
        with tempfile.TemporaryDirectory() as folder, ThreadPoolExecutor(100) as pool:
            barrier = threading.Barrier(101)
            shared = engine(runner, Path(folder))
            clicks = [pool.submit(click, shared, barrier) for _ in range(100)]
            barrier.wait()
            ratios.append(milliseconds(partial(wait, clicks)) / one)
    table.row("100 simultaneous clicks against one run", "", f"{statistics.median(ratios):.2f}", "<= 2")


def cached(table: Table, rounds: int) -> None:
    from django.test import Client

    client = Client()
    client.get("/lab.json?debug=off")
    trivials, cacheds = [], []
    for _ in range(rounds * 20):
        trivials.append(milliseconds(lambda: client.get("/trivial.json")))
        cacheds.append(milliseconds(lambda: client.get("/lab.json?debug=off")))
    one, other = statistics.median(cacheds), statistics.median(trivials)
    table.row(
        "a cached observation against a trivial JSON view",
        f"{one:.2f} ms, {other:.2f} ms",
        f"{one / other:.2f}",
        "<= 3",
    )


def main() -> None:
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 12
    with tempfile.TemporaryDirectory() as folder:
        settings.configure(
            DEBUG=False,
            ALLOWED_HOSTS=["*"],
            SECRET_KEY="benchmark",
            ROOT_URLCONF=__name__,
            BASE_DIR=folder,
            LAB_CACHE_DIR=folder,
        )
        django.setup()
        print(f"Django {django.get_version()}, Python {platform.python_version()}, {os.cpu_count()} cores\n")
        table = Table()
        runner = ForkServerRunner()
        uncached(table, runner, rounds)
        combinations(table, runner)
        two_at_a_time(table, runner, rounds)
        servers(table, runner, rounds)
        hundred_clicks(table, runner, rounds)
        cached(table, rounds)
        runner.close()


if __name__ == "__main__":
    main()
