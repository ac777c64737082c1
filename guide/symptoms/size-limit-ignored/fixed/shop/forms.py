from django import forms
from django.core.files.uploadedfile import UploadedFile
from shop.models import Product

MAX_BYTES = 1_000_000


class ProductForm(forms.ModelForm):
    class Meta:
        model = Product
        fields = ["name", "picture"]

    def clean_picture(self):
        picture = self.cleaned_data["picture"]
        if isinstance(picture, UploadedFile) and picture.size > MAX_BYTES:
            raise forms.ValidationError("At most one megabyte, please.")
        return picture
