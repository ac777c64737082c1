from django.shortcuts import get_object_or_404, redirect, render
from PIL import Image
from shop.forms import ProductForm
from shop.models import Product


def home(request):
    return render(request, "shop/home.html", {"products": Product.objects.all()})


def add(request):
    form = ProductForm(request.POST or None, request.FILES or None)
    if form.is_valid():
        product = form.save()
        with product.picture.open() as picture:
            thumbnail = Image.open(picture).convert("RGB")
            thumbnail.thumbnail((300, 300))
            thumbnail.save(product.picture.path + ".thumbnail.jpg", "JPEG")
        return redirect("product", product.pk)
    return render(request, "shop/add.html", {"form": form})


def product(request, pk):
    return render(request, "shop/product.html", {"product": get_object_or_404(Product, pk=pk)})
