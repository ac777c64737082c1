CSRF_TRUSTED_ORIGINS = ["localhost", "example.com"]
