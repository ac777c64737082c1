"""The board of a class: who is stuck, who may say what, and what nonsense comes to."""

import pytest

from workshop.board import (
    JOINS_A_MINUTE,
    LONG_AGO,
    NAME_LETTERS,
    PARTICIPANTS_AN_ADDRESS,
    REPORTS_A_MINUTE,
    Board,
    Named,
    Refused,
)
from workshop.board_asgi import is_own_name

CLAIMS = (("a-page", "The page is there."), ("a-style", "Its stylesheet is there."))
ONE, TWO = Named("01_one", 1, "One", CLAIMS), Named("02_two", 2, "Two")


class Clock:
    now = 100_000.0

    def __call__(self):
        return self.now

    def minutes(self, minutes):
        self.now += 60 * minutes


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def board(clock):
    return Board([ONE, TWO], stuck_minutes=10, clock=clock)


def joined(board, name="Ada", address="10.0.0.1"):
    return board.join(name, "", address)[0]


def told(age=0, checks=0, hints=0, passed=False, held=()):
    return {"age": age, "checks": checks, "hints": hints, "passed": passed, "held": list(held)}


def report(board, token, at="01_one", **exercises):
    board.report({"token": token, "at": at, "exercises": {f"0{key[-1]}_{key[:-1]}": e for key, e in exercises.items()}})


def test_who_has_joined_and_begun_nothing_is_there(board):
    joined(board)
    (row,) = board.rows()
    assert (row.name, row.state, row.exercise) == ("Ada", "joined", None)


def test_whoever_does_not_pass_for_ten_minutes_is_stuck_and_stands_on_top(board, clock):
    ada, bob = joined(board, "Ada"), joined(board, "Bob")
    report(board, bob, one1=told(checks=2, hints=1))
    clock.minutes(9)
    report(board, ada, one1=told())
    assert [row.state for row in board.rows()] == ["working", "working"]
    clock.minutes(1)
    rows = board.rows()
    assert [(row.name, row.state, row.minutes, row.checks, row.hints) for row in rows] == [
        ("Bob", "stuck", 10, 2, 1),
        ("Ada", "working", 1, 0, 0),
    ]
    assert [(one.working, one.stuck, one.passed) for one in board.summaries()] == [(2, 1, 0), (0, 0, 0)]


def test_who_passes_is_stuck_no_more(board, clock):
    ada = joined(board)
    report(board, ada, one1=told())
    clock.minutes(30)
    report(board, ada, one1=told(age=1800, checks=4, passed=True))
    (row,) = board.rows()
    assert (row.state, row.minutes, row.passed) == ("passed", 0, 1)
    assert board.summaries()[0].median == 30
    report(board, ada, "02_two", one1=told(passed=True), two2=told(passed=True))
    assert board.rows()[0].state == "finished"


def test_the_median_counts_who_passed_before_joining_but_not_who_began_on_another_day(board):
    for name, age in (("Ada", 600), ("Bob", 1200), ("Eve", 3000), ("Old", int(LONG_AGO))):
        report(board, joined(board, name), one1=told(age=age, passed=True))
    assert board.summaries()[0].median == 20


def test_what_was_begun_before_joining_counts_unless_it_was_another_day(board):
    ada, bob = joined(board, "Ada"), joined(board, "Bob")
    report(board, ada, one1=told(age=20 * 60))
    report(board, bob, one1=told(age=int(LONG_AGO)))
    assert {row.name: row.minutes for row in board.rows()} == {"Ada": 20, "Bob": 0}


def test_who_has_said_nothing_for_long_is_away_and_not_stuck(board, clock):
    joined(board)
    clock.minutes(20)
    assert (board.rows()[0].last, board.rows()[0].state) == (20, "away")


def test_a_name_cannot_be_taken_over(board):
    joined(board, "Ada")
    for name in ("Ada", "ADA", " ada ", "\uff21da"):  # the last one is a full-width A
        with pytest.raises(Refused, match="already") as refused:
            board.join(name, "guessed", "10.0.0.2")
        assert refused.value.status == 409


def test_with_the_token_it_is_the_same_participant_under_a_new_name(board):
    token = joined(board)
    report(board, token, one1=told(checks=3))
    assert board.join("Ada L.", token, "10.0.0.1") == (token, "Ada L.")
    (row,) = board.rows()
    assert (row.name, row.checks) == ("Ada L.", 3)


def test_without_the_token_nobody_can_speak_for_a_participant(board):
    joined(board)
    for token in ("", "x", None, 3, [], {}):
        for act in (lambda token=token: report(board, token, one1=told()), lambda token=token: board.leave(token)):
            with pytest.raises(Refused) as refused:
                act()
            assert refused.value.status == 410
    assert board.rows()[0].state == "joined"


def test_who_leaves_is_forgotten(board):
    board.leave(joined(board))
    assert board.rows() == []


@pytest.mark.parametrize(
    "name",
    [
        "",
        "   ",
        "x" * (NAME_LETTERS + 1),
        "x" * 1_000_000,
        "a\x00b",
        "a\u202eb",
        "\u200b",
        "---",
        "e" + "\u0301" * 30,
        None,
        7,
        {},
    ],
)
def test_a_name_has_letters_that_can_be_seen(board, name):
    with pytest.raises(Refused) as refused:
        board.join(name, "", "10.0.0.1")
    assert refused.value.status == 400
    assert board.rows() == []


@pytest.mark.parametrize("name", ["Ada", "李明", "Ødegård", "Jean-Luc P.", "Team 7"])
def test_names_of_all_the_world_are_names(board, name):
    assert board.join(name, "", "10.0.0.1")[1] == name


@pytest.mark.parametrize(
    "exercises",
    [
        None,
        [],
        "x",
        {"01_one": None},
        {"01_one": {}},
        {"01_one": told(age=-1)},
        {"01_one": told(checks=1.5)},
        {"01_one": told(checks=True)},
        {"01_one": told(hints="2")},
        {"01_one": told(passed=1)},
        {str(number): {} for number in range(101)},
    ],
)
def test_nonsense_in_a_report_changes_nothing(board, exercises):
    token = joined(board)
    with pytest.raises(Refused) as refused:
        board.report({"token": token, "at": "01_one", "exercises": exercises})
    assert refused.value.status == 400
    assert board.rows()[0].state == "joined"


def test_exercises_that_are_not_known_here_are_passed_over(board):
    token = joined(board)
    board.report({"token": token, "at": "<script>", "exercises": {"<script>": told(), "02_two": told()}})
    assert board.rows()[0].exercise == TWO


def test_numbers_have_a_limit(board):
    token = joined(board)
    report(board, token, one1=told(age=10**400, checks=10**400, hints=10**30))
    (row,) = board.rows()
    assert (row.minutes, row.checks, row.hints) == (0, 9999, 9999)


def test_there_is_an_end_to_participants_joins_and_reports(board, clock):
    token = joined(board)
    for _ in range(REPORTS_A_MINUTE):
        report(board, token, one1=told())
    with pytest.raises(Refused) as refused:
        report(board, token, one1=told())
    assert refused.value.status == 429
    for number in range(PARTICIPANTS_AN_ADDRESS - 1):
        joined(board, f"Participant {number}")
    with pytest.raises(Refused) as refused:
        joined(board, "One more")
    assert refused.value.status == 503
    joined(board, "Elsewhere", "10.0.0.2")
    for number in range(JOINS_A_MINUTE - PARTICIPANTS_AN_ADDRESS - 1):
        joined(board, f"Other {number}", "10.0.0.2")
    with pytest.raises(Refused) as refused:
        joined(board, "Too quick", "10.0.0.3")
    assert refused.value.status == 429
    clock.minutes(1.1)
    joined(board, "Too quick", "10.0.0.3")


@pytest.mark.parametrize(
    ("host", "own"),
    [
        ("192.168.1.20:9000", True),
        ("127.0.0.1:9000", True),
        ("localhost:9000", True),
        ("[::1]:9000", True),
        ("teacher.local:9000", True),
        ("evil.example:9000", False),
        ("192.168.1.20.evil.example:9000", False),
        ("", False),
    ],
)
def test_a_foreign_sites_name_that_leads_here_is_refused(host, own):
    assert is_own_name(host) is own


def test_the_board_says_at_which_claim_somebody_is_and_where_most_are(board):
    ada, bob = joined(board, "Ada"), joined(board, "Bob")
    report(board, ada, one1=told())
    assert board.rows()[0].claim == ""  # nothing was checked yet
    report(board, ada, one1=told(checks=1, held=["a-page"]))
    report(board, bob, one1=told(checks=1, held=["a-page"]))
    assert {row.claim for row in board.rows()} == {"Its stylesheet is there."}
    assert board.summaries()[0].claim == "Its stylesheet is there."
    report(board, ada, one1=told(checks=2, passed=True, held=["a-page", "a-style"]))
    assert next(row for row in board.rows() if row.name == "Ada").claim == ""


def test_whoever_gets_a_claim_further_is_not_stuck(board, clock):
    ada = joined(board)
    report(board, ada, one1=told(checks=1))
    clock.minutes(9)
    report(board, ada, one1=told(checks=2, held=["a-page"]))
    clock.minutes(9)
    assert board.rows()[0].state == "working"
    report(board, ada, one1=told(checks=3, held=["a-page"]))
    clock.minutes(2)
    assert board.rows()[0].state == "stuck"


def test_a_name_is_removed_by_its_key_alone(board):
    ada = joined(board)
    with pytest.raises(Refused):
        board.remove("Ada")
    board.remove(board.rows()[0].key)
    assert board.rows() == []
    with pytest.raises(Refused, match="does not know you"):
        report(board, ada, one1=told())


@pytest.mark.parametrize("held", ["a-page", [1], ["a"] * 51])
def test_what_held_is_a_short_list_of_ids(board, held):
    ada = joined(board)
    with pytest.raises(Refused):
        report(board, ada, one1={**told(), "held": held})
