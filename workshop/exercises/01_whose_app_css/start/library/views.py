"""The library's page."""

from django.shortcuts import render

BOOKS = [("Middlemarch", "George Eliot"), ("The Waves", "Virginia Woolf"), ("Kim", "Rudyard Kipling")]


def books(request):
    return render(request, "library/page.html", {"books": BOOKS})
