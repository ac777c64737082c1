"""Claims about pitfalls: what surprises even experienced developers."""

from lab.evidence.claim import Claim, but
from lab.evidence.matchers import HASHED, NGINX, PRODUCTION, X, components, css, failure, request, said, served, status
from lab.experiment import Knobs

MANIFEST: Knobs = {"debug": "off", "storage": "manifest"}
LOGGED = "ZeroDivisionError: division by zero"
GUNICORN: Knobs = {"debug": "off", "server": "gunicorn"}
FULL_DISK = X(**GUNICORN, variation="full-disk")
IN_MEMORY = X(**GUNICORN, variation="full-disk-in-memory")

TRAP_CLAIMS = (
    Claim(
        "an-empty-manifest-stops-collectstatic-too",
        "With an empty staticfiles.json, which a collectstatic leaves that is killed while it writes, a page that "
        "uses the static tag returns 500, and the next collectstatic fails too: it cannot load the manifest either.",
        (X(**MANIFEST, variation="manifest-left-empty"),),
        lambda seen: (
            [command.exit for command in seen.commands] == [0, 1]
            and "Couldn't load manifest" in failure(seen.commands[-1]).message
            and status(seen, "page") == 500
        ),
        "Delete the empty file and collect again; better, collect into a copy and swap a link, as `manage.py release`.",
        foil=but(variation="manifest-left-empty-deleted", words="once the empty file is deleted"),
    ),
    Claim(
        "hashed-names-show-a-reorder",
        "After you reorder INSTALLED_APPS and run collectstatic without --clear, hashed names lead to the new winner; "
        "without hashes the old one is served.",
        (X(**HASHED | {"collect": "stale"}), X(**PRODUCTION, collect="stale")),
        lambda hashed, plain: served(hashed, "app1") and served(plain, "app2"),
        "The manifest was written again, the plain file was not.",
        foil=but(1, clear="yes"),
    ),
    Claim(
        "runserver-takes-a-put-for-a-get",
        "With DEBUG on runserver sends a static file in answer to a PUT, and 500 to a path that leads out of the "
        "static files.",
        (X(variation="odd-requests"),),
        lambda seen: (
            (status(seen, "put"), status(seen, "way-out")) == (200, 500)
            and request(seen, "put").sha256 == css(seen).sha256
        ),
        "Nothing is written and nothing leaks, but it is no server for the public.",
        foil=but(debug="off"),
    ),
    Claim(
        "the-media-route-stumbles-over-a-long-name",
        "With DEBUG on the media route answers 500 to a name of 300 characters, which no common file system allows.",
        (X(variation="odd-requests"),),
        lambda seen: status(seen, "long-name") == 500 and failure(request(seen, "long-name")).type == "OSError",
        "The view asks the file system whether the file exists, and that raises OSError.",
        foil=but(debug="off"),
    ),
    Claim(
        "whitenoise-refuses-the-first-byte",
        "WhiteNoise answers 416 to a range of a single byte, and 206 to one of two.",
        (X(**PRODUCTION, collect="yes", variation="one-byte"),),
        lambda seen: (status(seen, "first-byte"), status(seen, "two-bytes")) == (416, 206),
        "Remove Range from such requests above it: a server may always send the whole file.",
        foil=but(server="nginx"),
    ),
    Claim(
        "without-urls-everything-is-a-200",
        "With DEBUG on and empty urlpatterns every path returns 200: Django’s welcome page.",
        (X(media_route="off", variation="no-urls"),),
        lambda seen: (status(seen, "page"), status(seen, "nowhere")) == (200, 200),
        "A check that looks at the status alone passes.",
        foil=but(debug="off"),
        whatever=("apps", "layout", "storage", "collect", "whitenoise"),
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
        foil=but(debug="on"),
        whatever=("apps", "layout", "media_route"),
    ),
    Claim(
        "a-script-name-header-is-a-500",
        "gunicorn trusts a header called SCRIPT_NAME that comes from its own machine: when the path does not begin "
        "with it, gunicorn itself answers 500.",
        (X(**PRODUCTION, variation="script-name-sent"),),
        lambda seen: (
            (status(seen, "page"), status(seen, "script-name")) == (200, 500)
            and components(request(seen, "script-name")) == ["gunicorn"]
        ),
        'Start it with --forwarder-headers "" unless a proxy of yours sends that header.',
        foil=but(server="runserver"),
    ),
    Claim(
        "whitenoise-refuses-a-put",
        "With --nostatic and WhiteNoise in development a PUT returns 405, and a path that leads out of the static "
        "files returns 404.",
        (X(server="runserver-nostatic", whitenoise="after-security", variation="odd-requests"),),
        lambda seen: (
            (status(seen, "put"), status(seen, "way-out")) == (405, 404) and css(seen).answered_by == "whitenoise"
        ),
        "Development then answers as production does.",
        foil=but(server="runserver"),
    ),
    Claim(
        "no-gate-before-runservers-handler",
        "Under runserver with DEBUG on a login gate redirects the page to the login and never sees the stylesheet, "
        "which is served before any middleware.",
        (X(whitenoise="after-security", login_gate="above"),),
        lambda seen: (
            status(seen, "page") == 302
            and css(seen).answered_by == "static-handler"
            and "LoginGate" not in components(css(seen))
        ),
        "Try a gate under the server that you use in production.",
        foil=but(server="runserver-nostatic"),
        whatever=("collect", "layout", "storage", "media_route"),
    ),
    Claim(
        "live-servers-serve-media-without-debug",
        "LiveServerTestCase and StaticLiveServerTestCase serve uploads with DEBUG off and without a media route.",
        (X(debug="off", media_route="off", variation="tests"),),
        lambda seen: (
            {"LiveServerTestCase 404 200", "StaticLiveServerTestCase 200 200"}
            <= set(said(seen, "test").stdout.splitlines())
        ),
        "What they answer to /media/ says nothing about production: ask a real server.",
        no_foil="Both kinds of test case add the handler for MEDIA_URL themselves, whatever the settings say.",
    ),
    Claim(
        "a-full-disk-is-a-500-before-the-view",
        "When a large upload finds no room on the disk, the answer is 500 and no view is called: CsrfViewMiddleware "
        "reads the POST, and with it the file. An upload that waits in memory reaches the view, which answers 507.",
        (FULL_DISK, IN_MEMORY),
        lambda disk, memory: (
            status(disk, "large") == 500
            and failure(request(disk, "large")).type == "OSError"
            and "CsrfViewMiddleware" in components(request(disk, "large"))
            and "view" not in components(request(disk, "large"))
            and (status(memory, "large"), request(memory, "large").answered_by) == (507, "view")
        ),
        "FILE_UPLOAD_HANDLERS with MemoryFileUploadHandler alone.",
        foil=but(variation="full-disk-in-memory", words="with MemoryFileUploadHandler alone"),
    ),
    Claim(
        "the-memory-handler-alone-is-a-limit",
        "With MemoryFileUploadHandler alone FILE_UPLOAD_MAX_MEMORY_SIZE is a limit: the file of a larger request is "
        "left out, and the form says that the field is required.",
        (IN_MEMORY,),
        lambda seen: (
            status(seen, "too-large") == 200 and "This field is required." in request(seen, "too-large").excerpt
        ),
        "Make it as large as the largest upload that you want.",
        foil=but(variation="full-disk", words="with the default handlers"),
    ),
    Claim(
        "a-file-cut-short-stays",
        "When the disk has no room for a file that is being stored, FileSystemStorage raises, and the half-written "
        "file stays in MEDIA_ROOT.",
        (IN_MEMORY,),
        lambda seen: (
            [(file.path, file.bytes) for file in seen.media_root] == [("picture.png", 1_000_000)]
            and status(seen, "large") == 507
        ),
        "Look for files without a row now and then.",
        foil=but(variation="full-disk", words="where the upload itself waits on that disk"),
    ),
    Claim(
        "a-tiny-picture-costs-200-megabytes",
        "A WebP of 28 bytes can be a complete picture of 100 megapixels, and an ImageField accepts it; the thumbnail "
        "of one with 16 megapixels costs more than 200 MB of memory.",
        (X(server="gunicorn", variation="tiny-picture"),),
        lambda seen: (
            said(seen, "shell").stdout.splitlines()
            == [
                "16 MP in 28 bytes: accepted",
                "100 MP in 28 bytes: accepted",
                "a thumbnail of the first one takes more than 200 MB",
            ]
        ),
        "Compare width times height with a limit before anything is decoded.",
        no_foil="It says what one file can be; no setting of Django changes it.",
    ),
    Claim(
        "slow-uploads-stop-sync-workers",
        "gunicorn’s sync worker serves one visitor at a time: two uploads that stop halfway block two workers, and no "
        "other request is answered. With --threads the page is.",
        (X(**GUNICORN, variation="slow-uploads"),),
        lambda seen: (
            said(seen, "shell").stdout.splitlines()
            == [
                "sync nobody else is there: 200",
                "sync two uploads have stopped halfway: no answer",
                "sync they have given up: 200",
                "gthread nobody else is there: 200",
                "gthread two uploads have stopped halfway: 200",
                "gthread they have given up: 200",
            ]
        ),
        "gunicorn --threads 8, or a server in front that receives the whole upload first, as nginx does.",
        no_foil="One run shows both sides: without --threads and with them.",
    ),
    Claim(
        "gunicorn-makes-a-control-socket",
        "While gunicorn 27 runs it has a control socket, ~/.gunicorn/gunicorn.ctl, which its user alone may open; with "
        "--no-control-socket it has none.",
        (X(**GUNICORN, variation="control-socket"),),
        lambda seen: (
            said(seen, "shell").stdout.splitlines()
            == ["gunicorn --no-control-socket: nothing", "gunicorn: srw------- ~/.gunicorn/gunicorn.ctl"]
        ),
        "Start it with --no-control-socket unless you use gunicornc.",
        no_foil="One run shows both sides: with --no-control-socket and without.",
    ),
    Claim(
        "settings-written-twice-in-a-second-stay-old",
        "If settings.py is written twice within a second and both versions have the same size, Python keeps using the "
        "first version, unless PYTHONDONTWRITEBYTECODE is set.",
        (X(server="gunicorn", variation="written-twice"),),
        lambda seen: (
            [line.rpartition(" ")[2] for line in said(seen, "shell").stdout.splitlines()]
            == ["'/one/'", "'/one/'", "'/one/'", "'/two/'"]
        ),
        "Set PYTHONDONTWRITEBYTECODE=1 where a program writes settings and runs them at once.",
        no_foil="One run shows both sides: without PYTHONDONTWRITEBYTECODE and with it.",
    ),
    Claim(
        "nginx-started-as-root-may-not-enter",
        "nginx that is started as root works as another user: where the owner alone may enter the project’s folder "
        "(0700), static files return 403, and pages 502 if gunicorn’s socket is in that folder. As the owner it "
        "serves both.",
        (X(**NGINX, variation="nginx-as-root"), X(**NGINX)),
        lambda other, owner: (
            status(other, "page") == 502
            and (status(other, "stylesheet"), request(other, "stylesheet").answered_by) == (403, "nginx")
            and (status(owner, "css"), status(owner, "page")) == (200, 200)
        ),
        "Let that user pass: chmod o+x on every folder above the files and above gunicorn’s socket.",
        foil=but(variation="none", words="when nginx runs as the owner"),
    ),
)
