"""`manage.py claims foils`: where a claim ends."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command


def test_the_knobs_that_make_a_claim_false_are_named_with_their_values():
    out = StringIO()
    call_command(
        "claims", "foils", "static-root-in-dirs-is-refused", "--knob", "finders", "--knob", "debug", stdout=out
    )
    assert "false with finders=apps\n" in out.getvalue()
    assert "true whatever debug\n" in out.getvalue()
    assert "foil: not so without FileSystemFinder\n" in out.getvalue()


def test_an_unknown_claim_is_refused_before_anything_runs():
    with pytest.raises(CommandError, match="There is no claim 'no-such'"):
        call_command("claims", "foils", "no-such")
