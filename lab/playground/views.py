"""The lab's addresses: an experiment as a query string in, its observation out, as a page, as JSON, as a project."""

import time
from collections.abc import Iterator

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_safe

from lab.engine import api
from lab.evidence import catalogue, who_serves_what
from lab.evidence.records import Records
from lab.experiment import Experiment, KnobError
from lab.observation import Observation
from lab.observation import replay as replays
from lab.observation.outcome import by_subject
from lab.playground import query
from lab.playground.busy import busy_page
from lab.playground.card import Card
from lab.playground.recipes import groups as recipe_groups
from lab.playground.result import Result, groups, other_django
from lab.probe.versions import django_series
from lab.process.limiter import Busy
from lab.process.runner import ExperimentFailed
from lab.project.files import project_files, zip_bytes

# A replayed page is shown in a frame of ours and may load its stylesheet, and nothing else.
PREVIEW_POLICY = "default-src 'none'; style-src 'self'; frame-ancestors 'self'; sandbox"


@require_safe
def playground(request: HttpRequest) -> HttpResponse:
    """Show every knob, and what happened. The script requests the result alone, with the header X-Fragment."""
    try:
        asked = query.parse(_pairs(request))
        if asked.long:
            return redirect(f"{reverse('lab:playground')}?{asked.short}")
        result = _result(asked)
    except KnobError as error:
        if request.headers.get("X-Fragment"):
            return HttpResponse(str(error), status=400, content_type="text/plain")
        return render(request, "lab/wrong_knob.html", {"error": str(error)}, status=400)
    except (Busy, ExperimentFailed) as error:
        return busy_page(request, error)
    context = {"result": result, "query": asked.experiment.query}
    if request.headers.get("X-Fragment"):
        return render(request, "lab/result.html", context)
    context |= {
        "groups": groups(asked.experiment),
        "predictions": by_subject(with_bundle=asked.experiment.variation != "none"),
        "guess": asked.guess,
        "back": asked.back,
        "starts": catalogue.STARTING_POINTS,
    }
    return render(request, "lab/playground.html", context)


@require_safe
def recipes(request: HttpRequest) -> HttpResponse:
    """List the named experiments and the variations; `q` leaves those that have all its words."""
    wanted = request.GET.get("q", "")
    return render(request, "lab/recipes.html", {"groups": recipe_groups(wanted), "q": wanted})


@require_safe
def card(request: HttpRequest) -> HttpResponse:
    """Answer with a picture of the run: knobs, verdict, trails, versions; 400 for an unknown knob or value."""
    return _shared(request, "lab/card.svg", "image/svg+xml")


@require_safe
def markdown(request: HttpRequest) -> HttpResponse:
    """Answer with the run as Markdown, to paste into an issue or a question; 400 for an unknown knob or value."""
    return _shared(request, "lab/run.md", "text/markdown; charset=utf-8")


@require_safe
def servers(request: HttpRequest) -> HttpResponse:
    """Show who serves what. Each row is run, or taken from the cache, when the page is requested."""
    try:
        rows, runs = who_serves_what.servers(api.observe), who_serves_what.test_runs(api.observe)
    except (Busy, ExperimentFailed) as error:
        return busy_page(request, error)
    empty, collected = (experiment.query for experiment in catalogue.TESTS)
    context = {"rows": rows, "runs": runs, "empty_query": empty, "collected_query": collected}
    return render(request, "lab/servers.html", context)


@require_safe
@xframe_options_sameorigin
def preview(request: HttpRequest) -> HttpResponse:
    """Answer with the observed page, for the playground's frame."""
    experiment = _experiment_or_404(request)
    url = f"{reverse('lab:preview-css')}?{experiment.query}"
    return _replay(replays.page(_observed_or_404(experiment), url))


@require_safe
def preview_css(request: HttpRequest) -> HttpResponse:
    """Answer as the page's stylesheet was answered."""
    return _replay(replays.stylesheet(_observed_or_404(_experiment_or_404(request))))


@require_safe
def lab_json(request: HttpRequest) -> HttpResponse:
    """Answer with the observation, 400 for an unknown knob or value, or 503 with Retry-After when the lab is busy."""
    try:
        text = api.observe_json(_experiment(request))
    except KnobError as error:
        return JsonResponse({"error": str(error)}, status=400)
    except Busy as error:
        return _unavailable(str(error), error.retry_after)
    except ExperimentFailed:
        return _unavailable("This experiment could not be run just now.", 5)
    return HttpResponse(text, content_type="application/json")


@require_safe
def lab_zip(request: HttpRequest) -> HttpResponse:
    """Answer with the mini-project as a zip archive, or 400 for an unknown knob or value."""
    try:
        experiment = _experiment(request)
    except KnobError as error:
        return JsonResponse({"error": str(error)}, status=400)
    name = f"lab-{experiment.key}.zip"
    return HttpResponse(
        zip_bytes(project_files(experiment)),
        content_type="application/zip",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


def _result(asked: query.Query) -> Result:
    """Run both experiments. Raises Busy and ExperimentFailed."""
    start = time.perf_counter()
    observation = api.observe(asked.experiment)
    milliseconds = round((time.perf_counter() - start) * 1000)
    return Result(
        asked.experiment,
        observation,
        asked.before,
        api.observe(asked.before) if asked.before else None,
        asked.guess,
        other_django(observation, Records(), django_series()),
        milliseconds,
    )


def _shared(request: HttpRequest, template: str, content_type: str) -> HttpResponse:
    try:
        asked = query.parse(_pairs(request))
        result = _result(asked)
    except KnobError as error:
        return HttpResponse(str(error), status=400, content_type="text/plain; charset=utf-8")
    except (Busy, ExperimentFailed) as error:
        return _unavailable(str(error), getattr(error, "retry_after", 5))
    return render(request, template, {"result": result, "card": Card(result)}, content_type=content_type)


def _pairs(request: HttpRequest) -> Iterator[tuple[str, str]]:
    return ((name, str(value)) for name, values in request.GET.lists() for value in values)


def _experiment(request: HttpRequest) -> Experiment:
    return Experiment.from_pairs(_pairs(request))


def _experiment_or_404(request: HttpRequest) -> Experiment:
    try:
        return _experiment(request)
    except KnobError as error:
        raise Http404(str(error)) from error


def _observed_or_404(experiment: Experiment) -> Observation:
    try:
        return api.observe(experiment)
    except (Busy, ExperimentFailed) as error:
        raise Http404(str(error)) from error


def _replay(replay: replays.Replay | None) -> HttpResponse:
    if replay is None:
        raise Http404("There was no such answer.")
    return HttpResponse(
        replay.body,
        status=replay.status,
        content_type=replay.content_type,
        headers={"Content-Security-Policy": PREVIEW_POLICY},
    )


def _unavailable(message: str, retry_after: int) -> HttpResponse:
    return JsonResponse({"error": message}, status=503, headers={"Retry-After": str(retry_after)})
