from django.core.files.base import ContentFile
from django.core.files.storage import default_storage as storage

names = [storage.save("photo.txt", ContentFile(text)) for text in (b"of Ada", b"of Grace")]
print("the same name:", names[0] == names[1])
print(names[0], "is", storage.open(names[0]).read().decode())
if names[1] != names[0]:  # its name ends in random letters
    storage.delete(names[1])
