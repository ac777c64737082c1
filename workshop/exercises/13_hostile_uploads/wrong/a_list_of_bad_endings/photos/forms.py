from io import BytesIO

from django import forms
from django.core.files.base import ContentFile
from PIL import Image, ImageOps

MOST = 30_000_000


class PhotoForm(forms.Form):
    photo = forms.FileField()

    def clean_photo(self):
        photo = self.cleaned_data["photo"]
        if photo.name.lower().endswith((".html", ".htm", ".svg", ".js", ".php")):
            raise forms.ValidationError("Not that ending.")
        try:
            photo.seek(0)
            with Image.open(photo) as image:
                if image.format not in ("JPEG", "PNG", "MPO") or image.width * image.height > MOST:
                    raise forms.ValidationError("No JPEG or PNG, or too large.")
                upright = ImageOps.exif_transpose(image)
                pixels = upright.convert(
                    "RGBA" if "A" in upright.getbands() or "transparency" in upright.info else "RGB"
                )
                clean = Image.new(pixels.mode, pixels.size)
                clean.paste(pixels)
        except forms.ValidationError:
            raise
        except Exception as error:
            raise forms.ValidationError("Not a picture.") from error
        out = BytesIO()
        clean.save(out, "PNG", compress_level=1)
        return ContentFile(out.getvalue(), photo.name)
