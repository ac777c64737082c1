from django import forms
from django.core.files.uploadedfile import UploadedFile
from shop.models import Product
from shop.pictures import fresh_copy


class ProductForm(forms.ModelForm):
    picture = forms.ImageField(required=False)

    class Meta:
        model = Product
        fields = ["name", "picture"]

    def clean_picture(self):
        picture = self.cleaned_data["picture"]
        if isinstance(picture, UploadedFile):
            return fresh_copy(picture)
        return picture
