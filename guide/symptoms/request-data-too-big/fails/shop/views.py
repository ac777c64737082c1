import base64
import json

from django.core.files.base import ContentFile
from django.http import JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from shop.forms import ProductForm
from shop.models import Product


def home(request):
    return render(request, "shop/home.html", {"products": Product.objects.all()})


def api(request):
    data = json.loads(request.body)
    product = Product(name=data["name"])
    product.picture.save("picture.png", ContentFile(base64.b64decode(data["picture"])))
    return JsonResponse({"id": product.pk}, status=201)


def add(request):
    form = ProductForm(request.POST or None, request.FILES or None)
    if form.is_valid():
        product = form.save()
        return redirect("product", product.pk)
    return render(request, "shop/add.html", {"form": form})


def product(request, pk):
    return render(request, "shop/product.html", {"product": get_object_or_404(Product, pk=pk)})
