"""What the template process imports once, so that the experiments forked from it need not.

Nothing here may read settings: one configured Django in the template would break every child. What reads settings when
it is imported (django.contrib.auth.models and whatever imports it) is left to the child.
"""

import contextlib
import importlib
import importlib.util
import mimetypes
import os
import py_compile

MODULES = """
    brotli PIL.Image PIL.PngImagePlugin
    django.conf.urls.static django.contrib.admin django.contrib.admin.apps django.contrib.admin.sites
    django.contrib.admin.templatetags.admin_list django.contrib.admin.templatetags.admin_modify
    django.contrib.admin.templatetags.log django.contrib.admin.views.main django.contrib.admin.widgets
    django.contrib.auth.apps django.contrib.auth.checks django.contrib.auth.context_processors
    django.contrib.auth.hashers django.contrib.auth.management django.contrib.auth.password_validation
    django.contrib.auth.tokens django.contrib.auth.validators django.contrib.contenttypes.apps
    django.contrib.contenttypes.checks django.contrib.messages.apps django.contrib.messages.context_processors
    django.contrib.messages.middleware django.contrib.messages.storage.fallback
    django.contrib.sessions.apps django.contrib.sessions.backends.db django.contrib.sessions.middleware
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
    django.template.loaders.filesystem django.templatetags.cache django.templatetags.i18n django.templatetags.l10n
    django.templatetags.static django.templatetags.tz django.utils.translation.reloader django.views.csrf
    django.views.debug django.views.defaults django.views.static encodings.idna encodings.unicode_escape
    logging.config multiprocessing.util
    gunicorn.app.wsgiapp gunicorn.glogging gunicorn.workers.sync uvicorn.main uvicorn.lifespan.on
    uvicorn.protocols.http.h11_impl uvicorn.loops.asyncio whitenoise.middleware whitenoise.storage
""".split()

# Imported by each child: compiled here where an installer has not done so, as it would be compiled anew each time.
COMPILED = """
    django.contrib.admin.models django.contrib.auth.admin django.contrib.auth.backends django.contrib.auth.base_user
    django.contrib.auth.forms django.contrib.auth.middleware django.contrib.auth.models django.contrib.auth.views
    django.contrib.contenttypes.admin django.contrib.contenttypes.fields django.contrib.contenttypes.forms
    django.contrib.contenttypes.models django.contrib.sessions.base_session django.contrib.sessions.models
""".split()


def preload() -> None:
    """Import what can be imported; a module that is not there (gunicorn on Windows) is passed over."""
    for name in MODULES:
        with contextlib.suppress(ImportError):
            importlib.import_module(name)
    _warm_up()


def _warm_up() -> None:
    """Do once what the first request of a process does lazily: read the table of MIME types, compile expressions."""
    from django.template import Engine
    from django.urls import path

    mimetypes.init()
    Engine().from_string("{% if a %}{{ b|escape }}{% else %}{# c #}{% endif %}")
    path("a/", _warm_up).pattern.regex  # noqa: B018 - compiled when it is asked for


def compile_others() -> None:
    """Write the .pyc files that children will need, where they are missing and may be written."""
    for name in COMPILED:
        with contextlib.suppress(Exception):
            package, _, module = name.rpartition(".")
            folder = os.path.dirname(importlib.import_module(package).__file__ or "")  # noqa: PTH120
            source = os.path.join(folder, f"{module}.py")  # noqa: PTH118
            if not os.path.exists(importlib.util.cache_from_source(source)):  # noqa: PTH110
                py_compile.compile(source, doraise=False, quiet=2)
