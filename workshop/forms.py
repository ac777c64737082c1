"""What somebody may send: a progress file."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile

from workshop.progress import BYTES, ProgressError, Standing, loads


class ProgressForm(forms.Form):
    """`cleaned_data["file"]` is the standings of the file."""

    file = forms.FileField(
        label="A progress file",
        widget=forms.ClearableFileInput(attrs={"accept": ".json,application/json"}),
        error_messages={
            "required": "Choose a file first.",
            "empty": "That file was not taken: it is empty.",
            "invalid": "That form was sent without the file.",
        },
    )

    def clean_file(self) -> Mapping[str, Standing]:
        upload: UploadedFile[Any] = self.cleaned_data["file"]
        try:
            if (upload.size or 0) > BYTES:
                raise ProgressError("it is too long to be a progress file")
            return loads(upload.read().decode("utf-8-sig"))
        except UnicodeDecodeError:
            raise forms.ValidationError("That file was not taken: it is not text.") from None
        except ProgressError as error:
            raise forms.ValidationError(f"That file was not taken: {error}.") from error
