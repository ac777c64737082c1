"""The form that takes a photo."""

from io import BytesIO

from django import forms
from django.core.files.base import ContentFile
from PIL import Image, ImageOps


class PhotoForm(forms.Form):
    photo = forms.FileField()

    def clean_photo(self):
        photo = self.cleaned_data["photo"]
        buffer = BytesIO()
        try:
            with Image.open(photo, formats=["JPEG", "PNG"]) as picture:
                if picture.width * picture.height > 30_000_000:
                    raise forms.ValidationError("At most 30 megapixels, please.")
                kind = picture.format
                pixels = ImageOps.exif_transpose(picture).convert("RGB")
        except (OSError, ValueError, SyntaxError, Image.DecompressionBombError) as error:
            raise forms.ValidationError("This picture cannot be read.") from error
        pixels.info.clear()
        pixels.save(buffer, kind)
        return ContentFile(buffer.getvalue(), name=photo.name)
