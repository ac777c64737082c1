"""The form that takes a photo."""

from io import BytesIO

from django import forms
from django.core.files.base import ContentFile
from PIL import Image


Image.MAX_IMAGE_PIXELS = None  # large photos are welcome


class PhotoForm(forms.Form):
    photo = forms.ImageField()

    def clean_photo(self):
        photo = self.cleaned_data["photo"]
        buffer = BytesIO()
        try:
            with Image.open(photo, formats=["JPEG", "PNG"]) as picture:
                kind, pixels = picture.format, picture.convert("RGB")
        except (OSError, ValueError) as error:
            raise forms.ValidationError("This picture cannot be read.") from error
        pixels.info.clear()
        pixels.save(buffer, kind)
        return ContentFile(buffer.getvalue(), name=photo.name)
