"""The lab's addresses: an experiment as a query string in, its observation or its project out."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.http import require_safe

from lab import api
from lab.experiment import Experiment, KnobError
from lab.project import project_files, zip_bytes
from lab.runner import ExperimentFailed
from lab.turnstile import Busy


@require_safe
def lab_json(request: HttpRequest) -> HttpResponse:
    """The observation; 400 for an unknown knob or value, 503 with Retry-After when too many ask at once."""
    try:
        text = api.observe_json(_experiment(request))
    except KnobError as error:
        return JsonResponse({"error": str(error)}, status=400)
    except Busy as error:
        return _unavailable(str(error), error.retry_after)
    except ExperimentFailed:
        return _unavailable("This experiment could not be carried out just now.", 5)
    return HttpResponse(text, content_type="application/json")


@require_safe
def lab_zip(request: HttpRequest) -> HttpResponse:
    """The mini-project as a zip archive; 400 for an unknown knob or value."""
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


def _experiment(request: HttpRequest) -> Experiment:
    return Experiment.from_pairs((name, value) for name, values in request.GET.lists() for value in values)


def _unavailable(message: str, retry_after: int) -> HttpResponse:
    return JsonResponse({"error": message}, status=503, headers={"Retry-After": str(retry_after)})
