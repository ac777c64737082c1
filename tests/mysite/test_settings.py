import os
import subprocess
import sys
from pathlib import Path

import pytest

PROJECT = Path(__file__).resolve().parents[2]


def manage(*arguments, **environment):
    """manage.py in a process with nothing in its environment but what a test gives it."""
    kept = {name: os.environ[name] for name in ("PATH", "SYSTEMROOT", "HOME") if name in os.environ}
    return subprocess.run(
        [sys.executable, "manage.py", *arguments],
        cwd=PROJECT,
        env={**kept, "PYTHONDONTWRITEBYTECODE": "1", **environment},
        capture_output=True,
        text=True,
        timeout=60,
    )


PRODUCTION = {
    "DJANGO_SETTINGS_MODULE": "mysite.settings.prod",
    "SECRET_KEY": "a-key-for-this-test-only-that-is-long-and-varied-0123456789-abcdefghij",
    "ALLOWED_HOSTS": "example.org",
}


@pytest.mark.parametrize("missing", ["SECRET_KEY", "ALLOWED_HOSTS"])
def test_production_stops_and_names_the_variable_that_is_missing(missing):
    result = manage("check", **{name: value for name, value in PRODUCTION.items() if name != missing})
    assert result.returncode != 0
    assert f"The environment variable {missing} is not set" in result.stderr


def test_production_passes_djangos_deployment_checks(tmp_path):
    nothing_released = {"STATIC_ROOT": str(tmp_path / "static")}  # an older release here would be told of, rightly
    result = manage("check", "--deploy", "--fail-level", "WARNING", **PRODUCTION, **nothing_released)
    assert result.returncode == 0, result.stderr


def test_development_passes_djangos_checks():
    result = manage("check", "--fail-level", "WARNING")
    assert result.returncode == 0, result.stderr


def test_no_migration_is_missing():
    result = manage("makemigrations", "--check", "--dry-run")
    assert result.returncode == 0, result.stdout


def test_whitenoise_stands_right_below_security_middleware():
    code = "from mysite.settings.prod import MIDDLEWARE as names; first = names.index('mysite.serving.static_answers."
    code += "StaticAnswersMiddleware'); print(*names[first + 1:first + 3])"
    result = manage("shell", "-c", code, **PRODUCTION)
    assert result.stdout.split()[-2:] == [
        "django.middleware.security.SecurityMiddleware",
        "whitenoise.middleware.WhiteNoiseMiddleware",
    ]


def test_local_http_turns_off_what_needs_https_and_nothing_else():
    names = ("DEBUG", "SECURE_SSL_REDIRECT", "SECURE_HSTS_SECONDS", "SESSION_COOKIE_SECURE")
    code = f"from django.conf import settings; print(*[getattr(settings, name) for name in {names}])"
    local = manage("shell", "-c", code, LOCAL_HTTP="1", **PRODUCTION)
    public = manage("shell", "-c", code, **PRODUCTION)
    assert local.stdout.split()[-4:] == ["False", "False", "0", "False"]
    assert public.stdout.split()[-4:] == ["False", "True", "31536000", "True"]
