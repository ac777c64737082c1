"""The whole site and, beside it, a page that says nothing but hello."""

from django.http import HttpRequest, HttpResponse
from django.urls import include, path


def hello(_request: HttpRequest) -> HttpResponse:
    return HttpResponse("Hello, world")


urlpatterns = [path("hello", hello), path("", include("mysite.urls"))]
