STORAGES = {
    "default": {"BACKEND": "project.bucket.BucketStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
