DEBUG = False
ALLOWED_HOSTS = ["example.com"]
STATIC_ROOT = BASE_DIR / "staticfiles"
