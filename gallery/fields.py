"""An ImageField whose file is in the storage that its photo says."""

from typing import Any

from django.db.models.fields.files import ImageField, ImageFieldFile


class PhotoFile(ImageFieldFile):
    """Django gives a field one storage for all rows. A private photo's file is in another, which no URL reaches."""

    def __init__(self, instance: Any, field: Any, name: str | None) -> None:
        super().__init__(instance, field, name)
        self.storage = instance.storage

    @property
    def url(self) -> str:
        self._require_file()  # type: ignore[attr-defined]  # the stubs leave it out
        photo: Any = self.instance
        return str(photo.file_url(self.name))


class PhotoField(ImageField):
    attr_class = PhotoFile
