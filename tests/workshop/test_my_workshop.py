"""The learner's folder."""

import pytest

from tests.workshop.small_exercises import FIRST, PAGE
from workshop.my_workshop import changes_of


@pytest.fixture
def mine(learner):
    return learner.workshop


def test_starting_copies_the_start_and_keeps_the_time(learner, mine):
    assert mine.start(learner.first) is True
    assert (mine.place(learner.first) / "manage.py").is_file()
    assert mine.progress.of(FIRST).started
    assert mine.start(learner.first) is False


def test_a_start_that_was_cut_short_is_made_anew(learner, mine):
    half = mine.folder / f".new-{FIRST}"
    (half / "project").mkdir(parents=True)
    mine.start(learner.first)
    assert (mine.place(learner.first) / "project/settings.py").is_file()
    assert not half.exists()


def test_three_resets_within_a_second_keep_three_backups(learner, mine):
    mine.start(learner.first)
    backups = []
    for number in range(3):
        (mine.place(learner.first) / "mine.txt").write_text(str(number))
        backups.append(mine.reset(learner.first))
    assert [(backup / "mine.txt").read_text() for backup in backups] == ["0", "1", "2"]
    assert not (mine.place(learner.first) / "mine.txt").exists()


def test_the_diff_shows_what_the_learner_did_and_not_what_running_did(learner, mine):
    mine.start(learner.first)
    learner.solves()
    place = mine.place(learner.first)
    (place / "notes.txt").write_text("mine\n")
    (place / "static/page.css").unlink()
    (place / "staticfiles").mkdir()
    (place / "staticfiles/page.css").write_text("made")
    (place / "db.sqlite3").write_bytes(b"SQLite format 3\0")
    changes = mine.changes(learner.first)
    assert [(change.path, change.kind) for change in changes] == [
        ("notes.txt", "added"),
        ("static/page.css", "deleted"),
        (PAGE, "changed"),
    ]
    assert changes[0].lines[-1] == "+mine"


def test_bytes_are_not_shown_as_text(learner, mine):
    mine.start(learner.first)
    (mine.place(learner.first) / "photo.png").write_bytes(b"\x89PNG\0")
    assert mine.changes(learner.first)[0].lines == ("(not text)",)


def test_the_solutions_changes_are_those_of_its_folder(learner):
    (change,) = changes_of(learner.first.solution(), learner.first)
    assert (change.path, change.kind) == (PAGE, "changed")


def test_a_check_is_counted_with_the_claims_that_held(learner, mine):
    mine.start(learner.first)
    assert not mine.check(learner.first).passed
    learner.solves()
    assert mine.check(learner.first).passed
    standing = mine.progress.of(FIRST)
    assert (standing.checks, standing.held) == (2, ("first-page-page", "first-page-css"))
    assert standing.passed
