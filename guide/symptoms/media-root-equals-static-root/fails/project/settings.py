STATIC_ROOT = BASE_DIR / "assets"

MEDIA_URL = "media/"

MEDIA_ROOT = BASE_DIR / "assets"
