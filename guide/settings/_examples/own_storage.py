"""A storage class of the project's own for static files: `DJANGO_SETTINGS_MODULE=project.own_storage`."""

from project.production import *

STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "project.storage.StaticStorage"},
}
