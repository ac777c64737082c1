STATIC_URL = "staticfiles/"
