DEBUG = False

ALLOWED_HOSTS = ["localhost", "127.0.0.1", "example.com"]

LOGIN_URL = "admin:login"
