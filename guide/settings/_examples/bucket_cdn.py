"""Static files and public uploads in a bucket behind a CDN: `DJANGO_SETTINGS_MODULE=project.bucket_cdn`."""

from project.production import *

STORAGES = {
    "default": {
        "BACKEND": "storages.backends.s3.S3Storage",
        "OPTIONS": {
            "bucket_name": "shop-media",
            "region_name": "eu-central-1",
            "location": "uploads",
            # A host without a scheme.
            "custom_domain": "media.example.com",
            # The colon belongs to it.
            "url_protocol": "https:",
            "querystring_auth": False,
            "object_parameters": {"CacheControl": "public, max-age=86400"},
            "file_overwrite": False,
        },
    },
    "staticfiles": {
        "BACKEND": "storages.backends.s3.S3ManifestStaticStorage",
        "OPTIONS": {
            "bucket_name": "shop-static",
            "region_name": "eu-central-1",
            "location": "static",
            "custom_domain": "cdn.example.com",
            "object_parameters": {"CacheControl": "public, max-age=31536000, immutable"},
            # Only for a CDN that does not compress by itself.
            "gzip": True,
            "file_overwrite": True,
        },
    },
}
