from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

files = {f"file{number}": SimpleUploadedFile(f"{number}.txt", b"x") for number in range(101)}
answer = Client(SERVER_NAME="localhost").post("/add/", {"name": "", **files})
print("101 files:", answer.status_code)
