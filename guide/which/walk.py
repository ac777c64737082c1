"""The trees in a terminal: asks, waits, and leads to a symptom."""

from collections.abc import Callable, Iterator, Mapping

from django.urls import reverse

from guide.cases.case import Case
from guide.which.tree import FIRST, Answer, Tree

BACK, QUIT = "b", "q"

Ask = Callable[[str], str]  # shows a prompt and returns what was typed; raises EOFError where nothing more comes
Say = Callable[[str], object]


def walk(trees: Mapping[str, Tree], symptoms: Mapping[str, Case], ask: Ask, say: Say) -> None:
    """Lead from what one sees to a symptom, one observation a step. Return on q and where no more input comes."""
    at: list[str] = []  # the slug of a tree, the names of its steps, the symptom; nothing of it before the first choice
    try:
        while True:
            for line in _shown(trees, symptoms, at):
                say(line)
            choices = _choices(trees, at)
            typed = _typed(ask, say, len(choices), bool(at))
            if typed == QUIT:
                return
            at = _before(at) if typed == BACK else [*at, *choices[int(typed) - 1]]
    except (EOFError, KeyboardInterrupt):
        say("")


def are_answers(text: str) -> bool:
    """Return whether the text has nothing but what `walk` takes for an answer, one a line."""
    words = text.split()
    return bool(words) and all(word.lower() in {BACK, QUIT} or (len(word) < 3 and word.isdecimal()) for word in words)


def _before(at: list[str]) -> list[str]:
    return at[:-1] if len(at) > 2 else []  # a tree and its first step are chosen at once


def _choices(trees: Mapping[str, Tree], at: list[str]) -> list[tuple[str, ...]]:
    """Return what each number adds to the way."""
    if not at:
        return [(slug, FIRST) for slug in trees]
    answers = _answers(trees[at[0]], at[-1])
    return [(answer.step or answer.symptom,) for answer in answers]


def _answers(tree: Tree, name: str) -> tuple[Answer, ...]:
    return tree.steps[name].answers if name in tree.steps else ()


def _shown(trees: Mapping[str, Tree], symptoms: Mapping[str, Case], at: list[str]) -> Iterator[str]:
    yield ""
    if not at:
        yield "What do you see?"
        yield from _numbered(f"{tree.title}: {tree.about}" for tree in trees.values())
        return
    tree, name = trees[at[0]], at[-1]
    if name not in tree.steps:
        symptom = symptoms[name]
        yield f"It is: {symptom.title}"
        yield f"    {_plain(symptom.summary)}"
        yield f"    {reverse('guide:symptom', args=[name])}"
        return
    step = tree.steps[name]
    yield _plain(step.look)
    if step.run:
        yield f"    $ {step.run}"
    yield from _numbered(_plain(answer.sees) for answer in step.answers)


def _numbered(lines: Iterator[str]) -> Iterator[str]:
    for number, line in enumerate(lines, 1):
        yield f"{number:3}  {line}"


def _plain(text: str) -> str:
    return text.replace("`", "")


def _typed(ask: Ask, say: Say, most: int, inside: bool) -> str:
    """Return a number from 1 to `most`, b or q; ask again until it is one of them."""
    ways = [f"1-{most}"] * bool(most) + [f"{BACK} for back"] * inside + [f"{QUIT} to quit"]
    prompt = f"{', '.join(ways)}: "
    while True:
        typed = ask(prompt).strip().lower()
        if typed == QUIT or (typed == BACK and inside) or (typed.isdecimal() and 1 <= int(typed) <= most):
            return typed
        if typed:
            say(f"There is no choice {typed[:20]!r} here.")
