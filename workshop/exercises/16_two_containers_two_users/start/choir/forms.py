"""The form that takes a photo."""

from django import forms


class PhotoForm(forms.Form):
    photo = forms.ImageField()
