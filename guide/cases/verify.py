"""For authors and CI: every case fails as its page says, its fix works word for word, and nothing is left unsaid."""

import ast
import re
import shutil
import sys
from collections.abc import Iterator, Mapping
from ctypes.util import find_library
from dataclasses import dataclass
from functools import cache
from importlib.metadata import packages_distributions
from importlib.util import find_spec

from guide.cases import run
from guide.cases.case import Case, cases
from guide.cases.overlay import OverlayError
from guide.cases.run import INSTALL, Run
from guide.guards import guard
from lab.checker.expectation import Judgement
from lab.observation import CommandStep, RequestStep
from lab.probe.versions import django_series
from mysite.serving import nginx

PHRASES = 3
STATUS_OF_SIGHT = {"404": {404}, "403": {403}, "400": {400, 411, 413, 414, 415}, "500": {500, 502, 503, 504}}
DJANGO = frozenset({"django", "asgiref", "sqlparse"})  # what a line that installs Django installs
DOTTED = re.compile(r"[a-z_]\w*(\.\w+)+")


@dataclass(frozen=True, slots=True)
class Verdict:
    """One thing that was verified; `problem` is empty when it is as it should be, `left_out` when it was run."""

    case: str
    what: str
    problem: str = ""
    left_out: str = ""


def verify(case: Case) -> Iterator[Verdict]:
    """Yield a verdict for the folder, for each side, and for each wrong fix."""
    yield Verdict(case.slug, "folder", "; ".join(lacking(case)))
    if missing := missing_here(case):
        yield Verdict(case.slug, "runs", left_out=f"needs {', '.join(missing)}")
        return
    if case.only and case.only != django_series():
        yield Verdict(case.slug, "fails", left_out=f"fails on Django {case.only} alone")
    else:
        yield Verdict(case.slug, "fails", "; ".join(_problems_of_failing(case)))
    yield Verdict(case.slug, "fixed", "; ".join(_problems_of_fixed(case)))
    for name in case.wrong():
        yield Verdict(case.slug, f"wrong/{name}", "; ".join(_problems_of_wrong(case, name)))


def lacking(case: Case) -> Iterator[str]:
    """Yield what the folder itself lacks."""
    known = cases()
    fixed, shown = set(case.overlay("fixed")) - {"delete.txt"}, set(case.shown_files())
    keep = set(case.overlay("keep"))
    if not case.messages:
        yield "no message"
    if len(case.phrases) < PHRASES:
        yield f"fewer than {PHRASES} phrases"
    if not case.summary.endswith("."):
        yield "the summary is no sentence"
    if not case.steps and not case.commands("Check"):
        yield "no step"
    if not case.fails or not case.fixed:
        yield "nothing is expected of one of the two runs"
    if unsaid := sorted(fixed - shown):
        yield f"the page does not show {', '.join(unsaid)}, which the fix changes"
    if unknown := sorted(shown - set(case.fixed_project()) - keep):
        yield f"there is no {', '.join(unknown)} in the fixed project"
    if unsaid := sorted(keep - shown):
        yield f"the page does not show {', '.join(unsaid)} of keep/"
    if not fixed and not case.commands("Fix") and "delete.txt" not in case.overlay("fixed"):
        yield "the fix changes nothing and runs nothing"
    for slug in (*case.related, *(row.page for row in case.apart if row.page)):
        if slug not in known:
            yield f"there is no symptom {slug!r}"
    try:
        packages = sorted(new_packages(case) - _installed(case))
    except (OverlayError, SyntaxError) as error:
        yield str(error)
        return
    if packages:
        yield f"no line installs {', '.join(packages)}"
    for name in case.wrong():
        if not (case.folder / "wrong" / name / "why.md").is_file():
            yield f"wrong/{name} has no why.md"
    guarded = guard(case.slug)
    if not (guarded.ours or guarded.djangos or guarded.reason):
        yield "no check names it, and _guards.toml gives no reason"


def missing_here(case: Case) -> list[str]:
    """Return what the case needs and this machine lacks: programs, "module:NAME" or "library:NAME"."""

    def there(need: str) -> bool:
        if need == "nginx":
            return nginx.find() is not None
        if need == "root":
            return run.is_root()
        if need == "linux":
            return sys.platform == "linux"
        if need == "mounts":
            return run.may_mount()
        if need.startswith("module:"):
            return _importable(need.removeprefix("module:"))
        if need.startswith("library:"):
            return find_library(need.removeprefix("library:")) is not None
        return shutil.which(need) is not None

    return [need for need in case.needs if not there(need)]


def _importable(module: str) -> bool:
    try:
        return find_spec(module) is not None
    except ModuleNotFoundError:  # not even the package that it is in
        return False


def new_packages(case: Case) -> set[str]:
    """Return the distributions that the fixed project names and the failing one does not."""
    return _packages(case.fixed_project()) - _packages(case.failing_project())


def _packages(files: Mapping[str, bytes]) -> set[str]:
    """Return the distributions of all modules that Python files import or name as dotted paths."""
    tops: set[str] = set()
    for path, content in files.items():
        if not path.endswith(".py"):
            continue
        for node in ast.walk(ast.parse(content.decode())):
            if isinstance(node, ast.Import):
                tops |= {alias.name.split(".")[0] for alias in node.names}
            elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
                tops.add(node.module.split(".")[0])
            elif isinstance(node, ast.Constant) and isinstance(node.value, str) and DOTTED.fullmatch(node.value):
                tops.add(node.value.split(".")[0])
    by_module = _distributions()
    return {by_module[top] for top in tops if top in by_module and by_module[top] not in DJANGO}


@cache
def _distributions() -> Mapping[str, str]:
    return {module: names[0].lower() for module, names in packages_distributions().items()}


def _installed(case: Case) -> set[str]:
    found: set[str] = set()
    for heading in case.sections:
        for line in case.commands(heading):
            if match := INSTALL.fullmatch(line):
                found |= {re.split(r"[\[=<>~]", name.strip("\"'"))[0].lower() for name in match["packages"].split()}
    return found


def _problems_of_failing(case: Case) -> Iterator[str]:
    try:
        done = run.failing(case)
    except OverlayError as error:
        yield str(error)
        return
    yield from _told(done.judged(case.fails), "it should fail so")
    if all(judgement.holds for judgement in done.judged(case.fixed)):
        yield "it holds all that is expected of the fixed project"
    if not shows_what_it_promises(case, done):
        yield "neither a message nor a status of the page was seen"
    keeps = case.commands("Keep it fixed")
    if keeps and not any(done.facts.get(f"keep{n}", {}).get("exit") for n in range(1, len(keeps) + 1)):
        yield f"nothing under Keep it fixed complains: {_exits(done, 'keep', len(keeps))}"


def _problems_of_fixed(case: Case) -> Iterator[str]:
    try:
        done = run.fixed(case)
    except OverlayError as error:
        yield str(error)
        return
    if done.trouble:
        yield done.trouble
    yield from _told(done.judged(case.fixed), "it should work so")
    if all(judgement.holds for judgement in done.judged(case.fails)) and case.only in ("", django_series()):
        yield "it still fails"
    for label, heading in (("fix", "Fix"), ("check", "Check"), ("keep", "Keep it fixed")):
        for number, line in enumerate(case.commands(heading), start=1):
            fact = done.facts.get(f"{label}{number}")
            if fact is not None and fact.get("exit"):
                yield f"{line!r} exits with {fact['exit']}: {_last_line(str(fact.get('output', '')))}"


def _problems_of_wrong(case: Case, name: str) -> Iterator[str]:
    try:
        done = run.wrong(case, name)
    except OverlayError as error:
        yield str(error)
        return
    if not done.trouble and all(judgement.holds for judgement in done.judged(case.fixed)):
        yield "it passes, and should not"


def shows_what_it_promises(case: Case, done: Run) -> bool:
    """Whether the failing run showed one of the page's messages, or a status or sight that it is about."""
    if case.stands_for or case.sight not in STATUS_OF_SIGHT:
        return True
    seen = " ".join(_folded(text) for step in done.steps for text in _texts(step)) + _folded(done.trouble)
    seen += _folded(str(done.facts.get("refused", "")))
    statuses = {step.status for step in done.steps if isinstance(step, RequestStep)}
    return bool(statuses & STATUS_OF_SIGHT[case.sight]) or any(
        _folded(part) in seen for message in case.messages for part in message.splitlines()[-1].split(" … ") if part
    )


def _texts(step: CommandStep | RequestStep) -> tuple[str, ...]:
    error = "" if step.error is None else f"{step.error.type}: {step.error.message}"
    return (error, step.stdout, step.stderr) if isinstance(step, CommandStep) else (error, step.excerpt)


def _folded(text: str) -> str:
    """Return the words of a message, without what is particular to a project: names in quotes, objects, numbers."""
    return re.sub(r"[\W\d_]+", " ", re.sub(r"'[^'\n]*'|\"[^\"\n]*\"|<[^>\n]*>", " ", text)).casefold()


def _told(judgements: tuple[Judgement, ...], said: str) -> Iterator[str]:
    for judgement in judgements:
        if not judgement.holds:
            yield f"{said}: {judgement}"


def _exits(done: Run, label: str, count: int) -> str:
    return ", ".join(str(done.facts.get(f"{label}{n}", {}).get("exit")) for n in range(1, count + 1))


def _last_line(output: str) -> str:
    return (output.strip().splitlines() or [""])[-1][:200]
