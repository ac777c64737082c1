"""Which one is it: every way through the questions ends at a symptom, in four steps at most, by links alone."""

import re

import pytest

from guide.cases.case import cases
from guide.which.tree import STEPS, TreeError, read, trees

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
        links = re.findall(
            r'<li[^>]*><a href="([^"]+)"', response.content.decode().split("What do you see?")[1].split("</main>")[0]
        )
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
