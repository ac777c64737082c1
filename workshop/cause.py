"""Why claims fail: the one step that broke, from which the others follow."""

from collections.abc import Iterator
from dataclasses import dataclass

from lab.checker import trial
from lab.checker.expectation import Facts, Judgement
from lab.experiment.plan import Plan, Request, Serve
from lab.experiment.plan import labels as labels_of
from lab.observation import CommandStep, RequestStep, Step

BROKEN_STATUS = 500

# By the exception's class. One that an exercise is about is not here: its claims know better.
ADVICE = {
    **trial.ADVICE,
    "TemplateSyntaxError": "Look at that line of the template. A tag that Django does not know has to be loaded first, "
    "such as {% load static %}, in every template that uses it.",
    "TemplateDoesNotExist": "A view names a template that no templates/ folder has under this path.",
    "AttributeError": "The object has no attribute of that name. What kind of object is it, and which attributes "
    "does its documentation list?",
    "TypeError": "A function got an argument that it does not take, or a value of the wrong type.",
    "KeyError": "A dictionary has no such key.",
    "NoReverseMatch": "No route has that name, or the route needs other arguments.",
    "FileNotFoundError": "Your code opens a file that is not there, and does not say what happens then.",
    "UnicodeDecodeError": "Your code reads a file as text that is not text. Open it in binary mode.",
    "NotCarriedOut": "Write the line so that it does the same with manage.py, rm or mkdir alone.",
    "EOFError": "The command asked a question, and a deploy has nobody to answer it. With --noinput it does not ask.",
    "JSONDecodeError": "The file that your project reads here is not valid JSON. Often a comma or a quotation mark is "
    "missing near the line and column that the message names.",
}
# By a part of the message, where the class alone says too little.
ADVICE_FOR_MESSAGE = {
    "'str' object has no attribute 'copy'": "Probably an entry of STORAGES is a string. Each entry is a dictionary: "
    '{"BACKEND": "the dotted path of a class"}.',
    "Could not find backend": "A BACKEND in STORAGES names a class that does not exist. Compare the name with the "
    "documentation, letter by letter.",
    "Storage.__init__() got an unexpected keyword argument": "OPTIONS in STORAGES are arguments of the class's "
    "__init__, and it does not take this one. To set an attribute of a storage, write a class that inherits from it.",
}


@dataclass(frozen=True, slots=True)
class Cause:
    """The step that broke. `error` is its exception in a line, `where` the place in the project, `printed` the last
    lines of a command; each may be empty. `advice` is empty where the exercise knows better."""

    label: str
    sentence: str
    error: str = ""
    where: str = ""
    printed: str = ""
    advice: str = ""


def broken(step: Step) -> bool:
    """Return whether the step ended with an exception or as a failure, whatever was expected of it."""
    return step.exit != 0 if isinstance(step, CommandStep) else (step.status or 0) >= BROKEN_STATUS


class Steps:
    """What was done, by label, and which answer each request needed."""

    def __init__(self, plan: Plan, labels: tuple[str, ...], steps: tuple[Step, ...], facts: Facts) -> None:
        self._facts = facts
        self._needed = dict(_needed(plan))
        self._steps = {label: step for label, step in zip(labels, steps, strict=True) if label}
        self._order = {label: number for number, label in enumerate(labels_of(plan))}

    def origin(self, label: str) -> str:
        """Return the label of the step that explains why this one has no answer: itself where it has one."""
        seen: set[str] = set()
        while "why" in self._facts.get(label, {}) and label in self._needed and label not in seen:
            seen.add(label)
            needed = self._needed[label]
            if needed not in self._steps:
                break
            label = needed
        return label

    def root(self, judgement: Judgement) -> str | None:
        """Return the earliest broken step that the judgement follows from, or None."""
        origins = {self.origin(label) for label in judgement.expectation.labels}
        found = [label for label in origins if label in self._steps and broken(self._steps[label])]
        return min(found, key=lambda label: self._order[label], default=None)

    def earliest(self, labels: set[str]) -> str | None:
        return min(labels, key=lambda label: self._order[label], default=None)

    def comes_after(self, command: str, judgement: Judgement) -> bool:
        """Return whether it judges what came after a command that failed: nothing after that says anything."""
        step = self._steps[command]
        return isinstance(step, CommandStep) and all(
            self._order[label] >= self._order[command] for label in judgement.expectation.labels
        )

    def alike(self, one: str, other: str) -> bool:
        """Return whether two steps broke for the same reason."""
        first, second = self._steps[one], self._steps[other]
        return one == other or (first.error is not None and first.error == second.error)

    def cause(self, label: str) -> Cause:
        step = self._steps[label]
        error, where, advice = "", "", ""
        if step.error is not None:
            kind, message = step.error.type, step.error.message
            error, where = message if message.startswith(f"{kind}:") else f"{kind}: {message}", step.error.where
            known = (advice for part, advice in ADVICE_FOR_MESSAGE.items() if part in message)
            advice = next(known, ADVICE.get(step.error.type, ""))
        if isinstance(step, RequestStep):
            sentence = f"{step.method} {step.url} was answered {step.status}."
            return Cause(label, sentence, error, where, advice=advice)
        printed = step.stdout + step.stderr
        return Cause(label, f"{' '.join(step.argv)} failed with exit code {step.exit}.", error, where, printed, advice)


def _needed(plan: Plan) -> Iterator[tuple[str, str]]:
    """Yield (label of a request, label of the answer that its address or its form is taken from)."""
    for step in plan:
        for entry in step.entries if isinstance(step, Serve) else ():
            if isinstance(entry, Request):
                inside = entry.address.partition("{")[2].partition("}")[0]
                needed = entry.form or (inside.partition(".")[0] if not inside.startswith("static ") else "")
                if needed:
                    yield entry.label, needed
