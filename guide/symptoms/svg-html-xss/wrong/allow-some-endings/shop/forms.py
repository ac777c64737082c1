from django import forms
from django.core.validators import FileExtensionValidator
from shop.models import Product


class ProductForm(forms.ModelForm):
    picture = forms.FileField(required=False, validators=[FileExtensionValidator(["png", "jpg", "jpeg"])])

    class Meta:
        model = Product
        fields = ["name", "picture"]
