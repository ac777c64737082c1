STATIC_ROOT = BASE_DIR / "static"

STATICFILES_DIRS = [BASE_DIR / "staticfiles"]
