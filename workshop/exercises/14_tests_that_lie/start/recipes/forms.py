"""The form that takes a picture of a dish."""

from django import forms


class PictureForm(forms.Form):
    picture = forms.ImageField()
