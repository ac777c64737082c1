"""The mini-project of an experiment: a pure function from an Experiment to files that run by themselves."""

import io
import zipfile
from collections.abc import Mapping
from dataclasses import replace
from difflib import SequenceMatcher

from lab.experiment import Experiment
from lab.experiment.knobs import css, reference, server
from lab.experiment.knobs.apps import REVERSED
from lab.experiment.variations import named
from lab.project.nginx_conf import error_pages, nginx_conf
from lab.project.settings_py import settings_py

SETTINGS = "project/settings.py"


def project_files(experiment: Experiment) -> dict[str, str]:
    """Path (with forward slashes) -> text of every file, in the order in which one would read them."""
    files = {
        "README.md": _readme(experiment),
        "requirements.txt": _requirements(experiment),
        "manage.py": _MANAGE,
        SETTINGS: settings_py(experiment),
        "project/urls.py": _urls(experiment),
        "project/views.py": _VIEWS,
        "project/forms.py": _FORMS,
        "project/wsgi.py": _entry_point("wsgi"),
        "project/asgi.py": _entry_point("asgi"),
        "project/__init__.py": "",
        "templates/base.html": _base_html(experiment),
        "templates/page.html": _PAGE_HTML,
        "templates/login.html": _LOGIN_HTML,
        "templates/upload.html": _UPLOAD_HTML,
    }
    if experiment.login_gate != "off":
        files["project/middleware.py"] = _LOGIN_GATE
    for app in experiment.installed:
        files[f"{app}/__init__.py"] = ""
        folder = f"{app}/static" if experiment.layout == "flat" else f"{app}/static/{app}"
        files[f"{folder}/app.css"] = _stylesheet(f"{folder}/app.css", experiment)
    if experiment.project_static in ("plain", "prefixed"):
        files["static/app.css"] = _stylesheet("static/app.css", experiment)
    if experiment.server == "nginx":
        files["nginx.conf"] = nginx_conf(experiment)
        files |= error_pages(experiment)
    changed = named(experiment.variation)
    return {**{path: changed.edited(path, text) for path, text in files.items()}, **changed.files}


def earlier_settings(experiment: Experiment) -> str:
    """settings.py as it was when collect=stale collected for the first time: with the apps in the opposite order."""
    # Without the variation, which may need the order of now; what it edits is edited below.
    earlier = replace(experiment, apps=REVERSED[experiment.apps], variation="none")
    return named(experiment.variation).edited(SETTINGS, settings_py(earlier))


def changed_settings_lines(experiment: Experiment) -> list[int]:
    """The numbers (from 1) of the lines in settings.py that the default experiment's settings.py does not have."""
    before = settings_py(Experiment()).splitlines()
    after = named(experiment.variation).edited(SETTINGS, settings_py(experiment)).splitlines()
    changed: list[int] = []
    for tag, _, _, start, end in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if tag in ("replace", "insert"):
            changed.extend(range(start + 1, end + 1))
    return changed


def zip_bytes(files: Mapping[str, str]) -> bytes:
    """The files as a zip archive; equal files give equal bytes, whenever they are packed."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for path, text in files.items():
            entry = zipfile.ZipInfo(path, date_time=(2024, 1, 1, 0, 0, 0))
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = (0o755 if text.startswith("#!") else 0o644) << 16
            archive.writestr(entry, text)
    return buffer.getvalue()


def css_path(experiment: Experiment) -> str:
    """The stylesheet that the page means, as a path below STATIC_URL: app.css, or that of the first installed app."""
    return "app.css" if experiment.layout == "flat" else f"{experiment.installed[0]}/app.css"


def collect_command(experiment: Experiment) -> list[str]:
    """The collectstatic command line, without the interpreter."""
    return ["manage.py", "collectstatic", "--noinput", *(["--clear"] if experiment.clear == "yes" else [])]


def serve_commands(experiment: Experiment) -> list[str]:
    """The command lines that serve the project, for a person's terminal."""
    return server.COMMANDS[experiment.server]


# The files' texts


_MANAGE = '''\
#!/usr/bin/env python
"""Django's command line."""

import os
import sys


def main():
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "project.settings")
    from django.core.management import execute_from_command_line

    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
'''

_VIEWS = '''\
"""Three pages: one with a stylesheet, a log-in page in the same look, and an upload form."""

from django.core.files.storage import default_storage
from django.shortcuts import redirect, render

from project.forms import UploadForm


def page(request):
    return render(request, "page.html")


def login(request):
    return render(request, "login.html")


def upload(request):
    """Store a picture (there is no database here, so no model), then go to the address under which it is found."""
    form = UploadForm(request.POST or None, request.FILES or None)
    if form.is_valid():
        image = form.cleaned_data["image"]
        name = default_storage.save(image.name, image)
        return redirect(default_storage.url(name))
    return render(request, "upload.html", {"form": form})
'''

_FORMS = '''\
"""The upload form."""

from django import forms


class UploadForm(forms.Form):
    image = forms.ImageField()  # Pillow opens the file: what is not a picture is refused
'''

_LOGIN_GATE = '''\
"""A log-in wall of the simplest kind, as many projects have one."""

from urllib.parse import quote

from django.conf import settings
from django.shortcuts import redirect


class LoginGate:
    """Send everyone without a session cookie to /login/, whatever they ask for."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if request.path != "/login/" and settings.SESSION_COOKIE_NAME not in request.COOKIES:
            return redirect("/login/?next=" + quote(request.get_full_path()))
        return self.get_response(request)
'''

_PAGE_HTML = """\
{% extends "base.html" %}
{% block content %}
    <h1>A page with a stylesheet</h1>
    <p class="who">This paragraph says which app.css was found.</p>
    <p><a class="button" href="/upload/">Upload a picture</a></p>
{% endblock %}
"""

_LOGIN_HTML = """\
{% extends "base.html" %}
{% block content %}
    <h1>Log in</h1>
    <p>Nothing can be entered here: it is the page that visitors without a session are sent to.</p>
{% endblock %}
"""

_UPLOAD_HTML = """\
<!doctype html>
<html lang="en">
<head>
    <meta charset="utf-8">
    <title>Upload</title>
</head>
<body>
    <form method="post" enctype="multipart/form-data">
        {% csrf_token %}
        {{ form.as_p }}
        <button>Upload</button>
    </form>
</body>
</html>
"""

# The paints of the site's own app1 and app2 (their static/app.css), and a plain one for the project-wide file.
_COLOURS = {"app1": "#a3195b", "app2": "#4d6600", "static": "#44505f"}


def _stylesheet(path: str, experiment: Experiment) -> str:
    """Return an app.css that lays out the whole page, so that its loss is seen.

    Its first line names the file: that is how an observation recognises the file again.
    """
    owner = path.split("/", 1)[0]
    name = "the project" if owner == "static" else owner
    return f"""\
/* {path} */
body {{
    max-width: 34rem;
    margin: 0;
    font-family: sans-serif;
    line-height: 1.5;
}}

header {{
    display: flex;
    gap: 1.2rem;
    align-items: center;
    height: 2.8rem;
    padding-left: 5rem;
    background: {_COLOURS[owner]};
}}

footer svg {{
    position: absolute;
    top: 0.5rem;
    left: 1.2rem;
    width: 2.6rem;
    border-radius: 0.3rem;
}}

header a {{
    color: white;
    font-weight: bold;
    text-decoration: none;
}}

main {{
    padding: 0.4rem 1.2rem;
}}

h1 {{
    margin: 0;
    color: {_COLOURS[owner]};
    font-size: 1.5rem;
}}

.who::after {{
    content: " It is the one of {name}.";
    color: {_COLOURS[owner]};
    font-weight: bold;
}}

.button {{
    padding: 0.4rem 1rem;
    border-radius: 1.2rem;
    background: {_COLOURS[owner]};
    color: white;
    text-decoration: none;
}}
{css.FURTHER[experiment.css]}"""


def _base_html(experiment: Experiment) -> str:
    href = reference.HREFS[experiment.reference].replace("<path>", css_path(experiment))
    return f"""\
{{% load static %}}<!doctype html>
<html lang="en">
<head>
    <meta charset="utf-8">
    <title>Static and media files</title>
    <link rel="stylesheet" href="{href}">
</head>
<body>
<header>
    <a href="/">Home</a>
    <a href="/upload/">Upload</a>
</header>
<main>
    {{% block content %}}{{% endblock %}}
</main>
<footer>
    <svg viewBox="0 0 120 80" role="img" aria-label="Two hills and the sun">
        <path fill="#f6d9b8" d="M0 0h120v80H0z"/>
        <circle fill="#e86f3a" cx="84" cy="30" r="12"/>
        <path fill="#8b6a94" d="M0 64 30 30l24 26 24-34 42 46v12H0z"/>
    </svg>
</footer>
</body>
</html>
"""


def _urls(experiment: Experiment) -> str:
    on = experiment.media_route == "on"
    imports = "from django.conf import settings\nfrom django.conf.urls.static import static\n" if on else ""
    route = """
# Serves uploads in development; with DEBUG off it gives no route at all.
urlpatterns += static(settings.MEDIA_URL, document_root=settings.MEDIA_ROOT)
"""
    return f'''\
"""Which view answers which address."""

{imports}from django.urls import path

from project import views

urlpatterns = [
    path("", views.page),
    path("login/", views.login),
    path("upload/", views.upload),
]
{route if on else ""}'''


def _entry_point(kind: str) -> str:
    return f'''\
"""What {"a WSGI server such as gunicorn" if kind == "wsgi" else "an ASGI server such as uvicorn"} imports."""

import os

from django.core.{kind} import get_{kind}_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "project.settings")

application = get_{kind}_application()
'''


def _requirements(experiment: Experiment) -> str:
    needed = ["Django>=5.2", "Pillow"]
    if experiment.whitenoise != "off" or experiment.storage.startswith("whitenoise"):
        needed += ["whitenoise>=6.12", "Brotli"]
    needed += server.PACKAGES.get(experiment.server, [])
    needed += dict.fromkeys(named(experiment.variation).packages.values())
    return "\n".join(needed) + "\n"


def _runserver(experiment: Experiment) -> str:
    """What to expect of runserver, for somebody who tries it first."""
    if experiment.project_static == "collected" or named(experiment.variation).refused:
        return "Django refuses this project, which is what it shows: `python manage.py runserver` says why."
    if "manifest" in experiment.storage and experiment.debug == "off":
        return (
            "`python manage.py runserver` starts at once as well. Until collectstatic has run, every page with a\n"
            "`{% static %}` tag answers 500: with hashed names and DEBUG off the tag looks into the manifest."
        )
    return "`python manage.py runserver` works at once as well."


def _readme(experiment: Experiment) -> str:
    turned = [f"- {name} = {value}" for name, value in experiment.changed.items()]
    if turned:
        turned = ["It differs from the default experiment in:", "", *turned]
    collect = ["python " + " ".join(collect_command(experiment))] if experiment.collect != "no" else []
    stale = (
        "\ncollectstatic ran twice in this experiment: before the first run, reverse the apps in INSTALLED_APPS;\n"
        "then put them back and run it again.\n"
        if experiment.collect == "stale"
        else ""
    )
    steps = "\n".join(
        f"    {command}"
        for command in ["python -m pip install -r requirements.txt", *collect, *serve_commands(experiment)]
    )
    return f"""\
# A small project about static and media files

{chr(10).join(turned or ["It is the default experiment: every knob at its first value."])}

To do what the experiment did:

{steps}
{stale}
{_runserver(experiment)} Pages: `/`, `/upload/`, `/login/`.
There is no database, so no migrations are needed.
"""
