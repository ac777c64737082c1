INSTALLED_APPS = [
    "django.contrib.staticfiles",
    "django.contrib.admin",
    "theme",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "shop",
]
