"""Expectations: which hold, and what a failing one says."""

import hashlib

import pytest

from lab.checker.expectation import SHOWN, Expectation, ExpectationError
from lab.uploads.samples import sample

FACTS = {
    "css": {
        "status": 200,
        "url": "/static/app.css",
        "sha256": "abc",
        "header.content-type": "text/css; charset=utf-8",
        "body": "h1 {\n  color: teal;\n}\n",
        "bytes": 40,
        "error": None,
    },
    "other": {"sha256": "abc", "status": 404},
    "photo": {"sha256": hashlib.sha256(sample("photo.png")).hexdigest()},
    "lost": {"url": "", "why": "The answer 'page' names no script."},
}


def judged(sentence):
    return Expectation.parse(sentence).judge(FACTS)


@pytest.mark.parametrize(
    ("sentence", "holds"),
    [
        ("css.status is 200", True),
        ("css.status is 404", False),
        ("css.status is not 404", True),
        ("css.status is not 200", False),
        ("css.status is one of 200, 304", True),
        ("css.status is one of 301, 302", False),
        ("css.body contains teal", True),
        ("css.body contains Teal", False),
        ("css.body lacks red", True),
        ("css.body lacks teal", False),
        ("css.header.content-type starts with text/css", True),
        ("css.header.content-type ends with utf-8", True),
        ("css.url matches /static/.*\\.css", True),
        ("css.url matches /static/", False),  # the whole value
        ("css.body matches h1.*}\\n", True),  # a dot is any character
        ("css.bytes at least 40", True),
        ("css.bytes at least 41", False),
        ("css.bytes at most 40", True),
        ("css.bytes at most 9", False),  # as numbers, not as texts
        ("css.url at least 1", False),
        ("css.sha256 equals other.sha256", True),
        ("css.sha256 differs from other.sha256", False),
        ("css.status differs from other.status", True),
        ("photo.sha256 equals sample photo.png", True),
        ("css.sha256 differs from sample photo.png", True),
        ("css.error is nothing", True),
        ("css.header.etag is nothing", True),
        ("css.header.etag is not nothing", False),
        ("css.header.etag is x", False),
        ("css.header.etag is not x", True),
        ("css.header.etag lacks x", True),
        ("css.header.etag contains x", False),
        ("css.status is not nothing", True),
    ],
)
def test_a_sentence_holds_of_what_is_so(sentence, holds):
    assert judged(sentence).holds is holds


@pytest.mark.parametrize(
    "verb", ["is 1", "is not 1", "lacks x", "contains x", "differs from css.status", "is not nothing"]
)
@pytest.mark.parametrize("label", ["lost", "never"])
def test_what_was_never_asked_fails_whatever_is_expected_of_it(label, verb):
    assert not judged(f"{label}.status {verb}").holds


def test_what_it_is_compared_with_must_have_been_made():
    judgement = judged("css.sha256 differs from never.sha256")
    assert (judgement.holds, judgement.found) == (False, "“never” was not reached.")


def test_nothing_is_expected_of_a_step_that_was_not_made():
    assert judged("never.status is nothing").holds


def test_why_a_request_was_not_sent_is_what_was_found():
    assert judged("lost.status is 200").found == "The answer 'page' names no script."


def test_of_two_contents_it_says_whether_they_are_the_same():
    assert judged("css.sha256 differs from other.sha256").found == "the same"
    assert judged("css.sha256 equals photo.sha256").found == "not the same"


def test_of_two_values_it_names_both():
    assert judged("css.status equals other.status").found == "200, and other.status is 404"


def test_a_comparison_with_a_field_that_is_not_there_says_so():
    judgement = judged("css.url equals other.url")
    assert (judgement.holds, judgement.found) == (False, "/static/app.css, and other.url is nothing")
    assert judged("css.error equals other.status").found == "nothing, and other.status is 404"


@pytest.mark.parametrize("field", ["error", "empty"])
@pytest.mark.parametrize("verb", ["is x", "contains x", "at least 1", "equals other.status", "equals sample photo.png"])
def test_a_failing_expectation_says_expected_and_found(field, verb):
    judgement = Expectation.parse(f"css.{field} {verb}").judge({**FACTS, "css": {"error": None, "empty": ""}})
    assert not judgement.holds
    assert judgement.found
    assert str(judgement) == f"expected css.{field} {verb}; found {judgement.found}"


def test_a_long_value_is_cut():
    judgement = Expectation.parse("a.body is x").judge({"a": {"body": "y" * 10_000}})
    assert judgement.found == "y" * SHOWN + " …"


@pytest.mark.parametrize(
    ("sentence", "said"),
    [
        ("css.status", "is not: label.field verb value"),
        ("css.status resembles 200", "is not: label.field verb value"),
        ("status is 200", "is not: label.field verb value"),
        ("css.url matches (", "unterminated subpattern"),
        ("css.sha256 equals that", "compares with neither"),
        ("css.sha256 equals sample nothing.png", "there is no such sample"),
    ],
)
def test_what_is_no_sentence_is_named_on_one_line(sentence, said):
    with pytest.raises(ExpectationError, match=said) as error:
        Expectation.parse(sentence)
    assert "\n" not in str(error.value)


def test_a_sentence_reads_as_it_was_written():
    for sentence in ("css.status is one of 200, 304", "css.url matches a.b", "css.sha256 equals sample photo.png"):
        assert str(Expectation.parse(sentence)) == sentence
