"""`manage.py bench` and /benchmarks/: real servers, a bounded time, figures that can be read again."""

import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from lab.bench import bench
from lab.bench.setups import setups
from lab.process.call import FORK


@pytest.fixture
def own_folder(settings, tmp_path):
    settings.LAB_CACHE_DIR = tmp_path
    return tmp_path


@pytest.mark.skipif(not FORK, reason="gunicorn needs fork")
def test_whitenoise_around_the_application_loses_immutable_and_nosniff_and_the_figures_are_kept(own_folder, client):
    found = bench.run(2, ("gunicorn", "wrapped"), counts=(10,))
    inside, around = found.served
    assert inside.per_second > 0
    assert set(inside.sizes) == {"identity", "gzip", "br"}
    assert inside.unchanged == 304
    assert "immutable" in inside.headers["cache-control"]
    assert inside.headers["x-content-type-options"] == "nosniff"
    assert "immutable" not in around.headers["cache-control"]
    assert "x-content-type-options" not in around.headers
    assert [one.files for one in found.collected] == [10] * 4
    bench.save(found, own_folder / "bench.json")
    assert bench.load(own_folder / "bench.json") == found
    page = client.get("/benchmarks/").content.decode()
    assert "Measured on this machine" in page
    assert "WhiteNoise around the application" in page


def test_without_a_measurement_of_its_own_the_page_shows_the_sample_and_the_command(own_folder, client):
    page = client.get("/benchmarks/").content.decode()
    assert "A sample from another machine" in page
    assert "manage.py bench" in page
    (own_folder / "bench.json").write_text('{"machine": "torn')
    assert "A sample from another machine" in client.get("/benchmarks/").content.decode()


def test_a_server_that_is_not_installed_is_left_out_with_the_reason(monkeypatch):
    monkeypatch.setattr("mysite.serving.nginx.find", lambda: None)
    found = bench.run(1, ("nginx",), counts=())
    assert found.served == ()
    assert found.left_out == ("nginx before gunicorn: nginx is not installed",)


def test_what_would_not_fit_into_the_time_is_left_out():
    found = bench.collect(0.001, counts=(10, 100))
    assert [one.seconds for one in found if one.files == 100] == [None] * 4


def test_the_command_refuses_a_time_that_it_cannot_keep():
    with pytest.raises(CommandError, match="a number from 3 to 600"):
        call_command("bench", "--seconds", "0", stdout=StringIO())


def test_the_sample_has_every_server():
    assert {one["name"] for one in json.loads(bench.SAMPLE.read_text())["served"]} == {setup.name for setup in setups()}
