# Your own files that belong to no app.
STATICFILES_DIRS = [BASE_DIR / "static"]

# The copies that collectstatic makes. Keep this folder out of version control.
STATIC_ROOT = BASE_DIR / "staticfiles"
