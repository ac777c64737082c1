"""What the benchmarks of experiments measure and print with."""

import time
from collections.abc import Callable


def milliseconds(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return (time.perf_counter() - began) * 1000


def p95(values: list[float]) -> float:
    return sorted(values)[int(len(values) * 0.95)]


class Table:
    def __init__(self) -> None:
        print("| what | measured | ratio | bar |")
        print("|---|---|---|---|")

    def row(self, what: str, measured: str, ratio: str, bar: str) -> None:
        print(f"| {what} | {measured} | {ratio} | {bar} |", flush=True)
