from django import forms
from shop.models import Product


class ProductForm(forms.ModelForm):
    class Meta:
        model = Product
        fields = ["name", "picture"]

    def clean_picture(self):
        picture = self.cleaned_data["picture"]
        if picture and picture.content_type not in ("image/png", "image/jpeg"):
            raise forms.ValidationError("Pictures only, please.")
        return picture
