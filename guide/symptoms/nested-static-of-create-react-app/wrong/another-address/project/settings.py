STATIC_URL = "/static/static/"
