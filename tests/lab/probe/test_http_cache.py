"""The cache that exercises ask, against RFC 9111 and RFC 9110."""

import pytest

from lab.probe.http_cache import HttpCache, Kept
from lab.process.message import decode, encode

DATE = {"date": "Mon, 01 Jan 2024 00:00:00 GMT"}


class Origin:
    """Gives one answer after the other, the last one for ever, and remembers what it was asked."""

    def __init__(self, *answers):
        self.answers, self.asked = list(answers), []

    def __call__(self, conditions):
        self.asked.append(dict(conditions))
        status, headers, body = self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]
        return status, {**DATE, **headers}, body


def answer(headers, body=b"one", status=200):
    return status, headers, body


def asked_again(headers, seconds, *, shared=False, status=200):
    """Whether the origin is asked again so many seconds after it gave such an answer."""
    origin, cache = Origin(answer(headers, status=status)), HttpCache(shared)
    cache.get("/a", 0.0, origin)
    cache.get("/a", float(seconds), origin)
    return len(origin.asked) == 2


def test_what_is_fresh_comes_from_the_cache():
    origin, cache = Origin(answer({"cache-control": "max-age=60"})), HttpCache(False)
    assert cache.get("/a", 0.0, origin)[2:] == (b"one", False)
    assert cache.get("/a", 59.0, origin)[2:] == (b"one", True)
    assert len(origin.asked) == 1


@pytest.mark.parametrize(
    ("headers", "seconds", "again"),
    [
        ({"cache-control": "max-age=60"}, 61, True),
        ({"cache-control": "MAX-AGE=60"}, 59, False),  # directives are case-insensitive (5.2)
        ({"cache-control": 'max-age="60"'}, 59, False),  # both forms are to be accepted (5.2)
        ({"cache-control": "max-age=315360000, public, immutable"}, 10_000_000, False),
        ({"cache-control": "no-store, max-age=60"}, 1, True),
        ({"cache-control": "no-cache, max-age=60"}, 1, True),
        ({"cache-control": "s-maxage=60"}, 1, True),  # not meant for a browser's cache
        ({"cache-control": "private, max-age=60"}, 1, False),
        ({"cache-control": "max-age=60", "set-cookie": "a=b"}, 1, False),
        ({"expires": "Mon, 01 Jan 2024 00:01:00 GMT"}, 59, False),
        ({"expires": "Mon, 01 Jan 2024 00:01:00 GMT"}, 61, True),
        ({"expires": "Sun, 31 Dec 2023 00:00:00 GMT"}, 1, True),
        ({"expires": "0"}, 1, True),  # an invalid date is a past one (5.3)
        (
            {"cache-control": "max-age=0", "expires": "Mon, 01 Jan 2024 00:01:00 GMT"},
            1,
            True,
        ),  # max-age goes first (5.3)
        ({"last-modified": "Sun, 31 Dec 2023 23:50:00 GMT"}, 59, False),  # a tenth of its age (4.2.2)
        ({"last-modified": "Sun, 31 Dec 2023 23:50:00 GMT"}, 61, True),
        ({}, 1, True),
    ],
)
def test_how_long_a_browsers_cache_keeps_an_answer(headers, seconds, again):
    assert asked_again(headers, seconds) is again


@pytest.mark.parametrize(
    ("headers", "seconds", "again"),
    [
        ({"cache-control": "s-maxage=60, max-age=0"}, 59, False),
        ({"cache-control": "private, max-age=60"}, 1, True),
        ({"cache-control": "max-age=60", "set-cookie": "a=b"}, 1, True),
        ({"cache-control": "public, max-age=60"}, 59, False),
    ],
)
def test_a_shared_cache_keeps_what_is_meant_for_all(headers, seconds, again):
    assert asked_again(headers, seconds, shared=True) is again


@pytest.mark.parametrize(
    ("status", "again"), [(404, False), (410, False), (301, False), (500, True), (503, True), (302, True)]
)
def test_a_404_may_be_kept_and_a_500_may_not(status, again):
    assert asked_again({"cache-control": "max-age=60"}, 1, status=status) is again


def test_a_stale_answer_is_asked_for_with_its_etag_and_its_date():
    first = answer({"cache-control": "max-age=60", "etag": '"1"', "last-modified": "Sun, 31 Dec 2023 00:00:00 GMT"})
    origin = Origin(first, (304, {"cache-control": "max-age=60"}, b""))
    cache = HttpCache(False)
    cache.get("/a", 0.0, origin)
    assert cache.get("/a", 61.0, origin)[0] == 200
    assert origin.asked[1] == {"If-None-Match": '"1"', "If-Modified-Since": "Sun, 31 Dec 2023 00:00:00 GMT"}


def test_a_304_makes_the_kept_answer_fresh_again():
    origin = Origin(
        answer({"cache-control": "max-age=60", "etag": '"1"'}),
        (304, {"cache-control": "max-age=60", "etag": '"1"'}, b""),
    )
    cache = HttpCache(False)
    cache.get("/a", 0.0, origin)
    assert cache.get("/a", 61.0, origin)[2:] == (b"one", False)
    assert cache.get("/a", 100.0, origin)[2:] == (b"one", True)


def test_a_new_answer_replaces_the_kept_one():
    origin = Origin(answer({"cache-control": "max-age=60"}), answer({"cache-control": "max-age=60"}, b"two"))
    cache = HttpCache(False)
    cache.get("/a", 0.0, origin)
    assert cache.get("/a", 61.0, origin)[2] == b"two"
    assert cache.get("/a", 62.0, origin)[2:] == (b"two", True)


def test_another_address_is_another_answer():
    origin = Origin(answer({"cache-control": "max-age=60"}))
    cache = HttpCache(False)
    cache.get("/a.js?v=1", 0.0, origin)
    cache.get("/a.js?v=2", 0.0, origin)
    assert len(origin.asked) == 2


def test_a_copy_keeps_its_age_on_its_way_through_two_caches():
    origin, shared, own = Origin(answer({"cache-control": "max-age=60"})), HttpCache(True), HttpCache(False)
    shared.get("/a", 0.0, origin)

    def through_shared(now):
        return own.get("/a", now, lambda _conditions: shared.get("/a", now, origin)[:3])

    assert through_shared(45.0)[1]["age"] == "45"
    assert through_shared(59.0)[3]
    assert not through_shared(61.0)[3]
    assert len(origin.asked) == 2


SWR = "max-age=60, stale-while-revalidate=600"


def test_a_stale_answer_is_used_once_more_while_a_new_one_is_fetched_behind_it():
    origin, cache = Origin(answer({"cache-control": SWR}), answer({"cache-control": SWR}, b"two")), HttpCache(False)
    cache.get("/a", 0.0, origin)
    assert cache.get("/a", 61.0, origin)[2:] == (b"one", True)
    assert cache.get("/a", 62.0, origin)[2:] == (b"two", True)
    assert cache.get("/a", 62.0 + 660.0, origin)[3] is False, "not for longer than it says"


@pytest.mark.parametrize("directive", ["no-cache", "must-revalidate"])
def test_what_must_be_asked_for_is_not_used_while_stale(directive):
    origin = Origin(answer({"cache-control": f"{SWR}, {directive}"}), answer({"cache-control": SWR}, b"two"))
    cache = HttpCache(False)
    cache.get("/a", 0.0, origin)
    assert cache.get("/a", 61.0, origin)[2:] == (b"two", False)


def test_an_answer_is_as_old_as_the_304_says_that_made_it_fresh():
    first = answer({"cache-control": "max-age=60", "etag": '"1"', "age": "50"})
    cache = HttpCache(False)
    origin = Origin(first, (304, {"cache-control": "max-age=60"}, b""))
    cache.get("/a", 0.0, origin)
    assert "age" not in cache.get("/a", 11.0, origin)[1]
    assert cache.get("/a", 70.0, origin)[1]["age"] == "59"


def test_what_it_keeps_travels_as_a_message():
    origin, entries = Origin(answer({"cache-control": "max-age=60"}, b"\xff\x00")), {}
    HttpCache(False, entries).get("/a", 0.0, origin)
    assert HttpCache(False, decode(dict[str, Kept], encode(entries))).get("/a", 1.0, origin)[2:] == (b"\xff\x00", True)
