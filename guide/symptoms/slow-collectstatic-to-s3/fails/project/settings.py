STATIC_ROOT = BASE_DIR / "bucket"

STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "project.storage.BucketStorage"},
}
