STORAGES = {
    "default": {
        "BACKEND": "storages.backends.s3.S3Storage",
        "OPTIONS": {
            "bucket_name": "shop-private",
            "region_name": "eu-central-1",
            "signature_version": "s3v4",
            "access_key": "made-up",
            "secret_key": "made-up",
        },
    },
    "public": {
        "BACKEND": "storages.backends.s3.S3Storage",
        "OPTIONS": {
            "bucket_name": "shop-media",
            "region_name": "eu-central-1",
            "custom_domain": "media.example.com",
            "access_key": "made-up",
            "secret_key": "made-up",
        },
    },
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage",
    },
}
