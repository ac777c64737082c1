"""A claim for each symptom: its first experiment shows it, its second the cure, further ones what belongs to it.

Each is named as the symptom's page is (guide.symptoms).
"""

from lab.evidence.claim import Claim, django
from lab.evidence.matchers import NGINX, PRODUCTION, X, collected, css, failure, request, said, served, status
from lab.experiment import Knobs
from lab.observation import Observation

MANIFEST: Knobs = {**PRODUCTION, "storage": "manifest", "collect": "yes"}  # hashed names without compression: quicker
SERVED: Knobs = {**PRODUCTION, "collect": "yes"}
HASHED_ONLY: Knobs = {"storage": "manifest", "collect": "yes"}
BEHIND_NGINX: Knobs = {**NGINX, "upload": "png"}


def printed(seen: Observation, *words: str) -> str:
    """Everything that the last command with these words wrote."""
    command = said(seen, *words)
    return command.stdout + command.stderr


def ends(seen: Observation, *words: str) -> int:
    return said(seen, *words).exit


def header(seen: Observation, label: str, name: str) -> str:
    return request(seen, label).headers.get(name, "")


CURES = (
    Claim(
        "wrong-css-wins",
        "Of two files with one path only the first is collected and served; with a folder of the app’s name both are.",
        (X(**SERVED), X(**SERVED, layout="namespaced")),
        lambda clash, apart: (
            served(clash, "app1")
            and not {"app1/app.css", "app2/app.css"} & collected(clash)
            and {"app1/app.css", "app2/app.css"} <= collected(apart)
        ),
        "Put the files into static/<app>/.",
    ),
    Claim(
        "reordered-apps-old-file",
        "After a reorder of INSTALLED_APPS collectstatic leaves the old file, which is newer than its source; --clear "
        "brings the new one.",
        (X(**PRODUCTION, collect="stale"), X(**PRODUCTION, collect="stale", clear="yes")),
        lambda left, cleared: (
            served(left, "app2") and "0 static files copied" in left.commands[1].stdout and served(cleared, "app1")
        ),
        "collectstatic --clear",
    ),
    Claim(
        "first-static-folder-404",
        "An app’s first static folder is found only by a process that starts after the folder was made.",
        (X(variation="first-static-folder-later"), X(variation="first-static-folder")),
        lambda later, there: (status(later, "shop"), status(there, "shop")) == (404, 200),
        "Restart runserver.",
    ),
    Claim(
        "dirs-contain-static-root",
        "Django refuses STATIC_ROOT among STATICFILES_DIRS (staticfiles.E002) and takes any other folder.",
        (X(project_static="collected", collect="yes"), X(project_static="plain", collect="yes")),
        lambda refused, fine: (
            refused.refused is not None and "staticfiles.E002" in refused.refused.message and fine.refused is None
        ),
        "Two folders: one to write into, one to collect from.",
    ),
    Claim(
        "case-of-names",
        "A tag that says App.css does not get the file app.css.",
        (X(**SERVED, variation="name-in-capitals"), X(**SERVED)),
        lambda capitals, small: (status(capitals, "css"), status(small, "css")) == (404, 200),
        "Lower case everywhere.",
    ),
    Claim(
        "static-root-not-set",
        "Without STATIC_ROOT collectstatic ends with ImproperlyConfigured, while runserver serves as ever.",
        (X(collect="yes", variation="no-static-root"), X(collect="yes")),
        lambda unset, there: (
            "without having set the STATIC_ROOT" in failure(unset.commands[0]).message
            and served(unset, "app1")
            and there.commands[0].exit == 0
        ),
        "Set STATIC_ROOT.",
    ),
    Claim(
        "files-land-elsewhere",
        "A slash before the folder’s name makes BASE_DIR count for nothing: collectstatic would write to the root of "
        "the disk.",
        (X(variation="joined-with-slash"), X(variation="joined-without-slash"), X(variation="collect-from-elsewhere")),
        lambda slash, none, relative: (
            "to '/staticfiles'" in printed(slash, "collectstatic")
            and "to '/project/staticfiles'" in printed(none, "collectstatic")
            and "to '/project/templates/staticfiles'" in printed(relative, "collectstatic")
        ),
        'BASE_DIR / "staticfiles"',
    ),
    Claim(
        "build-needs-secret-key",
        'collectstatic needs no SECRET_KEY: settings that read it with a default of "" let the build pass and refuse '
        "to sign anything later.",
        (X(collect="yes", variation="secret-key-required"), X(collect="yes", variation="secret-key-when-used")),
        lambda required, used: (
            ends(required, "collectstatic") != 0
            and "SECRET_KEY" in printed(required, "collectstatic")
            and ends(used, "collectstatic") == 0
        ),
        'os.environ.get("SECRET_KEY", "")',
    ),
    Claim(
        "volume-masks-image",
        "What lies in STATIC_ROOT already is what gets served; collectstatic --clear at the container’s start replaces "
        "it.",
        (X(**PRODUCTION, variation="filled-volume"), X(**PRODUCTION, variation="filled-volume-collected")),
        lambda old, new: "the release before" in css(old).excerpt and served(new, "app1"),
        "Collect when the container starts, or mount nothing there.",
    ),
    Claim(
        "deleted-remain-dotfiles-missing",
        "collectstatic deletes nothing and takes no dotfiles; --clear and --no-default-ignore change both.",
        (X(variation="deleted-source"), X(variation="deleted-source-cleared")),
        lambda left, cleared: (
            "old.css" in collected(left)
            and ".well-known/security.txt" not in collected(left)
            and "old.css" not in collected(cleared)
            and ".well-known/security.txt" in collected(cleared)
        ),
        "collectstatic --clear",
    ),
    Claim(
        "slow-collectstatic-to-s3",
        "When nothing has changed collectstatic still asks the storage about every single file, and a file whose "
        "source has a newer date is sent again; into a local folder the questions cost nothing.",
        (X(variation="counting-storage"), X(collect="yes"), X(variation="counting-storage-fresh-checkout")),
        lambda counted, local, fresh: (
            f"{len(fresh.static_root)} files sent" in fresh.commands[2].stdout
            and "0 files sent" in counted.commands[1].stdout
            and int(counted.commands[1].stdout.splitlines()[-1].split()[0]) >= len(counted.static_root) > 100
            and local.commands[0].exit == 0
        ),
        "Collect into a folder, then send what changed.",
    ),
    Claim(
        "missing-manifest-entry",
        "Hashed names with DEBUG off make every page a 500 until collectstatic has written the manifest.",
        (X(debug="off", storage="manifest"), X(**MANIFEST)),
        lambda missing, there: (
            "Missing staticfiles manifest entry" in failure(request(missing, "page")).message
            and status(there, "page") == status(there, "css") == 200
        ),
        "Collect in every build.",
    ),
    Claim(
        "leading-slash-in-static-tag",
        "With hashed names a leading slash in the static tag is a 500; without the slash the page works.",
        (X(**MANIFEST, reference="leading-slash"), X(**MANIFEST), X(reference="leading-slash")),
        lambda slash, none, plain: (
            "'/app.css'" in failure(request(slash, "page")).message
            and status(none, "page") == 200
            and status(plain, "css") == 200
        ),
        "No slash.",
    ),
    Claim(
        "file-named-in-css-missing",
        "With hashed names collectstatic fails when a stylesheet names a file that does not exist.",
        (X(css="bad-url", **HASHED_ONLY), X(**HASHED_ONLY), X(css="bad-sourcemap", **HASHED_ONLY)),
        lambda bad, good, sourcemap: (
            bad.commands[0].exit != 0
            and "missing.png" in bad.commands[0].stderr
            and sourcemap.commands[0].exit != 0
            and good.commands[0].exit == 0
        ),
        "Mend the url(), or ship the file.",
    ),
    Claim(
        "commented-out-url",
        "A url() inside a comment stops collectstatic on Django 5.2 and not on 6.1; without the comment both pass.",
        (X(css="commented-url", **HASHED_ONLY), X(**HASHED_ONLY)),
        lambda comment, none: (
            (comment.commands[0].exit == 0) == (django(comment) >= (6, 1)) and none.commands[0].exit == 0
        ),
        "Delete the comment.",
    ),
    Claim(
        "debug-hides-missing-file",
        "A tag for a file that nobody has leaves the page at 200 while DEBUG is on and makes it a 500 when it is off.",
        (X(**MANIFEST, reference="missing"), X(**MANIFEST), X(storage="manifest", reference="missing")),
        lambda off, mended, on: (status(off, "page"), status(mended, "page"), status(on, "page")) == (500, 200, 200),
        "Test with DEBUG off.",
    ),
    Claim(
        "stale-es-modules",
        "The manifest storage leaves imports as they are; with support_js_module_import_aggregation it names the "
        "hashed module, on Django 5.2 only where a semicolon ends the line.",
        (X(**HASHED_ONLY, variation="es-modules"), X(**HASHED_ONLY, variation="es-modules-rewritten")),
        lambda plain, rewritten: (
            '"./b.js"' in printed(plain, "shell")
            and '"./b.js"' not in printed(rewritten, "shell")
            and ('"./c.js"' in printed(rewritten, "shell")) == (django(rewritten) < (6, 1))
        ),
        "support_js_module_import_aggregation = True",
    ),
    Claim(
        "debug-off-static-404",
        "With DEBUG off runserver serves no static file; WhiteNoise with collected files does.",
        (X(debug="off"), X(**SERVED)),
        lambda off, served_: (
            (status(off, "page"), status(off, "css"), status(off, "admin-css")) == (200, 404, 404)
            and css(served_).answered_by == "whitenoise"
        ),
        "WhiteNoise or nginx.",
    ),
    Claim(
        "refused-mime-type",
        "What comes for a stylesheet that nobody serves is a 404 page of the type text/html.",
        (X(debug="off"), X(**SERVED)),
        lambda off, served_: (
            status(off, "css") == 404
            and header(off, "css", "content-type").startswith("text/html")
            and header(served_, "css", "content-type").startswith("text/css")
        ),
        "Look at the status, not at the type.",
    ),
    Claim(
        "gunicorn-no-static",
        "gunicorn and uvicorn serve no static files, DEBUG or not; WhiteNoise in MIDDLEWARE does under either.",
        (X(server="gunicorn"), X(server="gunicorn", whitenoise="after-security"), X(server="uvicorn")),
        lambda bare, whitenoise, asgi: (
            (status(bare, "css"), status(asgi, "css")) == (404, 404) and css(whitenoise).answered_by == "whitenoise"
        ),
        "WhiteNoise or nginx.",
    ),
    Claim(
        "javascript-as-text-plain",
        "Django sends the type that Python’s mimetypes knows; a type added in settings.py wins over a registered one.",
        (X(variation="registry-says-text-plain"), X(variation="registry-overruled")),
        lambda plain, script: (
            header(plain, "script", "content-type").startswith("text/plain")
            and header(script, "script", "content-type").startswith("text/javascript")
        ),
        'mimetypes.add_type("text/javascript", ".js")',
    ),
    Claim(
        "nginx-without-mime-types",
        "nginx sends a file whose ending it does not know as its default_type.",
        (X(**NGINX, variation="nginx-without-types"), X(**NGINX, variation="nginx-with-types")),
        lambda without, with_types: (
            [header(without, label, "content-type") for label in ("css", "module", "webmanifest")]
            == ["application/octet-stream"] * 3
            and [header(with_types, label, "content-type") for label in ("css", "module", "webmanifest")]
            == ["text/css", "text/javascript", "application/manifest+json"]
        ),
        "include mime.types; and the endings it lacks.",
    ),
    Claim(
        "no-directory-at",
        "WhiteNoise warns when STATIC_ROOT is not there at its start, and is quiet once files are collected.",
        (X(**PRODUCTION, variation="application-loaded"), X(**SERVED, variation="application-loaded")),
        lambda empty, full: (
            "No directory at: /project/staticfiles" in printed(empty, "shell")
            and "No directory" not in printed(full, "shell")
        ),
        "Collect before the server starts.",
    ),
    Claim(
        "runserver-nostatic-below",
        "whitenoise.runserver_nostatic below django.contrib.staticfiles changes nothing; above it WhiteNoise serves.",
        (
            X(whitenoise="after-security", variation="nostatic-app-below"),
            X(whitenoise="after-security", variation="nostatic-app-above"),
        ),
        lambda below, above: (css(below).answered_by, css(above).answered_by) == ("static-handler", "whitenoise"),
        "Above django.contrib.staticfiles.",
    ),
    Claim(
        "asgi-synchronous-iterators",
        "A file that WhiteNoise answers through ASGI brings Django’s warning of synchronous iterators; through WSGI it "
        "does not.",
        (X(**SERVED, variation="asked-by-asgi"), X(**SERVED, variation="asked-by-wsgi")),
        lambda asgi, wsgi: (
            "must consume synchronous iterators" in printed(asgi, "shell")
            and "status 200" in printed(asgi, "shell")
            and "synchronous" not in printed(wsgi, "shell")
            and "status 200" in printed(wsgi, "shell")
        ),
        "nginx in front, or a WSGI server.",
    ),
    Claim(
        "file-added-after-start",
        "WhiteNoise answers 404 for a file that came into STATIC_ROOT after its start, and 200 after a restart.",
        (X(**SERVED, variation="added-after-start"), X(**SERVED, variation="added-before-start")),
        lambda after, before: (status(after, "new"), status(before, "new")) == (404, 200),
        "Collect, then restart.",
    ),
    Claim(
        "autorefresh-in-production",
        "With WHITENOISE_AUTOREFRESH WhiteNoise looks on the disk at each request; without it only files that were "
        "there at its start exist.",
        (X(**SERVED, variation="autorefresh"), X(**SERVED, variation="added-after-start")),
        lambda autorefresh, listed: (status(autorefresh, "new"), status(listed, "new")) == (200, 404),
        "Leave WHITENOISE_AUTOREFRESH alone: it follows DEBUG.",
    ),
    Claim(
        "css-redirects-to-login",
        "A login gate above WhiteNoise redirects the stylesheet to the login page; below WhiteNoise it guards pages "
        "only.",
        (X(**SERVED, login_gate="above"), X(**SERVED, login_gate="below")),
        lambda above, below: (
            status(above, "css") == 302
            and header(above, "css", "location").startswith("/login/")
            and (status(below, "page"), status(below, "css")) == (302, 200)
        ),
        "The gate below WhiteNoise.",
    ),
    Claim(
        "whitenoise-above-security",
        "WhiteNoise above SecurityMiddleware answers without nosniff; below it, with nosniff.",
        (X(**{**SERVED, "whitenoise": "before-security"}), X(**SERVED)),
        lambda above, below: (
            header(above, "css", "x-content-type-options") == ""
            and header(below, "css", "x-content-type-options") == "nosniff"
        ),
        "SecurityMiddleware first.",
    ),
    Claim(
        "no-default-storage",
        "A STORAGES without default leaves pages at 200 and makes every upload a 500; with both aliases the upload "
        "works.",
        (X(default_storage="missing", upload="png"), X(upload="png")),
        lambda missing, there: (
            status(missing, "page") == 200
            and failure(request(missing, "upload")).type == "InvalidStorageError"
            and status(there, "upload") == 302
        ),
        "Name both aliases.",
    ),
    Claim(
        "staticfiles-storage-ignored",
        "STATICFILES_STORAGE has no effect and no warning; the same class in STORAGES gives hashed names.",
        (X(**SERVED, variation="old-staticfiles-storage"), X(**MANIFEST)),
        lambda old, new: (
            old.refused is None
            and css(old).url == "/static/app.css"
            and css(new).url != "/static/app.css"
            and status(new, "css") == 200
        ),
        'STORAGES = {"default": …, "staticfiles": …}',
    ),
    Claim(
        "media-404-in-development",
        "Without a route an upload is stored and answers 404; with static() in urls.py it is served while DEBUG is on.",
        (X(upload="png", media_route="off"), X(upload="png")),
        lambda without, with_route: (
            len(without.media_root) == 1
            and status(without, "media") == 404
            and request(with_route, "media").answered_by == "media-route"
        ),
        "urlpatterns += static(settings.MEDIA_URL, document_root=settings.MEDIA_ROOT)",
    ),
    Claim(
        "media-404-in-production",
        "With DEBUG off neither the static() route nor WhiteNoise serves an upload; nginx with a location for it does.",
        (X(**SERVED, upload="png"), X(**BEHIND_NGINX)),
        lambda whitenoise, nginx: (
            status(whitenoise, "css") == 200
            and status(whitenoise, "media") == 404
            and request(nginx, "media").answered_by == "nginx"
            and status(nginx, "media") == 200
        ),
        "location /media/ in nginx, or an object store.",
    ),
    Claim(
        "uploads-vanish",
        "An upload inside the release’s folder is gone with that folder; one outside is still there.",
        (X(upload="png", variation="new-container"), X(upload="png", variation="media-on-a-volume")),
        lambda inside, outside: (
            (status(inside, "media"), status(inside, "after-deploy")) == (200, 404)
            and status(outside, "after-deploy") == 200
        ),
        "MEDIA_ROOT on a volume, or an object store.",
    ),
    Claim(
        "private-files-public",
        "nginx gives an upload to anybody; with `internal` and X-Accel-Redirect a view decides who gets it.",
        (X(**BEHIND_NGINX), X(**BEHIND_NGINX, media_route="off", variation="nginx-internal")),
        lambda public, private: (
            status(public, "media") == 200
            and header(private, "with-ticket", "content-type") == "image/png"
            and [status(private, label) for label in ("media", "with-ticket", "directly")] == [302, 200, 404]
        ),
        "internal; and X-Accel-Redirect",
    ),
    Claim(
        "video-will-not-seek",
        "runserver answers a Range request with 200 and everything; nginx answers 206 with the part.",
        (X(upload="png", variation="range"), X(**BEHIND_NGINX, variation="range")),
        lambda runserver, nginx: (
            (status(runserver, "range"), status(nginx, "range")) == (200, 206) and request(nginx, "range").bytes == 10
        ),
        "nginx or an object store in production.",
    ),
    Claim(
        "nginx-403",
        "FILE_UPLOAD_DIRECTORY_PERMISSIONS decides the mode of the folders that collectstatic makes: drwx------ keeps "
        "every other user out.",
        (X(collect="yes", variation="closed-folders"), X(collect="yes", variation="open-folders")),
        lambda closed, open_: (
            printed(closed, "shell").startswith("drwx------") and printed(open_, "shell").startswith("drwxr-xr-x")
        ),
        "chmod o+x on every folder above the files.",
    ),
    Claim(
        "nginx-alias-traversal",
        "`location /static` with an alias that ends in a slash hands out the parent folder; `location /static/` does "
        "not.",
        (X(**NGINX, variation="nginx-no-slash"), X(**NGINX, variation="nginx-slash")),
        lambda without, with_slash: (status(without, "leak"), status(with_slash, "leak")) == (200, 404),
        "End both in a slash.",
    ),
    Claim(
        "nginx-413",
        "nginx answers 413 to more than 1 MB unless client_max_body_size allows it.",
        (X(**NGINX, variation="nginx-large-upload-refused"), X(**NGINX, variation="nginx-large-upload")),
        lambda without, with_size: (status(without, "large"), status(with_size, "large")) == (413, 302),
        "client_max_body_size 10m;",
    ),
    Claim(
        "origin-checking-failed",
        "With $host nginx hands on the host without its port, and Django refuses the form’s Origin; $http_host keeps "
        "it.",
        (X(**NGINX, variation="nginx-host-without-port"), X(**NGINX, variation="nginx-origin")),
        lambda without, with_port: (status(without, "form"), status(with_port, "form")) == (403, 302),
        "proxy_set_header Host $http_host;",
    ),
    Claim(
        "svg-html-xss",
        "A FileField takes an HTML page and serves it as text/html; an ImageField refuses HTML and SVG and takes a PNG "
        "with a script behind it, and EPS.",
        (
            X(upload="html", variation="file-field"),
            X(upload="html"),
            X(upload="svg"),
            X(variation="polyglot"),
        ),
        lambda html, image, svg, polyglot: (
            header(html, "media", "content-type").startswith("text/html")
            and image.media_root == svg.media_root == ()
            and printed(polyglot, "shell").split()[:6] == ["a.png", "accepted", "a.eps", "accepted", "a.svg", "refused"]
        ),
        "Accept pictures only, and save them anew.",
    ),
    Claim(
        "decompression-bomb",
        "Pillow refuses 196 megapixels and lets 100 megapixels in a few kilobytes pass; a form that counts pixels "
        "refuses both.",
        (X(variation="bombs"), X(variation="bombs-refused")),
        lambda bombs, counted: (
            [line.split()[-1] for line in printed(bombs, "shell").splitlines()] == ["accepted", "refused"]
            and [line.split()[-1] for line in printed(counted, "shell").splitlines()] == ["refused", "refused"]
        ),
        "Count pixels before decoding.",
    ),
    Claim(
        "rotated-photos-gps",
        "An ImageField keeps the turn and the GPS place of a photo; saving the pixels anew turns it upright and drops "
        "the place.",
        (X(variation="photo-of-a-phone"), X(variation="photo-made-upright")),
        lambda kept, fresh: (
            "(40, 30) turn: 6 GPS: True" in printed(kept, "shell")
            and "(30, 40) turn: None GPS: False" in printed(fresh, "shell")
        ),
        "ImageOps.exif_transpose, then save without exif.",
    ),
    Claim(
        "request-files-empty",
        "Without enctype the browser sends only the file’s name: request.FILES is empty and the field is required.",
        (X(variation="no-enctype"), X(variation="enctype")),
        lambda without, with_enctype: (
            "200 {}" in printed(without, "shell")
            and "This field is required." in printed(without, "shell")
            and printed(with_enctype, "shell").startswith("302")
        ),
        'enctype="multipart/form-data"',
    ),
    Claim(
        "no-file-associated",
        "The url of an empty file field raises ValueError, in a template too; a template that asks first does not.",
        (X(variation="no-avatar"), X(variation="no-avatar-asked-first")),
        lambda raises, asks: (
            "has no file associated with it" in failure(said(raises, "shell")).message
            and printed(asks, "shell").strip() == "nobody"
        ),
        "{% if profile.avatar %}",
    ),
    Claim(
        "old-file-stays",
        "Replacing a file and deleting its row leave both files on disk; two signal handlers take them away.",
        (X(variation="replaced-and-deleted"), X(variation="replaced-and-cleaned")),
        lambda left, cleaned: (
            "rows: 0 files: ['one.txt', 'two.txt']" in printed(left, "shell")
            and "rows: 0 files: []" in printed(cleaned, "shell")
        ),
        "Delete the file with its row.",
    ),
    Claim(
        "large-uploads-0600",
        "With FILE_UPLOAD_PERMISSIONS None a large upload is stored as -rw-------; with Django’s default both sizes "
        "are readable.",
        (X(variation="permissions-none"), X(variation="permissions-default")),
        lambda none, default: (
            "-rw------- large.png" in printed(none, "shell")
            and "-rw-r--r-- small.png" in printed(none, "shell")
            and "-rw-r--r-- large.png" in printed(default, "shell")
        ),
        "FILE_UPLOAD_PERMISSIONS = 0o644",
    ),
    Claim(
        "size-limit-ignored",
        "DATA_UPLOAD_MAX_MEMORY_SIZE limits no file and 101 files answer 400; a check in the form limits the size.",
        (X(variation="limit-that-is-none"), X(variation="limit-in-the-form")),
        lambda ignored, holds: (
            status(ignored, "large") == 302
            and "101 files: 400" in printed(ignored, "shell")
            and status(holds, "large") == 200
            and "At most one megabyte" in request(holds, "large").excerpt
            and "101 files: 200" in printed(holds, "shell")
        ),
        "Check image.size in the form.",
    ),
    Claim(
        "s3-overwrites",
        "By default django-storages sends a second file of the same name to the first one’s place; with file_overwrite "
        "off it gives it another name.",
        (X(variation="s3"), X(variation="s3-new-names")),
        lambda overwrites, keeps: (
            "the same name: True" in printed(overwrites, "shell") and "the same name: False" in printed(keeps, "shell")
        ),
        "file_overwrite: False",
    ),
    Claim(
        "acl-not-supported",
        "What a bucket refuses is a 500 at the upload; with default_acl None nothing is asked that it would refuse.",
        (
            X(upload="png", variation="bucket-with-acl"),
            X(upload="png", variation="bucket-without-acl"),
            X(variation="s3-acl"),
        ),
        lambda asks, silent, real: (
            "AccessControlListNotSupported" in failure(request(asks, "upload")).message
            and status(silent, "upload") == 302
            and "x-amz-acl: public-read" in printed(real, "shell")
        ),
        "default_acl: None",
    ),
    Claim(
        "signed-static-urls",
        "A storage that signs puts the signature into every address that the static tag writes; told not to, it does "
        "not.",
        (X(variation="signed-urls"), X(variation="unsigned-urls"), X(variation="s3"), X(variation="s3-unsigned")),
        lambda signed, plain, real, real_plain: (
            "X-Amz-Signature" in css(signed).url
            and css(plain).url == "/static/app.css"
            and "signed: True" in printed(real, "shell")
            and "signed: False" in printed(real_plain, "shell")
        ),
        "querystring_auth: False",
    ),
    Claim(
        "fonts-blocked-by-cors",
        "nginx sends no Access-Control-Allow-Origin unless it is told to; WhiteNoise sends * by itself.",
        (X(**NGINX), X(**NGINX, variation="nginx-cors"), X(**SERVED)),
        lambda without, with_header, whitenoise: (
            header(without, "css", "access-control-allow-origin") == ""
            and header(with_header, "css", "access-control-allow-origin") == "*"
            and header(whitenoise, "css", "access-control-allow-origin") == "*"
        ),
        'add_header Access-Control-Allow-Origin "*" always;',
    ),
    Claim(
        "cdn-cached-404",
        "After a deploy that clears STATIC_ROOT the last release’s hashed name is a 404; without --clear it is served.",
        (
            X(**{**MANIFEST, "collect": "stale"}, clear="yes", variation="page-of-the-last-release"),
            X(**{**MANIFEST, "collect": "stale"}, variation="page-of-the-last-release"),
        ),
        lambda cleared, kept: (status(cleared, "old"), status(kept, "old")) == (404, 200),
        "Keep the last release’s files.",
    ),
    Claim(
        "stale-css-in-development",
        "runserver’s own handler sends no Cache-Control and answers 304 by date alone; WhiteNoise in development says "
        "max-age=0.",
        (
            X(apps="app2,app1", variation="asked-since"),
            X(server="runserver-nostatic", whitenoise="after-security"),
        ),
        lambda handler, whitenoise: (
            header(handler, "css", "cache-control") == ""
            and status(handler, "again") == 304
            and header(whitenoise, "css", "cache-control") == "max-age=0, public"
        ),
        "Reload without cache, or WhiteNoise in development.",
    ),
    Claim(
        "manifest-error-in-tests",
        "A test runs with DEBUG off, so hashed names want a manifest; with plain storage the same test passes.",
        (X(storage="manifest", variation="page-test"), X(storage="manifest", variation="page-test-plain")),
        lambda hashed, plain: (
            ends(hashed, "test") != 0
            and "Missing staticfiles manifest entry" in printed(hashed, "test")
            and ends(plain, "test") == 0
        ),
        "Plain storage in the settings of tests.",
    ),
    Claim(
        "live-server-static-404",
        "LiveServerTestCase serves what lies in STATIC_ROOT and nothing else; StaticLiveServerTestCase asks the "
        "finders.",
        (X(variation="tests"), X(variation="tests", collect="yes")),
        lambda empty, full: (
            "\nLiveServerTestCase 404" in "\n" + printed(empty, "test")
            and "StaticLiveServerTestCase 200" in printed(empty, "test")
            and "\nLiveServerTestCase 200" in "\n" + printed(full, "test")
        ),
        "StaticLiveServerTestCase",
    ),
    Claim(
        "tests-fill-media-root",
        "A test’s upload stays in MEDIA_ROOT; with InMemoryStorage it never gets there.",
        (X(variation="upload-test"), X(variation="upload-test-in-memory")),
        lambda disk, memory: (
            ends(disk, "test") == ends(memory, "test") == 0 and len(disk.media_root) == 1 and memory.media_root == ()
        ),
        "InMemoryStorage in the settings of tests.",
    ),
    Claim(
        "platform-never-collected",
        "Without collectstatic WhiteNoise has nothing to serve, and every static file is a 404.",
        (X(**PRODUCTION), X(**SERVED)),
        lambda never, once: (
            (status(never, "page"), status(never, "css")) == (200, 404)
            and never.static_root == ()
            and status(once, "css") == 200
        ),
        "collectstatic in the build.",
    ),
)
