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
            with Image.open(photo) as picture:
                picture.save(buffer, picture.format)
        except OSError as error:
            raise forms.ValidationError("This picture cannot be read.") from error
        return ContentFile(buffer.getvalue(), name=photo.name)
