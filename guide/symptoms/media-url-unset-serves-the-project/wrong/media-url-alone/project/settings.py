MEDIA_URL = "media/"
