"""The form that takes a photo."""

from django import forms

from photos.pictures import NotWanted, fresh


class PhotoForm(forms.Form):
    photo = forms.ImageField()

    def clean_photo(self):
        """A picture of our own making stands in for the file that was sent."""
        try:
            return fresh(self.cleaned_data["photo"])
        except NotWanted as reason:
            raise forms.ValidationError(str(reason)) from reason
