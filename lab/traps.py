"""Variations that spring a trap nobody expects: odd requests, an interrupted collectstatic, a silent 500."""

from lab.variation import Ask, Edit, Run, Variation, Write, shell

COLLECT_OURS = Run(("manage.py", "collectstatic", "--noinput", "--ignore", "admin"))
MANIFEST = "staticfiles/staticfiles.json"
_FAILING_VIEW = Edit("project/views.py", 'return render(request, "page.html")', "return render(request, 1 / 0)")
_ASK_THE_PAGE = shell(
    "from django.test import Client\n"
    "client = Client(raise_request_exception=False, headers={'host': 'localhost'})\n"
    "print('status:', client.get('/').status_code)"
)

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
)
