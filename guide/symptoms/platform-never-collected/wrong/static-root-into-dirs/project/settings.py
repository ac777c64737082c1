STATICFILES_DIRS = [BASE_DIR / "shop" / "static"]
