"""All checks on the project whose settings Django has loaded: the outermost layer, which alone asks Django."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.apps import apps
from django.conf import settings
from django.core import checks as django_checks
from django.db.models import FileField
from django.urls import Resolver404, resolve

from . import checks, collected, order, places, storages, templates, uploads
from .case import Case, url
from .finding import Finding, found


def case_of(folder: Path | None = None) -> Case:
    base = getattr(settings, "BASE_DIR", None)
    return Case(
        settings,
        folder or Path(base or Path.cwd()),
        tuple((config.name, Path(config.path)) for config in apps.get_app_configs()),
        keeps_uploads=_keeps_uploads(),
    )


def _keeps_uploads() -> bool:
    """Whether a model has a file field with no storage of its own; the fields are asked only for their class."""
    return any(
        isinstance(field, FileField) and not getattr(field, "_storage_callable", None) and _is_default(field)
        for model in apps.get_models()
        for field in model._meta.local_fields
    )


def _is_default(field: FileField) -> bool:
    from django.core.files.storage import default_storage

    return field.storage is default_storage


def quick(case: Case) -> Iterator[Finding]:
    """What the settings alone give away: a few milliseconds, so `check`, `runserver` and `migrate` may run it."""
    for group in (storages, order, places, uploads):
        yield from group.examine(case)


def thorough(case: Case) -> Iterator[Finding]:
    """What takes reading files: clashes, STATIC_ROOT, templates, and the project's URLs."""
    if "django.contrib.staticfiles" not in [config.name for config in apps.get_app_configs()]:
        return
    from django.contrib.staticfiles import finders

    misplaced = list(places.examine(case))  # what follows from these would only be noise beside them
    try:
        files = list(_found())
    except Exception as error:  # a finder of theirs, or a wrong setting, may raise anything
        if any(finding.level == "ERROR" for finding in misplaced):
            return
        yield found(checks.FINDERS_FAIL, error=f"{type(error).__name__}: {error}")
        return
    yield from collected.clashes(files, set(case.get("DOCTOR_KNOWN_CLASHES") or ()), case.folder)
    if not misplaced:
        yield from collected.drift(case, files)
    yield from collected.manifest(case)
    known = {file.path for file in files}
    yield from templates.examine(case, lambda path: path in known or finders.find(path) is not None)
    if not misplaced:
        yield from _media_route(case)


def _found() -> Iterator[collected.Found]:
    """Every file of every finder, as collectstatic lists them."""
    from django.contrib.staticfiles import finders

    ignored: Any = getattr(apps.get_app_config("staticfiles"), "ignore_patterns", ())
    for finder in finders.get_finders():
        for path, storage in finder.list(list(ignored)):
            prefix = getattr(storage, "prefix", None)
            name = f"{prefix}/{path}" if prefix else path
            yield collected.Found(name.replace("\\", "/"), Path(storage.path(path)))


def _media_route(case: Case) -> Iterator[Finding]:
    """A remark only: another server may answer MEDIA_URL in development, too."""
    media = url(case.get("MEDIA_URL"))
    if not case.get("DEBUG") or not case.uploads_to_disk or media in ("", "/") or not media.startswith("/"):
        return
    try:
        resolve(f"{media}which-file.jpg")
    except Resolver404:
        yield found(checks.NO_MEDIA_ROUTE, url=media)
    except Exception as error:
        yield found(checks.URLS_FAIL, error=f"{type(error).__name__}: {error}")


def djangos_own() -> Iterator[django_checks.CheckMessage]:
    """Django's own checks of the same subject, so that whoever asks us need not ask twice."""
    for tag in (django_checks.Tags.files, "staticfiles"):
        try:
            yield from django_checks.run_checks(tags=[tag])
        except Exception:  # what makes them raise is a finding of ours already
            return


def report(folder: Path | None = None) -> list[dict[str, Any]]:
    """All findings as JSON values; those in SILENCED_SYSTEM_CHECKS are left out."""
    case = case_of(folder)
    findings = [finding.as_dict() for finding in (*quick(case), *thorough(case))]
    findings += [
        {
            "id": message.id or "django",
            "level": "ERROR"
            if message.level >= django_checks.ERROR
            else "WARNING"
            if message.level >= django_checks.WARNING
            else "INFO",
            "message": str(message.msg),
            "hint": message.hint or "",
            "symptom": None,
        }
        for message in djangos_own()
        if not (message.id or "").startswith("doctor.")
    ]
    silenced = getattr(settings, "SILENCED_SYSTEM_CHECKS", ())
    return [finding for finding in findings if finding["id"] not in silenced]
