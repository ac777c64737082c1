STATIC_ROOT = BASE_DIR / "shop" / "static"
