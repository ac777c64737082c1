STATICFILES_DIRS = [BASE_DIR / "frontend" / "build" / "static"]
