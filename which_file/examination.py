"""All checks on the project whose settings Django has loaded: the outermost layer, which alone asks Django."""

from __future__ import annotations

import contextlib
import inspect
import re
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from django.apps import apps
from django.conf import settings
from django.core import checks as django_checks
from django.db.models import FileField
from django.urls import Resolver404, resolve

from . import (
    checks,
    collected,
    containers,
    deploy,
    forms,
    ignored,
    order,
    own_code,
    places,
    serving,
    settings_source,
    sources,
    storages,
    templates,
    tree,
    trial,
    uploads,
)
from .case import Case, named, read, real, url, within
from .finding import Finding, found, page

# Django's own checks that are about files, addresses and templates. Its other ones say nothing on the subject.
DJANGOS = re.compile(
    r"^(staticfiles\.|files\.|urls\.E006|fields\.E(200|201|202|210)|templates\.E|whitenoise\.|storages\.)"
)


def case_of(folder: Path | None = None, *, imports: bool = False, production: bool = False) -> Case:
    base = getattr(settings, "BASE_DIR", None)
    keeps, fields = _file_fields()
    return Case(
        settings,
        folder or Path(base or Path.cwd()),
        tuple((config.name, Path(config.path)) for config in apps.get_app_configs()),
        keeps_uploads=keeps,
        file_fields=fields,
        blank_fields=_blank_fields(),
        imports=imports,
        production=production,
    )


def _all_file_fields() -> list[FileField]:
    return [field for model in apps.get_models() for field in model._meta.local_fields if isinstance(field, FileField)]


def _file_fields() -> tuple[bool, tuple[str, ...]]:
    """Whether a model has a file field on the default storage, and the names of such fields in the project's apps."""
    found_fields = [
        field for field in _all_file_fields() if not getattr(field, "_storage_callable", None) and _is_default(field)
    ]
    ours = tuple(f"{field.model.__name__}.{field.name}" for field in found_fields)
    return bool(found_fields), ours


def _blank_fields() -> frozenset[str]:
    """Names of file fields that may be empty wherever a model has one of that name, and have no default."""
    known = _all_file_fields()
    full = {field.name for field in known if not field.blank or field.has_default()}
    return frozenset(field.name for field in known if field.blank) - full


def _is_default(field: FileField) -> bool:
    from django.core.files.storage import default_storage

    return field.storage is default_storage


def quick(case: Case) -> Iterator[Finding]:
    """What the settings alone give away: a few milliseconds, so `check`, `runserver` and `migrate` may run it."""
    for group in (storages, order, places, uploads):
        yield from group.examine(case)


def thorough(case: Case, seconds: float = 60) -> Iterator[Finding]:
    """What takes reading files: clashes, STATIC_ROOT, stylesheets, templates, and the project's URLs."""
    if not case.files:
        case = replace(case, files=_own_files(case))
    misplaced = list(places.examine(case))  # what follows from these would only be noise beside them
    if "django.contrib.staticfiles" in [config.name for config in apps.get_app_configs()]:
        yield from _static(case, misplaced, seconds)
    elif any(templates.ANY_TAG.search(read(file)) for file in templates.template_files(case)):
        yield found(checks.STATICFILES_NOT_INSTALLED)
    yield from forms.examine(case, _forms())
    yield from own_code.examine(case)
    yield from own_code.fields(case, _all_file_fields())
    if not any(finding.check in _ABOUT_MEDIA for finding in misplaced):
        yield from _media_route(case)


_ABOUT_MEDIA = (checks.MEDIA_ROOT_UNSET, checks.ONE_ADDRESS, checks.ADDRESS_WITHIN_ANOTHER)


def _own_files(case: Case) -> tuple[Path, ...]:
    apart = [case.folder / str(name) for name in case.get("WHICH_FILE_EXCLUDE") or ()]  # other projects in this one
    without = [root for root in (*apart, case.static_root, case.media_root) if root and root not in case.folders]
    sources_of = [real(folder) for _, folder in case.source_folders()]
    return tree.files_of(case.folder, [root for root in without if root not in sources_of])


def _static(case: Case, misplaced: list[Finding], seconds: float) -> Iterator[Finding]:
    from django.contrib.staticfiles import finders

    try:
        files = list(found_files())
    except Exception as error:  # a finder of theirs, or a wrong setting, may raise anything
        if not isinstance(case.get("STATICFILES_DIRS"), (list, tuple)):
            return
        if any(finding.level == "ERROR" for finding in misplaced):
            return
        yield found(checks.FINDERS_FAIL, error=f"{type(error).__name__}: {error}")
        return
    paths = {file.path for file in files}

    def exists(path: str) -> bool:
        return path in paths or finders.find(path) is not None

    yield from _app_finder(case, paths)
    yield from collected.clashes(files, set(case.get("WHICH_FILE_KNOWN_CLASHES") or ()), case.folder, case.is_ours)
    sources_there = _sources_in_root(case, exists)
    yield from sources_there
    among_sources = case.static_root in [real(folder) for folder in case.static_dirs()]  # Django's staticfiles.E002
    if not among_sources and not sources_there and not any(finding.check in _ABOUT_STATIC for finding in misplaced):
        yield from collected.drift(case, files)
    yield from collected.manifest(case)
    failures = []
    try:
        for failure in trial.collect(case, files, seconds):
            failures.append(failure.target or failure.reason)
            yield _failing(case, failure, files)
    except trial.Cut:
        yield found(checks.TRIAL_CUT, seconds=f"{seconds:g}")
    for finding in sources.examine(case, files, exists, _answers):
        if finding.check is not checks.CSS_NAMES_MISSING or not any(target in finding.message for target in failures):
            yield finding
    yield from templates.examine(case, exists, paths)
    yield from ignored.examine(case, files, tree.root_of(case.folder))


def _answers(path: str) -> bool:
    try:
        match = resolve(path)
    except Resolver404:
        return False
    except Exception:  # a broken URL configuration is found elsewhere
        return True
    return not serving.is_catch_all(match)


def _sources_in_root(case: Case, exists: Callable[[str], bool]) -> list[Finding]:
    """What templates ask for is in STATIC_ROOT, and no finder has it: nobody has collected it there."""
    root = case.static_root
    if root is None or root in [real(folder) for folder in case.static_dirs()] or not within(root, case.folder):
        return []
    asked = {tag["path"] for file in templates.template_files(case) for tag in templates.TAG.finditer(read(file))}
    lying = [path for path in sorted(asked) if path and (root / path).is_file() and not exists(path)]
    if not lying or (root / "staticfiles.json").exists():
        return []
    return [
        found(checks.STATIC_ROOT_HAS_SOURCES, folder=f"{collected.short(root, case.folder)}/", name=repr(root.name))
    ]


def _app_finder(case: Case, paths: set[str]) -> Iterator[Finding]:
    from django.contrib.staticfiles import finders

    if any(isinstance(finder, finders.AppDirectoriesFinder) for finder in finders.get_finders()):
        return
    lost = []
    for name, folder in case.apps:
        first = next((file for file in (folder / "static").rglob("*.*") if file.is_file()), None)
        if first is not None and first.relative_to(folder / "static").as_posix() not in paths:
            lost.append(name)
    if lost:
        yield found(checks.NO_APP_FINDER, apps=named(lost, 3))


_ABOUT_STATIC = (
    checks.MEDIA_IN_STATIC_ROOT,
    checks.STATIC_IN_MEDIA_ROOT,
    checks.STATIC_ROOT_IS_PROJECT,
    checks.STATIC_ROOT_AMONG_SOURCES,
)


def _failing(case: Case, failure: trial.Failure, files: list[collected.Found]) -> Finding:
    source = next((file.source for file in files if file.path == failure.path), None)
    at, near = ("", 0), ""
    if source is not None:
        text = source.read_text(encoding="utf-8", errors="replace") if source.is_file() else ""
        name = failure.target.rpartition("/")[2]
        place = text.find(name) if name else -1
        at = (collected.short(source, case.folder), text.count("\n", 0, place) + 1 if place >= 0 else 1)
    lower = {file.path.lower(): file.path for file in files}
    other = lower.get(failure.target.lower(), "") if failure.target else ""
    near = f" There is {other}." if other else ""
    cure = "Correct the address in that file, or add the file that it asks for."
    if source is not None and not case.is_ours(source):
        cure = "The file belongs to a package: upgrade it, or leave it out (collectstatic --ignore)."
    reason = failure.reason.rstrip(".") + "." + near
    return found(
        checks.COLLECTING_FAILS, at=at, storage=case.backend("staticfiles").rpartition(".")[2], reason=reason, cure=cure
    )


def _forms() -> dict[str, set[str]]:
    with contextlib.suppress(Exception):  # a broken URL configuration is found elsewhere
        resolve("/")  # loads the URLs, and so the views and their forms
    return forms.with_files()


def found_files() -> Iterator[collected.Found]:
    """Every file of every finder, as collectstatic lists them."""
    from django.contrib.staticfiles import finders

    ignore: Any = getattr(apps.get_app_config("staticfiles"), "ignore_patterns", ())
    for finder in finders.get_finders():
        for path, storage in finder.list(list(ignore)):
            prefix = getattr(storage, "prefix", None)
            name = f"{prefix}/{path}" if prefix else path
            try:
                source = Path(storage.path(path))
            except NotImplementedError:  # a finder whose files are on no disk
                continue
            yield collected.Found(name.replace("\\", "/"), source)


def _media_route(case: Case) -> Iterator[Finding]:
    """A remark without file fields: another server may answer MEDIA_URL in development, too."""
    media = url(case.get("MEDIA_URL"))
    if not case.get("DEBUG") or not case.uploads_to_disk or media in ("", "/") or not media.startswith("/"):
        return
    try:
        match = resolve(f"{media}which-file.jpg")
        if serving.is_catch_all(match) and getattr(match.func, "__name__", "") != "serve" and case.file_fields:
            yield found(checks.CATCH_ALL_ANSWERS_MEDIA, url=media, route=repr(str(match.route)))
    except Resolver404:
        check = checks.NO_MEDIA_ROUTE_FOR_FIELDS if case.file_fields else checks.NO_MEDIA_ROUTE
        yield found(check, url=media, fields=named(case.file_fields, 3))
    except Exception as error:
        yield found(checks.URLS_FAIL, error=f"{type(error).__name__}: {error}")


def djangos_own() -> Iterator[dict[str, Any]]:
    """Django's own checks of the same subject, by id: the tags leave out what models and URLs say."""
    registry = django_checks.registry.registry
    messages: list[Any] = []
    for check in registry.get_checks(False):
        tags = set(getattr(check, "tags", ()))
        if tags & {
            "database",
            "async_support",
            "caches",
            "security",
            "admin",
            "signals",
            "compatibility",
            "which_file",
        }:
            continue
        try:
            takes = inspect.signature(check).parameters
            extra = {"databases": None} if "databases" in takes else {}
            messages += check(app_configs=None, **extra) or ()
        except Exception:  # noqa: S112 - what makes them raise is a finding of ours already
            continue
    seen = set()
    for message in messages:
        id_ = message.id or ""
        if not DJANGOS.match(id_) or (id_, message.msg) in seen:
            continue
        seen.add((id_, message.msg))
        yield {
            "id": id_,
            "level": "ERROR"
            if message.level >= django_checks.ERROR
            else "WARNING"
            if message.level >= django_checks.WARNING
            else "INFO",
            "message": str(message.msg),
            "hint": message.hint or "",
            "file": None,
            "line": None,
            "settings": [],
            "url": _docs(id_),
            "edits": [],
        }


def _docs(id_: str) -> str:
    import django

    series = ".".join(map(str, django.VERSION[:2]))
    return f"https://docs.djangoproject.com/en/{series}/ref/checks/" if not id_.startswith("which_file.") else page(id_)


def report(
    folder: Path,
    *,
    production: bool = False,
    for_production: bool = False,
    missing: tuple[str, ...] = (),
    seconds: float = 60,
) -> dict[str, Any]:
    """Everything about the loaded project as JSON values; what is in SILENCED_SYSTEM_CHECKS is left out.

    `production` takes DEBUG as off; `for_production` says that this was asked for, so these settings are a server's.
    """
    begun = time.monotonic()
    case = case_of(folder, imports=True, production=production)
    root = tree.root_of(folder)
    case = replace(case, files=_own_files(case))
    case = replace(case, keeps_uploads=case.keeps_uploads or _saves(case))
    around = deploy.around(root, folder) if root != folder else []
    deployed = deploy.read_all((*case.files, *around))
    debug = bool(case.get("DEBUG"))
    count, folders, own = _counted(case)
    who = serving.Serving(case, deployed, debug, count, folders, own)
    collected_already = bool(case.static_root and case.static_root.is_dir() and serving.count_of(case.static_root))
    findings = [
        *quick(case),
        *thorough(case, seconds=max(1.0, seconds - (time.monotonic() - begun))),
        *serving.findings(
            who, assumed=production, expects_production=for_production or _expects_production(case, deployed)
        ),
        *serving.served_project(who),
        *deploy.examine(case, deployed, missing, collected=collected_already),
        *containers.examine(case, deployed),
    ]
    module = str(case.get("SETTINGS_MODULE") or "")
    findings += _from_source(case, module, {finding.check for finding in findings})
    where = settings_source.places(module)
    if "DEBUG" in where:
        findings += own_code.debug_is_text(case, where["DEBUG"].file, where["DEBUG"].first)
    findings = [settings_source.located(case, finding, where) for finding in _one_cause(findings)]
    silenced = set(case.get("SILENCED_SYSTEM_CHECKS") or ())
    listed = [*(finding.as_dict() for finding in findings), *_djangos(case, findings, where, module)]
    return {
        "debug": debug,
        "serves": {"static": who.static().as_dict(), "media": who.media().as_dict()},
        "findings": [one for one in listed if one["id"] not in silenced],
    }


def _from_source(case: Case, module: str, there: set[checks.Check]) -> Iterator[Finding]:
    """What stands in the settings' files and is not in force with the values here."""
    import django

    if there & {checks.NOBODY_SERVES_MEDIA, checks.DISK_VANISHES}:
        place = settings_source.bucket_by_condition(case, module)
        if place is not None:
            at = (collected.short(place.file, case.folder), place.first)
            yield found(checks.BUCKET_BY_CONDITION, at=at, backend=place.name)
    if django.VERSION >= (5, 1):
        removed = {
            "STATICFILES_STORAGE": checks.STATICFILES_STORAGE_IGNORED,
            "DEFAULT_FILE_STORAGE": checks.DEFAULT_FILE_STORAGE_IGNORED,
        }
        for place in settings_source.not_read_here(module):
            check = removed[place.name]
            if check not in there and case.get(place.name) is None:
                there.add(check)
                yield found(check, at=(collected.short(place.file, case.folder), place.first), value="…")


def _djangos(
    case: Case, findings: list[Finding], where: dict[str, settings_source.Place], module: str
) -> Iterator[dict[str, Any]]:
    """Django's own, with a place where it gives none, and without what a finding here says already."""
    for one in djangos_own():
        if one["id"] == "staticfiles.W004" and any(
            finding.check is checks.NO_SUCH_FILE and " build" in finding.message for finding in findings
        ):
            continue
        if one["id"] == "urls.E006":
            one = settings_source.slash(one, where, module)
            place = one.pop("at", None)
            if place is not None:
                one.update(file=collected.short(place.file, case.folder), line=place.first)
        yield one


def _saves(case: Case) -> bool:
    """Whether the project's code stores files without a model: in the default storage, or in one made on the spot."""
    return any(
        file.suffix == ".py"
        and not {"tests", "test", "migrations", "docs"} & set(file.parts[len(case.folder.parts) :])
        and re.search(r"\bdefault_storage\.save\(|\bFileSystemStorage\(\s*\)", read(file, most=400_000))
        for file in case.files
    )


def _counted(case: Case) -> tuple[int, int, int]:
    """How many static files there are, in how many folders, and how many of them the project wrote."""
    try:
        files = list(found_files())
    except Exception:
        return 0, 0, 0
    folders = {file.source.as_posix()[: -len(file.path)] for file in files}
    return len({file.path for file in files}), len(folders), sum(case.is_ours(file.source) for file in files)


def _expects_production(case: Case, deployed: deploy.Deploy) -> bool:
    """Whether settings with DEBUG on are meant for a server, too: something in the project says so."""
    hosts = [
        host
        for host in case.get("ALLOWED_HOSTS") or ()
        if host not in ("localhost", "127.0.0.1", "[::1]", "0.0.0.0", "testserver")  # noqa: S104 - a value, not a socket
    ]
    return bool(hosts or case.static_root or case.whitenoise or deployed.deploys)


# What is no news where the other is found: (the cause, what follows from it).
_FOLLOWS = {
    checks.NOBODY_SERVES_STATIC: (checks.STATIC_ROOT_UNSET, checks.NOTHING_COLLECTED, checks.NOBODY_COLLECTS),
    checks.STATIC_ROOT_UNSET: (checks.NOTHING_COLLECTED, checks.EMPTY_STATIC_ROOT),
    checks.EMPTY_STATIC_ROOT: (checks.NOTHING_COLLECTED,),
    checks.NOBODY_COLLECTS: (checks.NOTHING_COLLECTED, checks.EMPTY_STATIC_ROOT),
    checks.COLLECTING_FAILS: (checks.NO_MANIFEST, checks.NOTHING_COLLECTED),
    checks.MEDIA_ROOT_UNSET: (checks.NOBODY_SERVES_MEDIA, checks.NO_MEDIA_ROUTE),
    checks.PROJECT_SERVED: (checks.MEDIA_ROOT_UNSET,),
    checks.DISK_VANISHES: (checks.NOBODY_SERVES_MEDIA,),
    checks.NO_APP_FINDER: (checks.NO_SUCH_FILE,),
    checks.STATIC_ROOT_HAS_SOURCES: (checks.NO_SUCH_FILE,),
    checks.CATCH_ALL_ANSWERS_MEDIA: (checks.NO_MEDIA_ROUTE, checks.NO_MEDIA_ROUTE_FOR_FIELDS),
    checks.ONE_ADDRESS: (checks.NOBODY_SERVES_MEDIA, checks.NO_MEDIA_ROUTE),
    checks.BUCKET_BY_CONDITION: (checks.NOBODY_SERVES_MEDIA, checks.DISK_VANISHES),
}


def _one_cause(findings: list[Finding]) -> list[Finding]:
    there = {finding.check for finding in findings}
    muted = {check for cause, effects in _FOLLOWS.items() if cause in there for check in effects}
    kept, seen = [], set()
    for finding in findings:
        key = (finding.id, finding.message, finding.file, finding.line)
        if finding.check not in muted and key not in seen:
            seen.add(key)
            kept.append(finding)
    return kept
