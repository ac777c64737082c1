from django.shortcuts import get_object_or_404, redirect, render
from shop.forms import ProductForm
from shop.models import Product


def home(request):
    return render(request, "shop/home.html", {"products": Product.objects.all()})


def add(request):
    if request.method == "POST":
        product = Product.objects.create(name=request.POST["name"], picture=request.POST["picture"])
        return redirect("product", product.pk)
    return render(request, "shop/add.html", {"form": ProductForm()})


def product(request, pk):
    return render(request, "shop/product.html", {"product": get_object_or_404(Product, pk=pk)})
