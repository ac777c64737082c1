from django.contrib.auth.decorators import login_required
from django.shortcuts import render
from shop.models import Invoice


@login_required
def home(request):
    return render(request, "shop/home.html", {"invoices": Invoice.objects.filter(owner=request.user)})
