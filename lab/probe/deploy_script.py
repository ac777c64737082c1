"""A project's deploy script, read as people write one: what a check carries out of it, and what it refuses to.

No shell runs. A learner's script is carried out on a copy, in which only manage.py and a few commands on files have a
meaning; anything else is refused with its line and the reason, so that nobody is judged by a line that was passed over.
"""

import re
import shlex
import shutil
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

PYTHONS = re.compile(r"(.*[\\/])?(python|python3|py)([\d.]*)(\.exe)?")
QUIET = ("set", "echo", "printf", "source", ".", "umask", "pip", "pip3", "true", ":")  # without a meaning for the copy
FILES = ("rm", "mkdir")
REDIRECTIONS = (">", ">>", ">&", "&>", ">|")
_VARIABLE = re.compile(r"\$(?:\{(\w+)\}|(\w+))")
_OWN_FOLDER = re.compile(r'"?\$\(dirname (?:-- )?"?(?:\$0|\$\{BASH_SOURCE\[0\]\}|\$BASH_SOURCE)"?\)"?')
_ASSIGNMENT = re.compile(r"([A-Za-z_]\w*)=(.*)", re.DOTALL)


class NotCarriedOut(ValueError):
    """A line that the check does not carry out. The message says which line, and why."""


@dataclass(frozen=True, slots=True)
class ScriptCommand:
    """One command of the script: `words` begin with manage.py, rm or mkdir; `line` is as it is written, with its
    number. With `may_fail` (`|| true`) a failure does not end the script."""

    words: tuple[str, ...]
    line: str
    number: int
    environment: Mapping[str, str] = field(default_factory=dict)
    may_fail: bool = False


def read_script(name: str, text: str) -> list[ScriptCommand]:
    """Return the commands of a shell script in their order. Raises NotCarriedOut."""
    variables: dict[str, str] = {}
    exported: dict[str, str] = {}
    found: list[ScriptCommand] = []
    for number, line in _lines(text):
        try:
            for words, may_fail in _commands(line):
                _take([_filled(word, variables) for word in words], may_fail, number, line, variables, exported, found)
        except ValueError as error:
            raise NotCarriedOut(f"{name}, line {number}: {line}\n{error}") from error
    return found


def carry_out(command: ScriptCommand, project: Path) -> tuple[int, str]:
    """Carry out a command on files in the project's copy. Returns (exit code, what it would print)."""
    options = [word for word in command.words[1:] if word.startswith("-")]
    recursive = any(re.fullmatch(r"-\w*[rR]\w*|--recursive", option) for option in options)
    force = any(re.fullmatch(r"-\w*f\w*|--force", option) for option in options)
    for word in command.words[1:]:
        if word.startswith("-"):
            continue
        target = project / word
        if command.words[0] == "mkdir":
            target.mkdir(parents=True, exist_ok=True)
            continue
        targets = sorted(project.glob(word)) if "*" in word else [target]
        for one in targets:
            if one.is_dir() and not one.is_symlink():
                if not recursive:
                    return 1, f"rm: cannot remove '{word}': Is a directory\n"
                shutil.rmtree(one)
            elif one.exists() or one.is_symlink():
                one.unlink()
            elif not force:
                return 1, f"rm: cannot remove '{word}': No such file or directory\n"
    return 0, ""


def _lines(text: str) -> list[tuple[int, str]]:
    """Return (number, line), lines that end with a backslash joined with the next; without comments and empty ones."""
    found: list[tuple[int, str]] = []
    pending = ""
    for number, line in enumerate(text.removeprefix("\ufeff").splitlines(), start=1):
        if line.rstrip().endswith("\\"):
            pending += line.rstrip()[:-1] + " "
            continue
        whole, pending = (pending + line).strip(), ""
        if whole and not whole.startswith("#"):
            found.append((number, whole))
    return found


def _commands(line: str) -> list[tuple[list[str], bool]]:
    """Return the commands of a line, each with whether it may fail. Raises ValueError."""
    line = _OWN_FOLDER.sub("DIRNAME", line)
    if "`" in line or "$(" in line:
        raise ValueError("The check runs no command inside another one. Write its result into the line.")
    lexer = shlex.shlex(line, posix=True, punctuation_chars=True)
    lexer.whitespace_split = True
    commands: list[tuple[list[str], bool]] = []
    words: list[str] = []
    tokens = list(lexer)
    while tokens:
        token = tokens.pop(0)
        if token in ("&&", ";"):
            commands.append((words, False))
            words = []
        elif token == "||" and tokens[:1] in (["true"], [":"]):  # noqa: S105 - no password
            tokens.pop(0)
            commands.append((words, True))
            words = []
        elif token in REDIRECTIONS and tokens:
            tokens.pop(0)  # where the output goes changes nothing
            if words[-1:] in (["1"], ["2"]):
                words.pop()
        elif set(token) <= set("()<>|;&"):
            raise ValueError(f"The check does not understand {token!r} in this line. Give each command its own line.")
        else:
            words.append(token)
    commands.append((words, False))
    return [(words, may_fail) for words, may_fail in commands if words]


def _filled(word: str, variables: Mapping[str, str]) -> str:
    """Return the word with its variables replaced. Raises ValueError for one that the script has not set."""

    def value(found: re.Match[str]) -> str:
        name = found[1] or found[2]
        if name not in variables:
            raise ValueError(f"The check does not know ${name}: the script has not set it.")
        return variables[name]

    return _VARIABLE.sub(value, word)


def _take(
    words: list[str],
    may_fail: bool,
    number: int,
    line: str,
    variables: dict[str, str],
    exported: dict[str, str],
    found: list[ScriptCommand],
) -> None:
    """Add what the words mean to `found`, or to the variables. Raises ValueError."""
    environment: dict[str, str] = {}
    exporting = words[0] == "export"
    if exporting:
        words = words[1:]
    while words and (assigned := _ASSIGNMENT.fullmatch(words[0])):
        environment[assigned[1]] = assigned[2]
        words = words[1:]
    if not words or exporting:
        variables.update(environment)
        if exporting:
            exported.update(environment)
        return
    meant = _meant(words)
    if meant:
        found.append(ScriptCommand(tuple(meant), line, number, {**exported, **environment}, may_fail))


def _meant(words: list[str]) -> list[str]:
    """Return the command as ScriptCommand has it; nothing for one without a meaning here. Raises ValueError."""
    words = words[1:] if words[0] in ("exec", "command", "time") else words
    words = words[2:] if words[:2] in (["uv", "run"], ["poetry", "run"], ["pipenv", "run"]) else words
    program = words[0]
    if re.fullmatch(r"(\./|DIRNAME/)?manage\.py", program):
        return ["manage.py", *words[1:]]
    if PYTHONS.fullmatch(program):
        if len(words) > 1 and re.fullmatch(r"(\./|DIRNAME/)?manage\.py", words[1]):
            return ["manage.py", *words[2:]]
        if words[1:3] == ["-m", "django"]:
            return ["manage.py", *words[3:]]
        if words[1:3] in (["-m", "pip"], ["-m", "venv"]):
            return []
        raise ValueError("Of Python, the check runs manage.py and nothing else.")
    if program == "django-admin":
        return ["manage.py", *words[1:]]
    if program in QUIET:
        return []
    if program == "cd":
        if words[1:] in ([], ["."], ["DIRNAME"]):
            return []
        raise ValueError("The check runs every line in the project's folder. Leave cd out.")
    if program in FILES:
        for word in words[1:]:
            path = Path(word.replace("DIRNAME", "."))
            if not word.startswith("-") and (path.is_absolute() or ".." in path.parts or path == Path()):
                raise ValueError(f"The check touches files below the project's folder only, and {word} is not there.")
        return [program, *(word.replace("DIRNAME/", "") for word in words[1:])]
    raise ValueError(
        f"The check cannot run {program}: of a deploy it knows manage.py, rm, mkdir, cd, variables and &&. "
        "What it passed over it could not judge, so it stops here."
    )
