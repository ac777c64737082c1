"""What grows where."""

from django.shortcuts import render

BEDS = [
    ("Beans", "up the fence, 14 plants", "ready"),
    ("Carrots", "second row, thinned on Sunday", "growing"),
    ("Chard", "beside the path", "ready"),
    ("Pumpkin", "on the compost, one is enough", "growing"),
]


def beds(request):
    return render(request, "garden/beds.html", {"beds": BEDS})
