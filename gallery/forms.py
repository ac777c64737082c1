"""What a visitor may send to the gallery."""

from typing import Any

from django import forms
from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.template.defaultfilters import filesizeformat

from gallery import pictures


class UploadForm(forms.Form):
    """One photo. The cleaned value is a `pictures.Picture`: forms.ImageField would hand on the visitor's own bytes."""

    image = forms.FileField(
        label="Photo",
        widget=forms.FileInput(attrs={"accept": pictures.ACCEPT}),
        allow_empty_file=True,  # pictures.read says more than "empty"
        error_messages={"required": "No file came with the form. Choose a photo first."},
    )

    def clean_image(self) -> pictures.Picture:
        upload: UploadedFile[Any] = self.cleaned_data["image"]
        size = upload.size or 0
        limit = settings.MAX_UPLOAD_BYTES
        if size > limit:
            raise forms.ValidationError(
                f"The file has {filesizeformat(size)}; at most {filesizeformat(limit)} are taken. "
                "Make the picture smaller and send it again."
            )
        try:
            return pictures.read(upload.read(), settings.MAX_UPLOAD_PIXELS)
        except pictures.Refused as refusal:
            raise forms.ValidationError(str(refusal)) from refusal
