from django.shortcuts import redirect, render


def home(request):
    return render(request, "shop/home.html")


def contact(request):
    if request.method == "POST":
        return redirect("home")
    return render(request, "shop/contact.html")
