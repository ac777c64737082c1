STATICFILES_DIRS = [BASE_DIR / "shop" / "static"]

STATIC_ROOT = BASE_DIR / "shop" / "static"
