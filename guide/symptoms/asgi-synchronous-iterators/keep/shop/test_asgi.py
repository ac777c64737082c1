import warnings

from asgiref.testing import ApplicationCommunicator
from django.core.asgi import get_asgi_application
from django.test import SimpleTestCase


class StaticFilesTests(SimpleTestCase):
    async def test_a_stylesheet_is_sent_without_a_warning(self):
        scope = {"type": "http", "method": "GET", "path": "/static/shop/shop.css", "query_string": b"", "headers": []}
        with warnings.catch_warnings(record=True) as caught:
            warnings.simplefilter("always")
            server = ApplicationCommunicator(get_asgi_application(), scope)
            await server.send_input({"type": "http.request", "body": b""})
            self.assertEqual((await server.receive_output())["status"], 200)
            while (await server.receive_output()).get("more_body"):
                pass
        self.assertEqual([str(warning.message) for warning in caught if "iterator" in str(warning.message)], [])
