from django.test import Client

client = Client(headers={"host": "localhost"})
from io import BytesIO
from urllib.parse import urlencode
from PIL import Image

picture = BytesIO()
Image.new("RGB", (8, 8)).save(picture, "PNG")
picture.seek(0)
picture.name = "picture.png"
html = client.get("/upload/").content.decode()
if "multipart/form-data" in html:  # what a browser does with the form that it got
    answer = client.post("/upload/", {"image": picture})
else:
    answer = client.post("/upload/", urlencode({"image": "picture.png"}), "application/x-www-form-urlencoded")
print(answer.status_code, dict(answer.wsgi_request.FILES))
print("This field is required." if b"This field is required." in answer.content else "accepted")
