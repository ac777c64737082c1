"""A photo somebody uploaded: its row in the database and its files in a storage, kept together."""

import secrets
from collections.abc import Mapping
from typing import Any

from django.db import Error, connection, models, transaction
from django.db.models.signals import post_delete
from django.dispatch import receiver
from django.urls import reverse

from gallery import files, renditions
from gallery.fields import PhotoField
from gallery.pictures import Picture
from gallery.storage import PhotoStorage, storage_of


def stored_name(_photo: "Photo", filename: str) -> str:
    """`photos/<32 random characters>.<extension>`. `filename` brings the extension of the encoded picture only.

    A name of our own can't be guessed, can't clash, and can't smuggle in a path or markup.
    """
    return f"photos/{secrets.token_hex(16)}.{filename.rpartition('.')[2]}"


class PhotoQuerySet(models.QuerySet["Photo"]):
    def public(self) -> "PhotoQuerySet":
        return self.filter(private=False)

    def visible_to(self, owner: str) -> "PhotoQuerySet":
        """What the holder of this owner key may see; the empty key is a visitor who never uploaded anything."""
        return self.filter(models.Q(private=False) | models.Q(owner=owner)) if owner else self.public()


class Photo(models.Model):
    image = PhotoField(upload_to=stored_name, width_field="width", height_field="height")
    width = models.PositiveIntegerField(editable=False)
    height = models.PositiveIntegerField(editable=False)
    transparent = models.BooleanField(default=False, editable=False)
    colour = models.CharField(max_length=7, blank=True, editable=False, help_text="Fills its place until it is there.")
    rendered = models.BooleanField(default=False, editable=False, help_text="Whether its renditions are there.")
    private = models.BooleanField(default=False, editable=False, help_text="Kept where only its owner can fetch it.")
    owner = models.CharField(max_length=32, blank=True, db_index=True, editable=False)
    original_name = models.CharField(max_length=255)
    original_bytes = models.PositiveIntegerField()
    kept_bytes = models.PositiveIntegerField(default=0, editable=False, help_text="Of all its files together.")
    notes = models.JSONField(default=list, blank=True, help_text="What was changed between the upload and the file.")
    uploaded_at = models.DateTimeField(auto_now_add=True, db_index=True)

    objects = PhotoQuerySet.as_manager()

    class Meta:
        ordering = ("-uploaded_at", "-pk")

    def __str__(self) -> str:
        return self.original_name

    def get_absolute_url(self) -> str:
        return reverse("gallery:photo", args=[self.pk])

    @property
    def storage(self) -> PhotoStorage:
        return storage_of("private" if self.private else "default")

    def file_url(self, name: str) -> str:
        """A public file's address is the storage's affair; a private one goes through a view that asks who wants it."""
        if self.private:
            return reverse("gallery:file", args=[self.pk, name.rpartition("/")[2]])
        return self.storage.url(name)

    def file_names(self) -> list[str]:
        """All files of this photo: what may be deleted, served and looked for."""
        return [str(self.image.name), *renditions.names(str(self.image.name), self.width, self.transparent)]

    @property
    def sources(self) -> list[tuple[str, str]]:
        """Type and srcset of each `<source>`; none for a photo whose renditions are not there."""
        if not self.rendered:
            return []
        return [
            (content_type, ", ".join(f"{self._rendition_url(width, extension)} {width}w" for width in self.widths))
            for extension, content_type in renditions.TYPES.items()
        ]

    @property
    def fallback_url(self) -> str:
        if not self.rendered:
            return self.image.url
        return self._rendition_url(*renditions.fallback(self.width, self.transparent))

    @property
    def widths(self) -> list[int]:
        return renditions.widths(self.width)

    def _rendition_url(self, width: int, extension: str) -> str:
        return self.file_url(renditions.name(str(self.image.name), width, extension))

    @classmethod
    def store(
        cls, picture: Picture, original_name: str, original_bytes: int, *, owner: str = "", private: bool = False
    ) -> "Photo":
        """Write the files, then the row; a row that can't be written takes its files away again. Raises NotKept."""
        photo = cls(owner=owner, private=private)
        photo._describe(picture, original_name, original_bytes)
        files.write(photo.storage, photo._contents(picture))
        try:
            photo.save(force_insert=True)
        except BaseException:
            if photo._has_no_row():
                files.remove(photo.storage, photo.file_names())
            raise
        return photo

    @classmethod
    def rehearse(cls, picture: Picture, original_name: str, original_bytes: int, storage: PhotoStorage) -> "Photo":
        """As `store`, with the files in another storage, and without a row. Raises NotKept."""
        photo = cls()
        photo._describe(picture, original_name, original_bytes)
        files.write(storage, photo._contents(picture))
        return photo

    def replace(self, picture: Picture, original_name: str, original_bytes: int) -> bool:
        """Another picture in this photo's place; the old files go when the new row is certain.

        False, with nothing changed, when somebody deleted or replaced the photo meanwhile. Raises NotKept.
        """
        storage, old_name, old_names = self.storage, self.image.name, self.file_names()
        self._describe(picture, original_name, original_bytes)
        files.write(storage, self._contents(picture))
        changed = ("image", "width", "height", "transparent", "colour", "rendered", "original_name")
        values = {name: getattr(self, name) for name in (*changed, "original_bytes", "kept_bytes", "notes")}
        try:
            replaced = type(self).objects.filter(pk=self.pk, image=old_name).update(**values)
        except BaseException:
            if self._has_no_row():
                files.remove(storage, self.file_names())
            raise
        if not replaced:
            files.remove(storage, self.file_names())
            return False
        transaction.on_commit(lambda: files.remove(storage, old_names))
        return True

    def _describe(self, picture: Picture, original_name: str, original_bytes: int) -> None:
        self.original_name, self.original_bytes = original_name[:255], original_bytes
        # Width and height before the name: an ImageField opens a file whose measures it does not know.
        self.width, self.height = picture.width, picture.height
        self.transparent, self.colour, self.rendered = picture.transparent, picture.colour, True
        self.kept_bytes, self.notes = picture.total_bytes, list(picture.notes)
        # The name alone: assigning to the field would make it look for a file that is not there yet.
        self.image.name = self.image.field.generate_filename(self, f"upload.{picture.extension}")  # calls upload_to

    def _has_no_row(self) -> bool:
        """Whether it is certain that no row names this file. A database that went away may have kept the row before it
        could say so: then the files stay, and the audit decides."""
        if connection.in_atomic_block:  # what failed in a transaction is rolled back with it
            return True
        try:
            return not type(self).objects.filter(image=self.image.name).exists()
        except Error:
            return False

    def _contents(self, picture: Picture) -> Mapping[str, bytes]:
        """Name and content of every file. The kept picture comes last: where it is, all the others are."""
        original = str(self.image.name)
        named = {renditions.name(original, one.width, one.extension): one.content for one in picture.renditions}
        return {**named, original: picture.content}


@receiver(post_delete, sender=Photo)
def delete_files(instance: Photo, **_kwargs: Any) -> None:
    """Django deletes the row and leaves the file. A signal, because the admin's bulk delete never calls Photo.delete().

    The files go only once the transaction has kept its word: a rollback brings the row back, but never a file.
    """
    storage, names = instance.storage, instance.file_names()
    if instance.image.name:
        transaction.on_commit(lambda: files.remove(storage, names))
