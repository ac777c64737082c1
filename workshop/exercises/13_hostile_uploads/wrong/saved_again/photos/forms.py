"""The form that takes a photo."""

from io import BytesIO

from django import forms
from django.core.files.base import ContentFile
from PIL import Image


class PhotoForm(forms.Form):
    photo = forms.ImageField()

    def clean_photo(self):
        photo = self.cleaned_data["photo"]
        buffer = BytesIO()
        try:
            with Image.open(photo, formats=["JPEG", "PNG"]) as picture:
                if picture.width * picture.height > 30_000_000:
                    raise forms.ValidationError("At most 30 megapixels, please.")
                picture.save(buffer, picture.format)
        except OSError as error:
            raise forms.ValidationError("This picture cannot be read.") from error
        return ContentFile(buffer.getvalue(), name=photo.name)
