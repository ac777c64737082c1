"""Claims about traps: what surprises even those who know their way about."""

from lab.claim import Claim
from lab.seen import HASHED, PRODUCTION, X, css, failure, request, said, served, status

MANIFEST = {"debug": "off", "storage": "manifest"}
LOGGED = "ZeroDivisionError: division by zero"

TRAP_CLAIMS = (
    Claim(
        "an-empty-manifest-stops-collectstatic-too",
        "With an empty staticfiles.json, as a collectstatic leaves it that is killed while it writes, every page is a "
        "500, and so is the cure: the next collectstatic cannot load the manifest either.",
        (X(**MANIFEST, variation="manifest-left-empty"),),
        lambda seen: (
            [command.exit for command in seen.commands] == [0, 1]
            and "Couldn't load manifest" in failure(seen.commands[-1]).message
            and status(seen, "page") == 500
        ),
        "Delete the empty file and collect again; better, collect into a copy and swap a link, as `manage.py release`.",
    ),
    Claim(
        "hashed-names-show-a-reorder",
        "After a reorder of INSTALLED_APPS and collectstatic without --clear, hashed names lead to the new winner; "
        "without hashes the old one is served.",
        (X(**HASHED | {"collect": "stale"}), X(**PRODUCTION, collect="stale")),
        lambda hashed, plain: served(hashed, "app1") and served(plain, "app2"),
        "The manifest was written anew, the plain file was not.",
    ),
    Claim(
        "runserver-takes-a-put-for-a-get",
        "runserver sends a static file in answer to a PUT, and 500 to a path that leads out of the static files.",
        (X(variation="odd-requests"),),
        lambda seen: (
            (status(seen, "put"), status(seen, "way-out")) == (200, 500)
            and request(seen, "put").sha256 == css(seen).sha256
        ),
        "Nothing is written and nothing leaks; but it is no server for strangers.",
    ),
    Claim(
        "the-media-route-stumbles-over-a-long-name",
        "The media route answers 500 to a name of 300 characters, which no disk can have.",
        (X(variation="odd-requests"),),
        lambda seen: status(seen, "long-name") == 500 and failure(request(seen, "long-name")).type == "OSError",
        "The view asks the disk whether the file is there, and the disk refuses the question.",
    ),
    Claim(
        "whitenoise-refuses-the-first-byte",
        "WhiteNoise answers 416 to a range of a single byte, and 206 to one of two.",
        (X(**PRODUCTION, collect="yes", variation="one-byte"),),
        lambda seen: (status(seen, "first-byte"), status(seen, "two-bytes")) == (416, 206),
        "Leave Range out of such requests above it: a server may always send the whole file.",
    ),
    Claim(
        "without-urls-everything-is-a-200",
        "With DEBUG on and empty urlpatterns any path is a 200: Django’s welcome page.",
        (X(media_route="off", variation="no-urls"),),
        lambda seen: (status(seen, "page"), status(seen, "nowhere")) == (200, 200),
        "A check that asks for a status alone is content with it.",
    ),
    Claim(
        "a-500-is-silent-without-debug",
        "With DEBUG off Django’s default logging prints nothing about a view that raises; with DEBUG on it prints the "
        "traceback.",
        (X(debug="off", variation="failing-view"), X(variation="failing-view")),
        lambda off, on: (
            said(off, "shell").stdout == said(on, "shell").stdout == "status: 500\n"
            and said(off, "shell").stderr == ""
            and LOGGED in said(on, "shell").stderr
        ),
        "Give LOGGING a handler for the console: this site’s prod.py has one.",
    ),
    Claim(
        "a-script-name-header-is-a-500",
        "gunicorn believes a header called SCRIPT_NAME that comes from its own machine: where the path does not begin "
        "with it, the answer is 500.",
        (X(**PRODUCTION, variation="script-name-sent"),),
        lambda seen: (status(seen, "page"), status(seen, "script-name")) == (200, 500),
        'Start it with --forwarder-headers "" unless a proxy of yours sends that header.',
    ),
)
