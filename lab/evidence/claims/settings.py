"""Claims about single settings, each shown at two values: by default, and set."""

from lab.evidence.claim import Claim, but, django
from lab.evidence.matchers import FOR_EVER, HASHED, PRODUCTION, X, collected, css, failure, request, said, status
from lab.experiment import Knobs
from lab.observation import Observation

SERVED: Knobs = {**PRODUCTION, "collect": "yes"}


def printed(seen: Observation) -> str:
    """What the last shell command printed."""
    return said(seen, "shell").stdout


def line(seen: Observation, word: str) -> str:
    """The line of that output that begins with `word:`. Raises LookupError."""
    for text in printed(seen).splitlines():
        if text.startswith(f"{word}: "):
            return text.removeprefix(f"{word}: ")
    raise LookupError(f"no line {word}")


SETTING_CLAIMS = (
    Claim(
        "use-finders-needs-no-collectstatic",
        "With DEBUG off and plain names WhiteNoise serves from the source folders, STATIC_ROOT being empty, if "
        "WHITENOISE_USE_FINDERS is set; without it it answers 404.",
        (X(**PRODUCTION, variation="use-finders"), X(**PRODUCTION)),
        lambda finders, plain: (
            (css(finders).status, css(plain).status) == (200, 404) and finders.static_root == plain.static_root == ()
        ),
        "For development; production collects.",
        foil=but(1, debug="on"),
    ),
    Claim(
        "max-age-follows-its-setting",
        "A file with a plain name may be kept for as long as WHITENOISE_MAX_AGE says, a minute by default.",
        (X(**SERVED, variation="max-age"), X(**SERVED)),
        lambda hour, minute: (
            css(hour).headers["cache-control"] == "max-age=3600, public"
            and css(minute).headers["cache-control"] == "max-age=60, public"
        ),
        "Hashed names need no setting.",
        foil=but(1, storage="manifest"),
    ),
    Claim(
        "index-file-answers-for-its-folder",
        "A folder’s address returns 404 unless WHITENOISE_INDEX_FILE is set: then its index.html answers.",
        (X(**SERVED, variation="index-file"), X(**SERVED, variation="folder-asked")),
        lambda index, plain: (status(index, "folder"), status(plain, "folder")) == (200, 404),
        "WHITENOISE_INDEX_FILE = True",
        foil=but(variation="folder-asked", words="without that setting"),
    ),
    Claim(
        "mimetypes-go-first",
        "WHITENOISE_MIMETYPES decides the Content-Type of an extension; without it WhiteNoise takes its own.",
        (X(**SERVED, variation="mimetypes"), X(**SERVED, variation="unknown-type")),
        lambda own, plain: (
            request(own, "track").headers["content-type"] == "application/x-of-our-own"
            and request(plain, "track").headers["content-type"] != "application/x-of-our-own"
        ),
        "Keys are extensions with their dot.",
        foil=but(variation="unknown-type", words="without that setting"),
    ),
    Claim(
        "charset-follows-its-setting",
        "A stylesheet’s Content-Type names the charset of WHITENOISE_CHARSET, utf-8 by default.",
        (X(**SERVED, variation="charset"), X(**SERVED)),
        lambda latin, plain: (
            css(latin).headers["content-type"] == 'text/css; charset="latin-1"'
            and css(plain).headers["content-type"] == 'text/css; charset="utf-8"'
        ),
        "Save files as UTF-8 and leave it alone.",
        foil=but(variation="none", words="without that setting"),
    ),
    Claim(
        "allow-all-origins-off",
        "With WHITENOISE_ALLOW_ALL_ORIGINS off WhiteNoise sends no Access-Control-Allow-Origin; by default it sends *.",
        (X(**SERVED, variation="origins-off"), X(**SERVED)),
        lambda off, on: (
            "access-control-allow-origin" not in css(off).headers
            and css(on).headers["access-control-allow-origin"] == "*"
        ),
        "Fonts from another host need it.",
        foil=but(variation="none", words="without that setting"),
    ),
    Claim(
        "skipped-extensions-are-not-compressed",
        "Files with an extension of WHITENOISE_SKIP_COMPRESS_EXTENSIONS get no .gz beside them.",
        (X(storage="whitenoise", collect="yes", variation="skip-css"), X(storage="whitenoise", collect="yes")),
        lambda skipped, plain: (
            "admin/css/base.css.gz" not in collected(skipped) and "admin/css/base.css.gz" in collected(plain)
        ),
        "The default leaves pictures and archives alone.",
        foil=but(variation="none", words="without that setting"),
    ),
    Claim(
        "headers-function-adds",
        "What WHITENOISE_ADD_HEADERS_FUNCTION puts into the headers is sent with the file.",
        (X(**SERVED, variation="headers-function"), X(**SERVED)),
        lambda added, plain: (
            css(added).headers["cross-origin-resource-policy"] == "cross-origin"
            and "cross-origin-resource-policy" not in css(plain).headers
        ),
        "The function gets headers, path and url.",
        foil=but(variation="none", words="without that setting"),
    ),
    Claim(
        "immutable-test-decides",
        "Browsers may keep a file that passes WHITENOISE_IMMUTABLE_FILE_TEST for ten years, whatever its name.",
        (X(**SERVED, variation="immutable-css"), X(**SERVED)),
        lambda kept, plain: (
            css(kept).headers["cache-control"] == FOR_EVER and css(plain).headers["cache-control"] != FOR_EVER
        ),
        "Only for names that change with their content.",
        foil=but(variation="none", words="without that setting"),
    ),
    Claim(
        "static-prefix-moves-the-files",
        "With WHITENOISE_STATIC_PREFIX WhiteNoise serves under that path and no longer under STATIC_URL’s.",
        (X(**SERVED, variation="static-prefix"), X(**SERVED)),
        lambda moved, plain: (status(moved, "moved"), css(moved).status, css(plain).status) == (200, 404, 200),
        "For a CDN that asks under another path than pages name.",
        foil=but(1, collect="no"),
    ),
    Claim(
        "only-hashed-files-are-kept",
        "With WHITENOISE_KEEP_ONLY_HASHED_FILES collectstatic leaves no plain names behind.",
        (X(**HASHED, variation="only-hashed"), X(**HASHED)),
        lambda only, both: (
            "app.css" not in collected(only) and "app.css" in collected(both) and css(only).status == 200
        ),
        "Half the files; addresses without a hash return 404.",
        foil=but(variation="none", words="without that setting"),
    ),
    Claim(
        "manifest-strict-raises",
        "A name that is not in the manifest raises ValueError; with manifest_strict off a file that exists gets a hash "
        "when a page names it, and STATIC_ROOT has no file of that name.",
        (
            X(storage="whitenoise-manifest", debug="off", variation="manifest-strict"),
            X(storage="whitenoise-manifest", debug="off", variation="manifest-not-strict"),
        ),
        lambda strict, lax: (
            failure(said(strict, "shell")).type == "ValueError"
            and printed(lax).startswith("/static/late.")
            and printed(lax).strip() != "/static/late.css"
            and "late.css" in collected(lax)
            and printed(lax).strip().removeprefix("/static/") not in collected(lax)
        ),
        "Leave it on and collect.",
        foil=but(variation="manifest-not-strict", words="with manifest_strict off"),
    ),
    Claim(
        "no-file-raises-strict-or-not",
        "With manifest_strict off the name of a file that does not exist still raises ValueError.",
        (X(storage="whitenoise-manifest", debug="off", variation="manifest-not-strict-missing"),),
        lambda lax: failure(said(lax, "shell")).type == "ValueError",
        "Correct the name.",
        foil=but(variation="manifest-not-strict", words="for a file that exists"),
    ),
    Claim(
        "login-required-is-no-gate",
        "Django’s own LoginRequiredMiddleware above WhiteNoise redirects pages and lets the stylesheet pass.",
        (X(**{**SERVED, "whitenoise": "last"}, variation="login-required"),),
        lambda seen: (
            (status(seen, "page"), status(seen, "stylesheet")) == (302, 200)
            and request(seen, "stylesheet").answered_by == "whitenoise"
        ),
        "It asks views, and a static file has none.",
        foil=but(login_gate="above"),
    ),
    Claim(
        "whitenoise-root-serves-at-the-root",
        "A file in WHITENOISE_ROOT is served at the root of the site; without the setting its address returns 404.",
        (X(**PRODUCTION, variation="root-of-the-site"), X(**PRODUCTION, variation="robots-asked")),
        lambda there, plain: (status(there, "robots"), status(plain, "robots")) == (200, 404),
        "For robots.txt and favicon.ico.",
        foil=but(variation="robots-asked", words="without that setting"),
    ),
    Claim(
        "location-and-base-url-stand-in",
        "The options location and base_url of the default storage replace MEDIA_ROOT and MEDIA_URL.",
        (X(upload="png", variation="location-and-base-url"), X(upload="png")),
        lambda options, plain: (
            request(options, "media").url == "/files/picture.png"
            and options.media_root == ()
            and request(plain, "media").url == "/media/picture.png"
            and len(plain.media_root) == 1
        ),
        "The media route must follow base_url then.",
        foil=but(variation="none", words="without those options"),
    ),
    Claim(
        "allow-overwrite-keeps-the-name",
        "With allow_overwrite a second upload of the same name replaces the first one; by default it gets another "
        "name.",
        (X(variation="same-name-overwrites"), X(variation="same-name-kept")),
        lambda overwrites, keeps: (
            "the same name: True" in printed(overwrites)
            and "is of Grace" in printed(overwrites)
            and "the same name: False" in printed(keeps)
            and "is of Ada" in printed(keeps)
        ),
        "Leave it off for uploads.",
        foil=but(variation="same-name-kept", words="without allow_overwrite"),
    ),
    Claim(
        "default-file-storage-is-ignored",
        "DEFAULT_FILE_STORAGE has no effect: an upload lands in MEDIA_ROOT as without it.",
        (X(upload="png", variation="old-default-file-storage"), X(upload="png")),
        lambda old, plain: (
            [file.path for file in old.media_root] == [file.path for file in plain.media_root] == ["picture.png"]
        ),
        'STORAGES["default"]',
        foil=but(variation="location-and-base-url", words="with OPTIONS in STORAGES"),
    ),
    Claim(
        "upload-handlers-decide-where-a-file-waits",
        "By default a small upload waits in memory; with TemporaryFileUploadHandler alone in a temporary file.",
        (X(variation="parsed"), X(variation="handlers")),
        lambda plain, temporary: (
            "InMemoryUploadedFile" in line(plain, "file") and "TemporaryUploadedFile" in line(temporary, "file")
        ),
        "FILE_UPLOAD_HANDLERS is asked in order.",
        foil=but(1, variation="parsed", words="with the default handlers"),
    ),
    Claim(
        "memory-size-is-a-threshold",
        "With the default handlers the files of a request larger than FILE_UPLOAD_MAX_MEMORY_SIZE wait in temporary "
        "files; they are accepted all the same.",
        (X(variation="memory-size"), X(variation="parsed")),
        lambda small, plain: (
            "TemporaryUploadedFile" in line(small, "file") and "InMemoryUploadedFile" in line(plain, "file")
        ),
        "Set a limit in the form, or in the web server.",
        foil=but(variation="parsed", words="with the default, 2.5 MB"),
    ),
    Claim(
        "data-size-excludes-files",
        "DATA_UPLOAD_MAX_MEMORY_SIZE refuses a text of 2,000 bytes at a limit of 1,000, and accepts a file of that "
        "size.",
        (X(variation="data-size"), X(variation="parsed")),
        lambda limited, plain: (
            line(limited, "text") == "RequestDataTooBig"
            and "InMemoryUploadedFile" in line(limited, "file")
            and line(plain, "text") != "RequestDataTooBig"
        ),
        "Files need a separate limit.",
        foil=but(variation="parsed", words="with the default, 2.5 MB"),
    ),
    Claim(
        "too-many-files-are-refused",
        "Three files raise TooManyFilesSent where DATA_UPLOAD_MAX_NUMBER_FILES is 2.",
        (X(variation="number-of-files"), X(variation="parsed")),
        lambda two, plain: (
            line(two, "files") == "TooManyFilesSent" and line(plain, "files").count("InMemoryUploadedFile") == 3
        ),
        "Django answers 400 to it.",
        foil=but(variation="parsed", words="with the default, 100"),
    ),
    Claim(
        "too-many-fields-are-refused",
        "Three fields raise TooManyFieldsSent where DATA_UPLOAD_MAX_NUMBER_FIELDS is 2.",
        (X(variation="number-of-fields"), X(variation="parsed")),
        lambda two, plain: line(two, "fields") == "TooManyFieldsSent" and line(plain, "fields") == "({}, 3)",
        "Django answers 400 to it.",
        foil=but(variation="parsed", words="with the default, 1,000"),
    ),
    Claim(
        "temp-dir-must-exist",
        "Django’s checks refuse a FILE_UPLOAD_TEMP_DIR that does not exist (files.E001).",
        (X(variation="temp-dir-missing"), X(variation="temp-dir-there")),
        lambda missing, there: (
            missing.refused is not None and "files.E001" in missing.refused.message and there.refused is None
        ),
        "Make the folder, or leave the setting out.",
        foil=but(variation="temp-dir-there", words="when the folder exists"),
    ),
    Claim(
        "file-permissions-count-for-collectstatic",
        "FILE_UPLOAD_PERMISSIONS is the mode of collected files as well: 0o644 by default, 0o600 when set so.",
        (X(variation="collected-mode"), X(variation="collected-mode-closed")),
        lambda plain, closed: (printed(plain).strip(), printed(closed).strip()) == ("0o644", "0o600"),
        "nginx has to be able to read them.",
        foil=but(1, variation="collected-mode", words="without that setting"),
    ),
    Claim(
        "context-processors-give-the-prefixes",
        "STATIC_URL and MEDIA_URL are empty in a template unless the context processors static and media are listed.",
        (X(variation="context-processors"), X(variation="no-context-processors")),
        lambda there, plain: (
            "static: /static/ media: /media/" in request(there, "page").excerpt
            and "static:  media: " in request(plain, "page").excerpt
        ),
        "The tags get_static_prefix and get_media_prefix need no context processor.",
        foil=but(variation="no-context-processors", words="without those lines"),
    ),
    Claim(
        "nosniff-follows-its-setting",
        "With SECURE_CONTENT_TYPE_NOSNIFF off neither page nor WhiteNoise’s static file carries nosniff; by default, "
        "with WhiteNoise below SecurityMiddleware, both do.",
        (X(**SERVED, variation="nosniff-off"), X(**SERVED)),
        lambda off, on: (
            all("x-content-type-options" not in request(off, label).headers for label in ("page", "css"))
            and all(request(on, label).headers["x-content-type-options"] == "nosniff" for label in ("page", "css"))
        ),
        "Leave it on.",
        foil=but(1, whitenoise="before-security"),
    ),
    Claim(
        "trusted-origin-is-let-in",
        "A form from another origin is answered 403; with that origin in CSRF_TRUSTED_ORIGINS it is accepted.",
        (X(variation="foreign-origin"), X(variation="trusted-origin")),
        lambda foreign, trusted: (status(foreign, "form"), status(trusted, "form")) == (403, 302),
        "Scheme included: https://shop.example",
        foil=but(variation="trusted-origin", words="with that origin in CSRF_TRUSTED_ORIGINS"),
    ),
    Claim(
        "other-hosts-are-refused",
        "With DEBUG off a request for a host that ALLOWED_HOSTS does not name is answered 400.",
        (X(debug="off", variation="other-hosts-only"), X(debug="off")),
        lambda other, named: (status(other, "page"), status(named, "page")) == (400, 200),
        "Name every host under which the site is reached.",
        foil=but(variation="none", words="where the list names it"),
    ),
    Claim(
        "csp-names-the-hosts",
        "From Django 6.0 on SECURE_CSP is sent by Django’s own middleware; 5.2 has neither, and no page has a policy "
        "by default.",
        (X(variation="csp"), X()),
        lambda policy, plain: (
            ("content-security-policy" in request(policy, "page").headers) == (django(policy) >= (6, 0))
            and "content-security-policy" not in request(plain, "page").headers
        ),
        "On 5.2 the package django-csp does it.",
        foil=but(1, variation="policy-sent", words="with a middleware of your own that sends one"),
    ),
    Claim(
        "script-name-comes-before-static-url",
        "FORCE_SCRIPT_NAME comes before a relative STATIC_URL, and not before one that begins with a slash.",
        (X(variation="script-name"), X(variation="script-name-absolute")),
        lambda relative, absolute: (
            (printed(relative).strip(), printed(absolute).strip()) == ("/shop/static/", "/static/")
        ),
        'STATIC_URL = "static/"',
        foil=but(1, variation="script-name", words="with a relative one"),
    ),
)
