DEBUG = False

ALLOWED_HOSTS = ["localhost", "127.0.0.1"]

STATIC_ROOT = BASE_DIR / "staticfiles"
