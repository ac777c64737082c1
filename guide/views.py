"""The pages that explain: home and the finder race."""

from pathlib import Path

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from gallery import media_route
from gallery.models import Photo
from guide import finder_race
from guide.forms import FinderForm
from guide.source import excerpt


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """The three kinds of files, each shown by one of this site's own."""
    photo = Photo.objects.public().first()
    context = {
        "source": excerpt(settings.BASE_DIR, "app1/views.py"),
        "static_file": excerpt(settings.BASE_DIR, "app1/static/app.css"),
        "order": excerpt(settings.BASE_DIR, "mysite/settings/base.py", "INSTALLED_APPS", '"app2",'),
        "photo": photo,
        "media_served": photo is not None and media_route.is_served(photo.image.url, request),
        "race": finder_race.run("app.css", Path(settings.STATIC_ROOT)),
        "live": [
            ("DEBUG", settings.DEBUG),
            ("STATIC_URL", settings.STATIC_URL),
            ('STORAGES["staticfiles"]', settings.STORAGES["staticfiles"]["BACKEND"].rpartition(".")[2]),
            ("MEDIA_URL", settings.MEDIA_URL),
            ("WhiteNoise in MIDDLEWARE", any(name.startswith("whitenoise.") for name in settings.MIDDLEWARE)),
        ],
    }
    return render(request, "guide/home.html", context)


@require_safe
def finders(request: HttpRequest) -> HttpResponse:
    """The finder race for any static path; a path that can't be one is answered with a sentence and status 400."""
    form = FinderForm(request.GET if "path" in request.GET else {"path": "app.css"})
    race = finder_race.run(form.cleaned_data["path"], Path(settings.STATIC_ROOT)) if form.is_valid() else None
    return render(request, "guide/finders.html", {"form": form, "race": race}, status=200 if race else 400)
