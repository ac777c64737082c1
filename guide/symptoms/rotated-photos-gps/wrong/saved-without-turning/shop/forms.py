from io import BytesIO

from django import forms
from django.core.files.base import ContentFile
from PIL import Image, ImageOps
from shop.models import Product


class ProductForm(forms.ModelForm):
    class Meta:
        model = Product
        fields = ["name", "picture"]

    def clean_picture(self):
        picture = self.cleaned_data["picture"]
        content = BytesIO()
        image = Image.open(picture).convert("RGB")
        image.info.clear()
        image.save(content, "JPEG")
        return ContentFile(content.getvalue(), name="picture.jpg")
