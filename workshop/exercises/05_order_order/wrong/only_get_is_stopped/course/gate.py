"""Nobody but members sees the lecture."""

from urllib.parse import urlencode

from django.shortcuts import redirect
from django.urls import reverse


class MembersOnly:
    """Middleware that sends everyone who has not logged in to the login page."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        login = reverse("login")
        if request.method == "GET" and request.path != login and not request.session.get("member"):
            return redirect(f"{login}?{urlencode({'next': request.get_full_path()})}")
        return self.get_response(request)
