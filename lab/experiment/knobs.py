"""The knobs of an experiment: what can be turned, and which real setting or command each one becomes."""

from dataclasses import dataclass

from lab.experiment.variations import VARIATIONS


@dataclass(frozen=True, slots=True)
class Value:
    """One position of a knob; `help` is one plain sentence for a form or a terminal."""

    name: str
    help: str


@dataclass(frozen=True, slots=True)
class Knob:
    """One thing to turn. `values[0]` is the default; `becomes` names the real setting, command or file."""

    name: str
    becomes: str
    help: str
    values: tuple[Value, ...]
    needs_server_process: frozenset[str] = frozenset()

    @property
    def default(self) -> str:
        return self.values[0].name

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(value.name for value in self.values)

    def value(self, name: str) -> Value:
        """Raises KeyError for a name that this knob does not have."""
        for value in self.values:
            if value.name == name:
                return value
        raise KeyError(name)


KNOBS: tuple[Knob, ...] = (
    Knob(
        "apps",
        "INSTALLED_APPS",
        "Which of the two apps are installed, and in which order.",
        (
            Value("app1,app2", "Both apps; app1 stands first."),
            Value("app2,app1", "Both apps; app2 stands first."),
            Value("app1", "Only app1."),
            Value("app2", "Only app2."),
        ),
    ),
    Knob(
        "layout",
        "the apps' static folders",
        "Where each app keeps its app.css.",
        (
            Value("flat", "static/app.css in each app, so that the two clash."),
            Value("namespaced", "static/<app>/app.css in each app, so that nothing clashes."),
        ),
    ),
    Knob(
        "project_static",
        "STATICFILES_DIRS",
        "Whether the project has a static folder that belongs to no app.",
        (
            Value("none", "No such folder."),
            Value("plain", "A folder static/ with an app.css of its own."),
            Value("prefixed", "The same folder under the prefix project/."),
            Value("collected", "STATIC_ROOT itself is listed, which Django's checks refuse."),
        ),
    ),
    Knob(
        "finders",
        "STATICFILES_FINDERS",
        "Who looks for a static file, and in which order.",
        (
            Value("dirs,apps", "First STATICFILES_DIRS, then the apps: Django's default."),
            Value("apps,dirs", "First the apps, then STATICFILES_DIRS."),
            Value("dirs", "Only STATICFILES_DIRS; the apps' files are not found."),
            Value("apps", "Only the apps; STATICFILES_DIRS is not looked at."),
        ),
    ),
    Knob(
        "storage",
        'STORAGES["staticfiles"]',
        "The storage class that names static files and takes what collectstatic collects.",
        (
            Value("plain", "StaticFilesStorage: names stay as they are."),
            Value("manifest", "ManifestStaticFilesStorage: names get a hash of the content."),
            Value(
                "whitenoise", "WhiteNoise's CompressedStaticFilesStorage: plain names, with .gz and .br beside them."
            ),
            Value("whitenoise-manifest", "WhiteNoise's CompressedManifestStaticFilesStorage: hashes and compression."),
        ),
    ),
    Knob(
        "default_storage",
        'STORAGES["default"]',
        "The storage that takes uploads.",
        (
            Value("present", "STORAGES names both aliases."),
            Value("missing", "STORAGES names only staticfiles, so that there is no default storage."),
        ),
    ),
    Knob(
        "static_url",
        "STATIC_URL",
        "Where the browser is told to ask for static files.",
        (
            Value("/static/", "The usual path."),
            Value("/assets/", "Another path on the same host."),
            Value("https://cdn.example/", "Another host, such as a CDN; this lab does not ask it."),
        ),
    ),
    Knob(
        "debug",
        "DEBUG",
        "Development or production behaviour of Django.",
        (
            Value("on", "DEBUG = True, as in development."),
            Value("off", "DEBUG = False, as it must be in production."),
        ),
    ),
    Knob(
        "server",
        "the command that serves",
        "Who receives the request.",
        (
            Value("runserver", "python manage.py runserver"),
            Value("runserver-nostatic", "python manage.py runserver --nostatic: without its static file handler."),
            Value(
                "runserver-insecure", "python manage.py runserver --insecure: serves static files with DEBUG off too."
            ),
            Value("gunicorn", "gunicorn project.wsgi: a WSGI server for production; serves no static files itself."),
            Value("uvicorn", "uvicorn project.asgi:application: an ASGI server; serves no static files itself."),
            Value("nginx", "nginx in front of gunicorn: serves STATIC_ROOT and MEDIA_ROOT from disk."),
        ),
        needs_server_process=frozenset({"gunicorn", "uvicorn", "nginx"}),
    ),
    Knob(
        "whitenoise",
        "MIDDLEWARE",
        "WhiteNoise's middleware, and its place in the list.",
        (
            Value("off", "Without WhiteNoise."),
            Value("after-security", "Right below SecurityMiddleware: the recommended place."),
            Value("before-security", "Above SecurityMiddleware, whose headers static files then lose."),
            Value("last", "At the end of the list."),
        ),
    ),
    Knob(
        "login_gate",
        "MIDDLEWARE",
        "A middleware that sends every visitor without a session to /login/.",
        (
            Value("off", "Without it."),
            Value("above", "Right above WhiteNoise (without WhiteNoise: last)."),
            Value("below", "Right below WhiteNoise (without WhiteNoise: last)."),
        ),
    ),
    Knob(
        "collect",
        "manage.py collectstatic",
        "Whether the static files are collected before the server starts.",
        (
            Value("no", "Not collected: STATIC_ROOT stays empty."),
            Value("yes", "Collected once."),
            Value("stale", "Collected with the apps in the opposite order, then again with the order of now."),
        ),
    ),
    Knob(
        "clear",
        "manage.py collectstatic --clear",
        "Whether collectstatic empties STATIC_ROOT first.",
        (
            Value("no", "Files that are there stay, unless a newer one replaces them."),
            Value("yes", "STATIC_ROOT is emptied at each run."),
        ),
    ),
    Knob(
        "reference",
        "{% static %} in templates/base.html",
        "How the page's template names its stylesheet.",
        (
            Value("tag", "With the static tag and the file's path."),
            Value("leading-slash", "With the static tag and a slash before the path."),
            Value("missing", "With the static tag and a file that nobody has."),
            Value("hard-coded", "Without the tag: /static/… is written into the template."),
        ),
    ),
    Knob(
        "css",
        "the content of each app.css",
        "What the stylesheets contain.",
        (
            Value("good", "Plain rules."),
            Value("bad-url", "A url() to a file that does not exist."),
            Value("commented-url", "The same url(), commented out."),
            Value("bad-sourcemap", "A sourceMappingURL comment that names a file that does not exist."),
        ),
    ),
    Knob(
        "media_route",
        "urlpatterns += static(MEDIA_URL, …)",
        "Whether urls.py has the route that serves uploads in development.",
        (
            Value("on", "The route is there; it answers only while DEBUG is on."),
            Value("off", "No route."),
        ),
    ),
    Knob(
        "media_root",
        "MEDIA_ROOT",
        "Where uploads are stored.",
        (
            Value("uploads", "A folder of their own."),
            Value("unset", "Not set: Django then means the working directory."),
            Value("inside-static", "STATIC_ROOT/media, inside what collectstatic manages."),
        ),
    ),
    Knob(
        "upload",
        "a POST to /upload/",
        "Which file is posted to the upload form.",
        (
            Value("none", "No upload."),
            Value("png", "A small picture."),
            Value("svg", "An SVG drawing, which can carry scripts."),
            Value("html", "An HTML page."),
        ),
    ),
    Knob(
        "variation",
        "a further change",
        "What no other knob can say: an edit of the project, more commands, more requests.",
        (
            Value("none", "Nothing further."),
            *(Value(variation.name, f"{variation.title}.") for variation in VARIATIONS),
        ),
    ),
)

BY_NAME: dict[str, Knob] = {knob.name: knob for knob in KNOBS}
