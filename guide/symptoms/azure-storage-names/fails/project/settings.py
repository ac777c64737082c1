STORAGES = {
    "default": {
        "BACKEND": "storages.backends.azure_storage.AzureStorage",
        "OPTIONS": {
            "AZURE_ACCOUNT_NAME": "shopaccount",
            "AZURE_ACCOUNT_KEY": "bWFkZS11cA==",
            "AZURE_CONTAINER": "media",
        },
    },
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage",
    },
}
