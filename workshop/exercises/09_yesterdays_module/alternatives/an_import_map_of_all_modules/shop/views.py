"""The shop's only page."""

import json

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.shortcuts import render
from django.templatetags.static import static


def shelf(request):
    names = [name for finder in get_finders() for name, _ in finder.list([]) if name.endswith(".js")]
    modules = {settings.STATIC_URL + name: static(name) for name in names}
    return render(request, "shop/shelf.html", {"modules": json.dumps({"imports": modules})})
