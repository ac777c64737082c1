from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

first = default_storage.save("reports/7.txt", ContentFile(b"seven"))
second = default_storage.save("reports/7.txt", ContentFile(b"seven again"))
print("asked for one name twice:", "one name" if first == second else "two names")
print("open:", default_storage.open(second).read())
print("url begins with MEDIA_URL:", default_storage.url(second).startswith("/media/reports/7"))
default_storage.delete(second)
print("after delete:", [default_storage.exists(name) for name in (first, second)])
