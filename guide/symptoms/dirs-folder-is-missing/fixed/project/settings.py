STATICFILES_DIRS = [BASE_DIR / "project" / "static"]
