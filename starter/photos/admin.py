from django.contrib import admin

from photos.forms import PhotoForm
from photos.models import Photo


@admin.register(Photo)
class PhotoAdmin(admin.ModelAdmin):
    form = PhotoForm  # the same checks: without this line the admin takes any picture
    fields = ["title", "owner", "image"]
