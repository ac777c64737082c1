"""S3_STATIC=1: static files in the bucket as well."""

import re

import pytest
from django.contrib.staticfiles.storage import staticfiles_storage
from django.core.management import call_command

from tests.cloud.conftest import Bucket, fetch


@pytest.fixture
def collected(cloud, s3, settings):
    """This site's own static files, collected into a bucket; without the admin's, which are many."""
    chosen = cloud(s3.endpoint, S3_BUCKET="with-static", S3_STATIC="1")
    settings.STORAGES = chosen.STORAGES
    settings.STATIC_URL = chosen.STATIC_URL
    call_command("makebucket")
    call_command("collectstatic", interactive=False, ignore_patterns=["admin", "lab"], verbosity=0)
    return Bucket("with-static", s3.endpoint)


def test_collected_files_are_in_the_bucket_public_and_kept_for_ever_under_their_hashed_names(collected):
    url = staticfiles_storage.url("site/base.css")
    assert re.fullmatch(rf"{collected.endpoint}/with-static/static/site/base\.[0-9a-f]{{12}}\.css", url)
    status, headers, _body = fetch(url)
    assert status == 200
    assert headers["Content-Type"] == "text/css"
    assert headers["Cache-Control"] == "max-age=315360000, public, immutable"
    plain = fetch(f"{collected.endpoint}/with-static/static/site/base.css")
    assert plain[1]["Cache-Control"] == "max-age=60, public"


def test_media_and_static_files_share_a_bucket_and_no_folder(collected):
    call_command("makebucket")
    assert all(name.startswith("static/") for name in collected.names())
    assert {name.split("/")[1] for name in collected.names()} >= {"app.css", "site", "gallery", "staticfiles.json"}


def test_collecting_again_replaces_what_changed_and_leaves_no_second_name(collected):
    before = collected.names()
    call_command("collectstatic", interactive=False, ignore_patterns=["admin", "lab"], verbosity=0)
    assert collected.names() == before
