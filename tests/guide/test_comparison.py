"""The evidence of a claim: its runs side by side, and only what differs between them."""

from html import unescape

import pytest

from guide.comparison import ROWS, comparison
from guide.evidence import evidence
from lab.evidence.claims import BY_NAME, CLAIMS

COMPARED = [claim for claim in CLAIMS if len(claim.experiments) > 1 or claim.foil]


def compared(claim):
    foil = evidence(claim.foil_experiment) if claim.foil else None
    return comparison([evidence(experiment) for experiment in claim.experiments], foil)


@pytest.mark.parametrize("claim", COMPARED, ids=lambda claim: claim.name)
def test_no_two_runs_of_a_claim_look_the_same(claim):
    shown = compared(claim)
    assert 0 < len(shown.rows) <= ROWS
    for row in shown.rows:
        assert len({cell.text for cell in row.cells}) > 1, row
        assert not row.cells[0].marked
        assert any(cell.marked for cell in row.cells)
        for cell in row.cells:  # HTML has no place for other control characters
            assert not any(ord(character) < 32 and character not in "\t\n\r" for character in cell.text)
    assert len({column.words for column in shown.columns}) == len(shown.columns)


def test_a_heading_has_the_knobs_that_differ_and_no_other():
    words = [column.words for column in compared(BY_NAME["first-app-wins"]).columns]
    assert words == ["with app1 first in INSTALLED_APPS", "with app2 first in INSTALLED_APPS"]


def test_the_source_of_the_stylesheet_is_what_differs_when_the_apps_are_swapped():
    (row,) = compared(BY_NAME["first-app-wins"]).rows
    assert (row.subject, row.aspect) == ("the stylesheet", "source")
    assert [(cell.text, cell.marked) for cell in row.cells] == [
        ("app1/static/app.css", False),
        ("app2/static/app.css", True),
    ]


def test_a_claim_with_one_run_is_compared_with_its_foil():
    one, other = compared(BY_NAME["debug-hides-the-manifest"]).columns
    assert (one.foil, other.foil) == (False, True)
    assert other.words == "with DEBUG off"


def test_a_claim_that_says_that_nothing_changes_is_compared_with_its_foil():
    assert [column.foil for column in compared(BY_NAME["route-vanishes-with-debug"]).columns] == [False, False, True]


@pytest.mark.django_db
def test_a_page_says_where_a_sentence_ends_and_marks_what_differs(client):
    page = unescape(client.get("/guide/hashed-names/").content.decode())
    claim = page.partition('id="claim-debug-hides-the-manifest"')[2].partition('<div class="claim"')[0]
    assert '<p class="foil">Not so <a href="/lab/?storage=manifest&debug=off">with DEBUG off<' in claim
    assert '<td class="differs">500, view</td>' in claim
