from io import BytesIO
from uuid import uuid4

from django import forms
from django.core.files.base import ContentFile
from PIL import Image, ImageOps

MOST = 30_000_000


class PhotoForm(forms.Form):
    photo = forms.ImageField()

    def clean_photo(self):
        photo = self.cleaned_data["photo"]
        try:
            photo.seek(0)
            with Image.open(photo) as image:
                if image.format not in ("JPEG", "PNG", "MPO") or image.width * image.height > MOST:
                    raise forms.ValidationError("No JPEG or PNG, or too large.")
                upright = ImageOps.exif_transpose(image)
                kind = "PNG" if image.format == "PNG" else "JPEG"
                clean = upright.convert("RGBA" if kind == "PNG" else "RGB")
                clean.info = {}
                profile = image.info.get("icc_profile")
        except forms.ValidationError:
            raise
        except Exception as error:
            raise forms.ValidationError("Not a picture.") from error
        out = BytesIO()
        clean.save(out, kind, icc_profile=profile)
        return ContentFile(out.getvalue(), uuid4().hex + (".png" if kind == "PNG" else ".jpg"))
