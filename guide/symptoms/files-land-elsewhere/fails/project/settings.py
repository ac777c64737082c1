import os

STATIC_ROOT = os.path.join(BASE_DIR, "/staticfiles")

MEDIA_ROOT = "media"
