"""Mistakes in the order of MIDDLEWARE and INSTALLED_APPS, on which static files depend."""

import inspect
import re
from collections.abc import Iterator
from typing import Any

from django.utils.module_loading import import_string

from .case import Case
from .finding import Finding

SECURITY = "django.middleware.security.SecurityMiddleware"
NOSTATIC = "whitenoise.runserver_nostatic"
STATICFILES = "django.contrib.staticfiles"

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
    places = [place for place, name in enumerate(middleware) if name.endswith("WhiteNoiseMiddleware")]
    if places:
        yield from _whitenoise(middleware, places[0])
    if len(places) > 1:
        yield Finding(
            "doctor.W015",
            "WhiteNoise is in MIDDLEWARE more than once: each reads every static file at start, and only one answers.",
            "Keep the one right below SecurityMiddleware.",
            29,
        )
    yield from _apps(case, has_whitenoise=bool(places))
    yield from _whitenoise_settings(case, has_whitenoise=bool(places))


def _whitenoise(middleware: list[str], place: int) -> Iterator[Finding]:
    gates = [name for name in middleware[:place] if is_gate(name)]
    for gate in gates:
        yield Finding(
            "doctor.W013",
            f"{gate} stands above WhiteNoise and asks for a login before a stylesheet, too: the login page has no CSS.",
            f"Move WhiteNoise right below SecurityMiddleware, and {gate.rpartition('.')[2]} further down.",
            28,
        )
    if SECURITY not in middleware:
        return
    security = middleware.index(SECURITY)
    if place < security:
        yield Finding(
            "doctor.W010",
            "WhiteNoise stands above SecurityMiddleware: static files lose nosniff, HSTS and the redirect to HTTPS.",
            "Move WhiteNoise to the line right below SecurityMiddleware.",
            29,
        )
        return
    between = [
        name
        for name in middleware[security + 1 : place]
        if name not in gates and not name.startswith(MAY_STAND_ABOVE) and not name.endswith("WhiteNoiseMiddleware")
    ]
    if between:
        yield Finding(
            "doctor.W011",
            f"WhiteNoise does not stand right below SecurityMiddleware: {', '.join(between)} runs for each file.",
            "Move WhiteNoise to the line right below SecurityMiddleware.",
            29,
        )


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


def _apps(case: Case, *, has_whitenoise: bool) -> Iterator[Finding]:
    apps = [re.sub(r"\.apps\.\w+$", "", name) for name in case.get("INSTALLED_APPS") or ()]
    if NOSTATIC in apps and STATICFILES in apps and apps.index(NOSTATIC) > apps.index(STATICFILES):
        yield Finding(
            "doctor.W012",
            f"{NOSTATIC} stands below {STATICFILES}, whose runserver wins: in development WhiteNoise is not in use.",
            f'Move "{NOSTATIC}" above "{STATICFILES}" in INSTALLED_APPS.',
            24,
        )
    elif NOSTATIC in apps and not has_whitenoise:
        yield Finding(
            "doctor.W014",
            f"{NOSTATIC} turns off runserver's static files, and no WhiteNoise in MIDDLEWARE takes over: all are 404.",
            'Add "whitenoise.middleware.WhiteNoiseMiddleware" right below SecurityMiddleware, or remove the app.',
            18,
        )
    if STATICFILES not in apps and (case.get("STATIC_ROOT") or case.get("STATICFILES_DIRS")):
        yield Finding(
            "doctor.W016",
            f"Static files are configured, but {STATICFILES} is not installed: no collectstatic, none from runserver.",
            f'Add "{STATICFILES}" to INSTALLED_APPS.',
            18,
        )


def _whitenoise_settings(case: Case, *, has_whitenoise: bool) -> Iterator[Finding]:
    if not has_whitenoise or case.get("DEBUG"):
        return
    for name in ("WHITENOISE_AUTOREFRESH", "WHITENOISE_USE_FINDERS"):
        if case.get(name):
            yield Finding(
                "doctor.W017",
                f"{name} is on with DEBUG off: WhiteNoise looks for files while it answers, which is for development.",
                f"Remove {name} from the production settings; it follows DEBUG by itself.",
                26,
            )
