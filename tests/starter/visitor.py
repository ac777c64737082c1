"""Somebody at the photo album: logs in, uploads, looks."""

import re
import warnings
from io import BytesIO

import requests
from PIL import Image


def photo(width=80, height=40):
    """A JPEG that has to be turned to stand upright."""
    exif = Image.Exif()
    exif[0x0112] = 6
    content = BytesIO()
    Image.new("RGB", (width, height), "teal").save(content, "JPEG", exif=exif)
    return content.getvalue()


class Visitor:
    """Keeps cookies as a browser does that reaches the site over HTTPS. `scheme` is what Django hears of it."""

    def __init__(self, url, headers=None, scheme="", plain=""):
        self.url, self.headers, self.plain = url, headers or {}, plain
        self.scheme = scheme or url.partition(":")[0]
        self.origin = f"{self.scheme}://{self.headers.get('Host') or url.partition('//')[2]}"
        self.cookies = {}

    def fresh(self):
        """The same visitor without cookies."""
        return Visitor(self.url, self.headers, self.scheme)

    def request(self, method, address, **more):
        headers = {**self.headers, "Origin": self.origin, "Referer": f"{self.origin}/"}
        headers["Cookie"] = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        with warnings.catch_warnings(action="ignore"):  # about the certificate
            response = requests.request(
                method, self.url + address, headers=headers, allow_redirects=False, verify=False, timeout=30, **more
            )
        for cookie in response.raw.headers.getlist("Set-Cookie"):
            name, _, value = cookie.partition(";")[0].partition("=")
            self.cookies[name] = value
        return response

    def get(self, address):
        return self.request("GET", address)

    def post(self, address, fields, files=None):
        """Send a form with the token from its page."""
        token = re.search(r'csrfmiddlewaretoken" value="(\w+)', self.get(address).text)[1]
        return self.request("POST", address, data={**fields, "csrfmiddlewaretoken": token}, files=files)

    def log_in(self, name):
        return self.post("/login/", {"username": name, "password": "sea"})

    def upload(self, content):
        return self.post("/upload/", {"title": "Sea"}, {"image": ("sea.jpg", content)})
