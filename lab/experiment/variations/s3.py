"""Variations with django-storages and an S3 bucket that is not there: what boto3 would send is printed instead."""

from lab.experiment.variation import Edit, Variation, shell

SETTINGS = "project/settings.py"
PACKAGES = {"storages": "django-storages[s3]", "boto3": "django-storages[s3]"}  # of requirements-cloud.txt

_DEFAULT = '"default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},'
_NO_BUCKET = '''\
"""Stands where the network would begin: prints what boto3 is about to send, and answers as an S3 bucket would."""

import re

from botocore.awsrequest import AWSResponse

TELLING = ("x-amz-acl", "cache-control")
kept = set()


class Body:
    def stream(self, **_):
        return iter(())


def answer(request, **_):
    address = request.url.partition("?")[0]
    told = [f"{name}: {request.headers[name].decode()}" for name in TELLING if name in request.headers]
    print("sent:", request.method, re.sub(r"_\\w{7}\\.", "_RANDOM.", address), *told)
    there = request.method != "HEAD" or address in kept
    if request.method == "PUT":
        kept.add(address)
    return AWSResponse(request.url, 200 if there else 404, {}, Body())


def watch(storage):
    storage.connection.meta.client.meta.events.register("before-send.s3", answer)
'''
# The values in a signed address are of the moment: what is printed is whether there are any.
_UPLOADED_TWICE = """\
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
"""


def _bucket(name: str, title: str, *options: str, bucket: bool = True) -> Variation:
    """`options` are lines of OPTIONS beyond what every bucket needs."""
    lines = (
        *(('"bucket_name": "photos",',) if bucket else ()),
        '"region_name": "eu-central-1",',
        '"access_key": "made-up",  # from the environment, in a real project',
        '"secret_key": "made-up",',
        *options,
    )
    storage = "".join(f"            {line}\n" for line in lines)
    return Variation(
        name,
        title,
        needs={"default_storage": "present"},
        edits=(
            Edit("project/no_bucket.py", "", _NO_BUCKET),
            Edit(
                SETTINGS,
                _DEFAULT,
                '"default": {\n        "BACKEND": "storages.backends.s3.S3Storage",\n        "OPTIONS": {\n'
                f"{storage}        }},\n    }},",
            ),
        ),
        first=(shell(_UPLOADED_TWICE),),
        packages=PACKAGES,
    )


BUCKETS = (
    _bucket("s3", "django-storages’ S3 storage with its defaults; two uploads of the same name"),
    _bucket("s3-no-bucket", "The same without bucket_name", bucket=False),
    _bucket("s3-endpoint", "The same at another service", '"endpoint_url": "https://fra1.digitaloceanspaces.com",'),
    _bucket("s3-custom-domain", "The same behind a CDN", '"custom_domain": "cdn.example.com",'),
    _bucket("s3-unsigned", "The same without signatures", '"querystring_auth": False,'),
    _bucket("s3-new-names", "The same, and no file is overwritten", '"file_overwrite": False,'),
    _bucket("s3-acl", "The same with an access list for each file", '"default_acl": "public-read",'),
    _bucket(
        "s3-parameters",
        "The same with a header for each file",
        '"object_parameters": {"CacheControl": "max-age=86400"},',
    ),
)
