from urllib.parse import quote

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import FileResponse, HttpResponse
from django.shortcuts import get_object_or_404, render
from shop.models import Invoice


@login_required
def home(request):
    return render(request, "shop/home.html", {"invoices": Invoice.objects.filter(owner=request.user)})


@login_required
def invoice(request, pk):
    invoice = get_object_or_404(Invoice, pk=pk, owner=request.user)  # 404 for everybody else's
    if settings.DEBUG:  # runserver has no nginx in front of it
        return FileResponse(invoice.file.open())
    response = HttpResponse(headers={"X-Accel-Redirect": "/protected/" + quote(invoice.file.name)})
    response["Cache-Control"] = "private"  # no CDN or proxy may keep it for others
    del response["Content-Type"]  # nginx then chooses it by the file's extension
    return response
