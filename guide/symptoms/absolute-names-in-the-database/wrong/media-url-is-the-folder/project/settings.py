MEDIA_URL = "/"
