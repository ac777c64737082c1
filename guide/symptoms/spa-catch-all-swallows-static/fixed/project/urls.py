from django.conf import settings
from django.conf.urls.static import static
from django.contrib import admin
from django.urls import path, re_path
from django.views.generic import TemplateView

urlpatterns = [
    path("admin/", admin.site.urls),
    *static(settings.MEDIA_URL, document_root=settings.MEDIA_ROOT),
    # Last, and for pages alone: a missing file has to stay a 404.
    re_path(r"^(?!static/|media/|api/|admin/).*$", TemplateView.as_view(template_name="shop/home.html")),
]
