"""The start page's two lines: swapping them is an experiment, and the page shows the file that came."""

import pytest

from guide import swap
from lab.process.limiter import Busy

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(("address", "winner", "loser"), [("/", "app1", "app2"), ("/?apps=app2,app1", "app2", "app1")])
def test_the_app_that_stands_first_wins_and_one_click_swaps_them(client, address, winner, loser):
    page = client.get(address).content.decode()
    assert f'<span class="sheet source">{winner}/static/app.css</span> came. {loser}’s rules are gone' in page
    assert f'name="apps" value="{loser},{winner}"' in page
    assert page.index(f'"ink-{winner}"') < page.index(f'"ink-{loser}"')


@pytest.mark.parametrize("apps", ["", "app1", "app3,app1", "<script>"])
def test_an_order_that_is_none_counts_as_the_first(client, apps):
    page = client.get("/", {"apps": apps})
    assert page.status_code == 200
    assert "app1/static/app.css</span> came" in page.content.decode()


def test_while_the_lab_is_busy_the_rest_of_the_page_is_there(client, monkeypatch):
    def busy(*_args):
        raise Busy(retry_after=5)

    monkeypatch.setattr(swap, "run", busy)
    page = client.get("/?apps=app2,app1")
    assert page.status_code == 200
    assert "Look again" in page.content.decode()


def test_the_doors_count_what_there_is(client):
    from guide.cases.case import cases
    from workshop.exercise import exercises

    page = client.get("/").content.decode()
    assert f"{len(cases())} symptoms" in page
    assert f"{len(exercises())} broken projects" in page
    assert f"Exercise 1: {exercises()[0].title}" in page
