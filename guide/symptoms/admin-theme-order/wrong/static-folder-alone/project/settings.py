STATICFILES_DIRS = [BASE_DIR / "theme" / "static"]
