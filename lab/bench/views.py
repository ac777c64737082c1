"""The page of the last measurement on this machine, or of the sample that comes with the site."""

from pathlib import Path

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from lab.bench import bench
from lab.bench.collecting import COUNTS, STORAGES


def kept() -> Path:
    """Return where `manage.py bench` keeps its last measurement."""
    return Path(getattr(settings, "LAB_CACHE_DIR", Path(settings.BASE_DIR, ".lab_cache"))) / "bench.json"


@require_safe
def benchmarks(request: HttpRequest) -> HttpResponse:
    """Show what serves how fast, and what collectstatic costs."""
    own = bench.load(kept())
    shown = own or bench.load(bench.SAMPLE)
    by_storage = {
        name: [one for one in shown.collected if one.storage == name] if shown else [] for name in STORAGES.values()
    }
    context = {
        "bench": shown,
        "own": own is not None,
        "by_storage": by_storage,
        "counts": COUNTS,
        "nginx_times": shown.times("nginx", "gunicorn") if shown else None,
        "granian_times": shown.times("granian", "gunicorn") if shown else None,
        "seconds": bench.SECONDS,
    }
    return render(request, "lab/benchmarks.html", context)
