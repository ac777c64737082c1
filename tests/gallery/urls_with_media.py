"""The site's addresses with a media route like that of mysite/urls.py, for the folder of one test.

The test client runs with DEBUG off, where `static()` gives no route.
"""

from django.urls import re_path
from django.views.static import serve

from mysite import urls

KWARGS = {"document_root": None}


def served_from(folder):
    KWARGS["document_root"] = folder


urlpatterns = [
    *(pattern for pattern in urls.urlpatterns if "media" not in str(pattern.pattern)),
    re_path(r"^media/(?P<path>.*)$", serve, kwargs=KWARGS),
]
