from urllib.parse import parse_qs, urlsplit

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from project import no_bucket

no_bucket.watch(default_storage)
first = default_storage.save("ada.png", ContentFile(b"of Ada"))
second = default_storage.save("ada.png", ContentFile(b"of Grace"))
print("the same name:", first == second)
parts = urlsplit(default_storage.url("ada.png"))
print("address:", parts._replace(query="").geturl())
print("signed:", any(name.endswith("Signature") for name in parse_qs(parts.query)))
