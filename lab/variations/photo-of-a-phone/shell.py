from io import BytesIO
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image
from project.forms import UploadForm

exif = Image.Exif()
exif[0x0112] = 6  # held upright: turn by a quarter before showing
exif.get_ifd(0x8825)[1] = "N"
exif.get_ifd(0x8825)[2] = (52.0, 31.0, 12.0)
shot = BytesIO()
Image.new("RGB", (40, 30)).save(shot, "JPEG", exif=exif)
form = UploadForm({}, {"image": SimpleUploadedFile("photo.jpg", shot.getvalue(), "image/jpeg")})
form.is_valid()
stored = form.cleaned_data["image"]
stored.seek(0)
photo = Image.open(stored)
print("pixels:", photo.size, "turn:", photo.getexif().get(0x0112), "GPS:", bool(photo.getexif().get_ifd(0x8825)))
