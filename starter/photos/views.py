from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import FileResponse, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from photos.forms import PhotoForm
from photos.models import Photo


def index(request):
    return render(request, "photos/index.html", {"photos": Photo.objects.order_by("-pk")})


@login_required
def upload(request):
    form = PhotoForm(request.POST or None, request.FILES or None, instance=Photo(owner=request.user))
    if form.is_valid():
        form.save()
        return redirect("photos:index")  # 302: taken. A form that is shown again, with 200, was refused
    return render(request, "photos/form.html", {"form": form})


@login_required
@require_POST  # a link that deletes would be followed by crawlers
def delete(request, pk):
    get_object_or_404(Photo, pk=pk, owner=request.user).delete()
    return redirect("photos:index")


@login_required
def original(request, pk):
    """A private file. To everybody but its owner the answer is 404: that it exists is private too."""
    file = get_object_or_404(Photo, pk=pk, owner=request.user).original
    if not settings.PRIVATE_FILES_BY_NGINX:
        return FileResponse(file.open(), as_attachment=True, content_type="application/octet-stream")
    # nginx sends the file that this header names; the worker is free for the next request.
    headers = {"X-Accel-Redirect": file.url, "Content-Disposition": "attachment"}
    return HttpResponse(headers=headers, content_type="application/octet-stream")
