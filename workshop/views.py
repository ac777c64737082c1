"""The pages of the workshop: the way through it, and a bench for each exercise.

A check runs the learner's own code, so whatever touches the learner's folder happens on their own machine only
(own_machine); elsewhere the pages show the exercises and say which command to run.
"""

import contextlib
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from lab.engine import api
from lab.process.limiter import Busy
from workshop import last_result
from workshop.course import Stop, course, following
from workshop.exercise import Exercise, ExerciseError, by_name, exercises
from workshop.forms import ProgressForm
from workshop.invocation import manage, python, with_commands
from workshop.listing import diffs, listed
from workshop.machine import how_to_install
from workshop.my_workshop import changes_of, my_workshop
from workshop.own_machine import refusal
from workshop.picture import POLICY
from workshop.progress import dumps
from workshop.report import report

PORT = 8090  # for the learner's own runserver: 8000 to 8002 are this site's

View = Callable[..., HttpResponse]


def told(view: View) -> View:
    """For views that read the learner's folder, or the exercises: what fails there is a sentence, with status 503."""

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            return view(request, *args, **kwargs)
        except OSError as error:
            return _sentence(request, "The folder cannot be used", f"{error.strerror}: {error.filename}", 503)
        except ExerciseError as error:
            return _sentence(request, "An exercise cannot be read", str(error), 503)

    return never_cache(answer)


def own_machine_only(view: View) -> View:
    """For views that touch the learner's folder: 403 with a sentence for everybody else."""

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        why = refusal(request, settings.DEBUG)
        return _sentence(request, "Not from here", why, 403) if why else told(view)(request, *args, **kwargs)

    return never_cache(answer)


@require_safe
@told
def index(request: HttpRequest) -> HttpResponse:
    """The way through the exercises."""
    return _index(request, ProgressForm())


@require_safe
@told
def exercise(request: HttpRequest, slug: str) -> HttpResponse:
    """The bench of one exercise; any other way to name it leads there."""
    found = _exercise(slug)
    if slug != found.slug:
        return redirect("workshop:exercise", found.slug)
    return render(request, "workshop/exercise.html", _bench(request, found))


@require_POST
@own_machine_only
def start(request: HttpRequest, slug: str) -> HttpResponse:  # noqa: ARG001
    """Copy the project to the learner's folder."""
    found = _exercise(slug)
    mine = my_workshop()
    mine.start(found)
    if mine.picture(found, "start") is None:
        with contextlib.suppress(Busy), api.limiter().enter():
            mine.look_at_start(found)
    return _back(found)


@require_POST
@own_machine_only
def check(request: HttpRequest, slug: str) -> HttpResponse:
    """Check the folder. The script asks for the result alone, by the header X-Fragment."""
    found = _exercise(slug)
    mine = my_workshop()
    if not mine.begun(found):
        return _sentence(request, "Not begun yet", "Start the exercise first: its folder is not there.", 409)
    try:
        with api.limiter().enter():
            mine.check(found)
    except Busy as busy:
        response = _sentence(request, "Busy", f"Too many checks and experiments run at the moment. {busy}", 503)
        response["Retry-After"] = str(busy.retry_after)
        return response
    if request.headers.get("X-Fragment"):
        return render(request, "workshop/result.html", _bench(request, found))
    return _back(found, "#result")


@require_safe
@xframe_options_sameorigin
@own_machine_only
def page(request: HttpRequest, slug: str, which: str) -> HttpResponse:  # noqa: ARG001
    """A page of the project as it was answered, for a frame in which it can do nothing."""
    picture = my_workshop().picture(_exercise(slug), which)
    if picture is None:
        raise Http404("No page was seen.")
    return HttpResponse(picture.html, headers={"Content-Security-Policy": POLICY})


@require_safe
@own_machine_only
def state(request: HttpRequest, slug: str) -> HttpResponse:  # noqa: ARG001
    """What changes when a file of the folder does; asked each second by "check when I save"."""
    return JsonResponse({"state": last_result.state(my_workshop().place(_exercise(slug)))})


@require_POST
@own_machine_only
def hint(request: HttpRequest, slug: str) -> HttpResponse:  # noqa: ARG001
    """One more hint."""
    found = _exercise(slug)
    my_workshop().progress.hint_shown(found.name, len(found.hints))
    return _back(found, "#hints")


@require_POST
@own_machine_only
def skip(request: HttpRequest, slug: str) -> HttpResponse:
    """Leave the exercise for later, and go on with the next."""
    found = _exercise(slug)
    my_workshop().progress.skipped(found.name)
    after = following(_stops(request, ""))
    messages.success(request, f"{found.title} is left for later. Its page stays where it is.")
    return _back(after.exercise if after else found)


@require_http_methods(["GET", "HEAD", "POST"])
@told
def solution(request: HttpRequest, slug: str) -> HttpResponse:
    """The solution and why; anyone who has not passed yet is asked first. Where nothing is kept, asking is enough."""
    if request.method == "POST":
        return _show(request, slug)
    found = _exercise(slug)
    if refusal(request, settings.DEBUG):
        shown = "show" in request.GET
    else:
        standing = my_workshop().progress.of(found.name)
        shown = bool(standing.passed) or standing.solution_shown
    context = {**_place(request, found), "shown": shown}
    if shown:
        fix = found.solution()
        context |= {
            "why": fix.why,
            "changes": diffs(changes_of(fix, found)),
            "alternatives": [(other, diffs(changes_of(other, found))) for other in found.alternatives()],
        }
        if not context["refusal"] and context["stop"].begun:
            context["own"] = diffs(my_workshop().changes(found))
    return render(request, "workshop/solution.html", context)


@own_machine_only
def _show(request: HttpRequest, slug: str) -> HttpResponse:  # noqa: ARG001
    found = _exercise(slug)
    my_workshop().progress.solution_shown(found.name)
    return redirect("workshop:solution", found.slug)


@require_http_methods(["GET", "HEAD", "POST"])
@own_machine_only
def reset(request: HttpRequest, slug: str) -> HttpResponse:
    """Asks; then the folder is as it was at the start, and a backup is kept."""
    found = _exercise(slug)
    mine = my_workshop()
    if request.method == "POST":
        backup = mine.reset(found)
        kept = f" What was there is kept in {backup}." if backup else ""
        messages.success(request, f"The folder is as it was at the start.{kept}")
        return _back(found)
    return render(request, "workshop/reset.html", {**_place(request, found), "folder": mine.place(found)})


@require_safe
@own_machine_only
def export_progress(request: HttpRequest) -> HttpResponse:  # noqa: ARG001
    """The progress as a file."""
    return HttpResponse(
        dumps(my_workshop().progress.read()),
        content_type="application/json",
        headers={"Content-Disposition": 'attachment; filename="workshop-progress.json"'},
    )


@require_POST
@own_machine_only
def import_progress(request: HttpRequest) -> HttpResponse:
    """Take the progress of a file; what is no progress is answered with a sentence and 400."""
    form = ProgressForm(request.POST, request.FILES)
    if not form.is_valid():
        return _index(request, form, status=400)
    kept = my_workshop().replace_progress(form.cleaned_data["file"])
    messages.success(
        request, "The progress of the file is yours now." + (f" The old one is kept in {kept}." if kept else "")
    )
    return redirect("workshop:index")


@require_http_methods(["GET", "HEAD", "POST"])
@own_machine_only
def forget_progress(request: HttpRequest) -> HttpResponse:
    """Asks; then the progress is empty, and a backup is kept. The folders stay."""
    if request.method == "POST":
        kept = my_workshop().forget()
        messages.success(request, "The progress is forgotten." + (f" It is kept in {kept}." if kept else ""))
        return redirect("workshop:index")
    return render(request, "workshop/forget.html")


# What the pages need


def _index(request: HttpRequest, form: ProgressForm, status: int = 200) -> HttpResponse:
    why = refusal(request, settings.DEBUG)
    stops = _stops(request, why)
    context = {
        "stops": stops,
        "passed": sum(stop.state == "passed" for stop in stops),
        "next": following(stops),
        "python": python(),
        "proved": [stop for stop in stops if stop.proved],
        "refusal": why,
        "form": form,
    }
    return render(request, "workshop/index.html", context, status=status)


def _bench(request: HttpRequest, found: Exercise) -> dict[str, Any]:
    context = {**_place(request, found), "files": listed(found.start_files())}
    stop = context["stop"]
    place = None if context["refusal"] else my_workshop().place(found)
    shown = found.hints if place is None else found.hints[: stop.hints_shown]
    context["hints"] = [with_commands(hint, place) for hint in shown]
    context["goal"] = with_commands(found.goal, place)
    context["lacking"] = [how_to_install(name) for name in found.lacking()]
    if not context["refusal"]:
        mine = my_workshop()
        folder = mine.place(found)
        by_path = {file.path: file for file in context["files"]}
        context |= {
            "folder": folder,
            "open": [by_path[path] for path in found.open if path in by_path],
            "manage": manage(folder),
            "port": PORT,
        }
        if stop.begun:
            now = last_result.state(folder)
            last = mine.results.of(found.name)
            context |= {
                "report": report(found, last, now) if last else None,
                "changes": diffs(mine.changes(found)),
                "pictures": [(which, picture) for which in ("start", "now") if (picture := mine.picture(found, which))],
            }
    return context


def _place(request: HttpRequest, found: Exercise) -> dict[str, Any]:
    """Which exercise, between which others, and who may do what."""
    why = refusal(request, settings.DEBUG)
    stops = _stops(request, why)
    number = next(number for number, stop in enumerate(stops) if stop.exercise.name == found.name)
    return {
        "exercise": found,
        "stop": stops[number],
        "count": len(stops),
        "stops": stops,
        "all_passed": all(stop.state == "passed" for stop in stops),
        "python": python(),
        "before": stops[number - 1].exercise if number else None,
        "after": stops[number + 1].exercise if number + 1 < len(stops) else None,
        "refusal": why,
    }


def _stops(request: HttpRequest, why: str) -> list[Stop]:
    """With the learner's progress, where it may be seen."""
    every = exercises()
    if why:
        return course(every, {}, frozenset())
    mine = my_workshop()
    standings = mine.progress.read()
    if mine.progress.damage:
        messages.warning(request, mine.progress.damage)
    return course(every, standings, frozenset(one.name for one in every if mine.begun(one)))


def _exercise(slug: str) -> Exercise:
    found = by_name(slug)
    if found is None:
        raise Http404("There is no such exercise.")
    return found


def _back(found: Exercise, fragment: str = "") -> HttpResponse:
    return HttpResponseRedirect(reverse("workshop:exercise", args=[found.slug]) + fragment)


def _sentence(request: HttpRequest, title: str, text: str, status: int) -> HttpResponse:
    if request.headers.get("X-Fragment"):
        return HttpResponse(text, status=status, content_type="text/plain; charset=utf-8")
    return render(request, "workshop/sentence.html", {"title": title, "text": text, "status": status}, status=status)
