DEBUG = False

ALLOWED_HOSTS = ["localhost", "127.0.0.1", "example.com"]

FORCE_SCRIPT_NAME = "/app"

STATIC_URL = "/static/"

STATIC_ROOT = BASE_DIR / "staticfiles"

MEDIA_URL = "/media/"

MEDIA_ROOT = BASE_DIR / "media"
