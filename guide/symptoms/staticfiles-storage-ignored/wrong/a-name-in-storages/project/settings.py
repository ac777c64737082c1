STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "STATICFILES_STORAGE": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
