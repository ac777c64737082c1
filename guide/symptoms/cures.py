"""Why each symptom comes, what mends it and what keeps it mended; by the symptom's slug."""

from guide.symptoms.cure import Cure

_ALIASES = """\
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}"""
_WHITENOISE = """\
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    # everything else below
]"""
_ROUTE = """\
from django.conf import settings
from django.conf.urls.static import static

urlpatterns = [
    # ...
]
urlpatterns += static(settings.MEDIA_URL, document_root=settings.MEDIA_ROOT)"""
_TEST_STORAGES = """\
# settings/test.py
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}"""
_NO_BUCKET = "There is no bucket in this lab."

CURES: dict[str, Cure] = {
    "wrong-css-wins": Cure(
        "The finders are asked one after the other, and the apps in the order of `INSTALLED_APPS`. The path inside "
        "`static/` is all that counts: the app’s name is no part of it unless you make it one.",
        "Give each app a folder of its own name inside its `static/` folder, and name it in the tag.",
        "Let collectstatic tell: with `--verbosity 2` every Django names each file that lost.",
        code="shop/static/shop/app.css      {% static 'shop/app.css' %}\n"
        "blog/static/blog/app.css      {% static 'blog/app.css' %}",
        check="python manage.py collectstatic --dry-run --noinput --verbosity 2 | grep 'Found another file'",
        settings=("INSTALLED_APPS", "STATICFILES_FINDERS"),
        shown=("first-app-wins", "clash-message-verbose"),
    ),
    "reordered-apps-old-file": Cure(
        "collectstatic asks whether the source is newer than the copy, not whether it is the same file. The copy of "
        "the former winner was made later than the new winner was written, so it stays. `findstatic --first` asks the "
        "finders and never looks into STATIC_ROOT.",
        "Collect once with `--clear`, or into a new folder at every release.",
        "Collect into an empty folder in each build; then there is nothing to be left behind.",
        code="python manage.py collectstatic --noinput --clear",
        settings=("STATIC_ROOT", "INSTALLED_APPS"),
        shown=("findstatic-looks-at-the-finders",),
    ),
    "first-static-folder-404": Cure(
        "AppDirectoriesFinder looks once which apps have a `static/` folder.",
        "Stop runserver and start it again.",
        "Make the `static/<app>/` folder when you make the app.",
        code="mkdir -p shop/static/shop",
        check="python manage.py findstatic shop/shop.css",
        settings=("STATICFILES_FINDERS", "INSTALLED_APPS"),
    ),
    "dirs-contain-static-root": Cure(
        "collectstatic would read what it writes. STATICFILES_DIRS holds sources that belong to no app; STATIC_ROOT "
        "holds copies, is made by a command and belongs into `.gitignore`.",
        "Use two folders.",
        "`manage.py check` says it; run it in each build.",
        code='STATICFILES_DIRS = [BASE_DIR / "static"]\nSTATIC_ROOT = BASE_DIR / "staticfiles"',
        check="python manage.py check",
        settings=("STATICFILES_DIRS", "STATIC_ROOT"),
    ),
    "case-of-names": Cure(
        "The file system of Windows and macOS treats two spellings as one, that of Linux does not, and neither do "
        "WhiteNoise’s list of files and the manifest.",
        "Use lower case in every file name, and rename with git, which otherwise keeps the old spelling.",
        "Test with hashed names: the manifest is exact about case on every system.",
        code="git mv img/Logo.PNG img/logo.png",
        check="git ls-files '*/static/*' | grep '[A-Z]'",
        settings=("STORAGES",),
        limit="The lab’s experiment runs on whatever system this site runs on; WhiteNoise’s list shows the same on all "
        "of them.",
    ),
    "static-root-not-set": Cure(
        "Development needs no STATIC_ROOT, so its absence first shows in the first build.",
        "Set it to a folder of its own below BASE_DIR.",
        "Run collectstatic with `--dry-run` among the tests.",
        code='STATIC_ROOT = BASE_DIR / "staticfiles"',
        check="python manage.py collectstatic --noinput --dry-run --verbosity 0",
        settings=("STATIC_ROOT",),
    ),
    "files-land-elsewhere": Cure(
        "Joining a path with one that begins with a slash gives the second one alone, with `/` and with "
        "`os.path.join`. A relative path is worse to find: it means another folder from each place a command is "
        "started in.",
        "Build every folder from BASE_DIR, without a slash before its name.",
        "Read the last line of collectstatic: it names the folder.",
        code='STATIC_ROOT = BASE_DIR / "staticfiles"\nMEDIA_ROOT = BASE_DIR / "media"',
        check="python manage.py collectstatic --noinput --dry-run | tail -1",
        settings=("STATIC_ROOT", "MEDIA_ROOT"),
        shown=("relative-static-root-follows-the-shell",),
    ),
    "build-needs-secret-key": Cure(
        "A build has no secrets, and should have none. collectstatic signs nothing, but it imports the settings, and a "
        "settings file that demands the variable fails there.",
        "Read the key with an empty default. Django refuses an empty key the moment it is used, and MessageMiddleware, "
        "which startproject writes, uses it for every request: production without a key still cannot answer a page.",
        "Let the build run collectstatic with an empty environment, and the start run `check --deploy`.",
        code='SECRET_KEY = os.environ.get("SECRET_KEY", "")',
        check='env -i PATH="$PATH" python manage.py collectstatic --noinput --dry-run --verbosity 0',
        settings=("STATIC_ROOT",),
        limit="No image is built here. In the experiment that works the build passes, and as nobody gives the running "
        "server its key either, its pages are refused.",
    ),
    "volume-masks-image": Cure(
        "A named volume is filled from the image once, when it is new. After that the volume is what the container "
        "sees, and the files of every later image lie hidden below it.",
        "Mount nothing over STATIC_ROOT, or collect into the volume each time the container starts.",
        "After a deploy compare one stylesheet with its source.",
        code="# compose.yaml, only where nginx has to share the folder\n"
        "command: sh -c 'python manage.py collectstatic --noinput --clear && exec gunicorn mysite.wsgi'",
        check="docker compose exec web python manage.py collectstatic --noinput --dry-run | tail -1",
        settings=("STATIC_ROOT",),
        limit="No container runs here: a STATIC_ROOT that already has the files of an earlier release stands for the "
        "volume.",
    ),
    "deleted-remain-dotfiles-missing": Cure(
        "A copy that has lost its source is still a file, and collectstatic does not keep a list of what it copied. "
        "Names that begin with a dot or end in `~` are left out, lest an editor’s leftovers get public.",
        "Collect with `--clear` or into a new folder; take dotfiles along with `--no-default-ignore`, or better, serve "
        "`/.well-known/` with a view.",
        "Look for copies whose source is gone.",
        code="python manage.py collectstatic --noinput --clear",
        check="python manage.py findstatic old.css",
        settings=("STATIC_ROOT",),
        shown=("hidden-files-are-not-collected",),
    ),
    "slow-collectstatic-to-s3": Cure(
        "Each question is a request to the bucket. And what collectstatic compares is dates: a fresh checkout has "
        "given every file a new one.",
        "Collect into a local folder and let a tool that compares checksums send what differs; or let WhiteNoise serve "
        "from the image and a CDN fetch from there.",
        "Watch the number of files sent, not the minutes.",
        code="python manage.py collectstatic --noinput\nrclone copy --checksum staticfiles/ bucket:static/",
        settings=("STORAGES", "STATIC_ROOT"),
        limit=f"{_NO_BUCKET} The storage here counts the questions that a bucket would have to answer over the "
        f"network.",
    ),
    "missing-manifest-entry": Cure(
        "The tag looks the name up in `staticfiles.json`, which collectstatic writes. Either it has not run since the "
        "file came, or no finder knows the file, or its name is spelt otherwise.",
        "Run collectstatic in every build, before the server starts. If the entry is still missing, ask findstatic for "
        "the name in the message.",
        "Render the pages in a test with the manifest storage, after collectstatic. Leave `manifest_strict` on: off, "
        "what the build forgot is hashed when asked for, and a name that no file has fails all the same.",
        code="python manage.py collectstatic --noinput",
        check="python manage.py findstatic app.css",
        settings=("STORAGES", "STATIC_ROOT", "DEBUG"),
        shown=("debug-hides-the-manifest", "manifest-strict-raises", "no-file-raises-strict-or-not"),
    ),
    "leading-slash-in-static-tag": Cure(
        "Plain storage joins STATIC_URL and the name, which forgives a slash. The manifest has names without one.",
        "Write the path as it is below `static/`.",
        "Search the templates.",
        code="{% static 'app.css' %}",
        check="grep -rnE \"static ['\\\"]/\" --include='*.html' .",
        settings=("STATIC_URL", "STORAGES"),
    ),
    "file-named-in-css-missing": Cure(
        "To put hashes into a stylesheet the storage has to find every file that its `url()` and `sourceMappingURL` "
        "name. Often it is the source map of a minified library that was copied without it. Django 5.2 ends in a "
        "traceback, 6.1 in a CommandError that names file and line.",
        "Ship the file, correct the path (it is relative to the stylesheet), or delete the line.",
        "Run collectstatic with the production settings on every commit.",
        code="/* delete this line, or ship the map */\n/*# sourceMappingURL=bootstrap.min.css.map */",
        check="DJANGO_SETTINGS_MODULE=mysite.settings.prod python manage.py collectstatic --noinput",
        settings=("STORAGES",),
        shown=("bad-url-error",),
    ),
    "commented-out-url": Cure(
        "Up to Django 6.0 the storage searches the text for `url(` and does not know what a comment is.",
        "Delete what is commented out: version control keeps it.",
        "Run collectstatic with the production storage on every commit.",
        code="/* nothing here */",
        check="DJANGO_SETTINGS_MODULE=mysite.settings.prod python manage.py collectstatic --noinput",
        settings=("STORAGES",),
        series="5.2",
    ),
    "debug-hides-missing-file": Cure(
        "While DEBUG is on the manifest storage gives plain names without asking anybody. The page works, the "
        "stylesheet is a 404 in a log that nobody reads, and production is the first to ask the manifest.",
        "Correct the name in the tag, or ship the file.",
        "Test pages with DEBUG off and the manifest storage, as they will run.",
        code="python manage.py findstatic missing.css",
        check="DJANGO_SETTINGS_MODULE=mysite.settings.prod python -Wa manage.py test",
        settings=("DEBUG", "STORAGES"),
    ),
    "stale-es-modules": Cure(
        'The template names `a.js` with its hash, but inside it stands `import … from "./b.js"`, and that address does '
        "not change when `b.js` does. A browser that keeps it runs the new `a.js` with the old `b.js`.",
        "Switch the rewriting on in a storage class of your own and end imports with a semicolon, or bundle modules "
        "into one file.",
        "Collect, then look for imports without a hash.",
        code="class ModuleStorage(ManifestStaticFilesStorage):\n    support_js_module_import_aggregation = True",
        check="grep -rnE \"['\\\"]\\.{1,2}/[A-Za-z0-9_/-]+\\.js['\\\"]\" --include='*.????????????.js' staticfiles/",
        settings=("STORAGES",),
        limit="The lab asks what collectstatic writes; the cache of a browser is not part of it.",
    ),
    "debug-off-static-404": Cure(
        "Django’s static file handler is a help for development: unhurried, and unhardened. With DEBUG off it steps "
        "back, and the request ends at the URL resolver.",
        "Let WhiteNoise serve what collectstatic gathered, or nginx. `runserver --insecure` is for a quick look at a "
        "404 page, not for visitors.",
        "Ask for one stylesheet after each deploy.",
        code=f"pip install whitenoise\n\n{_WHITENOISE}\n\npython manage.py collectstatic --noinput",
        check="curl -sI https://example.com/static/admin/css/base.css | head -1",
        settings=("DEBUG", "MIDDLEWARE", "STATIC_ROOT"),
        shown=("insecure-serves-static-only",),
    ),
    "refused-mime-type": Cure(
        "The message talks of a type, and the trouble is the status: the body is a page that says “not found”, or a "
        "login page.",
        "Open the address of the stylesheet itself. A 404 sends you to DEBUG, collectstatic and the server; a 302 to a "
        "login gate above WhiteNoise.",
        "Test status and type of one stylesheet together.",
        code="curl -sI http://127.0.0.1:8000/static/css/style.css",
        settings=("DEBUG", "STATIC_ROOT", "SECURE_CONTENT_TYPE_NOSNIFF"),
        shown=("gate-above-whitenoise-asks-for-a-login",),
    ),
    "gunicorn-no-static": Cure(
        "The handler for static files belongs to the command runserver, not to the application that `wsgi.py` or "
        "`asgi.py` gives to a server. DEBUG has no say in it.",
        "Add WhiteNoise to MIDDLEWARE, or put nginx in front.",
        "Start the production server once in a test and ask it for a stylesheet.",
        code=_WHITENOISE,
        check="curl -sI http://127.0.0.1:8000/static/admin/css/base.css | head -1",
        settings=("MIDDLEWARE", "DEBUG"),
    ),
    "javascript-as-text-plain": Cure(
        "Python asks Windows for the types of file endings, and editors have been known to register `.js` as text. "
        "With nosniff, or for a module, the browser then refuses to run it.",
        "Add the right type in settings.py; repairing `HKEY_CLASSES_ROOT\\.js` helps that one computer.",
        "Print what Python believes.",
        code='import mimetypes\n\nmimetypes.add_type("text/javascript", ".js")',
        check="python -c \"import mimetypes; print(mimetypes.guess_type('a.js'))\"",
        settings=("SECURE_CONTENT_TYPE_NOSNIFF",),
        limit="There is no Windows registry here: a line in settings.py stands for what it would say.",
    ),
    "nginx-without-mime-types": Cure(
        "nginx knows endings from a `types` block and nothing else. Usually `include mime.types;` brings it, and the "
        "one of nginx 1.22 has neither `.mjs` nor `.webmanifest`.",
        "Include the file in `http`, and add what it lacks.",
        "Ask for one file of each ending.",
        code="http {\n    include mime.types;\n    types {\n        text/javascript mjs;\n"
        "        application/manifest+json webmanifest;\n    }\n}",
        check="curl -sI https://example.com/static/site.mjs | grep -i content-type",
        settings=("SECURE_CONTENT_TYPE_NOSNIFF",),
    ),
    "no-directory-at": Cure(
        "It is a warning and no error, because a project that serves nothing yet may still run. In tests it is mostly "
        "noise; on a server it means that every static file will be a 404.",
        "On a server, collect before it starts. In development and tests, leave WhiteNoise out or make the folder.",
        "Turn the warning into an error where it matters.",
        code="python manage.py collectstatic --noinput",
        check="python -W error::UserWarning -c 'import mysite.wsgi'",
        settings=("STATIC_ROOT", "MIDDLEWARE"),
    ),
    "runserver-nostatic-below": Cure(
        "Both apps bring a command called runserver, and of two commands of one name Django takes that of the app "
        "which stands higher.",
        "Move it above `django.contrib.staticfiles`.",
        "Look at the headers of a stylesheet in development: with WhiteNoise there is a Cache-Control.",
        code='INSTALLED_APPS = [\n    "whitenoise.runserver_nostatic",\n    "django.contrib.staticfiles",\n]',
        check="curl -sI http://127.0.0.1:8000/static/app.css | grep -i cache-control",
        settings=("INSTALLED_APPS", "MIDDLEWARE"),
        shown=("static-handler-bypasses-middleware",),
    ),
    "asgi-synchronous-iterators": Cure(
        "A file is read in pieces by ordinary, synchronous code. An ASGI handler cannot wait for that piece by piece, "
        "so it reads the whole file first.",
        "For small stylesheets the warning costs little. Let nginx or a CDN serve files, or run the WSGI application.",
        "Run the tests of an ASGI project with warnings as errors.",
        code="gunicorn mysite.wsgi",
        check="python -W error -m uvicorn mysite.asgi:application",
        settings=("MIDDLEWARE",),
    ),
    "file-added-after-start": Cure(
        "One look at the start makes each request a look into a dictionary: quick, and safe from every trick with "
        "paths. The price is that the list is final.",
        "Collect first, start then. After a collectstatic on a running server, restart its workers.",
        "Let the script that deploys do both, in this order.",
        code="python manage.py collectstatic --noinput && systemctl reload gunicorn",
        settings=("WHITENOISE_AUTOREFRESH", "STATIC_ROOT"),
    ),
    "autorefresh-in-production": Cure(
        "Autorefresh turns addresses into paths on disk while visitors wait, in place of the list that makes "
        "WhiteNoise safe. It follows DEBUG, so leaving DEBUG on turns it on as well. WhiteNoise’s own notes on 6.12 "
        "name a hole in this mode that gave access to files it should not.",
        "Delete the setting, keep DEBUG off, and use WhiteNoise 6.12 or newer.",
        "Pin the version and test the setting.",
        code="whitenoise>=6.12",
        check="python -m pip show whitenoise | grep Version; python manage.py diffsettings | grep WHITENOISE",
        settings=("WHITENOISE_AUTOREFRESH", "WHITENOISE_USE_FINDERS", "DEBUG"),
        limit="Releases before 6.12 are not installed here, so what was unsafe in them is not shown; that the disk is "
        "asked at each request is.",
        shown=("file-added-after-start",),
    ),
    "css-redirects-to-login": Cure(
        "Middleware is asked from top to bottom, and the first that answers ends it. Django’s own "
        "LoginRequiredMiddleware is no such gate: it looks at the view, and WhiteNoise has none.",
        "Put WhiteNoise right below SecurityMiddleware and every gate below it.",
        "Test that a visitor without a session gets a stylesheet.",
        code=_WHITENOISE,
        check="curl -sI https://example.com/static/css/style.css | head -1",
        settings=("MIDDLEWARE",),
        shown=("login-required-is-no-gate",),
    ),
    "whitenoise-above-security": Cure(
        "A response passes the middleware above the one that made it, and no other. A middleware that adds a content "
        "security policy has to stand above WhiteNoise for the same reason, if static files need that header.",
        "SecurityMiddleware first, WhiteNoise second.",
        "Test a header of a stylesheet, not only of a page.",
        code=_WHITENOISE,
        check="curl -sI https://example.com/static/css/style.css | grep -iE 'nosniff|strict-transport'",
        settings=("MIDDLEWARE", "SECURE_CONTENT_TYPE_NOSNIFF", "SECURE_CSP"),
        limit="The experiments speak plain HTTP, where Django sends no HSTS; nosniff takes the same way.",
    ),
    "no-default-storage": Cure(
        "Your dictionary takes the place of Django’s. Pages need only `staticfiles`, so nothing shows until somebody "
        "uploads, and no check says a word.",
        "Name both aliases.",
        "Upload something in a test.",
        code=_ALIASES,
        check='python manage.py shell -c "from django.core.files.storage import default_storage; '
        "default_storage.exists('x')\"",
        settings=("STORAGES",),
        shown=("nothing-warns-of-a-missing-default", "a-missing-staticfiles-alias-is-refused"),
    ),
    "staticfiles-storage-ignored": Cure(
        "Django 4.2 brought STORAGES, 5.1 took STATICFILES_STORAGE and DEFAULT_FILE_STORAGE away. A setting that "
        "nobody reads is no error, so an upgrade quietly loses hashes, compression or the bucket.",
        "Move the class into STORAGES, and name `default` too.",
        "Look for the old names, and test that the name of a stylesheet has a hash.",
        code=_ALIASES,
        check="grep -rnE 'STATICFILES_STORAGE|DEFAULT_FILE_STORAGE' --include='*.py' .",
        settings=("STORAGES", "STATICFILES_STORAGE", "DEFAULT_FILE_STORAGE"),
        shown=("default-file-storage-is-ignored",),
    ),
    "media-404-in-development": Cure(
        "Static files have finders and a handler; uploads have neither. The file is stored, and its address is one "
        "that no URL pattern takes.",
        "Add the route to the project’s urls.py. It needs no `if DEBUG` around it.",
        "Upload in a test and ask for the address that comes back.",
        code=_ROUTE,
        settings=("MEDIA_URL", "MEDIA_ROOT", "DEBUG"),
        shown=("route-vanishes-with-debug",),
    ),
    "media-404-in-production": Cure(
        "`static()` gives an empty list with DEBUG off, since Django’s view is not meant for visitors. WhiteNoise "
        "lists its files at the start and would not know later uploads.",
        "Let nginx serve MEDIA_ROOT, or store uploads in an object store, which then serves them.",
        "After a deploy upload a picture and open it.",
        code="location /media/ {\n    alias /srv/media/;\n    add_header X-Content-Type-Options nosniff always;\n}",
        check="curl -sI https://example.com/media/picture.png | head -1",
        settings=("MEDIA_URL", "MEDIA_ROOT", "DEBUG"),
        shown=("whitenoise-is-unfit-for-media",),
    ),
    "uploads-vanish": Cure(
        "A release is made to be replaced: a dyno or container starts from its image, and what was written meanwhile "
        "is not in it.",
        "Put MEDIA_ROOT on a volume that the platform keeps, or use an object store as the default storage.",
        "Upload, deploy, and look again: before the first visitor does.",
        code='MEDIA_ROOT = Path(os.environ["MEDIA_ROOT"])  # such as /data/media, on a volume',
        settings=("MEDIA_ROOT", "STORAGES"),
        limit="No platform runs here: deleting the file stands for a new container.",
    ),
    "private-files-public": Cure(
        "An address that is hard to guess is no permission: links get forwarded, logged and cached.",
        "Keep private files out of MEDIA_URL’s location. A view decides and answers with X-Accel-Redirect; nginx sends "
        "the file from a location marked `internal`. In S3 use a private bucket and signed URLs.",
        "Ask for a private file without a session in a test.",
        code="# nginx\nlocation /protected/ {\n    internal;\n    alias /srv/private/;\n}\n\n"
        "# views.py\n@login_required\ndef invoice(request, name):\n"
        '    response = HttpResponse(headers={"X-Accel-Redirect": "/protected/" + quote(name)})\n'
        '    del response["Content-Type"]  # nginx knows it by the ending\n    return response',
        check="curl -sI https://example.com/media/invoice.pdf | head -1",
        settings=("MEDIA_URL", "MEDIA_ROOT"),
        limit="A cookie stands for the session: the experiment has no database for real ones.",
        shown=("accel-redirect-keeps-the-views-type",),
    ),
    "video-will-not-seek": Cure(
        "To jump, a player asks for a part of the file. Django’s view knows only the whole.",
        "It is a limit of development; nginx and object stores answer 206. To test video locally, put nginx in front.",
        "Ask the production server for ten bytes.",
        code="curl -s -o /dev/null -w '%{http_code}\\n' -H 'Range: bytes=0-9' https://example.com/media/film.mp4",
        settings=("MEDIA_URL",),
        look=("range",),
    ),
    "nginx-403": Cure(
        "To open a file a process must be allowed to pass through each folder on the way: the `x` of a folder. A home "
        "folder is often `drwx------`, and nginx runs as `www-data`.",
        "Serve from a folder such as `/srv/shop`, or allow passing. Keep FILE_UPLOAD_DIRECTORY_PERMISSIONS open enough "
        "for collectstatic.",
        "Walk the path as nginx’s user.",
        code="chmod o+x /home/ada /home/ada/shop\n\nFILE_UPLOAD_DIRECTORY_PERMISSIONS = 0o755",
        check="namei -l /srv/shop/staticfiles/app.css; sudo -u www-data cat /srv/shop/staticfiles/app.css",
        settings=("FILE_UPLOAD_DIRECTORY_PERMISSIONS", "STATIC_ROOT"),
        limit="What differs below is the mode of a folder: the lab’s nginx runs as Django’s user, who may pass "
        "everywhere. What it answers when it is started as root stands under “Why”.",
        shown=("nginx-started-as-root-may-not-enter",),
    ),
    "nginx-alias-traversal": Cure(
        "nginx replaces the location’s text by the alias and appends the rest. `/static../x` begins with `/static`, "
        "the rest is `../x`, and the alias ends in a slash.",
        "End both in a slash.",
        "Run a linter such as gixy over the configuration, and ask for the parent.",
        code="location /static/ {\n    alias /srv/shop/staticfiles/;\n}",
        check="curl -s -o /dev/null -w '%{http_code}\\n' --path-as-is https://example.com/static../manage.py",
        settings=("STATIC_URL", "STATIC_ROOT"),
    ),
    "nginx-413": Cure(
        "The limit is nginx’s own and Django never sees the request, so there is no form error and nothing in Django’s "
        "log.",
        "Allow what your largest honest upload needs, for the upload’s location alone if you can; let the form refuse "
        "what is larger with a sentence.",
        "Upload a file of the largest size in a test against nginx.",
        code="location /upload/ {\n    client_max_body_size 10m;\n    proxy_pass http://app;\n}",
        settings=("DATA_UPLOAD_MAX_MEMORY_SIZE", "FILE_UPLOAD_MAX_MEMORY_SIZE"),
    ),
    "origin-checking-failed": Cure(
        "Django compares the browser’s Origin with scheme and Host of the request. Behind a proxy both come from "
        "headers that the proxy sets.",
        "Hand on the host with its port, and the scheme; tell Django which header to believe. Where the proxy is not "
        "yours, list the origin.",
        "Post a form through the proxy after each change to it.",
        code="proxy_set_header Host $http_host;\nproxy_set_header X-Forwarded-Proto $scheme;\n\n"
        'SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")\n'
        'CSRF_TRUSTED_ORIGINS = ["https://example.com"]',
        settings=("CSRF_TRUSTED_ORIGINS", "SECURE_PROXY_SSL_HEADER", "ALLOWED_HOSTS"),
        shown=("nginx-must-tell-of-tls", "trusted-origin-is-let-in"),
    ),
    "svg-html-xss": Cure(
        "What comes from your host counts as your site: a script in it may read what its visitors may. A file’s ending "
        "and its Content-Type are claims of the sender, and Pillow opens more than browsers show.",
        "Take pictures only, decode them and save the pixels anew, which leaves anything else behind; serve uploads "
        "with nosniff, and from another host if you must take everything.",
        "Upload hostile files in a test.",
        code='image = Image.open(upload, formats=["JPEG", "PNG", "WEBP"])\nimage.convert("RGB").save(fresh, "JPEG")',
        check="curl -sI https://example.com/media/picture.png | grep -i nosniff",
        settings=("MEDIA_URL", "SECURE_CONTENT_TYPE_NOSNIFF"),
    ),
    "decompression-bomb": Cure(
        "A picture of one colour packs well: the memory it needs is width times height, whatever the file weighs. "
        "Pillow refuses above twice MAX_IMAGE_PIXELS and only warns above once.",
        "Read the size from the header and refuse before anything is decoded.",
        "Keep such a file among the tests’ files; it is small.",
        code="width, height = image.image.size\nif width * height > 25_000_000:\n"
        '    raise forms.ValidationError("At most 25 megapixels, please.")',
        settings=("DATA_UPLOAD_MAX_MEMORY_SIZE",),
    ),
    "rotated-photos-gps": Cure(
        "A camera stores what the sensor saw and a note how it was held. Whoever drops the note, as a thumbnail does, "
        "shows the photo lying down; whoever keeps all notes publishes the place as well.",
        "Turn the pixels, then save without EXIF.",
        "Upload a photo with orientation 6 and GPS in a test, and look at what is stored.",
        code='upright = ImageOps.exif_transpose(Image.open(upload))\nupright.convert("RGB").save(fresh, "JPEG", '
        'exif=b"")',
        settings=("MEDIA_ROOT",),
    ),
    "request-files-empty": Cure(
        "A form is sent as text unless it says otherwise, and text has no room for a file. The field then is empty, "
        "and Django says that it is required.",
        "Set enctype, and hand `request.FILES` to the form.",
        "Test the page’s HTML: the test client does not read it.",
        code='<form method="post" enctype="multipart/form-data">\n\nform = UploadForm(request.POST, request.FILES)',
        check='self.assertContains(self.client.get("/upload/"), \'enctype="multipart/form-data"\')',
        settings=("FILE_UPLOAD_HANDLERS",),
        limit="A script reads the form and sends what a browser would.",
    ),
    "no-file-associated": Cure(
        "An empty file field is an object without a name. It counts as false, and asking it for `url` raises.",
        "Ask first whether there is a file, or give the model a property with a picture for everybody else.",
        "Test the page with a row that has no file.",
        code='{% if profile.avatar %}\n  <img src="{{ profile.avatar.url }}" alt="">\n{% endif %}',
        settings=("MEDIA_URL",),
    ),
    "old-file-stays": Cure(
        "A transaction can be rolled back and a deleted file cannot, and two rows may share a file. So Django leaves "
        "it to you.",
        "Delete in signals, after the transaction, or use a well-kept package such as django-cleanup. Sweep what is "
        "left now and then.",
        "Test that a deleted row leaves no file.",
        code="@receiver(post_delete, sender=Photo)\ndef delete_file(sender, instance, **kwargs):\n"
        "    transaction.on_commit(lambda: instance.file.delete(save=False))",
        settings=("MEDIA_ROOT", "STORAGES"),
    ),
    "large-uploads-0600": Cure(
        "A small upload is written by Django with the system’s mode; a large one is a temporary file that is moved "
        "into place, and temporary files are closed to others.",
        "Leave the setting at its default, 0o644, or set it so.",
        "Upload more than 2.5 MB in a test and look at the mode.",
        code="FILE_UPLOAD_PERMISSIONS = 0o644",
        check="find media -type f ! -perm -o=r",
        settings=("FILE_UPLOAD_PERMISSIONS", "FILE_UPLOAD_MAX_MEMORY_SIZE", "FILE_UPLOAD_TEMP_DIR"),
        shown=("file-permissions-count-for-collectstatic",),
    ),
    "size-limit-ignored": Cure(
        "DATA_UPLOAD_MAX_MEMORY_SIZE counts the other fields. FILE_UPLOAD_MAX_MEMORY_SIZE says when a temporary file "
        "is used. Neither is about how large a file may be; the number of files is limited, to 100.",
        "Limit the body in nginx or the server, and the file in the form.",
        "Upload one byte too many in a test.",
        code='def clean_image(self):\n    image = self.cleaned_data["image"]\n    if image.size > 1_000_000:\n'
        '        raise forms.ValidationError("At most one megabyte, please.")\n    return image',
        settings=(
            "DATA_UPLOAD_MAX_MEMORY_SIZE",
            "DATA_UPLOAD_MAX_NUMBER_FILES",
            "FILE_UPLOAD_MAX_MEMORY_SIZE",
        ),
        shown=("memory-size-is-a-threshold", "data-size-excludes-files"),
    ),
    "s3-overwrites": Cure(
        "Looking whether a name is free costs a request, so django-storages does not look unless told to.",
        "Set `file_overwrite` to False for uploads. For static files True is right.",
        "Upload the same name twice in a test.",
        code='STORAGES = {\n    "default": {\n        "BACKEND": "storages.backends.s3.S3Storage",\n'
        '        "OPTIONS": {"bucket_name": "media", "file_overwrite": False},\n    },\n    # "staticfiles": ...\n}',
        settings=("STORAGES", "S3-file_overwrite"),
        limit="No bucket answers here: django-storages and boto3 are real, and what they would send is printed.",
        shown=("an-upload-replaces-nothing",),
    ),
    "acl-not-supported": Cure(
        "New buckets belong to their owner alone and know no access lists. `default_acl` asks for one with every "
        "upload.",
        "Leave `default_acl` at None and say who may read in the bucket’s policy, or in front of it in the CDN.",
        "Upload to the real bucket in a smoke test after each change to its policy.",
        code='"OPTIONS": {"bucket_name": "media", "default_acl": None}',
        settings=("STORAGES", "S3-default_acl"),
        limit=f"{_NO_BUCKET} A storage of a few lines stands for it and answers with the same message.",
        shown=("s3-asks-for-no-acl-by-default",),
    ),
    "signed-static-urls": Cure(
        "A signature makes each address unlike the last one. That is right for private uploads; for a stylesheet it "
        "defeats every cache, and a page that was kept for a day names addresses that have expired.",
        "Set `querystring_auth` to False for static files, and let the bucket or a CDN make them public.",
        "Test that the address of a stylesheet has no query.",
        code='"staticfiles": {\n    "BACKEND": "storages.backends.s3.S3ManifestStaticStorage",\n'
        '    "OPTIONS": {"bucket_name": "static", "querystring_auth": False},\n}',
        settings=("STORAGES", "S3-querystring_auth", "S3-custom_domain"),
        limit=f"{_NO_BUCKET} A storage of a few lines stands for django-storages and signs as it does.",
        shown=("s3-custom-domain-is-what-pages-name",),
    ),
    "fonts-blocked-by-cors": Cure(
        "A page may show pictures and stylesheets of any host, but fonts and modules only if that host permits it by a "
        "header. On one host the question does not arise.",
        "Send the header for static files, and let the CDN pass it on; in S3 it is a CORS rule of the bucket.",
        "Ask for a font with an Origin.",
        code='location /static/ {\n    alias /srv/shop/staticfiles/;\n    add_header Access-Control-Allow-Origin "*" '
        "always;\n}",
        check="curl -sI -H 'Origin: https://example.com' https://cdn.example.com/static/inter.woff2 | grep -i "
        "access-control",
        settings=("STATIC_URL", "WHITENOISE_ALLOW_ALL_ORIGINS"),
        limit="The refusal is the browser’s; the header that it misses is shown.",
        shown=("allow-all-origins-off",),
    ),
    "cdn-cached-404": Cure(
        "For some minutes two releases answer side by side. A page of one may ask a server of the other for a hashed "
        "file that it does not have, and a CDN remembers the 404 for everybody.",
        "Keep the files of the last release beside the new ones, send static files out before the pages that name "
        "them, and forbid caching of errors.",
        "After a deploy ask for the last release’s stylesheet.",
        code="python manage.py collectstatic --noinput    # without --clear\n\nCache-Control: no-store    # on every "
        "404",
        check="curl -sI https://cdn.example.com/static/app.3f2a9c1b7d4e.css | head -1",
        settings=("STORAGES", "WHITENOISE_KEEP_ONLY_HASHED_FILES", "STATIC_URL"),
        limit="No CDN runs here; the 404 that it would keep does come.",
        shown=("old-pages-keep-their-stylesheet",),
    ),
    "stale-css-in-development": Cure(
        "Without a Cache-Control header a browser may guess how long a copy is good. And “changed since?” is answered "
        "by date: when another app’s older file takes over, the answer is 304 although the content differs.",
        "Reload with the cache off (tick it in the developer tools), or let WhiteNoise serve in development.",
        "Ask findstatic which file it is that you ought to edit; never edit the copy in STATIC_ROOT.",
        code='INSTALLED_APPS = [\n    "whitenoise.runserver_nostatic",\n    "django.contrib.staticfiles",\n]',
        check="python manage.py findstatic --first app.css",
        settings=("STATICFILES_FINDERS", "STATIC_ROOT"),
        limit="The guess is the browser’s; the missing header and the 304 are shown.",
    ),
    "manifest-error-in-tests": Cure(
        "Django’s test runner turns DEBUG off, whatever the settings say, and with it on comes the manifest.",
        "Choose plain storage in the settings of tests, and keep one slow test with the real storage after "
        "collectstatic, for names that do not exist.",
        "Run that one test in every build.",
        code=_TEST_STORAGES,
        settings=("STORAGES", "DEBUG"),
    ),
    "live-server-static-404": Cure(
        "LiveServerTestCase behaves as production does and serves what was collected. Development’s finders come with "
        "the class from staticfiles.",
        "Inherit from StaticLiveServerTestCase, or collect before the tests.",
        "Let a browser test look at a colour, not only at words.",
        code="from django.contrib.staticfiles.testing import StaticLiveServerTestCase",
        settings=("STATIC_ROOT", "STATICFILES_FINDERS"),
        shown=("test-cases-differ",),
    ),
    "tests-fill-media-root": Cure(
        "The database of tests is made and thrown away; files go wherever the default storage puts them, which is your "
        "own folder.",
        "Give tests a storage in memory, or a temporary MEDIA_ROOT.",
        "Let the build fail when tests leave files behind.",
        code=_TEST_STORAGES,
        check='test -z "$(ls -A media 2>/dev/null)"',
        settings=("STORAGES", "MEDIA_ROOT"),
    ),
    "platform-never-collected": Cure(
        "Some platforms run collectstatic by themselves, some not, and one variable such as DISABLE_COLLECTSTATIC, set "
        "long ago to get a first deploy through, switches it off.",
        "Write it into the build command, and remove that variable.",
        "Let the build fail when collectstatic does, and ask for a stylesheet after the deploy.",
        code="pip install -r requirements.txt && python manage.py collectstatic --noinput",
        check="curl -sI https://example.com/static/admin/css/base.css | head -1",
        settings=("STATIC_ROOT",),
        limit="No platform runs here: a project that was never collected stands for it.",
        shown=("use-finders-needs-no-collectstatic",),
    ),
}
