"""Who serves static and media files: the first question, answered from settings, middleware, URLs and deploy files."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from . import checks
from .case import UNSET, Case, real, url, within
from .collected import short
from .deploy import Deploy
from .finding import Finding, found
from .settings_source import computed

NOBODY = "nobody"
HASH_CACHE = "hashed names for ten years, others 60 seconds"


@dataclass(frozen=True)
class Answer:
    """Of one kind of files: who serves them, from where, under which address, and what browsers keep."""

    by: str
    source: str
    address: str
    cache: str

    def as_dict(self) -> dict[str, str]:
        values = asdict(self)
        values["from"] = values.pop("source")
        return values


@dataclass(frozen=True)
class Serving:
    """`debug` is as the settings say or as assumed; `route` is who the URLs send MEDIA_URL to."""

    case: Case
    deploy: Deploy
    debug: bool
    files: int = 0
    folders: int = 0
    own_files: int = 0

    # Static files

    def static(self) -> Answer:
        case, address = self.case, url(self.case.get("STATIC_URL"))
        if not self.installed:
            return Answer(NOBODY, "django.contrib.staticfiles is not installed", address, "")
        if "bucket" in case.traits("staticfiles"):
            return Answer(_bucket(case, "staticfiles"), "what collectstatic sends there", _bucket_url(case), "")
        if address.startswith(("http://", "https://")) and not self.debug:
            return Answer("another host", "what is copied there", address, "as that host says")
        if self.debug:
            nostatic = "whitenoise.runserver_nostatic" in _app_names(case)
            if case.whitenoise and nostatic:
                return Answer("WhiteNoise", self._finders(), address, "none: asked for each time")
            if nostatic:
                return Answer(NOBODY, "whitenoise.runserver_nostatic turns runserver's off", address, "")
            return Answer("runserver", self._finders(), address, "none: asked for each time")
        if case.whitenoise:
            from_ = "the finders" if case.get("WHITENOISE_USE_FINDERS") else self._root()
            age = case.get("WHITENOISE_MAX_AGE", 60)
            hashed = "hashed" in case.traits("staticfiles") or "manifest" in case.traits("staticfiles")
            return Answer("WhiteNoise", from_, address, HASH_CACHE if hashed else f"{age or 0} seconds")
        location = self.deploy.serving(address)
        if location is not None:
            who = f"{location.server} ({short(location.file, case.folder)})"
            return Answer(who, location.serves, address, location.expires or "as browsers guess")
        if route := self._route(address):
            return Answer(route, "what the URLs say", address, "none")
        if wrapped := _wrapped(case):
            return Answer(wrapped, self._root(), address, "")
        return Answer(NOBODY, self._root(), address, "")

    @property
    def installed(self) -> bool:
        return "django.contrib.staticfiles" in _app_names(self.case)

    def _finders(self) -> str:
        folders = f"{self.folders} folder{'s' if self.folders != 1 else ''}"
        return f"the finders: {self.files} file{'s' if self.files != 1 else ''} of {folders}"

    def _root(self) -> str:
        root = self.case.static_root
        if root is None:
            return "STATIC_ROOT is not set"
        count = count_of(root)
        state = "not there yet" if not root.is_dir() else "empty" if not count else f"{count} files"
        return f"STATIC_ROOT {short(root, self.case.folder)} ({state})"

    # Uploads

    def media(self) -> Answer:
        case, address = self.case, self.media_url
        if "bucket" in case.traits("default"):
            cache = "none: addresses are signed and expire" if _signs(case) else "as the bucket says"
            return Answer(_bucket(case, "default"), "the bucket", address or "the bucket's", cache)
        if not case.uploads_to_disk:
            return Answer(case.backend("default"), "as that storage says", address, "")
        root = case.media_root
        from_ = f"MEDIA_ROOT {short(root, case.folder)}" if root else "MEDIA_ROOT is not set"
        if address.startswith(("http://", "https://")):
            return Answer("another host", from_, address, "as that host says")
        if not address:
            needed = case.keeps_uploads or case.file_fields
            return Answer(NOBODY if needed else "no need: no file fields", from_, "MEDIA_URL is not set", "")
        location = None if self.debug else self.deploy.serving(address)
        if location is not None:
            who = f"{location.server} ({short(location.file, case.folder)})"
            return Answer(who, location.serves, address, location.expires or "as browsers guess")
        if route := self._route(address):
            return Answer(route, from_, address, "none: asked for each time")
        return Answer(NOBODY, from_, address, "")

    @property
    def media_url(self) -> str:
        """The address as written: Django makes "/" of an empty one."""
        address = url(self.case.get("MEDIA_URL"))
        return "" if address == "/" else address

    def _route(self, address: str) -> str:
        """Who the URL configuration sends an address to; "" for nobody."""
        if not address.startswith("/"):
            return ""
        from django.urls import Resolver404, resolve

        try:
            match = resolve(f"{address.rstrip('/')}/which-file/which-file.jpg")
        except Resolver404:
            return ""
        except Exception:  # a broken URL configuration is a finding of its own
            return ""
        view = getattr(match, "_func_path", "") or getattr(match.func, "__name__", "a view")
        name = view.rpartition(".")[2]
        if name == "serve":
            return f"the route to {view} in the URLs"
        if is_catch_all(match):
            return ""
        return f"the view {name}"


def findings(serving: Serving, *, assumed: bool, expects_production: bool) -> Iterator[Finding]:
    """What is wrong with the answers for DEBUG off. `assumed` says that DEBUG is really on in these settings."""
    case = serving.case
    if serving.debug:
        return
    no_hosts = case.get("ALLOWED_HOSTS") in (None, [], ())
    if not assumed and no_hosts and not computed(str(case.get("SETTINGS_MODULE") or ""), "ALLOWED_HOSTS"):
        yield found(checks.NO_HOSTS)
    if serving.installed and (not assumed or expects_production or serving.own_files):
        yield from _static_findings(serving)
    if serving.media().by == NOBODY and _has_uploads(case) and serving.media_url:
        fields = case.file_fields or ("the default storage",)
        yield found(
            checks.NOBODY_SERVES_MEDIA,
            url=serving.media_url,
            fields=", ".join(fields[:3]) + (" …" if len(fields) > 3 else ""),
        )


def _has_uploads(case: Case) -> bool:
    return case.uploads_to_disk and (case.keeps_uploads or bool(case.file_fields))


def _static_findings(serving: Serving) -> Iterator[Finding]:
    case, answer, root = serving.case, serving.static(), serving.case.static_root
    if answer.by == NOBODY:
        if root is None:
            reason = "STATIC_ROOT is not set, so collectstatic cannot collect"
        else:
            reason = "WhiteNoise is not in MIDDLEWARE, and no nginx or platform file here names the address"
        ways = (
            'add "whitenoise.middleware.WhiteNoiseMiddleware" right below SecurityMiddleware; or let nginx serve '
            "STATIC_ROOT (location " + (answer.address or "/static/") + " { alias …/; }); or "
            "send static files to a bucket"
        )
        first = 'Set STATIC_ROOT = BASE_DIR / "staticfiles". Then ' if root is None else ""
        cure = f"{first}{ways}. Run collectstatic in every deployment."
        cure = cure[0].upper() + cure[1:]
        yield found(
            checks.NOBODY_SERVES_STATIC,
            url=answer.address or "static files",
            reason=reason,
            cure=cure,
        )
        return
    from_disk = (
        answer.by.startswith(("WhiteNoise", "nginx", "Apache", "Caddy", "uWSGI")) and "finders" not in answer.source
    )
    if from_disk and root is not None and not count_of(root) and not serving.deploy.collects:
        if serving.deploy.deploys or _ignored(case, root):
            return  # which_file.deploy says who should collect; a folder that git ignores is filled elsewhere
        state = f"{short(root, case.folder)} is {'empty' if root.is_dir() else 'not there'}"
        yield found(checks.EMPTY_STATIC_ROOT, server=answer.by.partition(" (")[0], state=state)


def _ignored(case: Case, root: Path) -> bool:
    """Whether .gitignore names STATIC_ROOT: then it belongs to a deployment, and a fresh clone never has it."""
    for folder in (case.folder, *list(case.folder.parents)[:2]):
        file = folder / ".gitignore"
        if file.is_file():
            lines = file.read_text(encoding="utf-8", errors="replace").splitlines()
            return any(
                line.strip().strip("/*").endswith(root.name) for line in lines if line.strip() and line[0] != "#"
            )
    return False


def served_project(serving: Serving) -> Iterator[Finding]:
    """A media route whose folder is the project itself: `static(settings.MEDIA_URL)` with nothing set."""
    from django.urls import Resolver404, resolve

    case = serving.case
    if not serving.debug:
        return
    address = url(case.get("MEDIA_URL")) or "/"
    try:
        match = resolve(f"{address}manage.py")
    except Resolver404:
        return
    except Exception:
        return
    if getattr(match.func, "__name__", "") != "serve" or "document_root" not in match.kwargs:
        return
    place = match.kwargs["document_root"]
    folder = real(place or os.curdir)
    # MEDIA_ROOT that is the project is a finding of its own.
    if any(within(one, folder) for one in case.folders) and case.get("MEDIA_ROOT") in UNSET:
        yield found(checks.PROJECT_SERVED, folder=folder)


def count_of(root: Path) -> int:
    """How many files are below a folder, counted up to some thousand."""
    count = 0
    for _, _, names in os.walk(root):
        count += sum(not name.startswith(".") for name in names)
        if count > 20_000:
            break
    return count


def _app_names(case: Case) -> set[str]:
    return {name for name, _ in case.apps} | {
        str(name).partition(".apps.")[0] for name in case.get("INSTALLED_APPS") or ()
    }


def is_catch_all(match: Any) -> bool:
    """A pattern for every address, such as a page that a single-page application answers with."""
    route = str(getattr(match, "route", ""))
    if re.match(r"\^?/?[\w-]+/", route):  # it is for addresses that begin so
        return False
    return (
        route in ("", "^", ".*", "^.*", "^.*$", "<path:path>")
        or ".*" in route
        or route.count("<path:") > 0
        or (route.count("/") < 1 and "<" in route)
    )


def _wrapped(case: Case) -> str:
    """A server around the WSGI application, as wsgi.py writes it."""
    module = str(case.get("WSGI_APPLICATION") or "").rpartition(".")[0]
    if not module:
        return ""
    file = case.folder.joinpath(*module.split(".")).with_suffix(".py")
    text = file.read_text(encoding="utf-8", errors="replace") if file.is_file() else ""
    for word, name in (
        ("WhiteNoise(", "WhiteNoise, around the application"),
        ("Cling(", "dj-static, around the application"),
    ):
        if word in text:
            return name
    return ""


def _bucket(case: Case, alias: str) -> str:
    traits, options = case.traits(alias), case.storage_options(alias)
    kind = {"s3": "S3", "gcs": "Google Cloud Storage", "azure": "Azure", "cloudinary": "Cloudinary"}
    name = next((words for trait, words in kind.items() if trait in traits), "a bucket")
    setting = {"s3": "AWS_STORAGE_BUCKET_NAME", "gcs": "GS_BUCKET_NAME", "azure": "AZURE_CONTAINER"}
    key = next((setting[trait] for trait in setting if trait in traits), "")
    bucket = options.get("bucket_name") or options.get("azure_container") or (case.get(key) if key else "")
    return f"{name}, {bucket}" if bucket else name


def _bucket_url(case: Case) -> str:
    options = case.storage_options("staticfiles")
    domain = options.get("custom_domain") or case.get("AWS_S3_CUSTOM_DOMAIN")
    return f"https://{domain}/" if domain else "the bucket's"


def _signs(case: Case) -> bool:
    options = case.storage_options("default")
    if options.get("custom_domain") or case.get("AWS_S3_CUSTOM_DOMAIN") or "s3" not in case.traits("default"):
        return False
    return bool(options.get("querystring_auth", case.get("AWS_QUERYSTRING_AUTH", True)))
