"""The summary of what a machine cannot test."""

import pytest

from mysite.machine.needs import NGINX
from tests import left_out


def test_hundreds_of_tests_left_out_for_one_reason_are_one_line_and_how_to_get_it_follows(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(left_out, "how_to_get", lambda needs: [f"get {need.name}" for need in needs])
    reasons = [*["Skipped: nginx is not installed"] * 255, "Skipped: there are no pseudo-terminals"]
    assert left_out.summary(reasons) == [
        "  255 tests: nginx is not installed",
        "    1 test: there are no pseudo-terminals",
        "To run these too, install what they need and start the tests again:",
        "get nginx",
    ]
    assert left_out.summary([]) == []


def test_ci_is_not_excused(monkeypatch: pytest.MonkeyPatch) -> None:
    for ci, outcome in (("true", pytest.fail.Exception), ("", pytest.skip.Exception)):
        monkeypatch.setenv("CI", ci)
        with pytest.raises(outcome, match="nginx is not installed"):
            left_out.without(NGINX)
