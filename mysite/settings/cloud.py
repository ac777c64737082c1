"""Many machines: production with photos in an S3-compatible bucket and rows in PostgreSQL; no machine keeps any.

Everything comes from the environment; what is missing is named. Required besides prod's SECRET_KEY and ALLOWED_HOSTS:

    DATABASE_URL            postgres://user:password@host:5432/name
    S3_BUCKET               the bucket; public photos are below media/ in it, private ones below private/
    S3_REGION               such as eu-central-1; with services that know no regions: us-east-1
    AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY    not with S3_ROLE=1, when the machine itself has a role that may

Optional: S3_ENDPOINT (a service other than Amazon's, such as https://fra1.digitaloceanspaces.com), S3_PRIVATE_BUCKET
(private photos in a bucket of their own), MEDIA_ORIGIN (the CDN or the name in front of the bucket), S3_STATIC=1
(static files in the bucket as well, below static/), DATABASE_POOL_SIZE (connections of each server process).
"""

import os

from boto3.s3.transfer import TransferConfig
from botocore.config import Config
from django.core.exceptions import ImproperlyConfigured

from mysite.environment import origin, required
from mysite.settings.prod import *  # noqa: F403
from mysite.settings.prod import CSP_DIRECTIVES, DATABASES, MEDIA_ORIGIN, MIDDLEWARE, STATIC_URL, STORAGES

required("DATABASE_URL", "PostgreSQL, as postgres://user:password@host:5432/name")
if DATABASES["default"]["ENGINE"] != "django.db.backends.postgresql":
    raise ImproperlyConfigured("DATABASE_URL must name a PostgreSQL here: a SQLite file belongs to one machine only.")

S3_BUCKET = required("S3_BUCKET", "the bucket for photos")
S3_PRIVATE_BUCKET = os.environ.get("S3_PRIVATE_BUCKET") or S3_BUCKET
S3_REGION = required("S3_REGION", "the bucket's region, such as eu-central-1; us-east-1 where the service knows none")
S3_ENDPOINT = origin(os.environ.get("S3_ENDPOINT", ""), "S3_ENDPOINT") or None
S3_STATIC = os.environ.get("S3_STATIC") == "1"
if os.environ.get("S3_ROLE") != "1":  # else boto3 would look for keys in many places, for seconds, at the first upload
    required("AWS_ACCESS_KEY_ID", "the name of the key to the bucket; S3_ROLE=1 when the machine has a role instead")
    required("AWS_SECRET_ACCESS_KEY", "the key to the bucket; S3_ROLE=1 when the machine has a role instead")

# Where a browser finds objects. At Amazon a bucket is a part of the host's name, elsewhere the first part of the path.
_amazon = "https://{}.s3.{}.amazonaws.com"
PUBLIC_BASE = MEDIA_ORIGIN or (f"{S3_ENDPOINT}/{S3_BUCKET}" if S3_ENDPOINT else _amazon.format(S3_BUCKET, S3_REGION))
PRIVATE_ORIGIN = S3_ENDPOINT or _amazon.format(S3_PRIVATE_BUCKET, S3_REGION)
_scheme, _, _host = PUBLIC_BASE.partition("//")

BUCKET = {
    "bucket_name": S3_BUCKET,
    "region_name": S3_REGION,
    "endpoint_url": S3_ENDPOINT,
    "default_acl": None,  # newer buckets refuse a request that names an ACL: a policy on the bucket says who may read
    "file_overwrite": False,  # django-storages' default is True: a second file of one name takes the first one's place
    "client_config": Config(
        signature_version="s3v4",
        s3={"addressing_style": "path" if S3_ENDPOINT else "virtual"},
        # Two tries of at most 2 + 3 seconds. boto3's defaults are five tries of 60 + 60: ten minutes for one upload.
        connect_timeout=2,
        read_timeout=3,
        retries={"mode": "standard", "total_max_attempts": 2},
        max_pool_connections=32,
        # Amazon's newest checksums only where they must be: other services answer 400 to them.
        request_checksum_calculation="when_required",
        response_checksum_validation="when_required",
    ),
    # One PUT for each object: whole or not there at all, and no threads for files of a few megabytes.
    "transfer_config": TransferConfig(multipart_threshold=64 * 1024 * 1024, use_threads=False),
}
PUBLIC = {
    **BUCKET,
    "custom_domain": _host,
    "url_protocol": _scheme,
    "querystring_auth": False,  # a signed address is another one each time, so nobody could keep what it gives
}

STORAGES = {
    **STORAGES,
    "default": {
        "BACKEND": "gallery.bucket.BucketStorage",
        "OPTIONS": {
            **PUBLIC,
            "location": "media",
            # A day: the names are random and their content never changes, but people delete photos.
            "object_parameters": {"CacheControl": "max-age=86400, public"},
        },
    },
    "private": {
        "BACKEND": "gallery.bucket.BucketStorage",
        "OPTIONS": {
            **BUCKET,
            "bucket_name": S3_PRIVATE_BUCKET,
            "location": "private",
            "querystring_auth": True,  # and no custom_domain: django-storages signs for the bucket's own address only
            "querystring_expire": 60,  # seconds; the page asks for a new one each time
            "object_parameters": {"CacheControl": "private, no-store"},
        },
    },
}
MEDIA_URL = f"{PUBLIC_BASE}/media/"
PRIVATE_MEDIA_REDIRECT = True

if S3_STATIC:
    STORAGES = {
        **STORAGES,
        "staticfiles": {
            "BACKEND": "mysite.serving.static_bucket.StaticBucketStorage",
            "OPTIONS": {**PUBLIC, "location": "static", "file_overwrite": True},
        },
    }
    STATIC_URL = f"{PUBLIC_BASE}/static/"
    MIDDLEWARE = [name for name in MIDDLEWARE if not name.startswith("whitenoise.")]

# What pages may load from the bucket, down to the folder: an upload must not become a script because static files lie
# beside it. Private photos come by a redirect, for which browsers look at the host alone.
CSP_DIRECTIVES = {
    **CSP_DIRECTIVES,
    "img-src": [*CSP_DIRECTIVES["img-src"], MEDIA_URL, PRIVATE_ORIGIN, *([STATIC_URL] if S3_STATIC else [])],
    "default-src": [*CSP_DIRECTIVES["default-src"], *([STATIC_URL] if S3_STATIC else [])],
}
SECURE_CSP = CSP_DIRECTIVES
CONTENT_SECURITY_POLICY = {"DIRECTIVES": CSP_DIRECTIVES}
