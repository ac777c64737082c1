"""Variations that spring a trap nobody expects: odd requests, a full disk, an interrupted collectstatic, a 500."""

from lab.experiment.variation import Ask, Edit, Run, Send, Variation, Write, shell
from lab.experiment.variations.failures import NGINX, SETTINGS, with_setting
from lab.experiment.variations.pitfall_programs import CONTROL_SOCKET, SLOW_UPLOADS, TINY_PICTURE, WRITTEN_TWICE

COLLECT_OURS = Run(("manage.py", "collectstatic", "--noinput", "--ignore", "admin"))
MANIFEST = "staticfiles/staticfiles.json"
_FAILING_VIEW = Edit("project/views.py", 'return render(request, "page.html")', "return render(request, 1 / 0)")
_ASK_THE_PAGE = shell(
    "from django.test import Client\n"
    "client = Client(raise_request_exception=False, headers={'host': 'localhost'})\n"
    "print('status:', client.get('/').status_code)"
)

# No disk is filled for a try: a limit of the process does the same to it, and what exceeds that is not written.
_FULL_DISK = (
    Edit(
        SETTINGS,
        "from pathlib import Path\n",
        "import resource  # for a disk that is full\nfrom pathlib import Path\n\n"
        "# Writing beyond the first megabyte of a file is an OSError, as on a disk without room for more.\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (1_000_000, resource.getrlimit(resource.RLIMIT_FSIZE)[1]))\n",
    ),
    Edit(
        "project/views.py",
        "from django.shortcuts import redirect, render\n",
        "from django.http import HttpResponse\nfrom django.shortcuts import redirect, render\n",
    ),
    Edit(
        "project/views.py",
        "def upload(request):\n",
        "def upload(request):\n"
        '    """A careful view: a disk without room is an answer of its own."""\n'
        "    try:\n"
        "        return take(request)\n"
        "    except OSError:\n"
        '        return HttpResponse("There is no room for your picture just now.\\n", status=507)\n'
        "\n\ndef take(request):\n",
    ),
)
_GUNICORN = {"server": "gunicorn"}


def _program(name: str, title: str, file: str, text: str) -> Variation:
    """`file`, a program in the project's folder, is run before the server starts. It may count on a system that has
    fork, because gunicorn does."""
    needs, run = {**_GUNICORN, "static_url": "/static/"}, shell(f"import {file}")
    return Variation(name, title, needs=needs, edits=(Edit(f"{file}.py", "", text),), first=(run,))


TRAPS = (
    Variation(
        "manifest-left-empty",
        "collectstatic after one that was killed while it wrote staticfiles.json",
        needs={"storage": "manifest", "collect": "no"},
        first=(COLLECT_OURS, Write(MANIFEST, ""), COLLECT_OURS),
    ),
    Variation(
        "odd-requests",
        "Requests that no browser sends: a way out, a PUT, a name of 300 characters",
        needs={"layout": "flat", "static_url": "/static/", "media_root": "uploads"},
        first=(Write("uploads/note.txt", "uploaded\n"),),
        then=(
            Ask("way-out", "/static/../manage.py"),
            Ask("put", "/static/app.css", method="PUT"),
            Ask("long-name", "/media/" + "a" * 300),
        ),
    ),
    Variation(
        "one-byte",
        "The first byte of the stylesheet is asked for, and the first two",
        needs={"layout": "flat", "static_url": "/static/", "storage": "plain"},
        then=(
            Ask("first-byte", "/static/app.css", (("Range", "bytes=0-0"),)),
            Ask("two-bytes", "/static/app.css", (("Range", "bytes=0-1"),)),
        ),
    ),
    Variation(
        "no-urls",
        "urlpatterns is empty",
        needs={"media_route": "off", "upload": "none", "login_gate": "off"},
        edits=(
            Edit(
                "project/urls.py",
                'urlpatterns = [\n    path("", views.page),\n    path("login/", views.login),\n'
                '    path("upload/", views.upload),\n]\n',
                "urlpatterns = []\n",
            ),
        ),
        then=(Ask("nowhere", "/nowhere/"),),
    ),
    Variation(
        "failing-view",
        "A view that raises, asked in a shell, which shows what is logged",
        edits=(_FAILING_VIEW,),
        first=(_ASK_THE_PAGE,),
    ),
    Variation(
        "script-name-sent",
        "A request with a header called SCRIPT_NAME",
        then=(Ask("script-name", "/", (("SCRIPT_NAME", "/elsewhere"),)),),
    ),
    Variation(
        "full-disk",
        "A disk without room for a file of 3 MB, and a view that is ready for it",
        needs=_GUNICORN,
        edits=_FULL_DISK,
        then=(Send("large", size=3_000_000),),
    ),
    Variation(
        "full-disk-in-memory",
        "The same, and uploads of up to 5 MB that wait in memory, never on disk",
        needs=_GUNICORN,
        edits=(
            *_FULL_DISK,
            with_setting(
                'FILE_UPLOAD_HANDLERS = ["django.core.files.uploadhandler.MemoryFileUploadHandler"]  # never to disk\n'
                "FILE_UPLOAD_MAX_MEMORY_SIZE = 5_000_000  # with that handler alone a limit: what is larger is left out"
            ),
        ),
        then=(Send("large", size=3_000_000), Send("too-large", size=6_000_000)),
    ),
    _program("slow-uploads", "Two uploads that stop halfway, and gunicorn with two workers", "slow", SLOW_UPLOADS),
    _program("control-socket", "What gunicorn leaves in the home folder while it runs", "sockets", CONTROL_SOCKET),
    _program("tiny-picture", "A picture of 28 bytes and a thumbnailer", "thumbnail", TINY_PICTURE),
    _program("written-twice", "settings.py, written twice within one second", "twice", WRITTEN_TWICE),
    Variation(
        "nginx-as-root",  # lab.probe.servers knows it by this name
        "nginx started as root, as a system starts it, and a project in a folder with mode 0700",
        needs={**NGINX, "static_url": "/static/", "layout": "flat", "storage": "plain"},
        then=(Ask("stylesheet", "/static/app.css"),),
    ),
)
