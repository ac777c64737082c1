"""Mistakes in the order of MIDDLEWARE and INSTALLED_APPS, on which static files depend."""

from __future__ import annotations

import inspect
import re
from collections.abc import Iterator
from typing import Any

from django.utils.module_loading import import_string

from . import backends, checks
from .case import Case
from .finding import Finding, found

SECURITY = "django.middleware.security.SecurityMiddleware"
NOSTATIC = "whitenoise.runserver_nostatic"
STATICFILES = "django.contrib.staticfiles"

ADMIN = "django.contrib.admin"
ADMIN_THEMES = (
    *("jazzmin", "admin_interface", "grappelli", "unfold", "djangocms_admin_style", "baton", "suit", "jet"),
    *("material.admin", "simpleui", "semantic_admin", "django_daisy", "adminlteui"),
)

# They add headers or count, and mean static files too; a policy below WhiteNoise would never reach them.
MAY_STAND_ABOVE = (
    "csp.",
    "django.middleware.csp.",
    "corsheaders.",
    "django_permissions_policy.",
    "django_prometheus.",
)


def examine(case: Case) -> Iterator[Finding]:
    middleware = [name for name in case.get("MIDDLEWARE") or () if isinstance(name, str)]
    places = [place for place, name in enumerate(middleware) if backends.is_whitenoise(name, imports=case.imports)]
    if places:
        yield from _whitenoise(middleware, places[0])
    if len(places) > 1:
        yield found(checks.WHITENOISE_TWICE)
    yield from _themes(case)
    yield from _apps(case, has_whitenoise=bool(places))
    yield from _whitenoise_settings(case, has_whitenoise=bool(places))


def _whitenoise(middleware: list[str], place: int) -> Iterator[Finding]:
    gates = [name for name in middleware[:place] if is_gate(name)]
    for gate in gates:
        yield found(checks.GATE_ABOVE_WHITENOISE, gate=gate, name=gate.rpartition(".")[2])
    if SECURITY not in middleware:
        return
    security = middleware.index(SECURITY)
    if place < security:
        yield found(checks.WHITENOISE_ABOVE_SECURITY)
        return
    between = [
        name
        for name in middleware[security + 1 : place]
        if name not in gates and not name.startswith(MAY_STAND_ABOVE) and not name.endswith("WhiteNoiseMiddleware")
    ]
    if between:
        yield found(checks.WHITENOISE_TOO_LOW, between=", ".join(between))


def is_gate(name: str) -> bool:
    """Whether a middleware seems to turn away who is not logged in. In doubt it does not.

    Its name must speak of a gate or a login, or its code of where people log in; and it must be able to answer a
    request itself. Django's own LoginRequiredMiddleware waits for the view, which WhiteNoise's files never get to.
    """
    if name == SECURITY or name.startswith(("django.", "whitenoise.", *MAY_STAND_ABOVE)):
        return False
    words = {word.lower() for word in re.findall(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])", name.rpartition(".")[2])}
    by_name = bool(words & {"gate", "gatekeeper", "login"}) or (
        "auth" in words and bool(words & {"require", "required", "basic"})
    )
    try:
        middleware = import_string(name)
        if waits_for_the_view(middleware):
            return False
        code = inspect.getsource(middleware)
    except Exception:  # whatever their module raises: without its code, only a plain name counts
        return by_name
    answers = re.search(
        r"\bredirect\w*\(|\bHttp\w*Response\w*\(|\bResponse\(|raise (PermissionDenied|Http404)|WWW-Auth", code
    )
    return bool(answers) and (by_name or bool(re.search(r"redirect_to_login|LOGIN_URL|reverse\(.login", code)))


def waits_for_the_view(middleware: Any) -> bool:
    """A class with process_view and neither process_request nor a __call__ of its own."""
    if not inspect.isclass(middleware) or hasattr(middleware, "process_request"):
        return False
    call = getattr(middleware, "__call__", None)  # noqa: B004 - where it comes from is the question
    return getattr(call, "__module__", "") == "django.utils.deprecation" and hasattr(middleware, "process_view")


def _themes(case: Case) -> Iterator[Finding]:
    names = [str(name).partition(".apps.")[0] for name in case.get("INSTALLED_APPS") or ()]
    if ADMIN in names:
        for theme in ADMIN_THEMES:
            if theme in names and names.index(theme) > names.index(ADMIN):
                yield found(checks.ADMIN_THEME_BELOW, theme=theme)


def _apps(case: Case, *, has_whitenoise: bool) -> Iterator[Finding]:
    apps = [re.sub(r"\.apps\.\w+$", "", name) for name in case.get("INSTALLED_APPS") or ()]
    if NOSTATIC in apps and STATICFILES in apps and apps.index(NOSTATIC) > apps.index(STATICFILES):
        yield found(checks.NOSTATIC_BELOW_STATICFILES)
    elif NOSTATIC in apps and not has_whitenoise:
        yield found(checks.NOSTATIC_WITHOUT_WHITENOISE)
    if STATICFILES not in apps and (case.get("STATIC_ROOT") or case.get("STATICFILES_DIRS")):
        yield found(checks.STATICFILES_NOT_INSTALLED)


def _whitenoise_settings(case: Case, *, has_whitenoise: bool) -> Iterator[Finding]:
    if not has_whitenoise or case.get("DEBUG"):
        return
    check = checks.WHITENOISE_FOR_DEVELOPMENT
    for name, fields in check.variants.items():
        if case.get(name):
            yield found(check, **fields)
