import os

SECRET_KEY = os.environ.get("SECRET_KEY", "change-me")

STATIC_ROOT = BASE_DIR / "staticfiles"
