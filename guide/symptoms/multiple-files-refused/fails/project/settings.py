MEDIA_URL = "media/"

MEDIA_ROOT = BASE_DIR / "media"
