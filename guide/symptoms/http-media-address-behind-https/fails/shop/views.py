from django.core.files.storage import default_storage
from django.http import JsonResponse


def home(request):
    return JsonResponse({"picture": request.build_absolute_uri(default_storage.url("cat.jpg"))})
