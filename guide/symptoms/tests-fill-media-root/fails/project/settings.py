MEDIA_ROOT = BASE_DIR / "media"

MEDIA_URL = "media/"
