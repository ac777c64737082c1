from io import BytesIO
from django import forms
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

png = BytesIO()
Image.new("RGB", (8, 8)).save(png, "PNG")
eps = b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 8 8\n%%EndComments\n%%EOF\n"
files = {"a.png": png.getvalue() + b"<script>alert(1)</script>", "a.eps": eps, "a.svg": b"<svg/>"}
for name, content in files.items():
    try:
        forms.ImageField().clean(SimpleUploadedFile(name, content))
        print(name, "accepted")
    except forms.ValidationError:
        print(name, "refused")
