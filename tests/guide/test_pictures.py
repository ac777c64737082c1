"""What pictures show is read from observations."""

import pytest

from guide import caches, pictures
from guide.evidence import of


def test_with_plain_names_visitors_of_the_second_deploy_may_get_the_first_ones_stylesheet():
    seen = caches.visits(of("a-plain-name-keeps-its-address").here, of("a-plain-name-keeps-its-address:2").here)
    assert [(visit.who, visit.second, visit.answered_by, visit.fits) for visit in seen] == [
        ("Ann", 0, "server", True),
        ("Ann", 20, "browser", True),
        ("Ann", 40, "browser", False),
        ("Ben", 45, "CDN", False),
        ("Ann", 100, "server", True),
    ]


def test_with_hashed_names_every_visitor_gets_the_stylesheet_of_the_page():
    seen = caches.visits(of("another-content-another-name").here, of("another-content-another-name:2").here)
    assert all(visit.fits for visit in seen)
    assert [visit.answered_by for visit in seen] == ["server", "browser", "server", "CDN", "browser"]


def test_without_cache_control_nothing_is_kept():
    observation = of("default").here
    assert "cache-control" not in observation.request("css").headers
    assert all(visit.answered_by == "server" for visit in caches.visits(observation, observation))


def test_the_winner_of_the_race_is_the_file_that_was_served():
    for name, parts in (
        ("default", [[], ["wins", "loses"]]),
        ("apps-reversed", [[], ["wins", "loses"]]),
        ("dirs-before-apps", [["wins"], ["loses", "loses"]]),
        ("dirs-before-apps:2", [["wins", "loses"], ["loses"]]),
    ):
        lanes = pictures.race(of(name).here)
        assert [[place.part for place in lane.places] for lane in lanes] == parts, name
        winner = next(place for lane in lanes for place in lane.places if place.part == "wins")
        assert of(name).here.request("css").source == f"{winner.folder}/app.css"


def test_a_mode_shows_where_its_files_lie_and_who_hands_them_out():
    (mode,) = pictures.modes(["serves-whitenoise"])
    static, media = mode.flows
    assert [station.text for station in static.stations][-2:] == ["STATIC_ROOT/app.css", "WhiteNoise"]
    assert (static.status, media.status) == (200, 404)
    assert media.stations[-1].text == "nobody"


def test_in_the_timeline_a_copy_from_the_cdn_ends_with_the_cdns_own():
    seen = caches.visits(of("a-plain-name-keeps-its-address").here, of("a-plain-name-keeps-its-address:2").here)
    drawn = caches.drawing(seen, 60)
    lanes = dict(drawn.lanes)
    ends = {name: [copy.start + copy.length for copy in drawn.copies if copy.y == y] for name, y in lanes.items()}
    minute = pytest.approx(caches.LEFT + caches.SECOND * 60, abs=0.2)
    assert ends["Ann"][0] == minute
    assert ends["Ben"] == [minute]
    assert ends["CDN"][0] == minute
    assert [dot.fits for dot in drawn.dots] == [visit.fits for visit in seen]
