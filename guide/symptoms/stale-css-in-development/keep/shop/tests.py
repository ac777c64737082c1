from django.apps import apps
from django.conf import settings
from django.test import SimpleTestCase


class DevelopmentServerTests(SimpleTestCase):
    def test_whitenoise_serves_static_files_under_runserver_too(self):
        names = [app.name for app in apps.get_app_configs()]
        self.assertIn("whitenoise.runserver_nostatic", names)
        self.assertLess(names.index("whitenoise.runserver_nostatic"), names.index("django.contrib.staticfiles"))
        self.assertIn("whitenoise.middleware.WhiteNoiseMiddleware", settings.MIDDLEWARE)
