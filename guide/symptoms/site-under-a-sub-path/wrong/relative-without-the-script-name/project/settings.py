del FORCE_SCRIPT_NAME

STATIC_URL = "static/"

MEDIA_URL = "media/"
