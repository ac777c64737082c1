"""mysite.settings.cloud: everything from the environment, and what is missing is named."""

import functools
import json
import os
import subprocess
import sys

import pytest

from tests.mysite.test_settings import PRODUCTION, PROJECT, manage

CLOUD = {
    **PRODUCTION,
    "DJANGO_SETTINGS_MODULE": "mysite.settings.cloud",
    "DATABASE_URL": "postgres://site:password@database/site",
    "S3_BUCKET": "photos",
    "S3_REGION": "eu-central-1",
    "AWS_ACCESS_KEY_ID": "a-key",
    "AWS_SECRET_ACCESS_KEY": "its-secret",
}


def settings_in(environment):
    """Only the settings, in a process of their own: no app is loaded, so it is quick."""
    kept = {name: os.environ[name] for name in ("PATH", "SYSTEMROOT", "HOME") if name in os.environ}
    code = "import json; from mysite.settings import cloud; print(json.dumps(vars(cloud), default=str, skipkeys=True))"
    environ = {**kept, **environment}
    return subprocess.run(
        [sys.executable, "-c", code], cwd=PROJECT, env=environ, capture_output=True, text=True, timeout=60
    )


@functools.cache
def evaluated(environment):
    result = settings_in({**CLOUD, **dict(environment)})
    assert result.returncode == 0, result.stderr
    return json.loads(result.stdout)


def values(*names, **environment):
    chosen = evaluated(tuple(sorted(environment.items())))
    return [chosen[name] for name in names]


def refusal(environment):
    result = settings_in(environment)
    assert result.returncode != 0
    return result.stderr.strip().splitlines()[-1]


@pytest.mark.parametrize("missing", sorted(set(CLOUD) - {"DJANGO_SETTINGS_MODULE"}))
def test_a_missing_variable_is_named_with_its_meaning(missing):
    said = refusal({name: value for name, value in CLOUD.items() if name != missing})
    assert f"The environment variable {missing} is not set (" in said


def test_a_machine_with_a_role_needs_no_key():
    without = {name: value for name, value in CLOUD.items() if not name.startswith("AWS_")}
    assert settings_in({**without, "S3_ROLE": "1"}).returncode == 0


def test_a_sqlite_file_is_refused_because_it_belongs_to_one_machine():
    assert "belongs to one machine only" in refusal({**CLOUD, "DATABASE_URL": "sqlite:////srv/db.sqlite3"})


def test_a_pool_size_that_is_no_number_is_refused():
    assert "DATABASE_POOL_SIZE is 'many'" in refusal({**CLOUD, "DATABASE_POOL_SIZE": "many"})


def test_an_endpoint_with_a_path_is_refused():
    said = refusal({**CLOUD, "S3_ENDPOINT": "https://s3.example.com/photos"})
    assert "S3_ENDPOINT is 'https://s3.example.com/photos'" in said


@pytest.mark.parametrize("more", [{}, {"S3_STATIC": "1"}])
def test_the_cloud_passes_djangos_deployment_checks(more, tmp_path):
    nothing_released = {"STATIC_ROOT": str(tmp_path / "static")}  # an older release here would be told of, rightly
    result = manage("check", "--deploy", "--fail-level", "WARNING", **CLOUD, **more, **nothing_released)
    assert result.returncode == 0, result.stderr


@pytest.mark.parametrize(
    ("more", "base"),
    [
        ({}, "https://photos.s3.eu-central-1.amazonaws.com"),
        ({"S3_ENDPOINT": "https://fra1.digitaloceanspaces.com"}, "https://fra1.digitaloceanspaces.com/photos"),
        ({"MEDIA_ORIGIN": "https://media.example.com"}, "https://media.example.com"),
    ],
)
def test_media_has_the_address_of_the_bucket_or_of_the_name_in_front_of_it(more, base):
    url, storages = values("MEDIA_URL", "STORAGES", **more)
    assert url == f"{base}/media/"
    options = storages["default"]["OPTIONS"]
    assert f"{options['url_protocol']}//{options['custom_domain']}" == base


def test_public_addresses_are_plain_and_private_ones_are_signed_and_nothing_is_overwritten():
    (storages,) = values("STORAGES")
    public, private = storages["default"]["OPTIONS"], storages["private"]["OPTIONS"]
    assert (public["querystring_auth"], private["querystring_auth"]) == (False, True)
    assert "custom_domain" not in private
    for options in (public, private):
        assert options["file_overwrite"] is False
        assert options["default_acl"] is None
    assert "public" in public["object_parameters"]["CacheControl"]
    assert "no-store" in private["object_parameters"]["CacheControl"]


def test_the_content_security_policy_follows_the_media_host():
    (policy,) = values("CSP_DIRECTIVES", MEDIA_ORIGIN="https://media.example.com")
    assert "https://media.example.com/media/" in policy["img-src"]
    assert "https://photos.s3.eu-central-1.amazonaws.com" in policy["img-src"]
    assert policy["default-src"] == ["'self'"]


def test_static_files_stay_with_whitenoise_unless_the_bucket_is_chosen():
    url, storages, middleware = values("STATIC_URL", "STORAGES", "MIDDLEWARE")
    assert url == "static/"
    assert storages["staticfiles"]["BACKEND"].startswith("whitenoise.")
    assert any(name.startswith("whitenoise.") for name in middleware)


def test_static_files_in_the_bucket_leave_whitenoise_out_and_are_allowed_on_pages():
    url, storages, middleware, policy = values("STATIC_URL", "STORAGES", "MIDDLEWARE", "CSP_DIRECTIVES", S3_STATIC="1")
    assert url == "https://photos.s3.eu-central-1.amazonaws.com/static/"
    assert storages["staticfiles"]["OPTIONS"]["location"] == "static"
    assert not any(name.startswith("whitenoise.") for name in middleware)
    assert url in policy["default-src"]
    assert url in policy["img-src"]
