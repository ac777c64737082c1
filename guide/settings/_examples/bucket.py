"""Uploads in a bucket, keys from the environment or a role: `DJANGO_SETTINGS_MODULE=project.bucket`."""

from boto3.s3.transfer import TransferConfig
from project.production import *

STORAGES = {
    "default": {
        "BACKEND": "storages.backends.s3.S3Storage",
        "OPTIONS": {
            "bucket_name": "shop-media",
            # The bucket's own region.
            "region_name": "eu-central-1",
            "location": "uploads",
            "file_overwrite": False,
            # A policy on the bucket says who may read, not an access list of each object.
            "default_acl": None,
            # Signed addresses, fit for private files.
            "querystring_auth": True,
            # Ten minutes, in seconds.
            "querystring_expire": 600,
            "signature_version": "s3v4",
            "addressing_style": "virtual",
            "object_parameters": {"CacheControl": "private, max-age=600"},
            # A file that is read waits on disk above eight megabytes.
            "max_memory_size": 8 * 1024 * 1024,
            # A single request for everything below 64 megabytes.
            "transfer_config": TransferConfig(multipart_threshold=64 * 1024 * 1024),
        },
    },
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
