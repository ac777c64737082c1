"""The pages that ask one thing after the other, as plain links."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from guide.cases import markdown
from guide.cases.case import cases
from guide.which.tree import FIRST, Step, Tree, trees
from mysite.web.page_cache import kept


@require_safe
@kept
def index(request: HttpRequest) -> HttpResponse:
    """What one sees first."""
    return render(request, "guide/which_index.html", {"trees": trees().values()})


@require_safe
@kept
def step(request: HttpRequest, slug: str, name: str = FIRST) -> HttpResponse:
    """One observation, each answer a link to the next one or to the symptom."""
    tree = trees().get(slug)
    if tree is None or name not in tree.steps:
        raise Http404("There is no such question.")
    return render(request, "guide/which.html", step_context(tree, tree.steps[name]))


def step_context(tree: Tree, asked: Step) -> dict[str, object]:
    """What a template needs to show one observation."""
    known = cases()
    return {
        "tree": tree,
        "look": markdown.inline(asked.look),
        "run": asked.run,
        "answers": [(markdown.inline(answer.sees), answer.step, known.get(answer.symptom)) for answer in asked.answers],
        "first": asked.name == FIRST,
    }
