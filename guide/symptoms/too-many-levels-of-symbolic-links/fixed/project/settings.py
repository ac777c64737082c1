STATICFILES_DIRS = [
    ("slider", BASE_DIR / "node_modules" / "@widgets" / "slider" / "dist"),
]
