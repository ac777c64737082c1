from django import forms

from shop.models import Product


class MultipleFileInput(forms.ClearableFileInput):
    allow_multiple_selected = True


class MultipleImageField(forms.ImageField):
    widget = MultipleFileInput

    def clean(self, data, initial=None):
        files = data if isinstance(data, (list, tuple)) else [data]
        return [super(MultipleImageField, self).clean(file, initial) for file in files]


class PicturesForm(forms.Form):
    pictures = MultipleImageField()


class ProductForm(forms.ModelForm):
    class Meta:
        model = Product
        fields = ["name", "picture"]
