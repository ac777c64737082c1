"""`workshop new`, and what `verify` says until an exercise is whole."""

import pytest

from tests.workshop.small_exercises import complete
from workshop import exercise as exercise_module


@pytest.fixture
def author(learner, settings, tmp_path):
    """Somebody with a folder of exercises of their own, still empty."""
    settings.WORKSHOP_EXERCISES = learner.exercises = tmp_path / "exercises"
    learner.exercises.mkdir()
    exercise_module.exercises.cache_clear()
    return learner


def test_a_skeleton_says_by_verify_all_that_it_lacks(author):
    said = author.types("new", "My first one")
    assert said.code == 0
    assert "01_my_first_one" in said.out
    verified = author.types("verify", "my_first_one", "--json")
    assert verified.code == 1
    problems = {verdict["what"]: verdict["problem"] for verdict in verified.data}
    for lack in (
        "the title, the task or the goal is empty",
        "the guide has no chapter ''",
        "there are fewer than 3 hints",
        "a claim says nothing, or has no advice",
        "the solution changes nothing",
        "a wrong fix changes nothing",
        "a why.md is missing",
    ):
        assert lack in problems["folder"]
    assert problems["start"] == "it passes, and should not"
    assert problems["wrong/tempting_1"] == "it passes, and should not"


def test_what_is_complete_is_as_it_should_be(author):
    author.types("new", "whole")
    complete(author.exercises / "01_whole")
    said = author.types("verify")
    assert (said.code, said.err) == (0, "")
    assert "5 things verified, 0 are not as they should be." in said.out


def test_a_solution_that_does_not_solve_is_named_with_what_was_found(author):
    author.types("new", "whole")
    complete(author.exercises / "01_whole")
    (author.exercises / "01_whole/solution/templates/page.html").write_text("<link rel=stylesheet href=/static/x.css>")
    said = author.types("verify")
    assert said.code == 1
    assert "it should pass: expected css.status is 200; found 404" in said.out


def test_a_start_that_does_not_run_is_no_exercise(author):
    author.types("new", "whole")
    complete(author.exercises / "01_whole")
    (author.exercises / "01_whole/start/project/settings.py").write_text("def x(:")
    assert "it should run and fail a claim: The project does not start. SyntaxError" in author.types("verify").out


def test_an_exercise_toml_that_cannot_be_read_does_not_hide_the_others(author):
    for name in ("whole", "broken"):
        author.types("new", name)
        complete(author.exercises / f"{'01' if name == 'whole' else '02'}_{name}")
    (author.exercises / "02_broken/exercise.toml").write_text("title = ")
    said = author.types("verify", "--json")
    assert said.code == 1
    (problem,) = [verdict for verdict in said.data if verdict["problem"]]
    assert (problem["exercise"], problem["what"]) == ("02_broken", "exercise.toml")
    assert {verdict["exercise"] for verdict in said.data} == {"01_whole", "02_broken"}


def test_the_ids_of_claims_are_unique_in_all_exercises(author):
    for number in (1, 2):
        author.types("new", f"whole {number}")
        complete(author.exercises / f"0{number}_whole_{number}")
        file = author.exercises / f"0{number}_whole_{number}/exercise.toml"
        file.write_text(file.read_text().replace(f"whole-{number}-css", "the-css"))
    assert "an id of a claim is taken" in author.types("verify").out


@pytest.mark.parametrize("name", ["", "../../etc", "1", "a" * 61, "räksmörgås", "a/b"])
def test_a_name_that_cannot_be_a_folders_is_refused(author, name):
    said = author.types("new", name)
    assert said.code == 2
    assert "cannot be the name of a folder" in said.err
    assert list(author.exercises.iterdir()) == []


def test_two_exercises_have_two_names(author):
    author.types("new", "same")
    said = author.types("new", "same")
    assert (said.code, said.err) == (2, "There is an exercise same already.")


def test_an_exercise_that_is_not_there_cannot_be_verified(author):
    said = author.types("verify", "nowhere")
    assert (said.code, said.err) == (2, "There is no exercise 'nowhere'.")
