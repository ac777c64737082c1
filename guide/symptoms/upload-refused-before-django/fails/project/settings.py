DEBUG = False

ALLOWED_HOSTS = ["localhost", "127.0.0.1", "example.com"]

MEDIA_URL = "media/"

MEDIA_ROOT = BASE_DIR / "media"
