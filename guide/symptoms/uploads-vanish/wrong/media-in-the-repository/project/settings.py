MEDIA_ROOT = BASE_DIR / "shop" / "media"
