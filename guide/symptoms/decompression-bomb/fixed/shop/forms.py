from django import forms
from django.core.files.uploadedfile import UploadedFile
from shop.models import Product

MAX_PIXELS = 25_000_000


class ProductForm(forms.ModelForm):
    class Meta:
        model = Product
        fields = ["name", "picture"]

    def clean_picture(self):
        picture = self.cleaned_data["picture"]
        if isinstance(picture, UploadedFile):
            width, height = picture.image.size  # of the header: forms.ImageField has read that and no pixels
            if width * height > MAX_PIXELS:
                raise forms.ValidationError("At most 25 megapixels, please.")
        return picture
