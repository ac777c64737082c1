"""WhiteNoise's own settings: `DJANGO_SETTINGS_MODULE=project.whitenoise_options`."""

from project.production import *
from project.production import BASE_DIR

# robots.txt, favicon.ico and other files that must be at the root of the site.
WHITENOISE_ROOT = BASE_DIR / "root_files"

# For the settings of tests: no warning about an empty STATIC_ROOT.
WHITENOISE_AUTOREFRESH = True

# Plain names for an hour; hashed names are kept for ten years whatever this says.
WHITENOISE_MAX_AGE = 60 * 60

WHITENOISE_USE_FINDERS = True
WHITENOISE_INDEX_FILE = True
WHITENOISE_MIMETYPES = {".usdz": "model/vnd.usdz+zip", "apple-app-site-association": "application/json"}
WHITENOISE_CHARSET = "utf-8"
WHITENOISE_ALLOW_ALL_ORIGINS = False
WHITENOISE_SKIP_COMPRESS_EXTENSIONS = ["jpg", "jpeg", "png", "gif", "webp", "avif", "zip", "gz", "br", "woff2", "mp4"]


def static_headers(headers, path, url):
    """`headers` can be changed like a dictionary; `path` is the file, `url` what was asked for."""
    if url.endswith("/service-worker.js"):
        headers["Service-Worker-Allowed"] = "/"


WHITENOISE_ADD_HEADERS_FUNCTION = static_headers

# In Vite's folder main-3f2a9c1b.js, and everywhere the names of Django's manifest, such as app.1a2b3c4d5e6f.css.
WHITENOISE_IMMUTABLE_FILE_TEST = r"^/static/(assets/.+-[\w-]{8}|.+\.[0-9a-f]{12})\.\w+$"

WHITENOISE_STATIC_PREFIX = "/shop-static/"
WHITENOISE_KEEP_ONLY_HASHED_FILES = True
WHITENOISE_MANIFEST_STRICT = False
