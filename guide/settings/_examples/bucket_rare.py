"""Rarer options of a bucket: `DJANGO_SETTINGS_MODULE=project.bucket_rare`."""

import os

from project.production import *

STORAGES = {
    "default": {
        "BACKEND": "storages.backends.s3.S3Storage",
        "OPTIONS": {
            "bucket_name": "shop-media",
            # A profile of ~/.aws/config: for your own machine, not for a server.
            "session_profile": "shop",
            "custom_domain": "d111111abcdef8.cloudfront.net",
            "querystring_auth": True,
            # The id of the public key that CloudFront knows, and the private key as PEM text.
            "cloudfront_key_id": os.environ["CLOUDFRONT_KEY_ID"],
            "cloudfront_key": os.environ["CLOUDFRONT_KEY"],
        },
    },
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
