"""A photo somebody uploaded: its row in the database and its file in the default storage, kept together."""

import secrets
from typing import Any

from django.core.files.base import ContentFile
from django.db import models, transaction
from django.db.models.signals import post_delete
from django.dispatch import receiver
from django.urls import reverse

from gallery.pictures import Picture


def stored_name(_photo: "Photo", filename: str) -> str:
    """`photos/<32 random characters>.<extension>`. `filename` brings the extension of the encoded picture only.

    A name of our own can't be guessed, can't clash, and can't smuggle in a path or markup.
    """
    return f"photos/{secrets.token_hex(16)}.{filename.rpartition('.')[2]}"


class Photo(models.Model):
    image = models.ImageField(upload_to=stored_name, width_field="width", height_field="height")
    width = models.PositiveIntegerField(editable=False)
    height = models.PositiveIntegerField(editable=False)
    original_name = models.CharField(max_length=255)
    original_bytes = models.PositiveIntegerField()
    notes = models.JSONField(default=list, blank=True, help_text="What was changed between the upload and the file.")
    uploaded_at = models.DateTimeField(auto_now_add=True, db_index=True)

    class Meta:
        ordering = ("-uploaded_at", "-pk")

    def __str__(self) -> str:
        return self.original_name

    def get_absolute_url(self) -> str:
        return reverse("gallery:photo", args=[self.pk])

    @classmethod
    def store(cls, picture: Picture, original_name: str, original_bytes: int) -> "Photo":
        """Write the file, then the row; a row that can't be written takes its file away again."""
        photo = cls(original_name=original_name[:255], original_bytes=original_bytes, notes=list(picture.notes))
        # Without a name of its own a ContentFile is false to Django, and width and height stay empty.
        name = f"upload.{picture.extension}"
        photo.image.save(name, ContentFile(picture.content, name=name), save=False)
        try:
            photo.save()
        except BaseException:
            photo.image.delete(save=False)
            raise
        return photo


@receiver(post_delete, sender=Photo)
def delete_file(instance: Photo, **_kwargs: Any) -> None:
    """Django deletes the row and leaves the file. A signal, because the admin's bulk delete never calls Photo.delete().

    The file goes only once the transaction has kept its word: a rollback brings the row back, but never a file.
    """
    storage, name = instance.image.storage, instance.image.name
    if name:
        transaction.on_commit(lambda: storage.delete(name))
