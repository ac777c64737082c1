"""Middlewares that ask for a login, and others that only sound like it."""

from django.http import HttpResponseForbidden
from django.shortcuts import redirect
from django.utils.deprecation import MiddlewareMixin


class Doorman(MiddlewareMixin):
    def process_request(self, request):
        if not request.COOKIES:
            return redirect("/login/?next=" + request.path, LOGIN_URL="/login/")
        return None


class LoginMiddleware:
    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request) if request.COOKIES else HttpResponseForbidden()


def login_gate(get_response):
    return lambda request: get_response(request) if request.COOKIES else HttpResponseForbidden()


class LastLoginMiddleware:
    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        answer = self.get_response(request)
        request.session["seen"] = True
        return answer


class LoginAtTheView(MiddlewareMixin):
    def process_view(self, request, view, args, kwargs):
        return redirect("/login/")
