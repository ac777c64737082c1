"""What a learner types, and what the answer is: words, JSON and an exit code."""

import io
import json
import subprocess

import pytest

from tests.workshop.small_exercises import FIRST, PAGE, SECOND
from workshop.exercise import Exercise, ExerciseError
from workshop.terminal import plain


def test_list_says_where_to_go_on(learner):
    said = learner.types("list")
    assert "0 of 2 exercises passed." in said.out
    assert "1  not begun  First page   <- this one now" in said.out
    assert said.out.rstrip().endswith("manage.py workshop start 1")


def test_start_says_which_file_to_open_and_what_to_type_next(learner):
    said = learner.types("start")
    assert said.code == 0
    assert "The page names a stylesheet that is not there." in said.out
    assert f"Open first:  {PAGE}" in said.out
    assert "manage.py workshop check 1" in said.out
    assert (learner.folder / FIRST / "manage.py").is_file()


def test_starting_twice_leaves_the_files_as_they_are(learner):
    learner.types("start", "1")
    learner.solves()
    assert "your files are as you left them" in learner.types("start", "1").out
    assert "page.css" in (learner.folder / FIRST / PAGE).read_text()


def test_the_task_can_be_read_again_without_starting_anything(learner):
    assert "First: " in learner.types("task", "1").err
    assert not (learner.folder / FIRST).exists()
    started = learner.types("start", "1", "--json").data
    assert learner.types("task", "--json").data == {key: value for key, value in started.items() if key != "new"}
    said = learner.types("task").out
    assert "It is to have one." in said
    assert "workshop check" not in said


def test_a_check_says_what_happened_what_was_expected_and_what_to_try(learner):
    learner.types("start")
    said = learner.types("check")
    assert said.code == 1
    lines = said.out.splitlines()
    assert "Exercise 1, First page: not passed yet. 1 of 2 claims holds." in lines
    assert "holds     The page is there." in lines
    assert "fails     Its stylesheet is there." in lines
    assert "happened  css: GET /static/pages.css was answered 404, text/html, by" in said.out
    assert "expected  css: the status is 200" in lines
    assert "found     404" in lines
    assert "try       Compare the names." in lines
    assert "read      /symptoms/first-static-folder-404/ on this site" in lines


def test_a_check_that_passes_exits_with_0_and_names_the_next_exercise(learner):
    learner.types("start")
    learner.solves()
    said = learner.types("check")
    assert said.code == 0
    assert "Exercise 1, First page: passed." in said.out
    assert said.out.rstrip().endswith("manage.py workshop start 2")


def test_without_a_number_it_is_the_first_begun_and_not_passed(learner):
    learner.types("start", "2")
    assert learner.types("check", "--json").data["exercise"] == SECOND
    learner.types("start", "1")
    assert learner.types("check", "--json").data["exercise"] == FIRST
    learner.solves()
    learner.types("check")
    assert learner.types("check", "--json").data["exercise"] == SECOND


def test_when_all_are_passed_there_is_no_current_one(learner):
    for name in (FIRST, SECOND):
        learner.types("start")
        learner.solves(name)
        learner.types("check")
    said = learner.types("check")
    assert said.code == 2
    assert said.err == "All exercises are passed. Name one by its number to see it again."
    assert learner.types("check", "1").code == 0


@pytest.mark.parametrize("name", ["1", "01", "first_page", "first-page", FIRST])
def test_an_exercise_goes_by_its_number_and_by_its_name(learner, name):
    assert learner.types("start", name, "--json").data["exercise"] == FIRST


def test_what_is_not_begun_is_not_checked(learner):
    said = learner.types("check", "2")
    assert said.code == 2
    assert "is not there. First:" in said.err
    assert said.out == ""
    assert learner.workshop.progress.read() == {}


def test_an_exercise_that_is_not_there_is_misuse_on_one_line(learner):
    said = learner.types("hint", "77")
    assert (said.code, said.out, said.err) == (2, "", "There is no exercise '77'; there are 1 to 2.")


def test_hints_come_one_at_a_time(learner):
    first, second = learner.types("hint").out, learner.types("hint").out
    assert "Hint 1 of 3: Look at the name." in first
    assert "Hint 2" not in first
    assert "Hint 2 of 3: It is another one." in second
    learner.types("hint")
    assert "There are no more hints." in learner.types("hint").out
    assert learner.workshop.progress.of(FIRST).hints == 3


def test_the_solution_is_not_shown_by_accident(learner):
    said = learner.types("solution")
    assert (said.code, said.out) == (2, "")
    assert "--anyway" in said.err
    assert not learner.workshop.progress.of(FIRST).solution_shown


class Terminal(io.StringIO):
    """A keyboard at which somebody sits."""

    def isatty(self):
        return True


def test_in_a_terminal_it_asks(learner, monkeypatch):
    learner.types("start")
    learner.solves()
    monkeypatch.setattr("sys.stdin", Terminal("n\n"))
    said = learner.types("reset")
    assert (said.code, said.out) == (2, "")
    assert said.err == "Start exercise 1, First page, afresh? [y/N] Nothing was changed."
    monkeypatch.setattr("sys.stdin", Terminal("y\n"))
    assert learner.types("solution").code == 0
    monkeypatch.setattr("sys.stdin", Terminal("Yes\n"))
    assert "Your files are kept in" in learner.types("reset").out


def test_the_solution_shows_the_change_and_the_why(learner):
    said = learner.types("solution", "--anyway")
    assert "templates/page.html (changed)" in said.out
    assert '    -<link rel="stylesheet" href="{% static \'pages.css\' %}">' in said.out
    assert '    +<link rel="stylesheet" href="{% static \'page.css\' %}">' in said.out
    assert "Because of its name." in said.out
    assert learner.workshop.progress.of(FIRST).solution_shown


def test_after_passing_the_solution_is_shown_without_asking(learner):
    learner.types("start")
    learner.solves()
    learner.types("check")
    assert learner.types("solution", "1").code == 0


def test_reset_asks_and_keeps_a_backup(learner):
    learner.types("start")
    learner.solves()
    assert learner.types("reset").code == 2
    assert "page.css" in (learner.folder / FIRST / PAGE).read_text()
    backup = learner.types("reset", "--yes", "--json").data["backup"]
    assert "pages.css" in (learner.folder / FIRST / PAGE).read_text()
    assert "'page.css'" in open(f"{backup}/{PAGE}").read()  # noqa: PTH123, SIM115


def test_progress_travels_in_a_file(learner, tmp_path):
    learner.types("start")
    learner.types("hint")
    assert learner.types("export", str(tmp_path / "mine.json")).code == 0
    learner.types("hint")
    assert learner.types("import", str(tmp_path / "mine.json")).code == 2  # it would replace something
    said = learner.types("import", str(tmp_path / "mine.json"), "--yes", "--json")
    assert learner.workshop.progress.of(FIRST).hints == 1
    with open(said.data["backup"]) as backup:  # noqa: PTH123
        assert json.load(backup)["exercises"][FIRST]["hints"] == 2


def test_progress_is_written_to_the_output_too(learner):
    learner.types("start")
    assert FIRST in learner.types("export", "-").data["exercises"]


@pytest.mark.parametrize(
    "text", ["", "nonsense", "[]", '{"version": 2}', "[" * 100_000, '{"version": 1, "exercises": 3}']
)
def test_what_is_no_progress_file_changes_nothing(learner, tmp_path, text):
    learner.types("hint")
    (tmp_path / "bad.json").write_text(text)
    said = learner.types("import", str(tmp_path / "bad.json"), "--yes")
    assert (said.code, said.out) == (2, "")
    assert len(said.err.splitlines()) == 1
    assert learner.workshop.progress.of(FIRST).hints == 1


def test_a_file_that_is_not_there_is_misuse_on_one_line(learner):
    said = learner.types("import", "/nowhere/at-all.json")
    assert (said.code, said.err) == (2, "No such file or directory: /nowhere/at-all.json")


@pytest.mark.parametrize("words", [["list"], ["start"], ["check", "1"], ["hint"], ["solution", "--anyway"], ["leave"]])
def test_every_answer_can_be_json_and_nothing_else(learner, words):
    learner.types("start", "1")
    assert isinstance(learner.types(*words, "--json").data, dict)


def test_the_json_of_a_check_has_the_whole_result(learner):
    learner.types("start")
    data = learner.types("check", "--json").data
    assert (data["passed"], data["next"]) == (False, SECOND)
    assert data["claims"][1]["findings"][0] == {
        "expected": "css.status is 200",
        "words": "css: the status is 200",
        "found": "404",
        "found_words": "404",
        "repeats": False,
        "holds": False,
    }
    assert data["observation"]["steps"][1]["url"] == "/static/pages.css"


def test_a_process_of_its_own_gives_exit_codes_json_alone_and_no_colours_in_a_pipe(learner):
    def run(*words):
        return subprocess.run(learner.command(*words), env=learner.environment, capture_output=True, text=True)

    started = run("start", "--json")
    assert json.loads(started.stdout)["exercise"] == FIRST
    checked = run("check")
    assert (checked.returncode, checked.stderr) == (1, "")
    assert "\x1b" not in checked.stdout
    assert run("nonsense").returncode == 2
    learner.solves()
    coloured = run("check", "--force-color")
    assert coloured.returncode == 0
    assert "\x1b[32;1mExercise 1, First page: passed." in coloured.stdout


def test_a_project_may_print_what_it_likes_the_terminal_stays_as_it_is():
    assert plain("\x1b[2Jred\x07 \u202egnp.exe\tend") == "[2Jred gnp.exe    end"


def test_an_exercise_that_cannot_be_read_is_said_on_one_line(learner, monkeypatch):
    def broken():
        raise ExerciseError("03_broken: 'title' is missing")

    monkeypatch.setattr("workshop.management.commands.workshop.exercises", broken)
    said = learner.types("list")
    assert (said.code, said.err) == (2, "03_broken: 'title' is missing")


def test_without_an_action_it_is_the_list(learner):
    assert "0 of 2 exercises passed." in learner.types().out


def test_what_is_skipped_comes_back_when_nothing_else_is_left(learner):
    learner.types("start", "1")
    said = learner.types("skip")
    assert said.out.rstrip().endswith("manage.py workshop start 2")
    assert " 1  skipped    First page" in learner.types("list").out
    assert learner.types("start", "--json").data["exercise"] == SECOND
    learner.solves(SECOND)
    learner.types("check", "2")
    assert learner.types("list", "--json").data["current"] == FIRST
    learner.types("start", "1")
    assert " 1  begun" in learner.types("list").out


def test_after_the_last_one_the_way_leads_to_a_project_of_ones_own(learner):
    for name in (FIRST, SECOND):
        learner.types("start", name)
        learner.solves(name)
        learner.types("check", name)
    assert "-m which_file path/to/your/project" in learner.types("start").out


def test_what_is_missing_is_said_at_list_and_start_with_how_to_install_it(learner, monkeypatch):
    monkeypatch.setattr(Exercise, "lacking", lambda self: ("nginx",) if self.number == 2 else ())
    assert "2  not begun  Second page  needs nginx" in learner.types("list").out
    told = learner.types("start", "2").out
    assert "nginx" in told.partition("Your copy:")[0]
    assert "manage.py workshop skip 2" in told


def test_an_export_replaces_no_file_unasked(learner, tmp_path):
    file = tmp_path / "mine.json"
    file.write_text("something else")
    said = learner.types("export", str(file))
    assert said.code == 2
    assert "is there already. Replace it?" in said.err
    assert file.read_text() == "something else"
    assert learner.types("export", str(file), "--yes").code == 0


def test_the_solution_stands_beside_ones_own_changes_unless_they_are_the_same(learner):
    learner.types("start", "1")
    learner.solves()
    learner.types("check")
    told = learner.types("solution", "1").out
    assert "It is what you have changed, line for line." in told
    assert "What you have changed" not in told
    with (learner.folder / FIRST / "manage.py").open("a") as file:
        file.write("# a line of my own\n")
    told = learner.types("solution", "1").out
    assert told.index("What you have changed") < told.index("The solution of exercise 1")
