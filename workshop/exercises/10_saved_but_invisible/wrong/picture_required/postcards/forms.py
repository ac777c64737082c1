"""The form of a postcard: Django makes its fields from the model."""

from django import forms

from postcards.models import Postcard


class PostcardForm(forms.ModelForm):
    picture = forms.ImageField(required=True)

    class Meta:
        model = Postcard
        fields = ("words", "picture")
