"""Send the form with a picture, as a browser does."""

import io

from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import BaseCommand
from django.test import Client
from PIL import Image


class Command(BaseCommand):
    def handle(self, *args, **options):
        picture = io.BytesIO()
        Image.new("RGB", (8, 8)).save(picture, "PNG")
        file = SimpleUploadedFile("cat.png", picture.getvalue(), "image/png")
        answer = Client(raise_request_exception=False, headers={"host": "localhost"}).post(
            "/add/", {"name": "Cat", "picture": file}
        )
        self.stdout.write(f"POST /add/ {answer.status_code}")
