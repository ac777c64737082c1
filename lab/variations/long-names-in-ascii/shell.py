from django import forms
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import models

LONG, SHORTER = "a" * 180 + ".png", "a" * 89 + ".png"
fields = {"forms.FileField": forms.FileField(), "models.FileField": models.FileField().formfield()}

for title, field in fields.items():
    for name in (LONG, SHORTER):
        size = f"{len(name)} characters, {len(name.encode())} bytes"
        try:
            upload = field.clean(SimpleUploadedFile(name, b"picture"))
        except forms.ValidationError:
            print(f"{title}, {size}: refused")
            continue
        try:
            default_storage.delete(default_storage.save(upload.name, upload))
            print(f"{title}, {size}: stored")
        except OSError as error:
            print(f"{title}, {size}: accepted, then {type(error).__name__}")
