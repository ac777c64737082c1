"""The board's addresses: the page, its stylesheet and icon, and what participants send."""

import json
import secrets
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.urls import path
from django.views.decorators.http import require_POST, require_safe

from workshop.board import Board, Named, Refused
from workshop.exercise import exercises

ROOT = Path(__file__).resolve().parent.parent
STYLES = (ROOT / "static/site/tokens.css", ROOT / "workshop/static/workshop/board.css")
ICON = ROOT / "static/site/icon.svg"
REFRESH_SECONDS = 10
POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)


@cache
def board() -> Board:
    """This process's board, of which there is one."""
    return Board(
        [
            Named(one.name, one.number, one.title, tuple((claim.id, claim.says) for claim in one.claims))
            for one in exercises()
        ],
        getattr(settings, "BOARD_STUCK_MINUTES", 10),
    )


def headers(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Middleware: nothing but this site's own files, nothing kept, nothing framed."""

    def answer(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        response["Content-Security-Policy"] = POLICY
        response["X-Content-Type-Options"] = "nosniff"
        response["Referrer-Policy"] = "no-referrer"
        response.setdefault("Cache-Control", "no-store")
        return response

    return answer


@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """Who is where. It is fetched again by itself, unless `?still` asks it not to."""
    seconds = None if "still" in request.GET else REFRESH_SECONDS
    context = {
        "rows": board().rows(),
        "summaries": board().summaries(),
        "exercises": len(board().exercises),
        "stuck_minutes": board().stuck_minutes,
        "join": getattr(settings, "BOARD_JOIN", ""),
        "seconds": seconds,
        "key": _key(request.GET.get("key")),
    }
    response = render(request, "workshop/board.html", context)
    if seconds is not None:
        response["Refresh"] = str(seconds)
    return response


@require_POST
def remove(request: HttpRequest) -> HttpResponse:
    """Remove a name; only with the key that the teacher's terminal has printed."""
    key = _key(request.POST.get("key"))
    if not key:
        return HttpResponse("Only the teacher's address can do that.\n", status=403, content_type="text/plain")
    try:
        board().remove(request.POST.get("name"))
    except Refused as refused:
        return HttpResponse(f"{refused}\n", status=refused.status, content_type="text/plain")
    return HttpResponseRedirect(f"/?key={key}")


def _key(given: str | None) -> str:
    """Return the teacher's key where it was given, else ""."""
    key = str(getattr(settings, "BOARD_KEY", ""))
    return key if key and given and secrets.compare_digest(given.encode(), key.encode()) else ""


@require_safe
def styles(_request: HttpRequest) -> HttpResponse:
    text = "\n".join(file.read_text(encoding="utf-8") for file in STYLES)
    return HttpResponse(text, content_type="text/css; charset=utf-8", headers={"Cache-Control": "max-age=60"})


@require_safe
def icon(_request: HttpRequest) -> HttpResponse:
    content = ICON.read_bytes()
    return HttpResponse(content, content_type="image/svg+xml", headers={"Cache-Control": "max-age=3600"})


def sent(do: Callable[[HttpRequest, dict[str, Any]], dict[str, Any]]) -> Callable[[HttpRequest], HttpResponse]:
    """A view of what a participant sends: an object in JSON, which a browser sends from no other site unasked."""

    @require_POST
    def view(request: HttpRequest) -> HttpResponse:
        try:
            if request.content_type != "application/json":
                raise Refused(400, "Send JSON.")
            try:
                data = json.loads(request.body)
            except (ValueError, RecursionError):
                raise Refused(400, "That is no JSON.") from None
            if not isinstance(data, dict):
                raise Refused(400, "Send an object.")
            return JsonResponse(do(request, data))
        except Refused as refused:
            return JsonResponse({"error": str(refused)}, status=refused.status)

    return view


@sent
def join(request: HttpRequest, data: dict[str, Any]) -> dict[str, Any]:
    token, name = board().join(data.get("name"), data.get("token"), request.META.get("REMOTE_ADDR", ""))
    return {"token": token, "name": name}


@sent
def progress(_request: HttpRequest, data: dict[str, Any]) -> dict[str, Any]:
    board().report(data)
    return {}


@sent
def leave(_request: HttpRequest, data: dict[str, Any]) -> dict[str, Any]:
    board().leave(data.get("token"))
    return {}


def plainly(status: int, text: str) -> Callable[..., HttpResponse]:
    """A handler of errors that needs no template."""

    def view(_request: HttpRequest, *_args: Any, **_kwargs: Any) -> HttpResponse:
        return HttpResponse(text, status=status, content_type="text/plain; charset=utf-8")

    return view


handler400 = plainly(400, "The board cannot read that.\n")
handler403 = plainly(403, "That is not permitted.\n")
handler404 = plainly(404, "The board has one page: /\n")
handler500 = plainly(500, "A fault of the board.\n")

urlpatterns = [
    path("", page),
    path("board.css", styles),
    path("icon.svg", icon),
    path("join", join),
    path("progress", progress),
    path("leave", leave),
    path("remove", remove),
]
