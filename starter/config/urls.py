from django.conf import settings
from django.conf.urls.static import static
from django.contrib import admin
from django.contrib.auth import views
from django.urls import include, path

urlpatterns = [
    path("", include("photos.urls")),
    path("login/", views.LoginView.as_view(template_name="photos/form.html"), name="login"),
    path("admin/", admin.site.urls),
    # Serves uploads while DEBUG is on. With DEBUG off static() returns an empty list: nginx or a bucket serves them.
    *static(settings.MEDIA_URL, document_root=settings.MEDIA_ROOT),
]
