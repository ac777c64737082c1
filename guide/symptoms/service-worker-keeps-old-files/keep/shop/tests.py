import re
import tempfile

from django.core.management import call_command
from django.test import SimpleTestCase, override_settings


class ServiceWorkerTests(SimpleTestCase):
    def test_the_worker_names_hashed_files(self):
        with tempfile.TemporaryDirectory() as root, override_settings(STATIC_ROOT=root):
            call_command("collectstatic", interactive=False, verbosity=0)
            script = self.client.get("/sw.js").content.decode()
        for address in re.findall(r'"(/static/[^"]+)"', script):
            self.assertRegex(address, r"\.[0-9a-f]{12}\.\w+$")
