STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "project.storage.BundleStorage"},
}

# Vite's hashes in assets/, Django's everywhere else.
WHITENOISE_IMMUTABLE_FILE_TEST = r"^/static/assets/.+-[\w-]{8}\.\w+$|\.[0-9a-f]{12}\.\w+$"
