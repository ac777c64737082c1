"""Photos in the admin, whose own stylesheets are the everyday example of an app's static files."""

from django.contrib import admin
from django.http import HttpRequest

from gallery.models import Photo


@admin.register(Photo)
class PhotoAdmin(admin.ModelAdmin):  # type: ignore[type-arg]  # Django 5.2 has it without brackets
    list_display = ("original_name", "image", "private", "width", "height", "uploaded_at")
    list_filter = ("private",)
    readonly_fields = ("image", "width", "height", "original_name", "original_bytes", "private", "notes", "uploaded_at")

    def has_add_permission(self, request: HttpRequest) -> bool:  # noqa: ARG002
        """Photos come in by the upload page, which re-encodes them; this form would keep a visitor's bytes."""
        return False
