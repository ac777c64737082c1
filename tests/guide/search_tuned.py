"""What people paste and ask, by the symptom that they should find first. The search was tuned on these."""

# ruff: noqa: E501 - a pasted line is as long as it is

AS_GIVEN = {
    "wrong-css-wins": "Found another file with the destination path",
    "reordered-apps-old-file": "apps reordered, disk unchanged",
    "first-static-folder-404": "an app's first static/ folder 404s until restart",
    "dirs-contain-static-root": "E002 STATICFILES_DIRS contains STATIC_ROOT",
    "case-of-names": "works on Windows/macOS, 404 on Linux: case",
    "static-root-not-set": "without having set the STATIC_ROOT setting",
    "files-land-elsewhere": "files land elsewhere (join(ROOT, '/x'); relative root)",
    "build-needs-secret-key": "image build dies on SECRET_KEY",
    "volume-masks-image": "new image, old CSS: a volume masks it",
    "deleted-remain-dotfiles-missing": "deleted sources remain; dotfiles never collected",
    "slow-collectstatic-to-s3": "slow to S3",
    "missing-manifest-entry": "Missing staticfiles manifest entry for",
    "leading-slash-in-static-tag": "leading slash in the tag",
    "file-named-in-css-missing": "The file … could not be found",
    "commented-out-url": "a commented-out url() breaks it",
    "debug-hides-missing-file": "DEBUG hides a missing file",
    "stale-es-modules": "stale ES modules",
    "debug-off-static-404": "all static 404",
    "refused-mime-type": "Refused to apply style … MIME type ('text/html')",
    "gunicorn-no-static": "gunicorn with DEBUG on still has no static",
    "javascript-as-text-plain": ".js as text/plain on Windows",
    "nginx-without-mime-types": "nginx without mime.types; .mjs and .webmanifest",
    "no-directory-at": "No directory at: …/staticfiles/",
    "runserver-nostatic-below": "runserver_nostatic below staticfiles",
    "asgi-synchronous-iterators": "must consume synchronous iterators",
    "file-added-after-start": "file added after start 404s",
    "autorefresh-in-production": "autorefresh before 6.12",
    "css-redirects-to-login": "CSS redirects to /login/",
    "whitenoise-above-security": "WhiteNoise above SecurityMiddleware loses nosniff and HSTS; CSP below it is lost",
    "no-default-storage": "Could not find config for 'default'",
    "staticfiles-storage-ignored": "STATICFILES_STORAGE silently ignored since 5.1",
    "media-404-in-development": "dev 404, no route",
    "media-404-in-production": "prod 404 although the route is written",
    "uploads-vanish": "uploads vanish on ephemeral disks",
    "private-files-public": '"private" files public',
    "video-will-not-seek": "video won't seek: runserver answers Range with 200",
    "nginx-403": "403, parent directory without x",
    "nginx-alias-traversal": "alias traversal",
    "nginx-413": "413",
    "origin-checking-failed": "Origin checking failed",
    "svg-html-xss": "SVG/HTML as stored XSS; ImageField rejects SVG, accepts PNG+HTML polyglots and EPS",
    "decompression-bomb": "bombs: 196 MP refused, 100 MP in 12 kB accepted with a warning",
    "rotated-photos-gps": "rotated photos; GPS survives",
    "request-files-empty": "request.FILES empty: enctype",
    "no-file-associated": "has no file associated with it",
    "old-file-stays": "old file stays on replace or delete",
    "large-uploads-0600": "0600 on large files when FILE_UPLOAD_PERMISSIONS is None",
    "size-limit-ignored": "size limit ignored",
    "s3-overwrites": "S3 overwrites same names by default",
    "acl-not-supported": "AccessControlListNotSupported",
    "signed-static-urls": "signed, expiring static URLs",
    "fonts-blocked-by-cors": "fonts blocked by CORS",
    "cdn-cached-404": "a CDN caches a 404 mid-rollout",
    "stale-css-in-development": "stale CSS in development",
    "manifest-error-in-tests": "manifest error in tests",
    "live-server-static-404": "LiveServerTestCase 404s",
    "tests-fill-media-root": "tests fill MEDIA_ROOT",
    "platform-never-collected": "platform never ran collectstatic",
}

WHITENOISE_TRACEBACK = """Internal Server Error: /accounts/profile/
Traceback (most recent call last):
  File "/home/deploy/.virtualenvs/bookshop/lib/python3.12/site-packages/django/core/handlers/exception.py", line 55, in inner
    response = get_response(request)
               ^^^^^^^^^^^^^^^^^^^^^
  File "/home/deploy/.virtualenvs/bookshop/lib/python3.12/site-packages/django/core/handlers/base.py", line 197, in _get_response
    response = wrapped_callback(request, *callback_args, **callback_kwargs)
  File "/home/deploy/bookshop/accounts/views.py", line 23, in profile
    return render(request, "accounts/profile.html", {"user": request.user})
  File "/home/deploy/.virtualenvs/bookshop/lib/python3.12/site-packages/django/templatetags/static.py", line 129, in handle_simple
    return staticfiles_storage.url(path)
  File "/home/deploy/.virtualenvs/bookshop/lib/python3.12/site-packages/django/contrib/staticfiles/storage.py", line 516, in stored_name
    raise ValueError(
"""

FORMS: dict[str, tuple[str, ...]] = {
    "wrong-css-wins": (
        "Found another file with the destination path 'css/main.css'. It will be ignored since only the first "
        "encountered file is collected.",
        "two of my apps both have a style.css and django always picks the wrong one",
        "$ python manage.py collectstatic\n\n208 static files copied to '/var/www/blog/static', 3 skipped due to conflict.",
        "Why does the css of my other app win instead of mine? same filename in both static folders",
    ),
    "reordered-apps-old-file": (
        "I moved my theme app to the top of INSTALLED_APPS but production still serves the old app's stylesheet after collectstatic",
        "collectstatic says 0 static files copied to '/var/www/shop/static', 211 unmodified. but the winner should be another file now",
        "changed the order of apps, ran collectstatic again, file in STATIC_ROOT didn't change",
    ),
    "first-static-folder-404": (
        "I just created a static folder in my app and the css gives 404 until I restart runserver",
        "new app static directory not picked up by the development server while it is running",
        'Added polls/static/polls/style.css while runserver was running, [12/May/2025 10:11:12] "GET /static/polls/style.css HTTP/1.1" 404 1804, after restarting it works',
    ),
    "dirs-contain-static-root": (
        "ERRORS:\n?: (staticfiles.E002) The STATICFILES_DIRS setting should not contain the STATIC_ROOT setting.",
        "django.core.exceptions.ImproperlyConfigured: The STATICFILES_DIRS setting should not contain the STATIC_ROOT setting",
        "can STATIC_ROOT and STATICFILES_DIRS be the same folder?",
        "SystemCheckError: System check identified some issues: staticfiles.E002",
    ),
    "case-of-names": (
        "images work on my Windows laptop but 404 on the Ubuntu server, file is called Banner.JPG",
        "static file found on macOS, not found after deploying to linux, is it case sensitive?",
        "GET https://shop.example.org/static/img/HeroImage.PNG 404 (Not Found) only on the server, works on my mac",
        "upper case file extension breaks static on linux",
    ),
    "static-root-not-set": (
        "django.core.exceptions.ImproperlyConfigured: You're using the staticfiles app without having set the STATIC_ROOT setting to a filesystem path.",
        'Traceback (most recent call last):\n  File "/app/manage.py", line 22, in <module>\n    main()\n  File "/usr/local/lib/python3.12/site-packages/django/contrib/staticfiles/storage.py", line 39, in path\n    raise ImproperlyConfigured(\ndjango.core.exceptions.ImproperlyConfigured: You\'re using the staticfiles app without having set the STATIC_ROOT setting to a filesystem path.',
        "collectstatic fails because STATIC_ROOT is not set",
    ),
    "files-land-elsewhere": (
        "PermissionError: [Errno 13] Permission denied: '/staticfiles' when I run collectstatic",
        "STATIC_ROOT = os.path.join(BASE_DIR, '/static') puts the files in the root of my disk",
        "collectstatic run from cron writes to a different folder than when I run it by hand",
        "uploaded files end up in the project folder next to manage.py instead of media",
    ),
    "build-needs-secret-key": (
        "> [builder 7/8] RUN python manage.py collectstatic --noinput:\n#12 1.203 django.core.exceptions.ImproperlyConfigured: The SECRET_KEY setting must not be empty.",
        "docker build fails at collectstatic because SECRET_KEY environment variable is missing at build time",
        'File "/app/config/settings/production.py", line 14, in <module>\n    SECRET_KEY = os.environ["SECRET_KEY"]\nKeyError: \'SECRET_KEY\'\nERROR: failed to solve: process "/bin/sh -c python manage.py collectstatic --noinput" did not complete successfully: exit code: 1',
    ),
    "volume-masks-image": (
        "rebuilt my docker image with new css but container still serves the old one, I have a static_volume in docker-compose",
        "named volume for staticfiles is not updated after docker compose build",
        "kubernetes: persistent volume mounted on /app/staticfiles hides the files of the new image",
    ),
    "deleted-remain-dotfiles-missing": (
        "I deleted a css file from my app but it is still in STATIC_ROOT after collectstatic",
        "collectstatic doesn't copy .well-known folder",
        "hidden files starting with a dot are not collected by collectstatic",
        "how to remove old static files that no longer exist in source from the collected folder",
    ),
    "slow-collectstatic-to-s3": (
        "collectstatic to S3 takes 25 minutes on each deploy",
        "django-storages collectstatic is very slow, uploads all files again even if unchanged",
        "speed up collectstatic with s3 bucket",
    ),
    "missing-manifest-entry": (
        WHITENOISE_TRACEBACK + "ValueError: Missing staticfiles manifest entry for 'accounts/profile.css'",
        "ValueError at /\nMissing staticfiles manifest entry for 'images/logo.svg'\nRequest Method: GET\nDjango Version: 5.2",
        "Missing staticfiles manifest entry for 'css/output.css' after deploying with whitenoise",
        "2025-03-02T11:02:13 app[web.1]: ValueError: Missing staticfiles manifest entry for 'favicon.ico'",
    ),
    "leading-slash-in-static-tag": (
        WHITENOISE_TRACEBACK + "ValueError: Missing staticfiles manifest entry for '/js/cart.js'",
        '<link rel="stylesheet" href="{% static \'/css/base.css\' %}"> works in development, 500 in production with manifest storage',
        "should the path in the static tag start with a slash?",
    ),
    "file-named-in-css-missing": (
        "whitenoise.storage.MissingFileError: The file 'vendor/fonts/icons.eot' could not be found with <whitenoise.storage.CompressedManifestStaticFilesStorage object at 0x7fd0c1>.\n\nThe CSS file 'vendor/icons.css' references a file which could not be found",
        "Post-processing 'vendor/bootstrap/css/bootstrap.min.css' failed!\n\nTraceback (most recent call last):\n  File \"/app/manage.py\", line 22, in <module>\n    main()\nValueError: The file 'vendor/bootstrap/css/bootstrap.min.css.map' could not be found with <django.contrib.staticfiles.storage.ManifestStaticFilesStorage object at 0x10b2f0>.",
        "collectstatic fails because of missing source map sourceMappingURL",
        "CommandError: Post-processing 'site.css' failed! The file 'img/bg.png' could not be found",
    ),
    "commented-out-url": (
        "collectstatic fails on a url() in a css comment",
        "manifest storage complains about an image in a line I commented out in my stylesheet /* background: url(../img/old.png) */",
        "commented out css rule still makes post-processing fail",
    ),
    "debug-hides-missing-file": (
        "site works with DEBUG=True but Server Error (500) with DEBUG=False",
        "my page is fine locally and a 500 as soon as I set DEBUG = False, because a static file does not exist",
        "why does development not complain about a static file that is missing when using manifest storage",
    ),
    "stale-es-modules": (
        "browser still uses old version of a javascript module imported with import after deploy",
        "Uncaught SyntaxError: The requested module './utils.js' does not provide an export named 'formatPrice'",
        "ManifestStaticFilesStorage doesn't hash the paths in ES module import statements",
    ),
    "debug-off-static-404": (
        "After setting DEBUG = False all static files return 404",
        "django admin has no css in production",
        'runserver with debug off: [02/Feb/2025 09:15:44] "GET /static/admin/css/base.css HTTP/1.1" 404 179',
        "static files not loading when debug is false",
    ),
    "refused-mime-type": (
        "Refused to apply style from 'https://shop.example.org/static/shop/main.css' because its MIME type ('text/html') is not a supported stylesheet MIME type, and strict MIME checking is enabled.",
        "The stylesheet http://localhost:8000/static/blog.css was not loaded because its MIME type, “text/html”, is not “text/css”.",
        "why is my css served as text/html",
        "Refused to execute script from 'https://x.io/static/app.js' because its MIME type ('text/html') is not executable, and strict MIME type checking is enabled.",
    ),
    "gunicorn-no-static": (
        "with gunicorn the static files are missing although DEBUG is True, runserver works",
        "[2025-01-04 10:00:00 +0000] [1] [INFO] Starting gunicorn 23.0.0\n[INFO] Listening at: http://0.0.0.0:8000 (1)\nNot Found: /static/css/site.css",
        "uvicorn myproj.asgi:application doesn't serve static files",
        'INFO:     172.17.0.1:40000 - "GET /static/admin/css/base.css HTTP/1.1" 404 Not Found',
    ),
    "javascript-as-text-plain": (
        "on Windows my javascript is served as text/plain by runserver",
        'Failed to load module script: Expected a JavaScript module script but the server responded with a MIME type of "text/plain". Strict MIME type checking is enforced for module scripts per HTML spec.',
        "django debug toolbar does not show on windows, registry has wrong content type for .js",
    ),
    "nginx-without-mime-types": (
        "nginx serves css as text/plain",
        "nginx sends .mjs files with application/octet-stream",
        'Failed to load module script: Expected a JavaScript-or-Wasm module script but the server responded with a MIME type of "application/octet-stream".',
        "forgot include mime.types in nginx.conf, browser ignores stylesheet",
    ),
    "no-directory-at": (
        "/usr/local/lib/python3.12/site-packages/whitenoise/base.py:115: UserWarning: No directory at: /code/staticfiles/",
        'UserWarning: No directory at: C:\\Users\\ann\\blog\\staticfiles\\\n  warnings.warn(f"No directory at: {root}")',
        "whitenoise warns no directory at staticfiles when I run my tests",
    ),
    "runserver-nostatic-below": (
        "whitenoise.runserver_nostatic does nothing, runserver still serves static itself",
        "INSTALLED_APPS: 'django.contrib.staticfiles', 'whitenoise.runserver_nostatic' - whitenoise is not used in development",
        "where must runserver_nostatic stand in installed apps",
    ),
    "asgi-synchronous-iterators": (
        "/app/.venv/lib/python3.12/site-packages/django/core/handlers/asgi.py:330: Warning: StreamingHttpResponse must consume synchronous iterators in order to serve them asynchronously. Use an asynchronous iterator instead.",
        "StreamingHttpResponse must consume synchronous iterators warning with daphne and whitenoise",
        "warning about synchronous iterators for every static file under uvicorn",
    ),
    "file-added-after-start": (
        "whitenoise returns 404 for a file I added to staticfiles while gunicorn was running",
        "ran collectstatic but new files are 404 until I restart gunicorn",
        "file exists in STATIC_ROOT but whitenoise doesn't find it without restart",
    ),
    "autorefresh-in-production": (
        "is WHITENOISE_AUTOREFRESH safe in production?",
        "whitenoise autorefresh path traversal vulnerability before 6.12",
        "WHITENOISE_AUTOREFRESH = True makes every request slow on the live server",
    ),
    "css-redirects-to-login": (
        "my css is redirected to the login page when not logged in",
        '"GET /static/css/site.css HTTP/1.1" 302 0\n"GET /accounts/login/?next=/static/css/site.css HTTP/1.1" 200 2481',
        "login page has no styles because custom login required middleware redirects static files",
        "Refused to apply style from 'http://localhost:8000/accounts/login/?next=/static/site.css' because its MIME type ('text/html') is not a supported stylesheet MIME type",
    ),
    "whitenoise-above-security": (
        "static files don't have X-Content-Type-Options nosniff header with whitenoise",
        "security scan: Strict-Transport-Security missing on /static/js/app.js, pages have it",
        "WhiteNoiseMiddleware placed before SecurityMiddleware, headers are missing",
        "Content-Security-Policy is not sent for static files served by whitenoise",
    ),
    "no-default-storage": (
        "django.core.files.storage.handler.InvalidStorageError: Could not find config for 'default' in settings.STORAGES.",
        "InvalidStorageError at /profile/edit/ when uploading a picture after I added STORAGES for whitenoise",
        "STORAGES = {'staticfiles': {...}} and now uploads give a 500",
    ),
    "staticfiles-storage-ignored": (
        "STATICFILES_STORAGE has no effect in Django 5.1",
        "after upgrading from django 4.2 to 5.2 my static files are no longer hashed",
        "DEFAULT_FILE_STORAGE is ignored, files go to local disk instead of S3 since upgrade",
        "ImportError: cannot import name 'get_storage_class' from 'django.core.files.storage'",
    ),
    "media-404-in-development": (
        "uploaded image not displayed in development, 404 on /media/",
        "Page not found (404)\nRequest URL: http://127.0.0.1:8000/media/avatars/me.png\nUsing the URLconf defined in blog.urls, Django tried these URL patterns, in this order:\nadmin/\nThe current path, media/avatars/me.png, didn't match any of these.",
        "do I have to add a route for MEDIA_URL in urls.py on my local machine? pictures show as broken icon",
        '[10/Oct/2025 12:00:01] "GET /media/photos/dog.jpg HTTP/1.1" 404 2301 runserver',
    ),
    "media-404-in-production": (
        "media files work locally but 404 in production with DEBUG False even though I have urlpatterns += static(settings.MEDIA_URL, ...)",
        "user uploaded images not showing after deployment with whitenoise",
        "static() helper doesn't serve media when debug is off",
    ),
    "uploads-vanish": (
        "uploaded files disappear after every deploy on Heroku",
        "profile pictures are gone the next day on Render free plan",
        "FileNotFoundError: [Errno 2] No such file or directory: '/app/media/avatars/12.png' after the container was restarted",
        "media lost when dyno restarts",
    ),
    "private-files-public": (
        "anyone who knows the URL can download private uploads without login",
        "how to restrict access to media files to logged in users",
        "protect uploaded documents with X-Accel-Redirect",
        "invoices in /media/ are publicly accessible",
    ),
    "video-will-not-seek": (
        "html5 video can't be seeked with django runserver",
        "mp4 doesn't play in Safari from development server, range requests answered with 200",
        "setting currentTime on the video element jumps back to start",
    ),
    "nginx-403": (
        '2025/02/11 08:12:33 [error] 812#812: *5 open() "/home/ubuntu/blog/staticfiles/css/site.css" failed (13: Permission denied), client: 203.0.113.9, server: blog.example.org',
        "nginx 403 forbidden for static files in my home directory",
        "www-data cannot read /home/ubuntu/project/static",
    ),
    "nginx-alias-traversal": (
        "location /static { alias /var/www/site/static/; } is this vulnerable to path traversal?",
        "gixy: [alias_traversal] Path traversal via misconfigured alias. Severity: HIGH",
        "curl http://shop.example.org/static../settings.py returns my settings",
    ),
    "nginx-413": (
        "413 Request Entity Too Large nginx/1.24.0 when uploading a photo",
        '2025/05/01 10:10:10 [error] 31#31: *7 client intended to send too large body: 4823012 bytes, client: 10.0.0.5, server: _, request: "POST /upload/ HTTP/1.1"',
        "uploads larger than 1MB fail behind nginx",
        "client_max_body_size",
    ),
    "origin-checking-failed": (
        "Forbidden (403)\nCSRF verification failed. Request aborted.\nReason given for failure:\n    Origin checking failed - https://shop.example.org does not match any trusted origins.",
        "WARNING Forbidden (Origin checking failed - http://localhost:1337 does not match any trusted origins.): /admin/login/",
        "CSRF error when logging in behind nginx in docker on port 8080",
        "do I need CSRF_TRUSTED_ORIGINS behind a reverse proxy with https",
    ),
    "svg-html-xss": (
        "can an uploaded svg contain javascript? XSS through user uploads",
        "user uploaded an html file that runs script on our domain",
        "Upload a valid image. The file you uploaded was either not an image or a corrupted image. when uploading SVG to ImageField",
    ),
    "decompression-bomb": (
        "PIL.Image.DecompressionBombError: Image size (225000000 pixels) exceeds limit of 178956970 pixels, could be decompression bomb DOS attack.",
        "DecompressionBombWarning: Image size (120000000 pixels) exceeds limit of 89478485 pixels",
        "worker killed out of memory when resizing a small uploaded png with huge dimensions",
    ),
    "rotated-photos-gps": (
        "iphone pictures are rotated sideways after upload",
        "remove GPS location exif data from uploaded photos",
        "thumbnail orientation wrong with pillow",
    ),
    "request-files-empty": (
        "request.FILES is empty when submitting form",
        "MultiValueDictKeyError at /upload/\n'document'",
        "upload form says This field is required although I chose a file",
        "form forgot enctype multipart/form-data",
    ),
    "no-file-associated": (
        "ValueError at /users/3/\nThe 'photo' attribute has no file associated with it.",
        "user without profile picture crashes template with profile.image.url",
        "Exception Value: The 'logo' attribute has no file associated with it.",
    ),
    "old-file-stays": (
        "old image is not deleted when I upload a new one for the same object",
        "deleting a model instance doesn't delete the file on disk",
        "media folder keeps growing with orphaned files like cat_x7Yz1Ab.jpg",
    ),
    "large-uploads-0600": (
        "large uploads get permission 600 and nginx can't read them, small ones are fine",
        "-rw------- 1 www-data www-data 7340032 Mar  3 10:12 film.mp4",
        "uploaded files bigger than 2.5MB give 403 forbidden",
        "FILE_UPLOAD_PERMISSIONS None different permissions for large files",
    ),
    "size-limit-ignored": (
        "DATA_UPLOAD_MAX_MEMORY_SIZE doesn't stop big file uploads",
        "django.core.exceptions.TooManyFilesSent: The number of files exceeded settings.DATA_UPLOAD_MAX_NUMBER_FILES.",
        "how to limit the file size of uploads, FILE_UPLOAD_MAX_MEMORY_SIZE is ignored",
        "Bad Request (400) when uploading more than 100 files at once",
    ),
    "s3-overwrites": (
        "django-storages S3 overwrites existing file with same name",
        "second user uploaded avatar.png and replaced the first user's file in our bucket",
        "files are replaced on S3 although I never set AWS_S3_FILE_OVERWRITE",
    ),
    "acl-not-supported": (
        "botocore.exceptions.ClientError: An error occurred (AccessControlListNotSupported) when calling the PutObject operation: The bucket does not allow ACLs",
        "boto3.exceptions.S3UploadFailedError: Failed to upload /tmp/x to media-bucket/a.png: An error occurred (AccessControlListNotSupported) when calling the CreateMultipartUpload operation",
        "bucket owner enforced and default_acl public-read error on collectstatic",
    ),
    "signed-static-urls": (
        "static urls from s3 contain X-Amz-Signature and expire after one hour",
        "GET https://my-bucket.s3.eu-central-1.amazonaws.com/static/css/site.css?X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Expires=3600&X-Amz-Signature=abc 403 (Forbidden)",
        "<Error><Code>AccessDenied</Code><Message>Request has expired</Message><X-Amz-Expires>3600</X-Amz-Expires></Error>",
        "turn off querystring auth for static files",
    ),
    "fonts-blocked-by-cors": (
        "Access to font at 'https://d1234.cloudfront.net/static/fonts/fa-solid-900.woff2' from origin 'https://shop.example.org' has been blocked by CORS policy: No 'Access-Control-Allow-Origin' header is present on the requested resource.",
        "font awesome icons show as squares when static files come from a CDN",
        "Cross-Origin Request Blocked: The Same Origin Policy disallows reading the remote resource at https://cdn.shop.org/static/fonts/x.woff. (Reason: CORS header ‘Access-Control-Allow-Origin’ missing).",
    ),
    "cdn-cached-404": (
        "cloudflare cached a 404 for our new css during deploy",
        "during a rolling deploy some users get 404 for hashed css and cloudfront keeps it",
        "HTTP/2 404 cf-cache-status: HIT /static/css/app.9f8e7d6c5b4a.css",
    ),
    "stale-css-in-development": (
        "css changes not showing up in browser with runserver until hard refresh",
        "I edit style.css but nothing changes, ctrl+f5 needed",
        '[11/Nov/2025 10:20:30] "GET /static/css/main.css HTTP/1.1" 304 0',
    ),
    "manifest-error-in-tests": (
        "FAILED shop/tests/test_cart.py::test_cart_page - ValueError: Missing staticfiles manifest entry for 'css/cart.css'",
        "pytest fails with missing manifest entry, do I have to run collectstatic before tests?",
        "======\nERROR: test_index (polls.tests.IndexViewTests.test_index)\n------\nTraceback (most recent call last):\n  File \"/builds/polls/tests.py\", line 9, in test_index\n    self.client.get('/')\nValueError: Missing staticfiles manifest entry for 'polls/style.css'\nRan 1 test in 0.021s\nFAILED (errors=1)",
        "override STORAGES in test settings to avoid manifest error",
    ),
    "live-server-static-404": (
        "Selenium tests with LiveServerTestCase have no css",
        "static files 404 in live_server fixture pytest-django playwright",
        "difference between LiveServerTestCase and StaticLiveServerTestCase",
    ),
    "tests-fill-media-root": (
        "my tests leave uploaded files in the media folder",
        "how to use a temporary MEDIA_ROOT in tests",
        "running the test suite creates files like media/avatars/test_Gh7Kl2p.png in my repository",
    ),
    "platform-never-collected": (
        "deployed to Render and static files are 404, do I have to run collectstatic in the build command?",
        "pythonanywhere no css after deploy",
        "remote: -----> $ python manage.py collectstatic --noinput\nremote:  !     Error while running '$ python manage.py collectstatic --noinput'.\nremote:        See traceback above for details.\nremote:        $ heroku config:set DISABLE_COLLECTSTATIC=1",
        "Railway deployment: admin without css, collectstatic was never executed",
    ),
}

# Written after the search had been tuned on the forms above: 53 of these 58 were found first before it was tuned again.
LATER: dict[str, str] = {
    "wrong-css-wins": "django loads base.css from a third-party package rather than from my own app, both are named base.css",
    "reordered-apps-old-file": "switched two entries of INSTALLED_APPS, reran collectstatic on the server, still the former design",
    "first-static-folder-404": "python manage.py runserver was already running when I made blog/static/blog/ - Not Found: /static/blog/blog.css",
    "dirs-contain-static-root": "STATIC_ROOT = os.path.join(BASE_DIR, 'static')\nSTATICFILES_DIRS = [os.path.join(BASE_DIR, 'static')]\nraises ImproperlyConfigured",
    "case-of-names": "background.jpg is displayed on my PC but the Linux VPS says not found, in the repo it is Background.jpg",
    "static-root-not-set": 'raise ImproperlyConfigured("You\'re using the staticfiles app without having set the STATIC_ROOT setting")',
    "files-land-elsewhere": "collectstatic wants to write to /static at the top of the disk: PermissionError: [Errno 13] Permission denied: '/static'",
    "build-needs-secret-key": "GitLab CI docker build: decouple.UndefinedValueError: SECRET_KEY not found when running collectstatic",
    "volume-masks-image": "nginx container keeps serving last month's css from the shared volume though web image was rebuilt",
    "deleted-remain-dotfiles-missing": "assetlinks.json in static/.well-known is missing after collectstatic",
    "slow-collectstatic-to-s3": "our pipeline spends half an hour in collectstatic with S3ManifestStaticStorage",
    "missing-manifest-entry": "Exception Type: ValueError at /shop/\nException Value: Missing staticfiles manifest entry for 'shop/js/basket.js'",
    "leading-slash-in-static-tag": "ValueError: Missing staticfiles manifest entry for '/images/hero.webp'",
    "file-named-in-css-missing": "Post-processing 'lib/leaflet/leaflet.css' failed!\nwhitenoise.storage.MissingFileError: The file 'lib/leaflet/images/layers.png' could not be found",
    "commented-out-url": "/* @import url('fonts.css'); */ in my file and collectstatic complains that fonts.css could not be found",
    "debug-hides-missing-file": "debug=True everything OK, debug=False only 'Server Error (500)' on one page which references a nonexistent picture",
    "stale-es-modules": "after release browsers run main.9ab.js but it imports ./api.js from the cache, the old one",
    "debug-off-static-404": "I set DEBUG=False and now my website is shown as plain html without any style",
    "refused-mime-type": "Chrome console: Refused to apply style because its MIME type ('text/html') is not a supported stylesheet MIME type",
    "gunicorn-no-static": "gunicorn config.wsgi --bind 0.0.0.0:8000 → page without css, but ./manage.py runserver shows it",
    "javascript-as-text-plain": "Refused to execute script from 'http://127.0.0.1:8000/static/admin/js/nav_sidebar.js' because its MIME type ('text/plain') is not executable",
    "nginx-without-mime-types": "custom nginx image: stylesheet transferred with MIME type text/plain, forgot types",
    "no-directory-at": "UserWarning: No directory at: /builds/team/proj/staticfiles/",
    "runserver-nostatic-below": "runserver ignores whitenoise although I installed runserver_nostatic at the end of INSTALLED_APPS",
    "asgi-synchronous-iterators": "django.request warning under hypercorn: StreamingHttpResponse must consume synchronous iterators",
    "file-added-after-start": "we generate sitemap.css into STATIC_ROOT at night; whitenoise answers 404 until the workers restart",
    "autorefresh-in-production": "should I leave autorefresh enabled for whitenoise 6.5 in production?",
    "css-redirects-to-login": "style.css → 302 Found, Location: /accounts/login/?next=/static/style.css",
    "whitenoise-above-security": "securityheaders.com reports no HSTS on our javascript files, WhiteNoise is the first middleware",
    "no-default-storage": "InvalidStorageError: Could not find config for 'default' in settings.STORAGES. when saving an ImageField",
    "staticfiles-storage-ignored": "STATICFILES_STORAGE = 'whitenoise.storage.CompressedManifestStaticFilesStorage' but no hash appears in my file names (Django 5.2)",
    "media-404-in-development": "GET http://localhost:8000/media/products/shoe.jpg 404 (Not Found) with runserver",
    "media-404-in-production": "product images uploaded through the admin are broken on the live site, static files are okay (whitenoise, DEBUG=False)",
    "uploads-vanish": "customers' uploaded logos are missing each morning, hosted on Railway",
    "private-files-public": "google indexed our users' uploaded contracts in /media/, how do I require a login?",
    "video-will-not-seek": "can't jump to the middle of a podcast mp3 in my Django dev server",
    "nginx-403": '[crit] 1234#0: *1 stat() "/root/site/static/app.css" failed (13: Permission denied)',
    "nginx-alias-traversal": "bug bounty: https://site.tld/static../.env returns secrets",
    "nginx-413": "HTTP 413 from nginx when admin attaches a PDF of 3 MB",
    "origin-checking-failed": "Origin checking failed - https://app.tld does not match any trusted origins",
    "svg-html-xss": "pentester uploaded <svg onload=alert(1)> as profile picture and it executed",
    "decompression-bomb": "PIL.Image.DecompressionBombError: Image size (400000000 pixels) exceeds limit",
    "rotated-photos-gps": "photos from phones appear lying on the side in the gallery; also they contain coordinates",
    "request-files-empty": "print(request.FILES) gives <MultiValueDict: {}> but request.POST contains the filename",
    "no-file-associated": "The 'cover' attribute has no file associated with it.",
    "old-file-stays": "model.delete() removes the row but the jpg remains in media/",
    "large-uploads-0600": "PDFs above 2.5 MB are stored with mode 0600, smaller ones 0644",
    "size-limit-ignored": "someone uploaded a 4 GB file despite DATA_UPLOAD_MAX_MEMORY_SIZE = 5242880",
    "s3-overwrites": "two users with report.pdf: the second upload wiped the first in the S3 bucket",
    "acl-not-supported": "ClientError AccessControlListNotSupported PutObject new bucket",
    "signed-static-urls": "the link to base.css has ?AWSAccessKeyId=AKIA...&Signature=...&Expires=1700000000 and stops working later",
    "fonts-blocked-by-cors": "glyphicons don't render from cdn.site.tld, console: blocked by CORS policy",
    "cdn-cached-404": "blue/green switch: visitors receive 404 for main.3fa9c0.css, and CloudFront remembers it for minutes",
    "stale-css-in-development": "edited my scss output, reload, same colours as before; only an emptied browser cache helps (development)",
    "manifest-error-in-tests": "E   ValueError: Missing staticfiles manifest entry for 'dist/app.css'\ntests/test_home.py::test_ok FAILED",
    "live-server-static-404": "class MyTest(LiveServerTestCase): browser shows page without css, /static/ is 404",
    "tests-fill-media-root": "every pytest run adds avatar_ab12.png files to media/, how to isolate",
    "platform-never-collected": "fly.io deployment: admin unstyled; nobody ran collectstatic in release step",
}

# A few words each, as people type them into a search box: 163 of these 174 were found first before it was tuned again.
SHORT: dict[str, tuple[str, ...]] = {
    "wrong-css-wins": (
        "my app shows the colours of a completely different app",
        "two packages both bring an image called logo.png, I always get the one I don't want",
        "override a third party app's css file but django keeps loading theirs",
    ),
    "reordered-apps-old-file": (
        "swapped the apps in settings and still see the former stylesheet on the deployed site",
        "collectstatic refuses to replace main.css, it says unmodified",
        "why does collectstatic skip my newer file",
    ),
    "first-static-folder-404": (
        "added static folder, nothing works till I kill runserver",
        "my very first css in a brand-new app isn't found",
        "do I have to restart the dev server after creating a static folder",
    ),
    "dirs-contain-static-root": (
        "system check complains about STATICFILES_DIRS and STATIC_ROOT",
        "ImproperlyConfigured: STATICFILES_DIRS should not contain STATIC_ROOT",
        "same path for static root and staticfiles dirs",
    ),
    "case-of-names": (
        "pictures OK on mac but not on the server",
        "Logo.svg vs logo.svg in production",
        "works on my windows machine, broken on linux hosting: /static/Img/Photo.PNG",
    ),
    "static-root-not-set": (
        "collectstatic: without having set the STATIC_ROOT",
        "ImproperlyConfigured when running collectstatic for the first time",
        "where does collectstatic want to put the files? it raises an error about a filesystem path",
    ),
    "files-land-elsewhere": (
        "collectstatic creates a folder at the root of my drive",
        "photos are saved outside of my project",
        "MEDIA_ROOT relative path, uploads appear wherever gunicorn was started",
    ),
    "build-needs-secret-key": (
        "docker build step collectstatic fails because env var not set",
        "ImproperlyConfigured: The SECRET_KEY setting must not be empty while building the image",
        "KeyError: SECRET_KEY during RUN collectstatic",
    ),
    "volume-masks-image": (
        "rebuilt image but static files inside container are outdated",
        "docker volume keeps old static",
        "compose up --build doesn't update css",
    ),
    "deleted-remain-dotfiles-missing": (
        "static file deleted from source still served",
        ".htaccess is not copied by collectstatic",
        "how to remove stale files from STATIC_ROOT",
    ),
    "slow-collectstatic-to-s3": (
        "collectstatic to DigitalOcean Spaces takes forever",
        "collectstatic S3 timeout in heroku build",
        "deploy slow because of uploading static files to bucket",
    ),
    "missing-manifest-entry": (
        "500 error after deploy, logs: Missing staticfiles manifest entry",
        "raise ValueError(\"Missing staticfiles manifest entry for '%s'\" % clean_name)",
        "manifest entry missing for js file that exists",
    ),
    "leading-slash-in-static-tag": (
        "manifest entry for '/js/app.js' missing although the file is there",
        "{% static '/logo.png' %} broken in production",
        "leading slash static template tag ValueError",
    ),
    "file-named-in-css-missing": (
        "collectstatic fails: file fonts/glyphicons.eot could not be found with ManifestStaticFilesStorage",
        "whitenoise MissingFileError for a .map file",
        "css refers to image that does not exist and collectstatic crashes",
    ),
    "commented-out-url": (
        "comment in stylesheet breaks collectstatic",
        "collectstatic could not find file from commented css import",
        "ManifestStaticFilesStorage parses comments",
    ),
    "debug-hides-missing-file": (
        "Server Error 500 only with DEBUG False, no idea which file",
        "page OK locally, in production 500 because a static file is missing in template",
        "debug off → 500 on every page",
    ),
    "stale-es-modules": (
        "browser caches old JS modules after deploy",
        "ManifestStaticFilesStorage and javascript import statements",
        "ES modules: nested import still gets old version",
    ),
    "debug-off-static-404": (
        "static not working debug false",
        "css gone when I set DEBUG to False",
        "admin panel looks plain html in production",
    ),
    "refused-mime-type": (
        "stylesheet not applied MIME type text/html",
        "Refused to execute script because its MIME type ('text/html') is not executable",
        "browser console strict MIME checking css",
    ),
    "gunicorn-no-static": (
        "gunicorn static files not found",
        "css works with runserver, not with uvicorn",
        "daphne does not serve admin css",
    ),
    "javascript-as-text-plain": (
        "js file served as text/plain on windows runserver",
        "module script blocked MIME text/plain localhost",
        "windows registry javascript mime type django",
    ),
    "nginx-without-mime-types": (
        "nginx css text/plain",
        "browser downloads css instead of applying it, nginx docker",
        "mjs octet-stream nginx",
    ),
    "no-directory-at": (
        "UserWarning No directory at staticfiles",
        "whitenoise warning in tests about static root",
        "how to get rid of 'No directory at' warning",
    ),
    "runserver-nostatic-below": (
        "whitenoise.runserver_nostatic doesn't do anything",
        "whitenoise in dev not used",
        "where do I put runserver_nostatic",
    ),
    "asgi-synchronous-iterators": (
        "asgi StreamingHttpResponse warning",
        "must consume synchronous iterators uvicorn",
        "warning about async iterator when serving files",
    ),
    "file-added-after-start": (
        "file created at runtime not served by whitenoise",
        "new file in staticfiles dir 404 until restart of gunicorn",
        "whitenoise only finds files present at startup",
    ),
    "autorefresh-in-production": (
        "whitenoise autorefresh security hole",
        "is WHITENOISE_AUTOREFRESH ok in prod",
        "whitenoise vulnerability path traversal autorefresh",
    ),
    "css-redirects-to-login": (
        "login page has no css because static urls redirect to login",
        "LoginRequiredMiddleware blocks static files",
        "static files 302 to /accounts/login",
    ),
    "whitenoise-above-security": (
        "no HSTS header on static files",
        "whitenoise middleware order security headers",
        "CSP header not on static files",
    ),
    "no-default-storage": (
        "InvalidStorageError default",
        "STORAGES setting without default breaks uploads",
        "Could not find config for 'default'",
    ),
    "staticfiles-storage-ignored": (
        "STATICFILES_STORAGE ignored in django 5",
        "no hashes in filenames after upgrade",
        "DEFAULT_FILE_STORAGE removed",
    ),
    "media-404-in-development": (
        "uploaded picture not shown on localhost",
        "media url 404 runserver",
        "image field url gives page not found in development",
    ),
    "media-404-in-production": (
        "media files 404 when DEBUG=False",
        "uploaded images not shown in production",
        "whitenoise and media files",
    ),
    "uploads-vanish": (
        "heroku deletes my uploaded files",
        "images gone after redeploy on railway",
        "media files disappear after restart of container",
    ),
    "private-files-public": (
        "protect uploaded documents so that only the owner sees them",
        "private media files django nginx",
        "anyone who knows the url can download files",
    ),
    "video-will-not-seek": (
        "video does not seek",
        "mp4 can't skip forward in chrome with django",
        "range requests runserver",
    ),
    "nginx-403": (
        "nginx permission denied static files 403",
        "stat() failed (13: Permission denied)",
        "static 403 forbidden nginx home directory ubuntu",
    ),
    "nginx-alias-traversal": (
        "nginx path traversal static..",
        "alias without trailing slash vulnerability",
        "pentest: source code downloadable via /static../",
    ),
    "nginx-413": (
        "413 when uploading big file",
        "nginx upload size limit",
        "client intended to send too large body",
    ),
    "origin-checking-failed": (
        "csrf origin checking failed behind nginx",
        "Origin checking failed does not match any trusted origins",
        "CSRF_TRUSTED_ORIGINS port docker",
    ),
    "svg-html-xss": (
        "svg upload xss",
        "ImageField does not accept svg",
        "user uploads html file with javascript",
    ),
    "decompression-bomb": (
        "DecompressionBombError pillow upload",
        "tiny image eats all memory",
        "image pixel limit upload",
    ),
    "rotated-photos-gps": (
        "uploaded photo is rotated",
        "exif orientation django pillow",
        "remove gps from uploaded photos",
    ),
    "request-files-empty": (
        "request.FILES empty",
        "file upload form doesn't work, no file",
        "This field is required although I chose a file",
    ),
    "no-file-associated": (
        "attribute has no file associated with it",
        "template error when user has no avatar",
        "ValueError image.url empty",
    ),
    "old-file-stays": (
        "delete file when model is deleted",
        "old image stays on disk after update",
        "orphan files in media",
    ),
    "large-uploads-0600": (
        "large files uploaded with 600 permissions",
        "big uploads 403 in nginx, small ok",
        "nginx cannot read big uploads, mode 600",
    ),
    "size-limit-ignored": (
        "limit upload size django not working",
        "TooManyFilesSent",
        "upload of 150 files gives 400 bad request",
    ),
    "s3-overwrites": (
        "s3 overwrites files with same name",
        "django storages file_overwrite",
        "uploaded file replaced another with same name on S3",
    ),
    "acl-not-supported": (
        "AccessControlListNotSupported",
        "bucket does not allow acls django-storages",
        "PutObject ACL error",
    ),
    "signed-static-urls": (
        "static urls have signature and expire",
        "AWS query string auth static files",
        "css from s3 403 after an hour",
    ),
    "fonts-blocked-by-cors": (
        "fonts cors cdn",
        "icons not showing font blocked",
        "No 'Access-Control-Allow-Origin' for woff2 from cloudfront",
    ),
    "cdn-cached-404": (
        "cdn caches 404 for css after deploy",
        "cloudflare 404 cached hashed css",
        "rolling deploy static 404",
    ),
    "stale-css-in-development": (
        "css changes not showing django",
        "browser uses old css in development",
        "edited css no effect runserver",
    ),
    "manifest-error-in-tests": (
        "tests fail missing manifest entry",
        "pytest ValueError staticfiles manifest",
        "github actions: manifest error collectstatic tests",
    ),
    "live-server-static-404": (
        "selenium live server no css",
        "LiveServerTestCase static 404",
        "playwright tests page unstyled",
    ),
    "tests-fill-media-root": (
        "tests leave files in media",
        "temporary MEDIA_ROOT for tests",
        "test uploads clean up",
    ),
    "platform-never-collected": (
        "render.com no css after deploy",
        "heroku collectstatic not run",
        "pythonanywhere static files missing",
    ),
}

# 52 of these 58 were found first before phrases were written with them in sight.
LAST: dict[str, str] = {
    "wrong-css-wins": "dashboard/static/css/main.css is used on the blog pages too, instead of blog/static/css/main.css",
    "reordered-apps-old-file": "moved 'branding' above 'core' in INSTALLED_APPS; findstatic points to the right file but the deployed site has the old logo",
    "first-static-folder-404": "made a static directory for my app five minutes ago and runserver can't find anything in it",
    "dirs-contain-static-root": "SystemCheckError (staticfiles.E002): can't collect into the folder I list in STATICFILES_DIRS",
    "case-of-names": "header image shows on macOS, 404 on CentOS. The template says Header.jpg, the file is header.jpg",
    "static-root-not-set": "python manage.py collectstatic → ImproperlyConfigured ... STATIC_ROOT setting to a filesystem path",
    "files-land-elsewhere": "MEDIA_ROOT = '/media' and now PermissionError: [Errno 13] Permission denied: '/media'",
    "build-needs-secret-key": "our Dockerfile runs collectstatic and the build stops: SECRET_KEY must not be empty",
    "volume-masks-image": "new container version, yet nginx delivers the stylesheet of the first release; there is a static volume shared between both",
    "deleted-remain-dotfiles-missing": "removed jquery from the project in January and https://site/static/jquery.js still answers 200",
    "slow-collectstatic-to-s3": "with S3 as staticfiles storage the release job needs half an hour even if nothing changed",
    "missing-manifest-entry": "Exception Value: Missing staticfiles manifest entry for 'images/hero.png'",
    "leading-slash-in-static-tag": "href=\"{% static '/favicon.ico' %}\" fails as soon as I use the manifest storage",
    "file-named-in-css-missing": "MissingFileError: The file 'vendor/slick/ajax-loader.gif' could not be found during collectstatic",
    "commented-out-url": "why must a url() that is commented out exist? collectstatic stops at it",
    "debug-hides-missing-file": "only in production: one page answers 500, it has a {% static %} with a typo in the file name",
    "stale-es-modules": "import './chart.js' inside main.js has no hash, users run an outdated chart.js",
    "debug-off-static-404": "turned DEBUG off and the whole site lost its stylesheets and images",
    "refused-mime-type": 'Did not load stylesheet because its MIME type, "text/html", is not "text/css"',
    "gunicorn-no-static": "admin looks broken behind gunicorn although the same code is fine in runserver",
    "javascript-as-text-plain": "Edge refuses my script from the Django dev server: MIME type text/plain (Windows 11)",
    "nginx-without-mime-types": "after writing my own nginx.conf all stylesheets come as text/plain",
    "no-directory-at": "whitenoise: UserWarning: No directory at: /src/static_collected/ on every test run",
    "runserver-nostatic-below": "Added whitenoise.runserver_nostatic as the last app, static is still handled by Django in development",
    "asgi-synchronous-iterators": "Warning: StreamingHttpResponse must consume synchronous iterators in order to serve them asynchronously",
    "file-added-after-start": "theme editor writes custom.css into STATIC_ROOT and visitors get 404 until the service is restarted",
    "autorefresh-in-production": "can I run WhiteNoise with WHITENOISE_AUTOREFRESH = True on my public site?",
    "css-redirects-to-login": "stylesheet request answers 302 to /sso/login/ when I am not signed in",
    "whitenoise-above-security": "Mozilla Observatory says X-Content-Type-Options is missing, but only for static assets",
    "no-default-storage": "InvalidStorageError: Could not find config for 'default' in settings.STORAGES as soon as a user uploads something",
    "staticfiles-storage-ignored": "after the update to Django 5.2 css names have no hash any more, STATICFILES_STORAGE is set",
    "media-404-in-development": "http://127.0.0.1:8000/media/cats/tom.jpg gives Page not found, file exists on disk",
    "media-404-in-production": "profile pictures show locally but are 404 on the production server with DEBUG = False",
    "uploads-vanish": "every time my free web service spins down, the images that users uploaded are lost",
    "private-files-public": "tenants can read each other's PDFs if they guess the media URL",
    "video-will-not-seek": "audio player jumps back to 0 when I click in the middle, Django dev server",
    "nginx-403": 'nginx error log: open() "/home/deploy/www/static/site.css" failed (13: Permission denied)',
    "nginx-alias-traversal": "scanner found https://example.net/media../settings.py readable",
    "nginx-413": "photo of 8 MB: 413 Request Entity Too Large, nginx/1.22",
    "origin-checking-failed": "Forbidden (Origin checking failed - https://shop.example.net does not match any trusted origins.): /login/",
    "svg-html-xss": "could a visitor upload an SVG with a script in it and attack others?",
    "decompression-bomb": "Pillow: DecompressionBombError when somebody uploads a 30000x30000 png",
    "rotated-photos-gps": "iPhone pictures are turned on their side after the upload",
    "request-files-empty": "request.FILES.get('cv') is None, the form has method=\"post\" only",
    "no-file-associated": "ValueError: The 'logo' attribute has no file associated with it in company_list.html",
    "old-file-stays": "replacing a user's avatar doesn't remove the earlier file from the server",
    "large-uploads-0600": "the permissions of uploaded zips are -rw------- but small text files get -rw-r--r--",
    "size-limit-ignored": "django lets people upload files of any size even though DATA_UPLOAD_MAX_MEMORY_SIZE is 1 MB",
    "s3-overwrites": "uploading invoice.pdf twice to S3: the first one is gone",
    "acl-not-supported": "An error occurred (AccessControlListNotSupported) when calling the PutObject operation",
    "signed-static-urls": "collected files in our bucket have links with X-Amz-Signature that die after 3600 seconds",
    "fonts-blocked-by-cors": "woff2 from static.example-cdn.com blocked: No 'Access-Control-Allow-Origin' header is present",
    "cdn-cached-404": "for ten minutes after a release some visitors see an unstyled page because the CDN remembers a 404",
    "stale-css-in-development": "changing colours in style.css has no visible effect on localhost until I empty the cache",
    "manifest-error-in-tests": "./manage.py test → ValueError: Missing staticfiles manifest entry for 'site/base.css'",
    "live-server-static-404": "my Selenium suite based on LiveServerTestCase gets 404 for every css file",
    "tests-fill-media-root": "after running the tests there are dozens of test.jpg copies in my MEDIA_ROOT",
    "platform-never-collected": "deployed on Railway, no styles; I think nobody ever ran collectstatic there",
}

SETTINGS = {
    "STATIC_ROOT": "STATIC_ROOT",
    "settings.MEDIA_URL": "MEDIA_URL",
    "what is STATICFILES_DIRS": "STATICFILES_DIRS",
    "WHITENOISE_MAX_AGE": "WHITENOISE_MAX_AGE",
    "whitenoise_root": "WHITENOISE_ROOT",
    "STATIC_URL setting": "STATIC_URL",
    "manifest_strict": "MANIFEST_STRICT",
    "AWS_S3_CUSTOM_DOMAIN": "S3-custom_domain",
    "querystring_auth": "S3-querystring_auth",
    "FORCE_SCRIPT_NAME": "FORCE_SCRIPT_NAME",
    "SECURE_CSP": "SECURE_CSP",
    "allow_overwrite": "STORAGES-default-OPTIONS",
    "DEBUG": "DEBUG",
    "MIDDLEWARE order": "MIDDLEWARE",
}

# Lines of a log about other things, before and after a message.
BEFORE = """\
#8 [web 4/9] RUN pip install -r requirements.txt
#8 1.412 Collecting asgiref==3.8.1
#8 1.530   Downloading asgiref-3.8.1-py3-none-any.whl (23 kB)
#8 1.702 Collecting psycopg==3.2.1
#8 1.931   Downloading psycopg-3.2.1-py3-none-any.whl (197 kB)
#8 2.410 Collecting sqlparse==0.5.1
#8 3.811 Installing collected packages: typing-extensions, sqlparse, asgiref, psycopg
#8 6.204 Successfully installed asgiref-3.8.1 psycopg-3.2.1 sqlparse-0.5.1
#8 6.205 WARNING: Running pip as the 'root' user can result in broken permissions and conflicting behaviour with the system package manager.
#8 DONE 7.1s
#9 [web 5/9] COPY . .
#9 DONE 0.2s
db-1   | LOG:  database system is ready to accept connections
web-1  | Operations to perform:
web-1  |   Apply all migrations: admin, auth, contenttypes, orders, sessions
web-1  | Running migrations:
web-1  |   No migrations to apply.
redis-1  | * Ready to accept connections tcp
worker-1  | [2025-04-01 07:00:01,320: INFO/MainProcess] Connected to redis://redis:6379/0
worker-1  | [2025-04-01 07:00:01,333: INFO/MainProcess] mingle: searching for neighbors
web-1  | [2025-04-01 07:00:02 +0000] [7] [INFO] Starting gunicorn 23.0.0
web-1  | [2025-04-01 07:00:02 +0000] [7] [INFO] Listening at: http://0.0.0.0:8000 (7)
web-1  | [2025-04-01 07:00:02 +0000] [9] [INFO] Booting worker with pid: 9
web-1  | 172.18.0.1 - - [01/Apr/2025:07:00:09 +0000] "GET /orders/ HTTP/1.1" 200 5120 "-" "curl/8.5.0"
web-1  | 172.18.0.1 - - [01/Apr/2025:07:00:10 +0000] "GET /healthz HTTP/1.1" 200 2 "-" "kube-probe/1.29"
"""
AFTER = """\
web-1  | 172.18.0.1 - - [01/Apr/2025:07:00:12 +0000] "POST /orders/17/pay/ HTTP/1.1" 302 0 "-" "Mozilla/5.0"
worker-1  | [2025-04-01 07:00:13,101: INFO/MainProcess] Task orders.tasks.send_receipt[9f2c] received
worker-1  | [2025-04-01 07:00:13,402: INFO/ForkPoolWorker-1] Task orders.tasks.send_receipt[9f2c] succeeded in 0.29s: None
db-1   | LOG:  checkpoint complete: wrote 44 buffers (0.3%)
web-1  | [2025-04-01 07:05:31 +0000] [7] [INFO] Handling signal: term
web-1  | [2025-04-01 07:05:31 +0000] [9] [INFO] Worker exiting (pid: 9)
web-1  | [2025-04-01 07:05:32 +0000] [7] [INFO] Shutting down: Master
"""
