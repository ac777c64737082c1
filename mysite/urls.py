"""Every address of the site."""

from django.conf import settings
from django.conf.urls.static import static
from django.contrib import admin
from django.urls import include, path

from mysite.web import views

urlpatterns = [
    path("", include("guide.urls")),
    path("app1/", include("app1.urls")),
    path("app2/", include("app2.urls")),
    path("gallery/", include("gallery.urls")),
    path("", include("lab.playground.urls")),
    path("workshop/", include("workshop.urls")),
    path("admin/", admin.site.urls),
    path("healthz", views.healthz, name="healthz"),
    # The media route. static() returns an empty list when DEBUG is off, so this line serves uploads in development
    # only: in production another server, never Django, has to answer MEDIA_URL.
    *static(settings.MEDIA_URL, document_root=settings.MEDIA_ROOT),
]

handler400 = "mysite.web.views.bad_request"
handler404 = "mysite.web.views.not_found"
handler500 = "mysite.web.views.server_error"
