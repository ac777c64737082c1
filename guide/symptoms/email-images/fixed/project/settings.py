SITE_URL = "https://example.com"
