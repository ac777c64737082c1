"""The pages for errors."""

import pytest
from django.test import Client

FORM = "multipart/form-data; boundary=B"
FIELD = b'--B\r\nContent-Disposition: form-data; name="text"\r\n\r\n'
FILE = b'--B\r\nContent-Disposition: form-data; name="image"; filename="a.jpg"\r\n\r\nx\r\n'


@pytest.mark.parametrize("body", [FIELD + b"x" * 3_000_000, FILE * 1500], ids=["3 MB of text", "1,500 files"])
def test_a_form_that_django_refuses_to_read_is_a_404_where_no_page_is(body):
    client = Client(enforce_csrf_checks=True, raise_request_exception=False)
    client.cookies["csrftoken"] = "a1" * 16  # without one, Django does not read the form
    response = client.generic("POST", "/nobody/", body + b"\r\n--B--\r\n", FORM)
    assert response.status_code == 404
    assert "No page of this site has the address" in response.content.decode()
