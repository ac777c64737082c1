"""Several photos in one request, and the answers for scripts."""

import gc

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from gallery.models import Photo
from tests.gallery.images import HTML, camera_jpeg

pytestmark = pytest.mark.django_db

GOOD = ("good.jpg", camera_jpeg())
BAD = ("bad.png", HTML)


def send(client, *photos, **headers):
    files = [SimpleUploadedFile(name, content) for name, content in photos]
    return client.post(reverse("gallery:upload"), {"image": files}, headers=headers)


def test_several_good_photos_are_all_kept(client):
    response = send(client, GOOD, ("second.jpg", camera_jpeg(3)))
    assert response.status_code == 302
    assert response.url == reverse("gallery:index")
    assert set(Photo.objects.values_list("original_name", flat=True)) == {"good.jpg", "second.jpg"}
    assert len(set(Photo.objects.values_list("owner", flat=True))) == 1


def test_a_bad_photo_among_good_ones_loses_none_of_them(client):
    response = send(client, GOOD, BAD, ("third.jpg", camera_jpeg(8)))
    page = response.content.decode()
    assert response.status_code == 200
    assert "2 of the photos are kept" in page
    assert "bad.png: This is an HTML page" in page
    assert Photo.objects.count() == 2


def test_what_does_not_fit_into_one_request_is_named_and_the_rest_is_kept(client, settings):
    settings.MAX_BATCH_BYTES = len(GOOD[1]) + 10
    page = send(client, GOOD, ("late.jpg", camera_jpeg(3))).content.decode()
    assert "late.jpg: The photos before it filled" in page
    assert Photo.objects.count() == 1


def test_a_server_that_holds_as_much_as_it_can_answers_503_and_recovers(client, settings):
    settings.MAX_HELD_BYTES = 100
    assert send(client, GOOD).status_code == 503
    settings.MAX_HELD_BYTES = 1 << 28
    assert send(client, GOOD).status_code == 302


def test_nothing_is_held_once_a_request_is_over(client):
    from gallery.uploadhandlers import BUDGET

    gc.collect()  # requests of other tests, cut off in the middle
    before = BUDGET.held
    send(client, GOOD, BAD)
    assert BUDGET.held == before == 0


def test_a_script_gets_a_result_for_each_photo(client):
    response = send(client, GOOD, BAD, accept="application/json")
    good, bad = response.json()["photos"]
    assert response.status_code == 422
    assert (good["kept"], good["url"]) == (True, Photo.objects.get().get_absolute_url())
    assert (bad["kept"], bad["url"], bad["name"]) == (False, None, "bad.png")
    assert "HTML page" in bad["message"]
    assert send(client, GOOD, accept="application/json").status_code == 201


def test_a_script_that_sends_nothing_is_told_so(client):
    response = client.post(reverse("gallery:upload"), headers={"accept": "application/json"})
    assert response.status_code == 422
    assert "No file came" in response.json()["message"]
