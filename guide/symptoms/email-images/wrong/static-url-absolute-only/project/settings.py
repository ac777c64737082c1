STATIC_URL = "https://example.com/static/"
