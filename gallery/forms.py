"""What a visitor may send to the gallery."""

from typing import Any

from django import forms

from gallery import pictures
from gallery.uploadhandlers import Upload


class SeveralFiles(forms.FileInput):
    allow_multiple_selected = True


class PhotosField(forms.FileField):
    """One file or several; cleaned to a list. What each of them is, `intake` finds out one by one."""

    def clean(self, data: Any, initial: Any = None) -> list[Upload]:  # noqa: ARG002
        if not data:
            raise forms.ValidationError(self.error_messages["required"])
        return list(data) if isinstance(data, list | tuple) else [data]


def _photos_field(label: str, several: bool) -> PhotosField:
    attrs: dict[str, Any] = {"accept": pictures.ACCEPT}
    return PhotosField(
        label=label,
        widget=SeveralFiles(attrs) if several else forms.FileInput(attrs),
        error_messages={"required": "No file came with the form. Choose a photo first."},
    )


class UploadForm(forms.Form):
    """Photos. The cleaned value is the raw files: forms.ImageField would decode them here, in the server's process."""

    image = _photos_field("Photo", several=True)
    private = forms.BooleanField(required=False, label="Private: only I can see them, in this browser")


class ReplaceForm(forms.Form):
    image = _photos_field("Another picture in its place", several=False)
