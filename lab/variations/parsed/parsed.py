from django.core.files.uploadedfile import SimpleUploadedFile as File
from django.test import RequestFactory


def parsed(**data):
    request = RequestFactory().post("/", data)
    try:
        return {name: type(file).__name__ for name, file in request.FILES.items()}, len(request.POST)
    except Exception as error:
        return type(error).__name__


print("file:", parsed(a=File("a.txt", b"x" * 2000)))
print("text:", parsed(a="x" * 2000))
print("files:", parsed(a=File("a.txt", b"x"), b=File("b.txt", b"x"), c=File("c.txt", b"x")))
print("fields:", parsed(a="x", b="x", c="x"))
