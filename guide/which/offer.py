"""Which trees help with what the search found."""

from collections.abc import Sequence

from guide.search import Answer
from guide.which.tree import FIRST, Step, Tree, leading_to, trees


def telling_apart(answer: Answer) -> tuple[Tree, ...]:
    """Return the trees that end at the best symptom, those that end at more of the next ones first; all for an unknown
    question."""
    if not answer.known:
        return tuple(trees().values())
    found = [result.id for result in answer.results if result.kind == "symptom"][:5]
    fitting = {tree.slug: tree for tree in (leading_to(found[0]) if found else ())}
    if answer.miss:
        first = f"{answer.miss.kind}-404"
        fitting = {first: trees()[first], **fitting}
    return tuple(sorted(fitting.values(), key=lambda tree: -_shared(tree, found)))


def which_server(answer: Answer) -> tuple[Tree, Step] | None:
    """Return the question to ask first where a line of a log does not say which server answered."""
    if answer.miss is None or not answer.miss.asks:
        return None
    tree = trees()[f"{answer.miss.kind}-404"]
    return tree, tree.steps[FIRST]


def _shared(tree: Tree, found: Sequence[str]) -> int:
    return len(tree.symptoms().intersection(found))
