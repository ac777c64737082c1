"""The claims of the chapters, each with its evidence."""

from lab.evidence.claim import Claim, django
from lab.evidence.matchers import (
    FOR_EVER,
    HASHED,
    NGINX,
    PRODUCTION,
    X,
    collected,
    components,
    css,
    failure,
    request,
    said,
    served,
    status,
)
from lab.experiment import Knobs

CLASH = "Found another file with the destination path 'app.css'"

FINDERS = (
    Claim(
        "first-app-wins",
        "Where two apps have a static file of the same name, the app that stands first in INSTALLED_APPS wins.",
        (X(), X(apps="app2,app1")),
        lambda one, other: served(one, "app1") and served(other, "app2"),
        "AppDirectoriesFinder asks the apps in the order of INSTALLED_APPS.",
    ),
    Claim(
        "namespacing-ends-the-clash",
        "A folder with the app’s name inside its static folder gives each app’s file an address of its own.",
        (X(layout="namespaced"), X(layout="namespaced", apps="app2,app1")),
        lambda one, other: (
            css(one).url == "/static/app1/app.css"
            and css(other).url == "/static/app2/app.css"
            and served(one, "app1")
            and served(other, "app2")
        ),
        "Put the files into static/<app>/, and name that folder in the static tag.",
    ),
    Claim(
        "dirs-before-apps",
        "With Django’s default finders a file in STATICFILES_DIRS wins over every app’s; with the finders swapped it "
        "loses.",
        (X(project_static="plain"), X(project_static="plain", finders="apps,dirs")),
        lambda dirs, apps: css(dirs).source == "static/app.css" and served(apps, "app1"),
        "The order of STATICFILES_FINDERS decides.",
    ),
    Claim(
        "prefix-keeps-apart",
        "A prefix in STATICFILES_DIRS moves the folder’s files under that name, so that they clash with no other file.",
        (X(project_static="prefixed", collect="yes"),),
        lambda seen: served(seen, "app1") and "project/app.css" in {file.path for file in seen.static_root},
        'Write ("project", path) instead of path.',
    ),
    Claim(
        "no-app-finder-no-admin",
        "Without AppDirectoriesFinder not even the admin’s stylesheet is found.",
        (X(finders="dirs"),),
        lambda seen: status(seen, "admin-css") == 404,
        "The admin’s files are in its own static folder, like any app’s.",
    ),
    Claim(
        "findstatic-names-all",
        "findstatic lists every file of that name, the winner first; with --first it names the winner alone.",
        (X(variation="findstatic"),),
        lambda seen: (
            [line.strip() for line in said(seen, "findstatic", "app.css").stdout.splitlines()[1:2]]
            == ["/project/app1/static/app.css"]
            and "app2/static/app.css" in seen.commands[0].stdout
            and "app2" not in said(seen, "--first").stdout
        ),
        "manage.py findstatic app.css",
    ),
    Claim(
        "findstatic-looks-at-the-finders",
        "findstatic --first names what the finders would pick, not what is in STATIC_ROOT: after a reorder the two "
        "differ.",
        (X(**PRODUCTION, collect="stale", variation="findstatic"),),
        lambda seen: "/app1/" in said(seen, "--first").stdout and served(seen, "app2"),
        "Compare it with the file in STATIC_ROOT, or collect with --clear.",
    ),
)

SETTINGS = (
    Claim(
        "static-url-default-is-none",
        "STATIC_URL is None unless it is set; startproject writes 'static/', which Django turns into '/static/'.",
        (X(variation="static-url-default"),),
        lambda seen: (
            seen.commands[0].stdout.strip() == "default: None"
            and seen.commands[2].stdout.strip() == "STATIC_URL = 'static/'"
            and css(seen).url == "/static/app.css"
        ),
        "Look at global_settings.py and at a fresh project’s settings.py.",
    ),
    Claim(
        "static-root-is-written-not-read",
        "STATIC_ROOT is where collectstatic writes: in development Django serves from the source folders while it is "
        "empty.",
        (X(),),
        lambda seen: seen.static_root == () and served(seen, "app1"),
        "Development needs no collectstatic.",
    ),
    Claim(
        "static-root-in-dirs-is-refused",
        "Django’s checks refuse STATIC_ROOT among STATICFILES_DIRS (staticfiles.E002).",
        (X(project_static="collected"),),
        lambda seen: "staticfiles.E002" in seen.refused.message,
        "Collect into a folder that is not a source.",
    ),
    Claim(
        "storages-is-never-merged",
        "STORAGES is never merged with Django’s default: one that names only staticfiles leaves pages at 200 and "
        "uploads at 500.",
        (X(default_storage="missing", upload="png"),),
        lambda seen: (
            status(seen, "page") == 200
            and status(seen, "upload") == 500
            and failure(request(seen, "upload")).type == "InvalidStorageError"
        ),
        "Name both aliases, default and staticfiles.",
    ),
    Claim(
        "nothing-warns-of-a-missing-default",
        "Neither check, nor check --deploy, nor collectstatic says that STORAGES has no default.",
        (X(default_storage="missing", collect="yes", variation="check-deploy"),),
        lambda seen: (
            seen.refused is None
            and all(command.exit == 0 for command in seen.commands)
            and not any("STORAGES" in command.stdout + command.stderr for command in seen.commands)
        ),
        "An upload in a test finds it.",
    ),
    Claim(
        "a-missing-staticfiles-alias-is-refused",
        "A STORAGES without staticfiles is refused by the checks (staticfiles.E005).",
        (X(variation="no-staticfiles-alias"),),
        lambda seen: "staticfiles.E005" in seen.refused.message,
        "Name both aliases, default and staticfiles.",
    ),
    Claim(
        "relative-static-root-follows-the-shell",
        "A relative STATIC_ROOT depends on the directory in which you run collectstatic.",
        (X(variation="collect-from-elsewhere"),),
        lambda seen: (
            "'/project/templates/staticfiles'" in said(seen, "collectstatic").stdout and seen.static_root == ()
        ),
        "Build it from BASE_DIR.",
    ),
    Claim(
        "unset-media-root-is-the-working-directory",
        "With MEDIA_ROOT unset uploads land in the working directory, beside the code.",
        (X(media_root="unset", upload="png"),),
        lambda seen: [file.path for file in seen.media_root] == ["picture.png"],
        "Set MEDIA_ROOT to a separate folder.",
    ),
    Claim(
        "clear-deletes-uploads-inside-static-root",
        "Uploads inside STATIC_ROOT are among the collected files, where the static server hands them out as well.",
        (X(media_root="inside-static", upload="png", collect="yes"),),
        lambda seen: "media/picture.png" in {file.path for file in seen.static_root},
        "Keep MEDIA_ROOT outside STATIC_ROOT: collectstatic --clear empties all of that.",
    ),
)

COLLECTSTATIC = (
    Claim(
        "reorder-leaves-the-old-winner",
        "After you reorder the apps, collectstatic compares dates, copies nothing, and the old winner stays on disk.",
        (X(**PRODUCTION, collect="stale"),),
        lambda seen: served(seen, "app2") and "0 static files copied" in seen.commands[1].stdout,
        "Run collectstatic --clear.",
    ),
    Claim(
        "clear-brings-the-new-winner",
        "With --clear the new winner is collected.",
        (X(**PRODUCTION, collect="stale", clear="yes"),),
        lambda seen: served(seen, "app1"),
        "--clear empties STATIC_ROOT first.",
    ),
    Claim(
        "clear-counts-deletions-since-6",
        "From Django 6.0 on, --clear says how many files it deleted; 5.2 does not.",
        (X(collect="stale", clear="yes"),),
        lambda seen: ("deleted" in seen.commands[1].stdout.splitlines()[-1]) == (django(seen) >= (6, 0)),
        "Look at collectstatic’s last line.",
    ),
    Claim(
        "clash-message",
        "On a clash collectstatic names the file that lost on Django 5.2; from 6.0 on it only counts “1 skipped due to "
        "conflict”.",
        (X(collect="yes"),),
        lambda seen: (
            (CLASH in seen.commands[0].stdout, "1 skipped due to conflict" in seen.commands[0].stdout)
            == (django(seen) < (6, 0), django(seen) >= (6, 0))
        ),
        "With --verbosity 2 both name the file.",
    ),
    Claim(
        "clash-message-verbose",
        "With --verbosity 2 every Django names the file that lost.",
        (X(variation="collect-verbosely"),),
        lambda seen: CLASH in seen.commands[0].stdout,
        "manage.py collectstatic --verbosity 2",
    ),
    Claim(
        "bad-url-stops-the-manifest",
        "With a hashed storage a url() to a file that does not exist stops collectstatic; without hashing it does not.",
        (X(css="bad-url", storage="manifest", collect="yes"), X(css="bad-url", collect="yes")),
        lambda hashed, plain: hashed.commands[0].exit != 0 and plain.commands[0].exit == 0,
        "Fix the url(), or ship the file.",
    ),
    Claim(
        "bad-url-error",
        "Django 5.2 shows that as a traceback that ends in ValueError; 6.1 as a CommandError.",
        (X(css="bad-url", storage="manifest", collect="yes"),),
        lambda seen: seen.commands[0].error.type == ("CommandError" if django(seen) >= (6, 1) else "ValueError"),
        "Read the last line: it names the file that could not be found.",
    ),
    Claim(
        "missing-sourcemap-stops-the-manifest",
        "A sourceMappingURL comment without its file stops collectstatic in the same way.",
        (X(css="bad-sourcemap", storage="manifest", collect="yes"),),
        lambda seen: seen.commands[0].exit != 0 and "app.css.map" in seen.commands[0].stderr,
        "Ship the map, or drop the comment.",
    ),
    Claim(
        "commented-url",
        "A url() inside a CSS comment stops collectstatic on Django 5.2 and not on 6.1.",
        (X(css="commented-url", storage="manifest", collect="yes"),),
        lambda seen: (seen.commands[0].exit == 0) == (django(seen) >= (6, 1)),
        "Delete what is commented out.",
    ),
)

NAMES = (
    Claim(
        "leading-slash-fails-hashed",
        "A leading slash in the static tag works with plain storage in development and raises with a hashed one in "
        "production.",
        (X(reference="leading-slash"), X(reference="leading-slash", **HASHED)),
        lambda plain, hashed: (
            status(plain, "css") == 200
            and status(hashed, "page") == 500
            and failure(request(hashed, "page")).type == "ValueError"
        ),
        "{% static 'app.css' %}, without a slash.",
    ),
    Claim(
        "load-is-not-inherited",
        "A template that extends another has to load the tag itself: without {% load static %} it raises "
        "TemplateSyntaxError.",
        (X(variation="tag-without-load"), X(variation="tag-with-load")),
        lambda without, loaded: (
            failure(request(without, "page")).type == "TemplateSyntaxError" and status(loaded, "page") == 200
        ),
        "{% load static %} in every template that uses the tag.",
    ),
    Claim(
        "query-string-is-escaped",
        "{% static 'app.css?v=1' %} names a file with a question mark in its name: the tag escapes it.",
        (X(variation="query-in-static-tag"),),
        lambda seen: css(seen).url == "/static/app.css%3Fv%3D1" and css(seen).status == 404,
        "Put ?v=1 behind the tag, or use hashed names.",
    ),
    Claim(
        "hard-coded-misses-static-url",
        "A hard-coded /static/ does not follow STATIC_URL, and the tag does.",
        (X(static_url="/assets/", reference="hard-coded"), X(static_url="/assets/")),
        lambda hard, tag: css(hard).status == 404 and css(tag).status == 200,
        "Use the static tag.",
    ),
    Claim(
        "hard-coded-gets-the-unhashed-file",
        "A hard-coded address gets the plain name, which no browser may keep for long.",
        (X(**HASHED, reference="hard-coded"), X(**HASHED)),
        lambda hard, tag: (
            css(hard).headers["cache-control"] == "max-age=60, public" and css(tag).headers["cache-control"] == FOR_EVER
        ),
        "Use the static tag.",
    ),
    Claim(
        "missing-file-is-quiet-until-production",
        "The tag for a file that does not exist gives a 404 in development, and with a hashed storage the whole page "
        "returns 500.",
        (X(reference="missing"), X(reference="missing", **HASHED)),
        lambda plain, hashed: (
            status(plain, "page") == 200 and css(plain).status == 404 and status(hashed, "page") == 500
        ),
        "Let a test render the page with the hashed storage.",
    ),
    Claim(
        "uncollected-manifest-breaks-every-page",
        "With a hashed storage and DEBUG off every page returns 500 until collectstatic has run.",
        (X(debug="off", storage="manifest"),),
        lambda seen: (
            status(seen, "page") == 500
            and "Missing staticfiles manifest entry" in failure(request(seen, "page")).message
        ),
        "Run collectstatic in every build.",
    ),
    Claim(
        "debug-hides-the-manifest",
        "While DEBUG is on, a hashed storage gives plain names and reads no manifest.",
        (X(storage="manifest"),),
        lambda seen: css(seen).url == "/static/app.css" and css(seen).status == 200,
        "Test with DEBUG off.",
    ),
)

SERVERS = (
    Claim(
        "debug-off-no-static",
        "With DEBUG off runserver serves neither static files nor media.",
        (X(debug="off", upload="png"),),
        lambda seen: css(seen).status == 404 and status(seen, "media") == 404,
        "Something else has to serve them: WhiteNoise, nginx, a CDN.",
    ),
    Claim(
        "insecure-serves-static-only",
        "runserver --insecure serves static files with DEBUG off, but no media.",
        (X(debug="off", server="runserver-insecure", upload="png"),),
        lambda seen: css(seen).status == 200 and status(seen, "media") == 404,
        "Use it for a quick look, never in production.",
    ),
    Claim(
        "gunicorn-serves-no-static",
        "gunicorn serves no static files, DEBUG or not; the media route works with DEBUG on, because it is a route.",
        (X(server="gunicorn", upload="png"), X(server="gunicorn", debug="off", upload="png")),
        lambda on, off: (
            css(on).status == 404
            and css(off).status == 404
            and status(on, "media") == 200
            and status(off, "media") == 404
        ),
        "Only runserver has the static file handler.",
    ),
    Claim(
        "uvicorn-serves-no-static",
        "uvicorn serves no static files either.",
        (X(server="uvicorn"),),
        lambda seen: css(seen).status == 404,
        "Only runserver has the static file handler.",
    ),
    Claim(
        "whitenoise-serves-what-was-collected",
        "With DEBUG off WhiteNoise serves what was collected, and no media.",
        (X(**PRODUCTION, collect="yes", upload="png"), X(**PRODUCTION)),
        lambda collected, empty: (
            css(collected).answered_by == "whitenoise"
            and status(collected, "media") == 404
            and css(empty).status == 404
        ),
        "Run collectstatic before the server starts.",
    ),
    Claim(
        "nginx-serves-both",
        "nginx serves static files and media from disk, and Python never sees the request.",
        (X(**NGINX, upload="png"),),
        lambda seen: (
            css(seen).answered_by == "nginx"
            and request(seen, "media").answered_by == "nginx"
            and status(seen, "media") == 200
        ),
        "One location for STATIC_URL, one for MEDIA_URL.",
    ),
    Claim(
        "test-cases-differ",
        "In tests LiveServerTestCase serves STATIC_ROOT only, StaticLiveServerTestCase serves from the finders, and "
        "self.client serves neither static files nor media.",
        (X(variation="tests"), X(variation="tests", collect="yes")),
        lambda empty, collected: all(
            line in said(seen, "test").stdout.splitlines()
            for seen, lines in (
                (empty, ("LiveServerTestCase 404 200", "StaticLiveServerTestCase 200 200", "self.client 404 404")),
                (collected, ("LiveServerTestCase 200 200",)),
            )
            for line in lines
        ),
        "Use StaticLiveServerTestCase for browser tests.",
    ),
    Claim(
        "whitenoise-waits-for-nostatic",
        "Under runserver WhiteNoise serves nothing, because Django’s own handler is asked before any middleware.",
        (X(whitenoise="after-security"),),
        lambda seen: css(seen).answered_by == "static-handler",
        "Put whitenoise.runserver_nostatic above django.contrib.staticfiles.",
    ),
    Claim(
        "nostatic-app-hands-over",
        "With whitenoise.runserver_nostatic above django.contrib.staticfiles WhiteNoise serves in development too; "
        "below it, the app has no effect.",
        (
            X(whitenoise="after-security", variation="nostatic-app-above"),
            X(whitenoise="after-security", variation="nostatic-app-below"),
        ),
        lambda above, below: css(above).answered_by == "whitenoise" and css(below).answered_by == "static-handler",
        "Django takes the runserver command of the first app that has one.",
    ),
    Claim(
        "insecure-manifest-404",
        "runserver --insecure with a hashed storage names hashed files and cannot find them.",
        (X(debug="off", server="runserver-insecure", storage="manifest", collect="yes"),),
        lambda seen: css(seen).status == 404 and css(seen).url != "/static/app.css",
        "The finders know plain names only.",
    ),
)

HEADERS = (
    Claim(
        "static-handler-bypasses-middleware",
        "runserver’s static handler is asked before any middleware, so it sends neither nosniff nor Cache-Control.",
        (X(),),
        lambda seen: not {"x-content-type-options", "cache-control"} & css(seen).headers.keys(),
        "Look at the path of the request: it passes no middleware.",
    ),
    Claim(
        "whitenoise-fingerprint",
        "WhiteNoise sends a charset in quotes, an ETag and Access-Control-Allow-Origin: *.",
        (X(**PRODUCTION, collect="yes"),),
        lambda seen: (
            css(seen).headers["content-type"] == 'text/css; charset="utf-8"'
            and "etag" in css(seen).headers
            and css(seen).headers["access-control-allow-origin"] == "*"
        ),
        "These three headers show that WhiteNoise answered.",
    ),
    Claim(
        "whitenoise-max-age",
        "WhiteNoise lets browsers keep a hashed name for ten years, a plain one for a minute, and nothing while DEBUG "
        "is on.",
        (
            X(**HASHED),
            X(**PRODUCTION, collect="yes"),
            X(server="gunicorn", whitenoise="after-security"),
        ),
        lambda hashed, plain, debug: (
            css(hashed).headers["cache-control"] == FOR_EVER
            and css(plain).headers["cache-control"] == "max-age=60, public"
            and css(debug).headers["cache-control"] == "max-age=0, public"
        ),
        "WHITENOISE_MAX_AGE changes the one for plain names.",
    ),
    Claim(
        "whitenoise-above-security-loses-nosniff",
        "WhiteNoise above SecurityMiddleware answers before that can add nosniff.",
        (X(**{**PRODUCTION, "whitenoise": "before-security"}, collect="yes"), X(**PRODUCTION, collect="yes")),
        lambda above, below: (
            "x-content-type-options" not in css(above).headers
            and css(below).headers["x-content-type-options"] == "nosniff"
        ),
        "SecurityMiddleware first, WhiteNoise right below it.",
    ),
    Claim(
        "gate-above-whitenoise-asks-for-a-login",
        "A login gate above WhiteNoise redirects the stylesheet to the login page; below it, the stylesheet is served.",
        (X(**PRODUCTION, collect="yes", login_gate="above"), X(**PRODUCTION, collect="yes", login_gate="below")),
        lambda above, below: css(above).status == 302 and css(below).status == 200,
        "WhiteNoise right below SecurityMiddleware, every gate below WhiteNoise.",
    ),
)

MEDIA = (
    Claim(
        "media-needs-the-route",
        "In development the static() route serves uploads; without it they return 404.",
        (X(upload="png"), X(upload="png", media_route="off")),
        lambda on, off: request(on, "media").answered_by == "media-route" and status(off, "media") == 404,
        "urlpatterns += static(settings.MEDIA_URL, document_root=settings.MEDIA_ROOT)",
    ),
    Claim(
        "route-vanishes-with-debug",
        "With DEBUG off static() gives no route at all: an `if DEBUG` around it changes nothing.",
        (
            X(upload="png", debug="off", server="gunicorn"),
            X(upload="png", debug="off", server="gunicorn", media_route="off"),
        ),
        lambda on, off: (
            status(on, "media") == 404 and request(on, "media").answered_by == request(off, "media").answered_by
        ),
        "In production nginx or an object store answers MEDIA_URL.",
    ),
    Claim(
        "static-helper-and-hosts",
        "static() returns an empty list for a URL on another host, and raises for an empty one.",
        (X(variation="static-helper"),),
        lambda seen: (
            [command.stdout.strip() for command in seen.commands[:2]] == ["path: 1", "host: []"]
            and seen.commands[2].error.type == "ImproperlyConfigured"
        ),
        "Give it MEDIA_URL as a path.",
    ),
    Claim(
        "imagefield-refuses-what-pillow-cannot-open",
        "ImageField refuses SVG and HTML: Pillow opens neither.",
        (X(upload="svg"), X(upload="html"), X(upload="png")),
        lambda svg, html, png: (
            (status(svg, "upload"), status(html, "upload"), status(png, "upload")) == (200, 200, 302)
            and svg.media_root == html.media_root == ()
        ),
        "A FileField takes everything.",
    ),
    Claim(
        "whitenoise-is-unfit-for-media",
        "WhiteNoise can serve uploads that exist when it starts; later ones return 404, and deleted ones raise "
        "FileNotFoundError.",
        (X(**PRODUCTION, variation="whitenoise-root"),),
        lambda seen: (
            (status(seen, "early"), status(seen, "late"), status(seen, "deleted")) == (200, 404, 500)
            and failure(request(seen, "deleted")).type == "FileNotFoundError"
        ),
        "Its list of files is made once, when the server starts.",
    ),
)

DEPLOYED: Knobs = {**NGINX, "storage": "manifest", "upload": "png", "variation": "nginx-deployed"}

NGINX_CLAIMS = (
    Claim(
        "nginx-must-pass-the-port",
        "Behind nginx on a port other than 80, $host drops the port and Django refuses the form’s Origin; $http_host "
        "keeps it.",
        (X(**NGINX, variation="nginx-host-without-port"), X(**NGINX, variation="nginx-origin")),
        lambda without, with_port: (status(without, "form"), status(with_port, "form")) == (403, 302),
        "proxy_set_header Host $http_host;",
    ),
    Claim(
        "nginx-must-tell-of-tls",
        "With SECURE_SSL_REDIRECT and no X-Forwarded-Proto every page redirects to itself forever.",
        (X(**NGINX, variation="nginx-tls-untold"), X(**NGINX, variation="nginx-tls")),
        lambda untold, told: (status(untold, "page"), status(told, "page")) == (301, 200),
        "proxy_set_header X-Forwarded-Proto $scheme; and SECURE_PROXY_SSL_HEADER",
    ),
    Claim(
        "accel-redirect-keeps-the-views-type",
        "With X-Accel-Redirect nginx sends the file with the Content-Type of the view’s answer: text/html, unless the "
        "view takes it away.",
        (
            X(**NGINX, upload="png", media_route="off", variation="nginx-internal-typed"),
            X(**NGINX, upload="png", media_route="off", variation="nginx-internal"),
        ),
        lambda kept, removed: (
            request(kept, "with-ticket").headers["content-type"].startswith("text/html")
            and request(removed, "with-ticket").headers["content-type"] == "image/png"
        ),
        'del response["Content-Type"]',
    ),
    Claim(
        "nginx-limits-bodies",
        "Without client_max_body_size nginx answers 413 to an upload of more than 1 MB.",
        (X(**NGINX, variation="nginx-large-upload-refused"), X(**NGINX, variation="nginx-large-upload")),
        lambda without, with_size: (status(without, "large"), status(with_size, "large")) == (413, 302),
        "client_max_body_size 10m;",
    ),
    Claim(
        "deployed-nginx-hands-uploads-out-as-data",
        "With this site’s deploy/nginx.conf an upload is handed out with nosniff and a sandbox, and for a day; a page "
        "among them is application/octet-stream.",
        (X(**DEPLOYED),),
        lambda seen: (
            all(
                stored.answered_by == "nginx"
                and stored.headers["x-content-type-options"] == "nosniff"
                and stored.headers["content-security-policy"] == "default-src 'none'; sandbox"
                and stored.headers["cache-control"] == "max-age=86400, public"
                for stored in (request(seen, "media"), request(seen, "page-called-html"))
            )
            and request(seen, "page-called-html").headers["content-type"] == "application/octet-stream"
        ),
        "A types block inside the location, and add_header with always.",
    ),
    Claim(
        "deployed-nginx-gives-nothing-away",
        "This site’s deploy/nginx.conf answers 404 with no-store to a missing file, to a folder and to the list of all "
        "names; browsers may keep hashed names for ten years.",
        (X(**DEPLOYED),),
        lambda seen: (
            all(
                (asked.status, asked.answered_by, asked.headers["cache-control"]) == (404, "nginx", "no-store")
                for asked in (request(seen, name) for name in ("missing", "folder", "list-of-names"))
            )
            and css(seen).headers["cache-control"] == FOR_EVER
            and status(seen, "leak") == 404
        ),
        "try_files $uri =404; and a map from $status to Cache-Control.",
    ),
    Claim(
        "nginx-alias-leaks",
        "`location /static` with an alias that ends in a slash hands out the parent folder: /static../manage.py.",
        (X(**NGINX, variation="nginx-no-slash"), X(**NGINX, variation="nginx-slash")),
        lambda without, with_slash: (status(without, "leak"), status(with_slash, "leak")) == (200, 404),
        "End both, the location and its alias, in a slash.",
    ),
)

MANIFEST: Knobs = {**PRODUCTION, "storage": "manifest", "collect": "yes"}  # hashed names without compression: quicker
SERVED: Knobs = {**PRODUCTION, "project_static": "plain"}


LESSONS = (
    Claim(
        "the-admin-is-an-app-like-any-other",
        "The admin’s stylesheet is a static file like yours: the finders find it, and collectstatic copies it.",
        (X(), X(collect="yes")),
        lambda found, copied: (
            request(found, "admin-css").answered_by == "static-handler"
            and status(found, "admin-css") == 200
            and "admin/css/base.css" in collected(copied)
        ),
        "It is in django/contrib/admin/static/admin/.",
    ),
    Claim(
        "collectstatic-leaves-uploads-alone",
        "collectstatic copies static files only: an upload in MEDIA_ROOT is not collected.",
        (X(variation="uploads-and-collectstatic"),),
        lambda seen: (
            "app.css" in collected(seen)
            and not any("letter.txt" in path for path in collected(seen))
            and [file.path for file in seen.media_root] == ["letter.txt"]
        ),
        "No finder looks into MEDIA_ROOT.",
    ),
    Claim(
        "an-upload-replaces-nothing",
        "FileSystemStorage overwrites nothing: a second upload of the same name gets another name.",
        (X(variation="same-name-twice"),),
        lambda seen: seen.commands[0].stdout.strip() == "first: app.css | the second has another name: True",
        "Keep the name that save() returns.",
    ),
    Claim(
        "filefield-takes-html",
        "A FileField takes an HTML page, and the media route hands it out as text/html from your own host.",
        (X(upload="html", variation="any-file"),),
        lambda seen: (
            status(seen, "upload") == 302
            and status(seen, "media") == 200
            and request(seen, "media").headers["content-type"].startswith("text/html")
        ),
        "Check what you accept, and serve uploads from another host.",
    ),
    Claim(
        "prefix-tags-give-the-settings",
        "get_static_prefix gives STATIC_URL and get_media_prefix gives MEDIA_URL, as paths and without a hash.",
        (X(variation="prefix-tags", static_url="/assets/"),),
        lambda seen: "<p>/assets/ /media/</p>" in request(seen, "page").excerpt,
        "For a path that is put together in JavaScript.",
    ),
    Claim(
        "runserver-asks-its-handler-first",
        "Under runserver a static file passes the static files handler and the finders: no middleware, no view.",
        (X(),),
        lambda seen: (
            components(css(seen))[0] == "StaticFilesHandler"
            and "AppDirectoriesFinder" in components(css(seen))
            and not any("Middleware" in name or name == "view" for name in components(css(seen)))
        ),
        "manage.py runserver puts StaticFilesHandler around the project’s application.",
    ),
    Claim(
        "nostatic-takes-the-handler-away",
        "runserver --nostatic is runserver without that handler: the same request passes every middleware and ends as "
        "a 404.",
        (X(server="runserver-nostatic"),),
        lambda seen: (
            status(seen, "css") == 404
            and "StaticFilesHandler" not in components(css(seen))
            and "SecurityMiddleware" in components(css(seen))
        ),
        "Use it to let WhiteNoise serve in development too.",
    ),
    Claim(
        "development-reads-sources-production-copies",
        "An edit shows at once in development, which reads the source, and not in production, which reads the copy.",
        (X(variation="edited-after-collectstatic"), X(**PRODUCTION, variation="edited-after-collectstatic")),
        lambda development, production: (
            "black" in css(development).excerpt
            and status(production, "css") == 200
            and "black" not in css(production).excerpt
        ),
        "Collect in every release.",
    ),
    Claim(
        "hidden-files-are-not-collected",
        "collectstatic leaves out names that begin with a dot or end in ~.",
        (X(variation="hidden-files"),),
        lambda seen: "app.css" in collected(seen) and not {".private.css", "draft.css~"} & collected(seen),
        "--no-default-ignore collects them too.",
    ),
    Claim(
        "deleted-sources-remain",
        "A deleted source stays in STATIC_ROOT: collectstatic adds and replaces files, and removes none.",
        (X(variation="source-deleted"),),
        lambda seen: "old.css" in collected(seen) and seen.commands[1].exit == 0,
        "Collect with --clear, or into a new folder.",
    ),
    Claim(
        "dry-run-writes-nothing",
        "collectstatic --dry-run prints what it would copy and writes nothing.",
        (X(variation="dry-run"),),
        lambda seen: "Pretending to copy" in seen.commands[0].stdout and seen.static_root == (),
        "Look before you leap.",
    ),
    Claim(
        "manifest-writes-both-names",
        "ManifestStaticFilesStorage writes each file twice, under its plain and its hashed name, and a manifest that "
        "leads from one to the other.",
        (X(**MANIFEST),),
        lambda seen: (
            {"app.css", "staticfiles.json", css(seen).url.removeprefix("/static/")} <= collected(seen)
            and css(seen).url not in ("/static/app.css", "/static/")
        ),
        "Look for staticfiles.json in STATIC_ROOT.",
    ),
    Claim(
        "another-content-another-name",
        "A changed file gets another hashed name.",
        (X(**MANIFEST), X(**MANIFEST, apps="app2,app1")),
        lambda one, other: css(one).url != css(other).url and css(one).status == css(other).status == 200,
        "The hash is that of the bytes.",
    ),
    Claim(
        "a-plain-name-keeps-its-address",
        "With plain names a changed file keeps its address, and browsers may use the old one for a minute without "
        "asking.",
        (X(**PRODUCTION, collect="yes"), X(**PRODUCTION, collect="yes", apps="app2,app1")),
        lambda one, other: (
            css(one).url == css(other).url
            and css(one).sha256 != css(other).sha256
            and css(one).headers["cache-control"] == "max-age=60, public"
        ),
        "Only a name that changes with its content can be kept forever.",
    ),
    Claim(
        "urls-in-css-are-rewritten",
        "In a collected stylesheet a url() names the hashed file.",
        (X(**MANIFEST, variation="url-in-css"),),
        lambda seen: (
            'url("logo.svg")' not in css(seen).excerpt
            and 'url("logo.' in css(seen).excerpt
            and any(path.startswith("logo.") and path != "logo.svg" for path in collected(seen))
        ),
        "Write relative names in CSS; the storage does the rest.",
    ),
    Claim(
        "javascript-imports-are-not-rewritten",
        "A JavaScript import keeps its plain name, unless you switch on support_js_module_import_aggregation in a "
        "custom storage class.",
        (
            X(storage="manifest", variation="javascript-imports"),
            X(storage="manifest", variation="javascript-imports-rewritten"),
        ),
        lambda plain, rewritten: (
            '"./greeting.js"' in plain.commands[-1].stdout
            and "greeting." in rewritten.commands[-1].stdout
            and '"./greeting.js"' not in rewritten.commands[-1].stdout
        ),
        "Switch it on, or let a bundler put modules into one file.",
    ),
    Claim(
        "a-storage-of-your-own-can-minify",
        "A custom storage class can change files while they are collected: the stylesheet is served smaller, under the "
        "hash of its new content.",
        (X(**MANIFEST, variation="minified"), X(**MANIFEST)),
        lambda small, large: (
            css(small).status == 200
            and (css(small).bytes or 0) < (css(large).bytes or 0)
            and css(small).url != css(large).url
        ),
        "Override post_process, and hand Django’s own the changed copies.",
    ),
    Claim(
        "the-old-storage-setting-is-ignored",
        "STATICFILES_STORAGE is not read any more: names stay plain, and neither the start nor collectstatic says so.",
        (X(**PRODUCTION, collect="yes", variation="old-storage-setting"),),
        lambda seen: (
            seen.refused is None
            and (css(seen).url, css(seen).status) == ("/static/app.css", 200)
            and "STATICFILES_STORAGE" not in seen.commands[0].stdout + seen.commands[0].stderr
        ),
        "Name the class in STORAGES.",
    ),
    Claim(
        "old-pages-keep-their-stylesheet",
        "After a deploy without --clear a page from before still gets its stylesheet, under the old hash.",
        (X(**{**MANIFEST, "collect": "stale"}, variation="page-from-before"),),
        lambda seen: status(seen, "old") == 200 and css(seen).url != request(seen, "old").url and served(seen, "app1"),
        "Keep the files of the last release.",
    ),
    Claim(
        "clear-breaks-pages-from-before",
        "After a deploy with --clear that address returns 404: a page that is still open has lost its stylesheet.",
        (X(**{**MANIFEST, "collect": "stale"}, clear="yes", variation="page-from-before"),),
        lambda seen: status(seen, "old") == 404 and status(seen, "css") == 200,
        "With hashed names, clear later, when no cache holds an old page any more.",
    ),
    Claim(
        "unchanged-is-304",
        "Asked whether a file has changed, runserver and WhiteNoise both answer 304 without a body when it has not.",
        (X(variation="asked-again"), X(**PRODUCTION, collect="yes", variation="asked-again")),
        lambda development, production: all(
            (status(seen, "again"), request(seen, "again").bytes) == (304, 0) for seen in (development, production)
        ),
        "If-Modified-Since and ETag are compared.",
    ),
    Claim(
        "another-host-is-not-asked-here",
        "With STATIC_URL on another host pages name that host, hashed names included, and this server gets no request.",
        (X(**MANIFEST, static_url="https://cdn.example/"),),
        lambda seen: (
            css(seen).url.startswith("https://cdn.example/app.") and css(seen).status is None and seen.static_root != ()
        ),
        "The CDN fetches the files from where you let it.",
    ),
    Claim(
        "whitenoise-writes-compressed-copies",
        "WhiteNoise’s storages write .gz and .br beside a file when it is collected, and the middleware sends them to "
        "browsers that accept them.",
        (X(**PRODUCTION, storage="whitenoise", collect="yes", variation="asked-for-brotli"),),
        lambda seen: (
            {"admin/css/base.css.gz", "admin/css/base.css.br"} <= collected(seen)
            and request(seen, "compressed").headers["content-encoding"] == "br"
            and (request(seen, "compressed").bytes or 0) < (request(seen, "admin-css").bytes or 0)
        ),
        "Install Brotli for the .br files.",
    ),
    Claim(
        "whitenoise-lists-files-at-start",
        "With DEBUG off WhiteNoise lists STATIC_ROOT when the server starts: a file that is added later returns 404.",
        (X(**PRODUCTION, variation="collected-after-start"),),
        lambda seen: status(seen, "late") == 404 and status(seen, "css") == 200,
        "Collect first, then start.",
    ),
    Claim(
        "whitenoise-last-lets-everything-run",
        "WhiteNoise at the end of MIDDLEWARE lets every middleware run for each static file; right below "
        "SecurityMiddleware only that one does.",
        (X(**{**PRODUCTION, "whitenoise": "last"}, collect="yes"), X(**PRODUCTION, collect="yes")),
        lambda last, second: (
            "SessionMiddleware" in components(css(last))
            and components(css(second))[:2] == ["SecurityMiddleware", "WhiteNoiseMiddleware"]
            and "SessionMiddleware" not in components(css(second))
        ),
        "Make it the second in the list.",
    ),
    Claim(
        "whitenoise-serves-under-asgi",
        "WhiteNoise serves under uvicorn as under gunicorn.",
        (X(debug="off", server="uvicorn", whitenoise="after-security", collect="yes"),),
        lambda seen: css(seen).status == 200 and css(seen).answered_by == "whitenoise",
        "The middleware is the same in asgi.py’s application.",
    ),
    Claim(
        "nginx-spares-django",
        "A static file that nginx serves never reaches Django; the page itself goes on to gunicorn.",
        (X(**NGINX),),
        lambda seen: (
            css(seen).answered_by == "nginx"
            and not any("Middleware" in name for name in components(css(seen)))
            and request(seen, "page").answered_by == "view"
        ),
        "A location for STATIC_URL with an alias to STATIC_ROOT.",
    ),
    Claim(
        "this-nginx-sends-what-is-needed",
        "With this nginx.conf browsers may keep hashed names for ten years and plain ones for a minute, and uploads "
        "carry nosniff.",
        (X(**NGINX, storage="manifest", upload="png"), X(**NGINX, upload="png")),
        lambda hashed, plain: (
            css(hashed).headers["cache-control"] == FOR_EVER
            and css(plain).headers["cache-control"] == "max-age=60"
            and request(plain, "media").headers["x-content-type-options"] == "nosniff"
        ),
        "add_header, with the map of $cache_control.",
    ),
    Claim(
        "a-missing-stylesheet-is-an-html-page",
        "A stylesheet that nothing serves is answered with Django’s 404 page, text/html with nosniff: that is what the "
        "browser’s “Refused to apply style” is about.",
        (X(debug="off"),),
        lambda seen: (
            css(seen).status == 404
            and css(seen).headers["content-type"].startswith("text/html")
            and css(seen).headers["x-content-type-options"] == "nosniff"
        ),
        "Fix the 404, not the MIME type.",
    ),
    Claim(
        "media-route-is-a-view",
        "The media route is a view like any other: the request passes the middleware, and the answer carries nosniff.",
        (X(upload="png"),),
        lambda seen: (
            "SecurityMiddleware" in components(request(seen, "media"))
            and "django.views.static.serve" in components(request(seen, "media"))
            and request(seen, "media").headers["x-content-type-options"] == "nosniff"
        ),
        "Compare the path of the stylesheet, which passes no middleware.",
    ),
    Claim(
        "an-upload-goes-to-the-default-storage",
        "An upload goes to the storage named default and lands in its folder, MEDIA_ROOT; its address begins with "
        "MEDIA_URL.",
        (X(upload="png"),),
        lambda seen: (
            [file.path for file in seen.media_root] == ["picture.png"]
            and request(seen, "media").url == "/media/picture.png"
        ),
        "storage.url(name) gives the address.",
    ),
    Claim(
        "upload-thresholds-are-no-limits",
        "Neither FILE_UPLOAD_MAX_MEMORY_SIZE nor DATA_UPLOAD_MAX_MEMORY_SIZE limits a file: at 1,000 bytes each, an "
        "upload of 1.5 MB is stored.",
        (X(variation="upload-thresholds"),),
        lambda seen: status(seen, "large") == 302 and [file.bytes for file in seen.media_root] == [1_500_000],
        "The first is where memory ends and a temporary file begins; the second leaves files out of its count.",
    ),
    Claim(
        "a-bundle-is-collected-like-any-file",
        "What a bundler writes into a folder of STATICFILES_DIRS is collected and served like any other file, if it is "
        "there before collectstatic runs.",
        (X(**SERVED, variation="bundled"), X(**SERVED, variation="bundled-too-late")),
        lambda before, after: (status(before, "bundle"), status(after, "bundle")) == (200, 404),
        "Bundle, then collect, then start.",
    ),
    Claim(
        "a-missing-backend-is-noticed-at-the-first-upload",
        "A backend in STORAGES is imported when it is first used: without the package pages answer 200, and the first "
        "upload 500.",
        (X(variation="backend-not-installed", upload="png"),),
        lambda seen: (
            seen.refused is None
            and status(seen, "page") == 200
            and status(seen, "upload") == 500
            and failure(request(seen, "upload")).type == "InvalidStorageError"
        ),
        "Test an upload in the environment that will run.",
    ),
    Claim(
        "the-two-aliases-are-independent",
        "The two aliases are independent of each other: with S3 for uploads, static files are served as before.",
        (X(variation="object-storage"), X()),
        lambda s3, plain: (
            "storages.backends.s3.S3Storage" in s3.files["project/settings.py"]
            and (css(s3).status, css(s3).sha256) == (200, css(plain).sha256)
        ),
        "default is for uploads, staticfiles for static files.",
    ),
    Claim(
        "files-need-no-database",
        "Static and media files need no database: where none is configured nginx serves both.",
        (X(**NGINX, variation="postgresql", upload="png"),),
        lambda seen: (
            css(seen).answered_by == "nginx"
            and css(seen).status == 200
            and request(seen, "media").answered_by == "nginx"
            and status(seen, "media") == 200
        ),
        "Once a file’s name is known, no query is needed to serve it.",
    ),
)

CHAPTER_CLAIMS: tuple[Claim, ...] = (
    *FINDERS,
    *SETTINGS,
    *COLLECTSTATIC,
    *NAMES,
    *SERVERS,
    *HEADERS,
    *MEDIA,
    *NGINX_CLAIMS,
    *LESSONS,
)
