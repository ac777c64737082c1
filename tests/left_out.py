"""Tests that a machine cannot run: why they are left out, and the one summary of them."""

import os
from collections import Counter
from collections.abc import Iterable
from typing import NoReturn

import pytest

from mysite.machine.needs import NEEDS, Need, how_to_get

ROOT_ONLY = "only root may do what it does"
HERE = {"linux": "this is not Linux", "mounts": "a process may not mount anything here, as in most containers"}


def without(need: Need) -> NoReturn:
    """Leave the test out; in CI, where everything was to be installed, fail it."""
    (pytest.fail if os.environ.get("CI") else pytest.skip)(need.reason)
    raise AssertionError


def skip_without(*names: str) -> NoReturn:
    """Leave the test out: these are missing, whether programs, rights of root or anything else ("linux", "mounts")."""
    for need in NEEDS:
        if need.name in names or need.asked_as in names:
            without(need)
    if any("root" in name for name in names):
        pytest.skip(ROOT_ONLY)
    pytest.skip("; ".join(HERE.get(name, f"there is no {name} here") for name in names))


def summary(reasons: Iterable[str]) -> list[str]:
    """Return lines that say how many tests were left out for each reason, then how to get what is missing."""
    counts = Counter(reason.removeprefix("Skipped: ") for reason in reasons)
    lines = [f"{count:5} test{'s' if count > 1 else ''}: {reason}" for reason, count in counts.most_common()]
    missing = [need for need in NEEDS if need.reason in counts]
    if missing:
        lines += ["To run these too, install what they need and start the tests again:", *how_to_get(missing)]
    if ROOT_ONLY in counts:
        lines.append("What only root may do is tested by root, for example in a container.")
    return lines
