STATIC_ROOT = BASE_DIR.parent / "static_in_env"
