from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.test import override_settings

from guide import finder_race


@pytest.fixture
def swapped(settings):
    """INSTALLED_APPS with app2 above app1; the finders are made anew, as after a restart."""
    apps = list(settings.INSTALLED_APPS)
    first, second = apps.index("app1"), apps.index("app2")
    apps[first], apps[second] = apps[second], apps[first]
    finders.get_finder.cache_clear()
    with override_settings(INSTALLED_APPS=apps):
        yield
    finders.get_finder.cache_clear()


def race(path, static_root=None):
    return finder_race.run(path, static_root)


def test_the_winner_is_the_file_that_django_itself_finds_first():
    found = race("app.css")
    assert found.winner.shown == "app1/static/app.css"
    assert finders.find("app.css").endswith("app1/static/app.css")
    assert [loser.shown for loser in found.losers] == ["app2/static/app.css"]


def test_swapping_the_two_apps_swaps_winner_and_loser(swapped):
    found = race("app.css")
    assert found.winner.shown == "app2/static/app.css"
    assert [loser.shown for loser in found.losers] == ["app1/static/app.css"]


def test_folders_behind_the_winner_are_not_needed_any_more():
    _file_system, apps = race("app.css").lanes
    part = {place.owner: place.part for place in apps.places}
    assert part["app1"] == "wins"
    assert part["django.contrib.admin"] == "unasked"


def test_a_namespaced_path_has_one_candidate():
    found = race("app2/app.css")
    assert found.winner.shown == "app2/static/app2/app.css"
    assert not found.losers


def test_the_admins_file_is_shown_without_this_machines_folders():
    assert race("admin/css/base.css").winner.shown == "django/contrib/admin/static/admin/css/base.css"


def test_a_stale_copy_in_static_root_raises_the_alarm(tmp_path):
    (tmp_path / "app.css").write_bytes(Path("app2/static/app.css").read_bytes())
    assert race("app.css", tmp_path).stale
    (tmp_path / "app.css").write_bytes(Path("app1/static/app.css").read_bytes())
    assert not race("app.css", tmp_path).stale


def test_a_path_that_nobody_has_has_no_winner():
    found = race("nobody/has/this.css")
    assert found.winner is None
    assert {place.part for lane in found.lanes for place in lane.places} == {"empty"}


def test_a_folder_is_no_winner():
    assert race("admin").winner is None


@pytest.mark.parametrize(
    "path",
    [
        "",
        "/etc/passwd",
        "../db.sqlite3",
        "a/../../x",
        "..\\x",
        "C:\\x",
        "c:x",
        "a\0b",
        "a\nb",
        "x" * 501,
        "\u202ea.css",
    ],
)
def test_a_hostile_path_is_refused_with_a_sentence(path):
    with pytest.raises(finder_race.PathRefused):
        race(path)


@pytest.mark.parametrize(
    "path", ["a" * 300, "é" * 200, "a//b.css", "./app.css", "%2e%2e/x", "~/x", "app.css/", "app.css/x"]
)
def test_an_odd_path_is_looked_for_like_any_other(path):
    found = race(path, Path("static"))
    djangos = finders.find(path)
    assert (found.winner.shown if found.winner else None) == (finder_race.shown(Path(djangos)) if djangos else None)
