from django import forms
from shop.models import Product


class ProductForm(forms.ModelForm):
    picture = forms.ImageField(required=False)

    class Meta:
        model = Product
        fields = ["name", "picture"]
