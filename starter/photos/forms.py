from uuid import uuid4

from django import forms

from photos.models import Photo
from photos.pictures import safe_picture


class PhotoForm(forms.ModelForm):
    class Meta:
        model = Photo
        fields = ["title", "image"]

    def clean_image(self):
        upload = self.cleaned_data["image"]
        if "image" not in self.changed_data:  # a form that changes the title alone
            return upload
        key = uuid4().hex  # a name of ours: a stranger's may be long, misleading or guessable
        picture = safe_picture(upload, f"{key}.webp")
        upload.seek(0)
        upload.name = f"{key}.original"  # no ending that a browser would open
        self.instance.original = upload
        return picture
