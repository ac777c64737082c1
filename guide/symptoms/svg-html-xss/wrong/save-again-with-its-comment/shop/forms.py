from io import BytesIO

from django import forms
from django.core.files.base import ContentFile
from PIL import Image
from shop.models import Product


class ProductForm(forms.ModelForm):
    picture = forms.ImageField(required=False)

    class Meta:
        model = Product
        fields = ["name", "picture"]

    def clean_picture(self):
        picture = self.cleaned_data["picture"]
        content = BytesIO()
        Image.open(picture, formats=["JPEG", "PNG", "WEBP"]).convert("RGB").save(content, "JPEG")
        return ContentFile(content.getvalue(), name="picture.jpg")
