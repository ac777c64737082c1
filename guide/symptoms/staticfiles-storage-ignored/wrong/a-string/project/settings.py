STORAGES = {
    "default": "django.core.files.storage.FileSystemStorage",
    "staticfiles": "whitenoise.storage.CompressedManifestStaticFilesStorage",
}
