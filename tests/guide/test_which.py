"""Which one is it: every way through the questions ends at a symptom, in four steps at most, by links alone."""

import io
import re
from itertools import pairwise

import pytest
from django.core.management import call_command

from guide.cases.case import cases
from guide.which.tree import STEPS, TreeError, leading_to, read, trees
from guide.which.walk import walk

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("slug", trees())
def test_every_way_ends_at_a_symptom_that_is_there_in_four_steps_at_most(slug):
    for way in trees()[slug].ways():
        assert len(way) - 1 <= STEPS
        assert way[-1] in cases()


@pytest.mark.parametrize("slug", trees())
def test_every_step_is_a_page_whose_answers_are_links(client, slug):
    for name in trees()[slug].steps:
        response = client.get(f"/which/{slug}/{name}/")
        assert response.status_code == 200
        answers = response.content.decode().split("What do you see?")[1].partition("</main>")[0]
        links = re.findall(r'<li[^>]*><a href="([^"]+)"', answers)
        assert len(links) == len(trees()[slug].steps[name].answers)


def test_an_unknown_question_is_not_found(client):
    assert client.get("/which/no-such-tree/").status_code == 404
    assert client.get("/which/css-is-gone/no-such-step/").status_code == 404


def test_a_tree_that_goes_round_in_circles_is_refused(tmp_path):
    path = tmp_path / "1-circle.toml"
    answer = '[[step.start.answer]]\nsees = ""\nstep = "start"\n'
    path.write_text(f'title = ""\nabout = ""\n[step.start]\nlook = ""\n{answer}')
    with pytest.raises(TreeError, match="leads back"):
        read(path)


def test_the_trees_are_linked_from_home_and_from_each_symptom_at_which_they_end(client):
    home = client.get("/").content.decode()
    for slug, tree in trees().items():
        assert f'href="/which/{slug}/"' in home
        symptom = sorted(tree.symptoms())[0]
        assert f'href="/which/{slug}/"' in client.get(f"/symptoms/{symptom}/").content.decode()
    alone = next(slug for slug in cases() if not leading_to(slug))
    assert "Not this one?" not in client.get(f"/symptoms/{alone}/").content.decode()


class Terminal:
    """Somebody who types these answers, and then nothing more."""

    def __init__(self, *answers, end=EOFError):
        self.answers, self.end, self.lines = list(answers), end, []

    def ask(self, prompt):
        self.lines.append(prompt)
        if not self.answers:
            raise self.end
        return self.answers.pop(0)

    def walk(self):
        walk(trees(), cases(), self.ask, self.lines.append)
        return "\n".join(self.lines)


@pytest.mark.parametrize("slug", trees())
def test_the_terminal_leads_along_every_way_to_the_same_symptom_as_the_pages(slug):
    tree = trees()[slug]
    for way in tree.ways():
        answers = [str(list(trees()).index(slug) + 1)]
        for name, following in pairwise(way):
            led = [answer.step or answer.symptom for answer in tree.steps[name].answers]
            answers.append(str(led.index(following) + 1))
        assert f"/symptoms/{way[-1]}/" in Terminal(*answers).walk()


def test_b_goes_back_a_step_and_q_ends():
    shown = Terminal("1", "1", "b", "b", "2", "q", "1").walk()
    assert shown.count("What do you see?") == 2
    assert shown.count("first line of the answer?") == 2
    assert "Who answers?" in shown
    assert shown.endswith("q to quit: ")


@pytest.mark.parametrize("end", [EOFError, KeyboardInterrupt])
def test_the_end_of_the_input_and_ctrl_c_end_the_walk_without_a_traceback(end):
    assert "1  My CSS is gone" in Terminal(end=end).walk()


@pytest.mark.parametrize("typed", ["0", "99", "x", "²", "-1"])
def test_what_is_no_choice_is_said_and_asked_again(typed):
    assert f"There is no choice {typed!r} here." in Terminal(typed, "b", "q").walk()


def test_why_takes_answers_from_a_pipe(capsys, monkeypatch):
    monkeypatch.setattr("sys.stdin", io.StringIO("1\n1\n4\n"))
    call_command("why")
    assert "/symptoms/debug-off-static-404/" in capsys.readouterr().out


def test_why_asks_in_a_terminal(capsys, monkeypatch):
    answers = iter(["6", "1"])
    monkeypatch.setattr("sys.stdin.isatty", lambda: True, raising=False)
    monkeypatch.setattr("builtins.input", lambda prompt: next(answers, "q"))
    call_command("why")
    assert "/symptoms/nginx-413/" in capsys.readouterr().out
