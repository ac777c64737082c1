from django.test import Client

client = Client(headers={"host": "localhost"})
import os
import stat
from io import BytesIO
from PIL import Image

os.umask(0o022)
for name, size in (("small.png", 0), ("large.png", 3_000_000)):
    picture = BytesIO()
    Image.new("RGB", (8, 8)).save(picture, "PNG")
    upload = BytesIO(picture.getvalue().ljust(size, b"\0"))
    upload.name = name
    client.post("/upload/", {"image": upload})
    print(stat.filemode(os.stat("uploads/" + name).st_mode), name)
