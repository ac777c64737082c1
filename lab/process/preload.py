"""Imports in the fork server what the experiments forked from it would otherwise import one by one.

Nothing here may read settings: a configured Django in the fork server would break every child. A module that reads
settings when it is imported (django.contrib.auth.models and all that import it) is left to the child.
"""

import contextlib
import importlib
import importlib.util
import mimetypes
import sys
from collections.abc import Sequence
from importlib.abc import MetaPathFinder
from importlib.machinery import ModuleSpec, SourceFileLoader
from types import CodeType

from django.http import HttpRequest, HttpResponse

MODULES = """
    brotli PIL.Image PIL.PngImagePlugin
    django.conf.urls.static django.contrib.admin django.contrib.admin.apps django.contrib.admin.sites
    django.contrib.admin.templatetags.admin_filters django.contrib.admin.templatetags.admin_list
    django.contrib.admin.templatetags.admin_modify django.contrib.admin.templatetags.log
    django.contrib.admin.views.main django.contrib.admin.widgets
    django.contrib.auth.apps django.contrib.auth.checks django.contrib.auth.context_processors
    django.contrib.auth.hashers django.contrib.auth.management django.contrib.auth.password_validation
    django.contrib.auth.tokens django.contrib.auth.validators django.contrib.contenttypes.apps
    django.contrib.contenttypes.checks django.contrib.messages.apps django.contrib.messages.context_processors
    django.contrib.messages.middleware django.contrib.messages.storage.fallback
    django.contrib.sessions.apps django.contrib.sessions.backends.db django.contrib.sessions.middleware
    django.contrib.sessions.serializers
    django.contrib.sites.requests django.contrib.sites.shortcuts django.contrib.staticfiles.apps
    django.contrib.staticfiles.checks django.contrib.staticfiles.finders django.contrib.staticfiles.handlers
    django.contrib.staticfiles.management.commands.collectstatic
    django.contrib.staticfiles.management.commands.runserver django.contrib.staticfiles.storage
    django.contrib.staticfiles.views django.core.asgi django.core.cache.backends.locmem
    django.core.checks.model_checks django.core.checks.urls django.core.files.storage.filesystem django.core.mail
    django.core.management.commands.check django.core.management.commands.makemigrations
    django.core.management.commands.migrate django.core.management.commands.runserver django.core.serializers.json
    django.core.wsgi django.db.backends.dummy.base django.db.models django.db.models.sql.compiler django.forms
    django.middleware.clickjacking django.middleware.common django.middleware.csrf django.middleware.security
    django.template.backends.django django.template.context_processors django.template.defaultfilters
    django.template.defaulttags django.template.loader_tags django.template.loaders.app_directories
    django.template.loaders.cached
    django.template.loaders.filesystem django.templatetags.cache django.templatetags.i18n django.templatetags.l10n
    django.templatetags.static django.templatetags.tz django.utils.translation.reloader django.views.csrf
    django.views.debug django.views.defaults django.views.static encodings.idna encodings.unicode_escape
    logging.config multiprocessing.util
    gunicorn.app.wsgiapp gunicorn.glogging gunicorn.workers.sync uvicorn.main uvicorn.lifespan.on
    uvicorn.protocols.http.h11_impl uvicorn.loops.asyncio whitenoise.middleware whitenoise.storage
""".split()  # noqa: SIM905 - a list of names to read

# Imported by each child, because they read settings; the fork server keeps their code ready.
EACH_CHILD = """
    django.contrib.admin.models django.contrib.auth.admin django.contrib.auth.backends django.contrib.auth.base_user
    django.contrib.auth.forms django.contrib.auth.middleware django.contrib.auth.models django.contrib.auth.views
    django.contrib.contenttypes.admin django.contrib.contenttypes.fields django.contrib.contenttypes.forms
    django.contrib.contenttypes.models django.contrib.sessions.base_session django.contrib.sessions.models
""".split()  # noqa: SIM905 - a list of names to read


def preload() -> None:
    """Import the modules. One that is not installed (gunicorn on Windows) is left out."""
    for name in MODULES:
        with contextlib.suppress(ImportError):
            importlib.import_module(name)
    sys.meta_path.insert(0, PreparedFinder(EACH_CHILD))
    _warm_up()


def _warm_up() -> None:
    """Do once what a process does at its first request: read MIME types and plugins, compile expressions."""
    from django.template import Engine
    from django.urls import path
    from PIL import Image

    mimetypes.init()
    Image.init()  # every format's plugin
    Engine().from_string("{% if a %}{{ b|escape }}{% else %}{# c #}{% endif %}")
    path("a/", _no_view).pattern.regex  # noqa: B018 - compiled when it is asked for


def _no_view(_request: HttpRequest) -> HttpResponse:
    return HttpResponse()


class PreparedLoader(SourceFileLoader):
    """Loads a module from code that was compiled before, without finding and reading its .pyc."""

    def __init__(self, name: str, path: str, code: CodeType) -> None:
        super().__init__(name, path)
        self._code = code

    def get_code(self, fullname: str) -> CodeType:  # noqa: ARG002 - the protocol's signature
        return self._code


class PreparedFinder(MetaPathFinder):
    """Finds the modules of EACH_CHILD without a search of sys.path. A finder is Python's own extension point."""

    def __init__(self, names: Sequence[str]) -> None:
        self._prepared: dict[str, tuple[str, CodeType]] = {}
        for name in names:
            with contextlib.suppress(ImportError, OSError):
                spec = importlib.util.find_spec(name)
                loader = None if spec is None else spec.loader
                if isinstance(loader, SourceFileLoader) and (code := loader.get_code(name)) is not None:
                    self._prepared[name] = (loader.path, code)

    def find_spec(self, fullname: str, path: object = None, target: object = None) -> ModuleSpec | None:  # noqa: ARG002
        found = self._prepared.get(fullname)
        if found is None:
            return None
        file, code = found
        return importlib.util.spec_from_file_location(fullname, file, loader=PreparedLoader(fullname, file, code))
