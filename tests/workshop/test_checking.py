"""Whatever a learner's project does is a result, with advice."""

import pytest

from lab.process.runner import ExperimentFailed
from tests.workshop.small_exercises import FIRST
from workshop.checking import check


@pytest.fixture
def place(learner):
    learner.types("start", "1")
    return learner.folder / FIRST


def spoil(place, text):
    with (place / "project/settings.py").open("a") as settings:
        settings.write("\n" + text + "\n")


@pytest.mark.parametrize(
    ("text", "trouble", "advice"),
    [
        ("def x(:", "SyntaxError: invalid syntax (settings.py, line ", "Python cannot read a file."),
        ("import nowhere", "ModuleNotFoundError: No module named 'nowhere'", "is not that of a module"),
        ("INSTALLED_APPS = 5", "ImproperlyConfigured: The INSTALLED_APPS setting", "Django refuses a setting."),
        ("x = nobody", "NameError: name 'nobody' is not defined", "has not imported or defined"),
        ("x = 'a' * (4 << 30)", "MemoryError", "more memory than a check may have"),
        ("import os; os._exit(3)", "It ended with exit code 3.", "Run the server yourself"),
        ("import os; os._exit(0)", "It ended with exit code 0.", "Run the server yourself"),
    ],
)
def test_a_project_that_does_not_start_says_why_and_what_to_try(learner, place, text, trouble, advice):
    spoil(place, text)
    result = check(learner.first, place)
    assert not result.passed
    assert trouble in result.trouble
    assert advice in result.advice
    assert not any(claim.holds for claim in result.claims)


def test_a_deleted_manage_py_is_a_trouble(learner, place):
    (place / "manage.py").unlink()
    result = check(learner.first, place)
    assert result.trouble.startswith("manage.py is not there.")
    assert "reset 1" in result.advice


def test_a_deleted_folder_is_a_trouble(learner, tmp_path):
    result = check(learner.first, tmp_path / "nowhere")
    assert (result.trouble, result.observation, result.passed) == ("The folder is not there.", None, False)


def test_an_endless_loop_is_a_trouble(learner, place):
    def perform(_folder, _plan, _seconds):
        raise ExperimentFailed("It took too long and was ended.")

    result = check(learner.first, place, perform)
    assert "took longer than" in result.trouble
    assert "a loop that does not end" in result.advice


def test_a_result_is_data(learner, place):
    data = check(learner.first, place).to_dict()
    assert data["exercise"] == FIRST
    assert [claim["holds"] for claim in data["claims"]] == [True, False]
    assert data["labels"] == ["page", "css"]
