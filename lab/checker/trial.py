"""Trying a project out: a plan carried out on a copy of its folder, and what came of it as data."""

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from lab.checker.expectation import Facts
from lab.checker.observe_folder import FolderResult
from lab.experiment.plan import Plan
from lab.observation import Fault, Observation
from lab.process.runner import ExperimentFailed

SECONDS = 20.0

# (folder, plan, seconds) -> what the plan does with a copy of it; raises ExperimentFailed
Perform = Callable[[Path, Plan, float], FolderResult]


@dataclass(frozen=True, slots=True)
class Trial:
    """What a plan did with a project.

    `observation` is None when there was nothing to observe; `labels` has one label for each of its steps. `trouble` is
    a sentence when the project could not be tried to the end, and `advice` says what to do about it, where that is
    known.
    """

    observation: Observation | None = None
    labels: tuple[str, ...] = ()
    facts: Facts = field(default_factory=dict)
    trouble: str = ""
    advice: str = ""


def try_folder(folder: Path, plan: Plan, perform: Perform, *, seconds: float = SECONDS) -> Trial:
    """Return what the plan does with the project in `folder`. Whatever the project does is a result."""
    if not folder.is_dir():
        return Trial(trouble="The folder is not there.")
    try:
        done = perform(folder.resolve(), plan, seconds)
    except ExperimentFailed as failure:
        trouble, advice = _ended(str(failure), seconds)
        return Trial(trouble=trouble, advice=advice)
    trouble, advice = done.trouble, ""
    if done.observation.refused is not None:
        trouble, advice = _refused(done.observation.refused)
    elif "not installed here" in trouble:
        advice = "It is a program of its own, which this check starts: install it, then check again."
    elif "nginx.conf" in trouble:
        advice = (
            "nginx cannot read nginx.conf. The message names a line; where that one is fine, the line above it "
            "may lack its semicolon or its brace."
        )
    elif "server" in trouble:
        advice = "Run the server yourself in your folder and read what it says."
    return Trial(done.observation, done.labels, done.facts, trouble, advice)


def _ended(message: str, seconds: float) -> tuple[str, str]:
    """Return (trouble, advice) for a process that ended without a result."""
    if "too long" in message:
        return (
            f"The project took longer than {seconds:.0f} seconds and was ended.",
            "Look for a loop that does not end, or for something that waits: for a key, or for the network.",
        )
    if "ended with status" in message:
        return (
            "The project's process was ended: it wanted more memory or time than it may have.",
            "Look for something that grows without end.",
        )
    return ("The check could not be carried out.", message.strip().splitlines()[-1] if message.strip() else "")


ADVICE = {  # by the exception's class, for what a slip in any project raises
    "SyntaxError": "Python cannot read a file. The message names it and the line.",
    "IndentationError": "Python cannot read a file: the indentation of the line that the message names is wrong.",
    "ModuleNotFoundError": "A name in INSTALLED_APPS, MIDDLEWARE or an import is not that of a module.",
    "ImportError": "Something that is imported is not there. The message says what.",
    "ImproperlyConfigured": "Django refuses a setting. The message says which one.",
    "SystemCheckError": "Django's checks refuse the project. The message says what they found.",
    "MemoryError": "Something wants more memory than a check may have. Look for what grows without end.",
    "RecursionError": "Something calls itself without end.",
    "UnicodeDecodeError": "A file is not text. Bring it back, or reset the exercise.",
    "NameError": "A file uses a name that it has not imported or defined.",
}


def _refused(fault: Fault) -> tuple[str, str]:
    """Return (trouble, advice) for a project that Django refuses."""
    return (
        f"The project does not start. {fault.type}: {fault.message}" + (f"\n{fault.where}" if fault.where else ""),
        ADVICE.get(fault.type, "manage.py check in your folder gives the whole traceback."),
    )
