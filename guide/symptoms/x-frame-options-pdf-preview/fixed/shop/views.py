from django.conf import settings
from django.http import FileResponse
from django.shortcuts import render
from django.views.decorators.clickjacking import xframe_options_sameorigin


def home(request):
    return render(request, "shop/home.html")


@xframe_options_sameorigin
def manual(request):
    return FileResponse((settings.MEDIA_ROOT / "manual.pdf").open("rb"))
