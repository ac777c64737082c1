from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST
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
    product = get_object_or_404(Product, pk=pk)
    form = ProductForm(request.POST or None, request.FILES or None, instance=product)
    if form.is_valid():
        form.save()
        return redirect("product", product.pk)
    return render(request, "shop/add.html", {"form": form})


@require_POST
def delete(request, pk):
    get_object_or_404(Product, pk=pk).delete()
    return redirect("home")
