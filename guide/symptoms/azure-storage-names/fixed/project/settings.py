import os

STORAGES = {
    "default": {
        "BACKEND": "storages.backends.azure_storage.AzureStorage",
        "OPTIONS": {
            "account_name": "shopaccount",
            "account_key": os.environ.get("AZURE_ACCOUNT_KEY", ""),
            "azure_container": "media",
            "expiration_secs": 3600,
        },
    },
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage",
    },
}
