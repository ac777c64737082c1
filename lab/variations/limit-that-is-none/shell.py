from django.test import Client

client = Client(headers={"host": "localhost"})
from io import BytesIO


def note():
    file = BytesIO(b"x")
    file.name = "note.txt"
    return file


print("101 files:", client.post("/upload/", {"other": [note() for _ in range(101)]}).status_code)
