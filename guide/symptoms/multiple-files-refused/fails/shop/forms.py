from django import forms
from shop.models import Product


class PicturesForm(forms.Form):
    pictures = forms.ImageField(widget=forms.ClearableFileInput(attrs={"multiple": True}))


class ProductForm(forms.ModelForm):
    class Meta:
        model = Product
        fields = ["name", "picture"]
