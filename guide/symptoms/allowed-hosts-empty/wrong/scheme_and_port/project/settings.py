ALLOWED_HOSTS = ["http://localhost:8000"]
