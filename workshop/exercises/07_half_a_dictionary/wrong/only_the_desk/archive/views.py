"""The archive's desk: bring a paper, take a copy along."""

from django.core.files.storage import FileSystemStorage
from django.http import FileResponse, Http404
from django.shortcuts import redirect, render

from archive.forms import PaperForm

papers = FileSystemStorage()


def desk(request):
    """Keep what was brought, and go to the address under which it is found again."""
    form = PaperForm(request.POST or None, request.FILES or None)
    if form.is_valid():
        brought = form.cleaned_data["paper"]
        kept = papers.save(f"papers/{brought.name}", brought)
        return redirect("paper", name=kept.removeprefix("papers/"))
    return render(request, "archive/desk.html", {"form": form})


def paper(request, name):
    """The paper, byte for byte. Always as a download: nobody has looked at what is in it."""
    if not papers.exists(f"papers/{name}"):
        raise Http404
    return FileResponse(papers.open(f"papers/{name}"), as_attachment=True)
