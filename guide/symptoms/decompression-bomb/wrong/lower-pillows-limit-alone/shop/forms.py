from django import forms
from PIL import Image
from shop.models import Product

Image.MAX_IMAGE_PIXELS = 25_000_000


class ProductForm(forms.ModelForm):
    class Meta:
        model = Product
        fields = ["name", "picture"]
