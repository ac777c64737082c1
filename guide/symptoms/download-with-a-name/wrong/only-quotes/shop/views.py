from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from shop.forms import ProductForm
from shop.models import Product


def home(request):
    return render(request, "shop/home.html", {"products": Product.objects.all()})


def add(request):
    form = ProductForm(request.POST or None, request.FILES or None)
    if form.is_valid():
        product = form.save()
        return redirect("product", product.pk)
    return render(request, "shop/add.html", {"form": form})


def product(request, pk):
    return render(request, "shop/product.html", {"product": get_object_or_404(Product, pk=pk)})


def download(request, pk):
    product = get_object_or_404(Product, pk=pk)
    response = HttpResponse(product.picture.read(), content_type="image/png")
    response["Content-Disposition"] = f'attachment; filename="{product.name}.png"'
    return response
