"""Whatever a learner's project does is a result, with advice."""

import os
import shutil

import pytest

from lab.process.runner import ExperimentFailed
from tests.workshop.small_exercises import FIRST
from workshop.checking import check
from workshop.exercise import EXERCISES, applied, read
from workshop.invocation import with_commands
from workshop.terminal import Teller


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


@pytest.mark.parametrize(
    ("spoils", "trouble"),
    [
        (lambda file: file.write_text(""), "project/settings.py is empty. It was not empty at the start."),
        (lambda file: file.unlink(), "project/settings.py is missing. It was there at the start."),
    ],
)
def test_an_emptied_and_a_deleted_file_are_told_by_name_before_what_follows_from_them(learner, place, spoils, trouble):
    spoils(place / "project/settings.py")
    result = check(learner.first, place)
    assert result.trouble.startswith(trouble)
    assert "reset 1" in result.advice
    assert result.cause is None
    told = "\n".join(Teller(columns=100).result(result))
    assert told.count("try ") == 1


def test_a_failure_with_another_status_is_told_by_its_status_alone(learner, place):
    told = "\n".join(Teller(columns=100).result(check(learner.first, place)))
    assert "expected  css: the status is 200" in told
    assert "the text contains" not in told
    findings = check(learner.first, place).claims[1].to_dict({})["findings"]
    assert [finding["repeats"] for finding in findings] == [False, True]


def test_a_command_in_an_advice_is_whole_and_on_a_line_of_its_own(learner, place):
    exercise = read(EXERCISES / "02_the_folder_that_wasnt_there")
    lines = list(Teller(columns=60).hints(exercise, 1, 0, place))
    command = with_commands("{manage} findstatic garden/garden.css --verbosity 2", place)
    assert f"    {command}" in lines
    assert "`" not in "".join(lines)


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


LOAD = "{% load static %}"


def test_the_step_that_broke_first_is_told_once_with_file_and_line_and_what_follows_is_folded(tmp_path):
    exercise = read(EXERCISES / "01_whose_app_css")
    folder = shutil.copytree(exercise.start, tmp_path / exercise.name)
    page = folder / "library/templates/library/page.html"
    page.write_text(page.read_text().replace(LOAD, ""))
    result = check(exercise, folder, held=["a-folder-of-its-own"])
    assert result.cause.label == "library"
    assert result.cause.error.startswith("TemplateSyntaxError: ")
    assert result.cause.where.startswith("library/templates/library/page.html, line ")
    assert "{% static 'app.css' %}" in result.cause.where
    told = "\n".join(Teller(columns=100).result(result))
    assert told.count("TemplateSyntaxError") == 1
    assert "so fails  Each page gets the stylesheet of its own app." in told
    assert "It held before: your last change did this." in told
    assert "try       Look at that line of the template." in told
    assert "INSTALLED_APPS" not in told.partition("so fails")[0]


def test_the_advice_follows_from_what_was_found(tmp_path):
    exercise = read(EXERCISES / "01_whose_app_css")
    folder = shutil.copytree(exercise.start, tmp_path / exercise.name)
    applied(next(fix for fix in exercise.wrong() if fix.name == "written_by_hand"), folder)
    result = check(exercise, folder)
    assert [claim.claim.id for claim in result.failing] == ["named-by-the-tag"]
    assert result.failing[0].advice.startswith("Works, but only while STATIC_URL is /static/")


def test_a_command_is_printed_as_it_can_be_pasted(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    place = tmp_path / "my workshop" / "01_whose_app_css"
    line = with_commands("Ask: {manage} findstatic app.css", place)
    assert line.endswith('"my workshop/01_whose_app_css/manage.py" findstatic app.css'.replace("/", os.sep))
    assert with_commands("{manage} check", None) == "python manage.py check"
