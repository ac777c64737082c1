"""A bucket of another service, such as R2, Spaces, B2 or MinIO: `DJANGO_SETTINGS_MODULE=project.bucket_elsewhere`."""

import os

from botocore.config import Config
from project.production import *

STORAGES = {
    "default": {
        "BACKEND": "storages.backends.s3.S3Storage",
        "OPTIONS": {
            "bucket_name": "shop-media",
            # With its scheme.
            "endpoint_url": "https://fra1.digitaloceanspaces.com",
            # A service without regions takes "us-east-1", R2 takes "auto".
            "region_name": "us-east-1",
            # Keys of another name than boto3's AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY.
            "access_key": os.environ["BUCKET_KEY_ID"],
            "secret_key": os.environ["BUCKET_SECRET"],
            # It replaces signature_version, addressing_style and proxies, so they go into it.
            "client_config": Config(
                signature_version="s3v4",
                s3={"addressing_style": "path"},
                request_checksum_calculation="when_required",
                response_checksum_validation="when_required",
            ),
            "file_overwrite": False,
        },
    },
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
