"""The claims of the chapters, each with its evidence."""

from lab.evidence.claim import Claim, but, django
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
    middleware,
    request,
    said,
    served,
    status,
)
from lab.experiment import Knobs
from lab.observation import Observation


def all_found(seen: Observation) -> str:
    """Return what findstatic printed without --first."""
    return next(step.stdout for step in seen.commands if "findstatic" in step.argv and "--first" not in step.argv)


CLASH = "Found another file with the destination path 'app.css'"

FINDERS = (
    Claim(
        "first-app-wins",
        "Where two apps have a static file at the same path, and no folder of STATICFILES_DIRS has one, the app that "
        "stands first in INSTALLED_APPS wins.",
        (X(), X(apps="app2,app1")),
        lambda one, other: served(one, "app1") and served(other, "app2"),
        "AppDirectoriesFinder asks the apps in the order of INSTALLED_APPS.",
        foil=but(project_static="plain"),
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
        foil=but(layout="flat"),
    ),
    Claim(
        "dirs-before-apps",
        "With Django’s default finders a file in STATICFILES_DIRS wins over every app’s file at the same path; with "
        "the finders swapped it loses.",
        (X(project_static="plain"), X(project_static="plain", finders="apps,dirs")),
        lambda dirs, apps: css(dirs).source == "static/app.css" and (served(apps, "app1") or served(apps, "app2")),
        "The order of STATICFILES_FINDERS decides.",
        foil=but(project_static="prefixed"),
        whatever=("apps", "storage"),
    ),
    Claim(
        "prefix-keeps-apart",
        "A prefix in STATICFILES_DIRS moves the folder’s files under that name: the project’s app.css and the apps’ "
        "no longer clash.",
        (X(project_static="prefixed", collect="yes"),),
        lambda seen: served(seen, "app1") and "project/app.css" in {file.path for file in seen.static_root},
        'Write ("project", path) instead of path.',
        foil=but(project_static="plain"),
    ),
    Claim(
        "no-app-finder-no-admin",
        "Without AppDirectoriesFinder not even the admin’s stylesheet is found, unless a folder of STATICFILES_DIRS "
        "has it.",
        (X(finders="dirs"),),
        lambda seen: status(seen, "admin-css") == 404,
        "The admin’s files are in its own static folder, like any app’s.",
        foil=but(finders="dirs,apps"),
    ),
    Claim(
        "findstatic-names-all",
        "findstatic lists every file at that path that the finders see, the winner first; with --first it names the "
        "winner alone.",
        (X(variation="findstatic"),),
        lambda seen: (
            [line.strip() for line in all_found(seen).splitlines()[1:2]] == ["/project/app1/static/app.css"]
            and "app2/static/app.css" in all_found(seen)
            and "app2" not in said(seen, "--first").stdout
        ),
        "manage.py findstatic app.css",
        foil=but(finders="dirs"),
        whatever=("storage", "debug", "static_url"),
    ),
    Claim(
        "findstatic-looks-at-the-finders",
        "findstatic --first names what the finders would pick, not what is in STATIC_ROOT: after a reorder and a "
        "collectstatic without --clear the two differ.",
        (X(**PRODUCTION, collect="stale", variation="findstatic"),),
        lambda seen: "/app1/" in said(seen, "--first").stdout and served(seen, "app2"),
        "Compare it with the file in STATIC_ROOT, or collect with --clear.",
        foil=but(clear="yes"),
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
        no_foil="Django’s default and what startproject writes depend on nothing that a project could change.",
    ),
    Claim(
        "static-root-is-written-not-read",
        "STATIC_ROOT is where collectstatic writes. With DEBUG on runserver serves from the source folders, whether "
        "STATIC_ROOT is empty or full.",
        (X(), X(whitenoise="after-security", variation="edited-after-collectstatic")),
        lambda empty, full: (
            empty.static_root == ()
            and served(empty, "app1")
            and "app.css" in collected(full)
            and css(full).status == 200
            and "black" in css(full).excerpt
        ),
        "Development needs no collectstatic.",
        foil=but(1, debug="off", words="with DEBUG off: then WhiteNoise serves the copy"),
    ),
    Claim(
        "static-root-in-dirs-is-refused",
        "Django’s checks refuse STATIC_ROOT among STATICFILES_DIRS (staticfiles.E002), as long as FileSystemFinder "
        "is among the finders.",
        (X(project_static="collected"),),
        lambda seen: "staticfiles.E002" in seen.refused.message,
        "Collect into a folder that is not a source.",
        foil=but(finders="apps"),
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
        foil=but(default_storage="present"),
        whatever=("apps", "storage", "debug", "media_route"),
    ),
    Claim(
        "nothing-warns-of-a-missing-default",
        "Neither check, nor check --deploy, nor collectstatic says that STORAGES has no default.",
        (X(default_storage="missing", collect="yes", upload="png", variation="check-deploy"),),
        lambda seen: (
            seen.refused is None
            and all(command.exit == 0 for command in seen.commands)
            and not any("STORAGES" in command.stdout + command.stderr for command in seen.commands)
            and failure(request(seen, "upload")).type == "InvalidStorageError"
        ),
        "An upload in a test finds it.",
        foil=but(default_storage="present"),
    ),
    Claim(
        "a-missing-staticfiles-alias-is-refused",
        "A STORAGES without staticfiles is refused by the checks (staticfiles.E005).",
        (X(variation="no-staticfiles-alias"),),
        lambda seen: "staticfiles.E005" in seen.refused.message,
        "Name both aliases, default and staticfiles.",
        foil=but(variation="none", words="with both aliases"),
    ),
    Claim(
        "relative-static-root-follows-the-shell",
        "A relative STATIC_ROOT depends on the directory in which you run collectstatic.",
        (X(variation="collect-from-elsewhere"),),
        lambda seen: (
            "'/project/templates/staticfiles'" in said(seen, "collectstatic").stdout and seen.static_root == ()
        ),
        "Build it from BASE_DIR.",
        foil=but(variation="collect-from-elsewhere-absolute", words="with a path below BASE_DIR"),
    ),
    Claim(
        "unset-media-root-is-the-working-directory",
        "With MEDIA_ROOT unset uploads land in the working directory, beside the code; with DEBUG on the media route "
        "then hands out both.",
        (X(media_root="unset", upload="png", variation="code-asked-for"),),
        lambda seen: (
            [file.path for file in seen.media_root] == ["picture.png"]
            and (status(seen, "code"), request(seen, "code").answered_by) == (200, "media-route")
            and "def main" in request(seen, "code").excerpt
        ),
        "Set MEDIA_ROOT to a separate folder.",
        foil=but(media_root="uploads"),
    ),
    Claim(
        "clear-deletes-uploads-inside-static-root",
        "With MEDIA_ROOT inside STATIC_ROOT nginx hands uploads out below STATIC_URL as well, and collectstatic "
        "--clear deletes them.",
        (
            X(**NGINX, media_root="inside-static", upload="png", variation="upload-below-static-url"),
            X(media_root="inside-static", variation="uploads-cleared"),
        ),
        lambda served_twice, cleared: (
            (status(served_twice, "media"), status(served_twice, "below-static-url")) == (200, 200)
            and request(served_twice, "below-static-url").answered_by == "nginx"
            and said(cleared, "collectstatic").exit == 0
            and not any("letter.txt" in path for path in collected(cleared))
        ),
        "Keep MEDIA_ROOT outside STATIC_ROOT.",
        foil=but(1, variation="uploads-not-cleared", words="without --clear"),
    ),
)

COLLECTSTATIC = (
    Claim(
        "reorder-leaves-the-old-winner",
        "With plain names the old winner stays on disk after you reorder the apps: collectstatic compares dates, and "
        "copies no file that is not newer than its copy.",
        (X(**PRODUCTION, collect="stale"),),
        lambda seen: served(seen, "app2") and "0 static files copied" in seen.commands[1].stdout,
        "Run collectstatic --clear.",
        foil=but(storage="whitenoise-manifest"),
    ),
    Claim(
        "clear-brings-the-new-winner",
        "With --clear the new winner is collected.",
        (X(**PRODUCTION, collect="stale", clear="yes"),),
        lambda seen: served(seen, "app1"),
        "--clear empties STATIC_ROOT first.",
        foil=but(clear="no"),
    ),
    Claim(
        "clear-counts-deletions-since-6",
        "With --clear collectstatic copies everything again; from Django 6.0 on its last line also says how many "
        "files it deleted, on 5.2 it does not.",
        (X(collect="stale", clear="yes"),),
        lambda seen: (
            "\n0 static files copied" not in f"\n{seen.commands[1].stdout}"
            and ("deleted" in seen.commands[1].stdout.splitlines()[-1]) == (django(seen) >= (6, 0))
        ),
        "Look at collectstatic’s last line.",
        foil=but(clear="no"),
    ),
    Claim(
        "clash-message",
        "On a clash collectstatic prints the path that two files share on Django 5.2; from 6.0 on it counts “1 "
        "skipped due to conflict”. Neither names the file that lost.",
        (X(collect="yes"),),
        lambda seen: (
            (CLASH in seen.commands[0].stdout, "1 skipped due to conflict" in seen.commands[0].stdout)
            == (django(seen) < (6, 0), django(seen) >= (6, 0))
            and "app2" not in seen.commands[0].stdout
        ),
        "`findstatic app.css` names both files.",
        foil=but(layout="namespaced"),
    ),
    Claim(
        "clash-message-verbose",
        "With --verbosity 2 both Djangos print the shared path, and the file that they copy. The file that lost is "
        "named by findstatic.",
        (X(variation="collect-verbosely"),),
        lambda seen: (
            CLASH in seen.commands[0].stdout
            and "app1/static/app.css" in seen.commands[0].stdout
            and "app2/static/app.css" not in seen.commands[0].stdout
        ),
        "manage.py findstatic app.css",
        foil=but(layout="namespaced"),
    ),
    Claim(
        "bad-url-stops-the-manifest",
        "With a hashed storage a url() to a file that does not exist stops collectstatic; without hashing it does not.",
        (X(css="bad-url", storage="manifest", collect="yes"), X(css="bad-url", collect="yes")),
        lambda hashed, plain: hashed.commands[0].exit != 0 and plain.commands[0].exit == 0,
        "Fix the url(), or ship the file.",
        foil=but(css="good"),
    ),
    Claim(
        "bad-url-error",
        "Django 5.2 shows that url() to a missing file as a traceback that ends in ValueError; 6.1 as a CommandError.",
        (X(css="bad-url", storage="manifest", collect="yes"),),
        lambda seen: seen.commands[0].error.type == ("CommandError" if django(seen) >= (6, 1) else "ValueError"),
        "Read the last line: it names the file that could not be found.",
        foil=but(css="good"),
    ),
    Claim(
        "missing-sourcemap-stops-the-manifest",
        "With a hashed storage a sourceMappingURL comment without its file stops collectstatic in the same way.",
        (X(css="bad-sourcemap", storage="manifest", collect="yes"),),
        lambda seen: seen.commands[0].exit != 0 and "app.css.map" in seen.commands[0].stderr,
        "Ship the map, or drop the comment.",
        foil=but(css="good"),
    ),
    Claim(
        "commented-url",
        "With a hashed storage a url() inside a CSS comment stops collectstatic on Django 5.2 and not on 6.1; "
        "outside a comment it stops both.",
        (
            X(css="commented-url", storage="manifest", collect="yes"),
            X(css="bad-url", storage="manifest", collect="yes"),
        ),
        lambda comment, rule: (
            (comment.commands[0].exit == 0) == (django(comment) >= (6, 1)) and rule.commands[0].exit != 0
        ),
        "Delete what is commented out.",
        foil=but(1, storage="plain"),
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
        foil=but(1, reference="tag", words="without the slash"),
    ),
    Claim(
        "load-is-not-inherited",
        "A template that extends another has to load the tag itself: without {% load static %} it raises "
        "TemplateSyntaxError, unless TEMPLATES names the library in builtins.",
        (X(variation="tag-without-load"), X(variation="tag-with-load")),
        lambda without, loaded: (
            failure(request(without, "page")).type == "TemplateSyntaxError" and status(loaded, "page") == 200
        ),
        "{% load static %} in every template that uses the tag.",
        foil=but(variation="tag-in-builtins", words="where the library static is in TEMPLATES’ builtins"),
    ),
    Claim(
        "query-string-is-escaped",
        "With plain storage {% static 'app.css?v=1' %} names a file with a question mark in its name: the tag escapes "
        "it.",
        (X(variation="query-in-static-tag"),),
        lambda seen: css(seen).url == "/static/app.css%3Fv%3D1" and css(seen).status == 404,
        "Put ?v=1 behind the tag, or use hashed names.",
        foil=but(storage="manifest"),
    ),
    Claim(
        "hard-coded-misses-static-url",
        "A hard-coded /static/ does not follow a STATIC_URL of another path, and the tag does.",
        (X(static_url="/assets/", reference="hard-coded"), X(static_url="/assets/")),
        lambda hard, tag: css(hard).status == 404 and css(tag).status == 200,
        "Use the static tag.",
        foil=but(static_url="/static/"),
    ),
    Claim(
        "hard-coded-gets-the-unhashed-file",
        "With a hashed storage a hard-coded address gets the plain name, which WhiteNoise lets browsers keep for a "
        "minute; the tag gives the hashed name, for ten years.",
        (X(**HASHED, reference="hard-coded"), X(**HASHED)),
        lambda hard, tag: (
            css(hard).headers["cache-control"] == "max-age=60, public" and css(tag).headers["cache-control"] == FOR_EVER
        ),
        "Use the static tag.",
        foil=but(1, storage="plain"),
    ),
    Claim(
        "missing-file-is-quiet-until-production",
        "The tag for a file that does not exist gives a 404 in development; with a hashed storage and DEBUG off the "
        "whole page returns 500.",
        (X(reference="missing"), X(reference="missing", **HASHED)),
        lambda plain, hashed: (
            status(plain, "page") == 200 and css(plain).status == 404 and status(hashed, "page") == 500
        ),
        "Let a test render the page with the hashed storage.",
        foil=but(1, debug="on"),
    ),
    Claim(
        "uncollected-manifest-breaks-every-page",
        "With a hashed storage and DEBUG off every page that uses the static tag returns 500 until collectstatic has "
        "run.",
        (X(debug="off", storage="manifest"),),
        lambda seen: (
            status(seen, "page") == 500
            and "Missing staticfiles manifest entry" in failure(request(seen, "page")).message
        ),
        "Run collectstatic in every build.",
        foil=but(debug="on"),
        whatever=("apps", "layout", "static_url", "finders", "css", "media_route"),
    ),
    Claim(
        "debug-hides-the-manifest",
        "While DEBUG is on, a hashed storage gives plain names and reads no manifest.",
        (X(storage="manifest"),),
        lambda seen: css(seen).url == "/static/app.css" and css(seen).status == 200,
        "Test with DEBUG off.",
        foil=but(debug="off"),
    ),
)

SERVERS = (
    Claim(
        "debug-off-no-static",
        "With DEBUG off runserver itself serves neither static files nor media, unless you start it with --insecure.",
        (X(debug="off", upload="png"),),
        lambda seen: css(seen).status == 404 and status(seen, "media") == 404,
        "Something else has to serve them: WhiteNoise, nginx, a CDN.",
        foil=but(server="runserver-insecure"),
    ),
    Claim(
        "insecure-serves-static-only",
        "With plain names runserver --insecure serves static files with DEBUG off, but no media.",
        (X(debug="off", server="runserver-insecure", upload="png"),),
        lambda seen: css(seen).status == 200 and status(seen, "media") == 404,
        "Use it for a quick look, never in production.",
        foil=but(debug="on"),
    ),
    Claim(
        "gunicorn-serves-no-static",
        "gunicorn itself serves no static files, DEBUG or not; the media route works with DEBUG on, because it is a "
        "route.",
        (X(server="gunicorn", upload="png"), X(server="gunicorn", debug="off", upload="png")),
        lambda on, off: (
            css(on).status == 404
            and css(off).status == 404
            and status(on, "media") == 200
            and status(off, "media") == 404
        ),
        "Of the servers here runserver alone brings the static file handler.",
        foil=but(whitenoise="after-security"),
    ),
    Claim(
        "uvicorn-serves-no-static",
        "uvicorn itself serves no static files either.",
        (X(server="uvicorn"),),
        lambda seen: css(seen).status == 404,
        "Of the servers here runserver alone brings the static file handler.",
        foil=but(server="runserver"),
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
        foil=but(1, debug="on"),
    ),
    Claim(
        "nginx-serves-both",
        "nginx serves collected static files and media from disk, and Python does not see the request.",
        (X(**NGINX, upload="png"),),
        lambda seen: all(
            (asked.status, asked.answered_by, "WSGIHandler" in components(asked)) == (200, "nginx", False)
            for asked in (css(seen), request(seen, "media"))
        ),
        "One location for STATIC_URL, one for MEDIA_URL.",
        foil=but(collect="no"),
    ),
    Claim(
        "test-cases-differ",
        "In tests LiveServerTestCase serves static files from STATIC_ROOT, StaticLiveServerTestCase from the "
        "finders, and self.client serves neither static files nor media.",
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
        foil=but(1, collect="no"),
    ),
    Claim(
        "whitenoise-waits-for-nostatic",
        "Under runserver with DEBUG on WhiteNoise serves nothing, because Django’s own handler is asked before any "
        "middleware.",
        (X(whitenoise="after-security", collect="yes"),),
        lambda seen: css(seen).answered_by == "static-handler",
        "Put whitenoise.runserver_nostatic above django.contrib.staticfiles.",
        foil=but(debug="off"),
        whatever=("collect", "layout", "login_gate", "media_route"),
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
        foil=but(1, server="runserver-nostatic"),
    ),
    Claim(
        "insecure-manifest-404",
        "With DEBUG off runserver --insecure with a hashed storage names hashed files and cannot find them.",
        (X(debug="off", server="runserver-insecure", storage="manifest", collect="yes"),),
        lambda seen: css(seen).status == 404 and css(seen).url != "/static/app.css",
        "The finders know plain names only.",
        foil=but(storage="plain"),
    ),
)

HEADERS = (
    Claim(
        "static-handler-bypasses-middleware",
        "runserver’s static handler is asked before any middleware, so its answers lack SecurityMiddleware’s "
        "nosniff. They have no Cache-Control either.",
        (X(),),
        lambda seen: not {"x-content-type-options", "cache-control"} & css(seen).headers.keys(),
        "Look at the path of the request: it passes no middleware.",
        foil=but(server="runserver-nostatic"),
    ),
    Claim(
        "whitenoise-fingerprint",
        "By default WhiteNoise sends a charset in quotes, an ETag and Access-Control-Allow-Origin: *.",
        (X(**PRODUCTION, collect="yes"),),
        lambda seen: (
            css(seen).headers["content-type"] == 'text/css; charset="utf-8"'
            and "etag" in css(seen).headers
            and css(seen).headers["access-control-allow-origin"] == "*"
        ),
        "These three headers show that WhiteNoise answered.",
        foil=but(variation="origins-off", words="with WHITENOISE_ALLOW_ALL_ORIGINS off"),
    ),
    Claim(
        "whitenoise-max-age",
        "By default WhiteNoise lets browsers keep a hashed name for ten years and a plain one for a minute; while "
        "DEBUG is on they have to ask each time.",
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
        foil=but(1, variation="max-age", words="with WHITENOISE_MAX_AGE set"),
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
        foil=but(whitenoise="last"),
    ),
    Claim(
        "gate-above-whitenoise-asks-for-a-login",
        "A login gate above WhiteNoise redirects the stylesheet to the login page; below it, the stylesheet is served.",
        (X(**PRODUCTION, collect="yes", login_gate="above"), X(**PRODUCTION, collect="yes", login_gate="below")),
        lambda above, below: css(above).status == 302 and css(below).status == 200,
        "WhiteNoise right below SecurityMiddleware, every gate below WhiteNoise.",
        foil=but(login_gate="below"),
    ),
)

MEDIA = (
    Claim(
        "media-needs-the-route",
        "With DEBUG on the static() route serves uploads; without the route they return 404.",
        (X(upload="png"), X(upload="png", media_route="off")),
        lambda on, off: request(on, "media").answered_by == "media-route" and status(off, "media") == 404,
        "urlpatterns += static(settings.MEDIA_URL, document_root=settings.MEDIA_ROOT)",
        foil=but(debug="off"),
    ),
    Claim(
        "route-vanishes-with-debug",
        "With DEBUG off static() gives no route at all, so it needs no `if DEBUG` around it.",
        (
            X(upload="png", debug="off", server="gunicorn"),
            X(upload="png", debug="off", server="gunicorn", media_route="off"),
        ),
        lambda on, off: (
            status(on, "media") == 404 and request(on, "media").answered_by == request(off, "media").answered_by
        ),
        "In production nginx or an object store answers MEDIA_URL.",
        foil=but(debug="on"),
    ),
    Claim(
        "static-helper-and-hosts",
        "With DEBUG on static() returns a route for a path, and an empty list for a URL on another host.",
        (X(variation="static-helper"),),
        lambda seen: (
            [command.stdout.strip() for command in seen.commands if "shell" in command.argv] == ["path: 1", "host: []"]
        ),
        "Set MEDIA_URL, and MEDIA_ROOT, before you add the route.",
        foil=but(debug="off"),
    ),
    Claim(
        "media-url-unset-serves-the-project",
        "With MEDIA_URL and MEDIA_ROOT unset MEDIA_URL is '/': with DEBUG on the media route then hands out your whole "
        "project, settings.py included, and no check says so.",
        (X(media_root="unset", variation="media-url-unset"),),
        lambda seen: (
            seen.refused is None
            and (status(seen, "settings"), request(seen, "settings").answered_by) == (200, "media-route")
            and "SECRET_KEY" in request(seen, "settings").excerpt
        ),
        "Set both before you add the route.",
        foil=but(debug="off"),
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
        foil=but(1, variation="file-field", words="with a FileField"),
    ),
    Claim(
        "whitenoise-is-unfit-for-media",
        "With DEBUG off WhiteNoise can serve uploads that exist when it starts; later ones return 404, and deleted "
        "ones raise FileNotFoundError.",
        (X(**PRODUCTION, variation="whitenoise-root"),),
        lambda seen: (
            (status(seen, "early"), status(seen, "late"), status(seen, "deleted")) == (200, 404, 500)
            and failure(request(seen, "deleted")).type == "FileNotFoundError"
        ),
        "Its list of files is made once, when the server starts.",
        foil=but(variation="whitenoise-root-autorefresh", words="with WHITENOISE_AUTOREFRESH, which is slow"),
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
        foil=but(variation="nginx-origin", words="with $http_host"),
    ),
    Claim(
        "nginx-must-tell-of-tls",
        "Behind nginx, with SECURE_SSL_REDIRECT and no X-Forwarded-Proto, Django takes each request for plain HTTP "
        "and redirects it to HTTPS, also one that came by HTTPS: the browser goes in circles.",
        (X(**NGINX, variation="nginx-tls-untold"), X(**NGINX, variation="nginx-tls")),
        lambda untold, told: (
            (status(untold, "page"), status(told, "page")) == (301, 200)
            and request(untold, "page").headers["location"].startswith("https://")
        ),
        "proxy_set_header X-Forwarded-Proto $scheme; and SECURE_PROXY_SSL_HEADER",
        foil=but(variation="nginx-tls", words="with X-Forwarded-Proto passed on"),
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
        foil=but(variation="nginx-internal", words="where the view deletes that header"),
    ),
    Claim(
        "nginx-limits-bodies",
        "Without client_max_body_size nginx answers 413 to an upload of more than 1 MB.",
        (X(**NGINX, variation="nginx-large-upload-refused"), X(**NGINX, variation="nginx-large-upload")),
        lambda without, with_size: (status(without, "large"), status(with_size, "large")) == (413, 302),
        "client_max_body_size 10m;",
        foil=but(variation="nginx-large-upload", words="with client_max_body_size"),
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
        foil=but(variation="nginx-asked-for-names", words="with the lab’s own nginx.conf"),
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
        foil=but(variation="nginx-asked-for-names", words="with the lab’s own nginx.conf"),
    ),
    Claim(
        "nginx-alias-leaks",
        "`location /static` with an alias that ends in a slash hands out the parent folder: /static../manage.py.",
        (X(**NGINX, variation="nginx-no-slash"), X(**NGINX, variation="nginx-slash")),
        lambda without, with_slash: (status(without, "leak"), status(with_slash, "leak")) == (200, 404),
        "End both, the location and its alias, in a slash.",
        foil=but(variation="nginx-slash", words="with a slash at the end of the location"),
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
        foil=but(finders="dirs"),
    ),
    Claim(
        "collectstatic-leaves-uploads-alone",
        "collectstatic copies static files: an upload in MEDIA_ROOT is not collected, unless STATICFILES_DIRS names "
        "that folder.",
        (X(variation="uploads-and-collectstatic"),),
        lambda seen: (
            "app.css" in collected(seen)
            and not any("letter.txt" in path for path in collected(seen))
            and [file.path for file in seen.media_root] == ["letter.txt"]
        ),
        "No finder looks into MEDIA_ROOT.",
        foil=but(variation="uploads-among-the-sources", words="with MEDIA_ROOT in STATICFILES_DIRS"),
    ),
    Claim(
        "an-upload-replaces-nothing",
        "By default FileSystemStorage overwrites nothing: a second upload of the same name gets another name.",
        (X(variation="same-name-kept"),),
        lambda seen: "the same name: False" in said(seen, "shell").stdout and "is of Ada" in said(seen, "shell").stdout,
        "Keep the name that save() returns.",
        foil=but(variation="same-name-overwrites", words="with allow_overwrite"),
        whatever=("debug", "collect", "storage", "media_route"),
    ),
    Claim(
        "filefield-takes-html",
        "A FileField takes an HTML page, and with DEBUG on the media route hands it out as text/html from your own "
        "host.",
        (X(upload="html", variation="any-file"),),
        lambda seen: (
            status(seen, "upload") == 302
            and status(seen, "media") == 200
            and request(seen, "media").headers["content-type"].startswith("text/html")
        ),
        "Check what you accept, and serve uploads from another host.",
        foil=but(variation="none", words="with an ImageField"),
    ),
    Claim(
        "prefix-tags-give-the-settings",
        "get_static_prefix gives STATIC_URL and get_media_prefix gives MEDIA_URL: no hash, also where the static tag "
        "gives one.",
        (X(variation="prefix-tags", static_url="/assets/", debug="off", storage="manifest", collect="yes"),),
        lambda seen: (
            "<p>/assets/ /media/</p>" in request(seen, "page").excerpt
            and css(seen).url not in ("/assets/app.css", "/assets/")
        ),
        "For a path that is put together in JavaScript.",
        foil=but(storage="plain"),
    ),
    Claim(
        "runserver-asks-its-handler-first",
        "Under runserver with DEBUG on a static file passes the static files handler and the finders: no middleware, "
        "no URLconf, none of your views.",
        (X(),),
        lambda seen: (
            components(css(seen))[0] == "StaticFilesHandler"
            and "AppDirectoriesFinder" in components(css(seen))
            and not any("Middleware" in name or name in ("URLResolver", "view") for name in components(css(seen)))
        ),
        "manage.py runserver puts StaticFilesHandler around the project’s application.",
        foil=but(server="runserver-nostatic"),
    ),
    Claim(
        "nostatic-takes-the-handler-away",
        "runserver --nostatic is runserver without that handler: the same request passes the middleware and ends as "
        "a 404.",
        (X(server="runserver-nostatic"),),
        lambda seen: (
            status(seen, "css") == 404
            and "StaticFilesHandler" not in components(css(seen))
            and "SecurityMiddleware" in components(css(seen))
        ),
        "Use it to let WhiteNoise serve in development too.",
        foil=but(whitenoise="after-security"),
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
        foil=but(1, debug="on"),
    ),
    Claim(
        "hidden-files-are-not-collected",
        "By default collectstatic leaves out what begins with a dot, ends in ~ or is called CVS.",
        (X(variation="hidden-files"),),
        lambda seen: (
            "app.css" in collected(seen) and not {".private.css", "draft.css~", "CVS/Entries"} & collected(seen)
        ),
        "--no-default-ignore collects them too.",
        foil=but(variation="hidden-files-collected", words="with --no-default-ignore"),
    ),
    Claim(
        "deleted-sources-remain",
        "Without --clear a deleted source stays in STATIC_ROOT: collectstatic adds and replaces files, and removes "
        "none.",
        (X(variation="source-deleted"),),
        lambda seen: seen.commands[-1].exit == 0 and "old.css" in collected(seen),
        "Collect with --clear, or into a new folder.",
        foil=but(variation="source-deleted-cleared", words="with --clear"),
    ),
    Claim(
        "dry-run-writes-nothing",
        "collectstatic --dry-run prints what it would copy and writes nothing.",
        (X(variation="dry-run"),),
        lambda seen: "Pretending to copy" in seen.commands[0].stdout and seen.static_root == (),
        "Look before you leap.",
        foil=but(variation="none", collect="yes", words="without --dry-run"),
        whatever=("storage", "apps", "layout", "debug", "clear"),
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
        foil=but(storage="plain"),
    ),
    Claim(
        "another-content-another-name",
        "With a hashed storage a changed file gets another hashed name.",
        (X(**MANIFEST), X(**MANIFEST, apps="app2,app1")),
        lambda one, other: css(one).url != css(other).url and css(one).status == css(other).status == 200,
        "The hash is that of the bytes.",
        foil=but(apps="app2,app1", words="with the same content"),
    ),
    Claim(
        "a-plain-name-keeps-its-address",
        "With plain names a changed file keeps its address, and WhiteNoise lets browsers use the old one for a "
        "minute without asking.",
        (X(**PRODUCTION, collect="yes"), X(**PRODUCTION, collect="yes", apps="app2,app1")),
        lambda one, other: (
            css(one).url == css(other).url
            and css(one).sha256 != css(other).sha256
            and css(one).headers["cache-control"] == "max-age=60, public"
        ),
        "Only a name that changes with its content can be kept forever.",
        foil=but(storage="manifest"),
    ),
    Claim(
        "urls-in-css-are-rewritten",
        "With a hashed storage a url() in a collected stylesheet names the hashed file.",
        (X(**MANIFEST, variation="url-in-css"),),
        lambda seen: (
            'url("logo.svg")' not in css(seen).excerpt
            and 'url("logo.' in css(seen).excerpt
            and any(path.startswith("logo.") and path != "logo.svg" for path in collected(seen))
        ),
        "Write relative names in CSS; the storage does the rest.",
        foil=but(storage="plain"),
    ),
    Claim(
        "javascript-imports-are-not-rewritten",
        "A JavaScript import keeps its plain name. With support_js_module_import_aggregation in a custom storage "
        "class it names the hashed file; on Django 5.2 the statement has to end in a semicolon for that.",
        (
            X(storage="manifest", variation="javascript-imports"),
            X(storage="manifest", variation="javascript-imports-rewritten"),
            X(storage="manifest", variation="javascript-imports-without-semicolon"),
        ),
        lambda plain, rewritten, bare: (
            '"./greeting.js"' in plain.commands[-1].stdout
            and "greeting." in rewritten.commands[-1].stdout
            and '"./greeting.js"' not in rewritten.commands[-1].stdout
            and ('"./greeting.js"' in bare.commands[-1].stdout) == (django(bare) < (6, 0))
        ),
        "Switch it on, or let a bundler put modules into one file.",
        foil=but(variation="javascript-imports-rewritten", words="with support_js_module_import_aggregation"),
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
        foil=but(variation="none", words="with Django’s own class"),
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
        foil=but(storage="manifest", variation="none", words="with the class in STORAGES"),
    ),
    Claim(
        "old-pages-keep-their-stylesheet",
        "With hashed names a page from before still gets its stylesheet after a deploy without --clear, under the "
        "old hash.",
        (X(**{**MANIFEST, "collect": "stale"}, variation="page-from-before"),),
        lambda seen: status(seen, "old") == 200 and css(seen).url != request(seen, "old").url and served(seen, "app1"),
        "Keep the files of the last release.",
        foil=but(clear="yes"),
    ),
    Claim(
        "clear-breaks-pages-from-before",
        "After a deploy with --clear that address returns 404: a page that is still open has lost its stylesheet.",
        (X(**{**MANIFEST, "collect": "stale"}, clear="yes", variation="page-from-before"),),
        lambda seen: status(seen, "old") == 404 and status(seen, "css") == 200,
        "With hashed names, clear later, when no cache holds an old page any more.",
        foil=but(clear="no"),
    ),
    Claim(
        "unchanged-is-304",
        "Asked whether a file has changed, runserver with DEBUG on and WhiteNoise both answer 304 without a body "
        "when it has not.",
        (X(variation="asked-again"), X(**PRODUCTION, collect="yes", variation="asked-again")),
        lambda development, production: all(
            (status(seen, "again"), request(seen, "again").bytes) == (304, 0) for seen in (development, production)
        ),
        "If-Modified-Since and ETag are compared.",
        foil=but(debug="off"),
    ),
    Claim(
        "another-host-is-not-asked-here",
        "With STATIC_URL on another host pages name that host, hashed names included, and this server gets no request.",
        (X(**MANIFEST, static_url="https://cdn.example/"),),
        lambda seen: (
            css(seen).url.startswith("https://cdn.example/app.") and css(seen).status is None and seen.static_root != ()
        ),
        "The CDN fetches the files from where you let it.",
        foil=but(static_url="/static/"),
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
        foil=but(variation="none", storage="plain", words="with StaticFilesStorage"),
    ),
    Claim(
        "whitenoise-lists-files-at-start",
        "With DEBUG off WhiteNoise lists STATIC_ROOT when the server starts: a file that is added later returns 404.",
        (X(**PRODUCTION, variation="collected-after-start"),),
        lambda seen: status(seen, "late") == 404 and status(seen, "css") == 200,
        "Collect first, then start.",
        foil=but(variation="collected-after-start-autorefresh", words="with WHITENOISE_AUTOREFRESH"),
    ),
    Claim(
        "whitenoise-last-lets-everything-run",
        "WhiteNoise at the end of MIDDLEWARE lets the whole list run for each static file; right below "
        "SecurityMiddleware, that one alone.",
        (X(**{**PRODUCTION, "whitenoise": "last"}, collect="yes"), X(**PRODUCTION, collect="yes")),
        lambda last, second: (
            middleware(request(last, "page")) <= middleware(css(last))
            and middleware(css(second)) == {"SecurityMiddleware", "WhiteNoiseMiddleware"}
        ),
        "Make it the second in the list.",
        foil=but(1, whitenoise="before-security"),
    ),
    Claim(
        "whitenoise-serves-under-asgi",
        "WhiteNoise serves under uvicorn too, but Django warns there for each file that it has to read the whole of "
        "it: “StreamingHttpResponse must consume synchronous iterators”.",
        (X(debug="off", server="uvicorn", whitenoise="after-security", collect="yes", variation="asgi-warning"),),
        lambda seen: (
            (css(seen).status, css(seen).answered_by) == (200, "whitenoise")
            and "StreamingHttpResponse must consume synchronous iterators" in said(seen, "shell").stdout
        ),
        "Under ASGI let nginx or a CDN serve large files.",
        foil=but(collect="no"),
    ),
    Claim(
        "nginx-spares-django",
        "A static file that nginx serves does not reach Django; the page itself goes on to gunicorn.",
        (X(**NGINX),),
        lambda seen: (
            css(seen).answered_by == "nginx"
            and not any("Middleware" in name for name in components(css(seen)))
            and request(seen, "page").answered_by == "view"
        ),
        "A location for STATIC_URL with an alias to STATIC_ROOT.",
        foil=but(server="gunicorn", words="under gunicorn alone"),
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
        foil=but(storage="plain"),
    ),
    Claim(
        "a-missing-stylesheet-is-an-html-page",
        "With DEBUG off a stylesheet that is not served is answered with Django’s 404 page, text/html: that is what "
        "the browser’s “Refused to apply style” is about.",
        (X(debug="off"),),
        lambda seen: css(seen).status == 404 and css(seen).headers["content-type"].startswith("text/html"),
        "Fix the 404, not the MIME type.",
        foil=but(debug="on"),
    ),
    Claim(
        "media-route-is-a-view",
        "With DEBUG on the media route is a view like any other: the request passes the middleware, and the answer "
        "carries nosniff.",
        (X(upload="png"),),
        lambda seen: (
            "SecurityMiddleware" in components(request(seen, "media"))
            and "django.views.static.serve" in components(request(seen, "media"))
            and request(seen, "media").headers["x-content-type-options"] == "nosniff"
        ),
        "Compare the path of the stylesheet, which passes no middleware.",
        foil=but(debug="off"),
    ),
    Claim(
        "an-upload-goes-to-the-default-storage",
        "By default an upload goes to the storage named default and lands in its folder, MEDIA_ROOT; its address "
        "begins with MEDIA_URL.",
        (X(upload="png"),),
        lambda seen: (
            [file.path for file in seen.media_root] == ["picture.png"]
            and request(seen, "media").url == "/media/picture.png"
        ),
        "storage.url(name) gives the address.",
        foil=but(variation="location-and-base-url", words="with location and base_url in its OPTIONS"),
    ),
    Claim(
        "upload-thresholds-are-no-limits",
        "With Django’s default upload handlers neither FILE_UPLOAD_MAX_MEMORY_SIZE nor DATA_UPLOAD_MAX_MEMORY_SIZE "
        "limits a file: at 1,000 bytes each, an upload of 1.5 MB is stored.",
        (X(variation="upload-thresholds"),),
        lambda seen: status(seen, "large") == 302 and [file.bytes for file in seen.media_root] == [1_500_000],
        "The first is where memory ends and a temporary file begins; the second leaves files out of its count.",
        foil=but(variation="upload-thresholds-in-memory", words="with MemoryFileUploadHandler alone"),
    ),
    Claim(
        "a-bundle-is-collected-like-any-file",
        "What a bundler writes into a folder of STATICFILES_DIRS is collected and served like any other file, if it is "
        "there before collectstatic runs.",
        (X(**SERVED, variation="bundled"), X(**SERVED, variation="bundled-too-late")),
        lambda before, after: (status(before, "bundle"), status(after, "bundle")) == (200, 404),
        "Bundle, then collect, then start.",
        foil=but(variation="bundled-too-late", words="when it comes after collectstatic"),
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
        foil=but(variation="none", words="with a backend that is installed"),
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
        foil=but(variation="object-storage-for-static", words="with S3 as staticfiles"),
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
        foil=but(collect="no"),
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
