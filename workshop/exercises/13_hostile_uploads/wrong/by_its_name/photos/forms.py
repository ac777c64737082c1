"""The form that takes a photo."""

from django import forms
from django.core.validators import FileExtensionValidator


class PhotoForm(forms.Form):
    photo = forms.FileField(validators=[FileExtensionValidator(["jpg", "jpeg", "png"])])

    def clean_photo(self):
        photo = self.cleaned_data["photo"]
        if not photo.content_type.startswith("image/"):
            raise forms.ValidationError("Photos only, please.")
        return photo
