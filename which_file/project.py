"""What a folder says about the Django project in it: manage.py, settings modules, the project's Python, variables."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from . import deploy
from .case import read
from .tree import SKIPPED, root_of

SETTINGS = re.compile(
    r"""DJANGO_SETTINGS_MODULE["']\s*(?:,|\]\s*=)\s*(?:os\.environ\.get\([^,]*,\s*|os\.getenv\([^,]*,\s*)?["']([\w.]+)["']"""
)
PRODUCTION = re.compile(r"(?i)^(prod|production|live|deploy|deployment|heroku|server|aws|render|railway|docker_prod)$")
DEVELOPMENT = re.compile(r"(?i)^(dev|develop|development|local|local_?(dev|base))$")
SHARED = re.compile(r"(?i)^(base|common|default|global|shared)(_settings)?$")  # what the others import
ELSE = re.compile(r"(?i)^(staging|stage|pre_?prod|docker)$")
NOT_ALONE = re.compile(r"(?i)^(__init__|test|tests|testing|ci|local_?settings_?example|.*(example|template|sample).*)$")
# What a deployment or a .env sets. The names of tests are left out with the others.
CHOSEN = re.compile(
    r"""DJANGO_SETTINGS_MODULE["']?\s*(?:=|:|\bvalue:|\s)\s*(?:value:\s*)?["']?([A-Za-z_]\w*(?:\.\w+)+)|--settings[=\s]([A-Za-z_]\w*(?:\.\w+)+)"""
)
ENVIRONMENT = re.compile(r"(?i)^\.?env(\..*)?$|\.env$")
LEVELS = 3
MOST_MODULES = 4  # each takes a process of its own


@dataclass(frozen=True)
class Project:
    """`folder` has manage.py. `modules` are the settings modules to look at: the first is the one of manage.py."""

    folder: Path
    modules: tuple[str, ...]


def find(folder: Path) -> Path | None:
    """The folder with manage.py: the given one, the nearest below it, or one above it in the same repository."""
    if _is_manage(folder / "manage.py"):
        return folder
    level = [folder]
    for _ in range(LEVELS):
        level = [below for place in level for below in _folders(place)]
        found = [place for place in level if _is_manage(place / "manage.py")]
        if found:
            likely = [
                place for place in found if not re.search(r"(?i)example|demo|test|sandbox|template|doc", place.name)
            ]
            return (likely or found)[0]
    inside = folder
    for above in list(folder.parents)[:LEVELS]:
        if (inside / ".git").exists():
            break
        if _is_manage(above / "manage.py"):
            return above
        inside = above
    return None


def _is_manage(file: Path) -> bool:
    text = read(file)
    return "execute_from_command_line" in text or "DJANGO_SETTINGS_MODULE" in text or "django" in text


def _folders(place: Path) -> list[Path]:
    try:
        entries = sorted(place.iterdir())
    except OSError:
        return []
    return [
        entry
        for entry in entries
        if entry.is_dir()
        and entry.name not in SKIPPED
        and not entry.name.startswith(".")
        and not (entry / "pyvenv.cfg").exists()
    ]


def settings_modules(folder: Path) -> tuple[str, ...]:
    """That of manage.py first, then that of wsgi.py and asgi.py, then those whose names speak of production, then
    those that a Dockerfile, a Procfile and their like choose.

    "" is a manage.py that configures the settings itself.
    """
    found: list[str] = []
    named = [*_named_in(folder / "manage.py")]
    for file in _wsgi(folder):
        named += _named_in(file)
    deployed = [module for module in _chosen(folder) if _file_of(folder, module)]
    for module in named:
        if module not in found and _file_of(folder, module):
            found += [one for one in _members(folder, module) if one not in found]
    if not found:
        found = list(named[:1]) or _guessed(folder, deployed)
    if not found and "settings.configure(" in read(folder / "manage.py"):
        return ("",)
    if found:
        found += [module for module in _beside(folder, found[0]) if module not in found]
    found += [module for module in dict.fromkeys(deployed) if module not in found]
    return tuple(found[:MOST_MODULES])


def _named_in(file: Path) -> list[str]:
    text = re.sub(r"(?m)^\s*#.*$", "", read(file))
    return [match for match in SETTINGS.findall(text) if not re.search(r"(?i)\btests?\b", match)]


def _chosen(folder: Path) -> list[str]:
    """The settings modules that the files of a deployment name, and `.env`."""
    root = root_of(folder)
    files = [file for place in dict.fromkeys((folder, root)) for file in deploy.around(place, folder)]
    found = []
    for file in dict.fromkeys(files):
        if deploy.is_deployment(file) or ENVIRONMENT.search(file.name):
            text = re.sub(r"(?m)^\s*#.*$", "", read(file, most=100_000))
            found += [one or two for one, two in CHOSEN.findall(text)]
    return [module for module in found if not re.search(r"(?i)(\b|_)tests?(\b|_)|\bci\b", module)]


def _members(folder: Path, module: str) -> list[str]:
    """The module; for a package without a line of code the modules in it that can be meant, development first."""
    file = _file_of(folder, module)
    if file is None or file.name != "__init__.py" or re.sub(r"(?m)#.*$", "", read(file)).strip():
        return [module]
    stems = [one.stem for one in sorted(file.parent.glob("*.py"))]
    meant = [stem for pattern in (DEVELOPMENT, PRODUCTION) for stem in stems if pattern.match(stem)]
    return [f"{module}.{stem}" for stem in meant] or [module]


def _guessed(folder: Path, deployed: list[str]) -> list[str]:
    """Without a name in manage.py: what a deployment chooses, else a file that looks like settings. A file that the
    others only share is none where others are."""
    guessed = _guess(folder)[:1]
    if guessed and SHARED.match(guessed[0].rpartition(".")[2]):
        package = guessed[0].rpartition(".")[0]
        file = _file_of(folder, guessed[0])
        stems = [one.stem for one in sorted(file.parent.glob("*.py"))] if file else []
        meant = [stem for pattern in (DEVELOPMENT, PRODUCTION) for stem in stems if pattern.match(stem)]
        modules = [f"{package}.{stem}" if package else stem for stem in meant] or deployed[:1]
        return modules if any(PRODUCTION.match(stem) for stem in meant) or deployed else [*modules, *guessed]
    return guessed or deployed[:1]


def _around(folder: Path) -> list[Path]:
    """The folder, those in it, and those in these."""
    first = _folders(folder)
    return [folder, *first, *(below for place in first for below in _folders(place))]


def _wsgi(folder: Path) -> Iterator[Path]:
    for place in _around(folder):
        for name in ("wsgi.py", "asgi.py"):
            if (place / name).is_file():
                yield place / name


def _file_of(folder: Path, module: str) -> Path | None:
    """The file of a module, also below a folder that manage.py puts on the path."""
    parts = module.split(".")
    for root in (folder, *_folders(folder)):
        for file in (root.joinpath(*parts).with_suffix(".py"), root.joinpath(*parts, "__init__.py")):
            if file.is_file():
                return file
    return None


def _beside(folder: Path, module: str) -> list[str]:
    file = _file_of(folder, module)
    if file is None:
        return []
    package, _, own = module.rpartition(".")
    if file.name == "__init__.py":  # the package itself is a settings module; its members may be, too
        members = {one.stem: f"{module}.{one.stem}" for one in sorted(file.parent.glob("*.py"))}
    else:
        dotted = f"{package}." if package else ""
        members = {one.stem: f"{dotted}{one.stem}" for one in sorted(file.parent.glob("*.py"))}
    chosen = []
    for stem, path in members.items():
        short = re.sub(r"(?i)_?settings_?", "", stem)
        if PRODUCTION.match(short) and not NOT_ALONE.match(stem) and _is_whole(folder, path):
            chosen.append(path)
    if PRODUCTION.match(own):  # manage.py starts production: look at development, too
        chosen = [*(path for stem, path in members.items() if DEVELOPMENT.match(stem)), *chosen]
    return chosen or [path for stem, path in members.items() if ELSE.match(re.sub(r"(?i)_?settings_?", "", stem))][:1]


def _is_whole(folder: Path, module: str) -> bool:
    """Whether a module has all settings, its own or another's: some are only parts that another one imports."""
    file = _file_of(folder, module)
    return file is not None and bool(re.search(r"INSTALLED_APPS|import \*|globals\(\)|\bexec\(|include\(", read(file)))


def _guess(folder: Path) -> list[str]:
    """Without a name anywhere: a settings.py, one or two levels down."""
    found = []
    for place in _around(folder):
        for name in ("settings.py", "settings/__init__.py", "settings/dev.py", "settings/local.py", "settings/base.py"):
            file = place / name
            if file.is_file() and "INSTALLED_APPS" in read(file):
                parts = file.relative_to(folder).with_suffix("").parts
                found.append(".".join(part for part in parts if part != "__init__"))
    return found


# The project's Python


def pythons(folder: Path, given: str | None) -> Iterator[str]:
    """The Pythons to try, the likeliest first."""
    if given is not None:
        # A path counts from here, not from the project; a bare name is looked up as a shell would.
        yield str(Path.cwd() / given) if len(Path(given).parts) > 1 else given
        return
    seen = set()
    for python in _candidates(folder):
        if python and python not in seen and (os.path.exists(python) or not os.path.dirname(python)):  # noqa: PTH110, PTH120
            seen.add(python)
            yield python


def _candidates(folder: Path) -> Iterator[str]:
    places = (folder, *list(folder.parents)[:4])
    for place in places:
        if place != folder and os.environ.get("VIRTUAL_ENV"):
            yield _python_of(Path(os.environ["VIRTUAL_ENV"]))  # it was activated: nearer than what lies above
        for name in (".venv", "venv", "env", ".env", "virtualenv", ".virtualenv"):
            yield _python_of(place / name)
        # An environment of any other name is the project's only if it lies close to it.
        if place in places[:2] or (place / ".git").exists():
            for entry in _environments(place):
                yield _python_of(entry)
    root = next((place for place in places if (place / "pyproject.toml").is_file()), folder)
    tools = read(root / "pyproject.toml")
    if "[tool.poetry" in tools or any((place / "poetry.lock").is_file() for place in places):
        yield _python_of(_asked(["poetry", "env", "info", "--path"], root))
    if any((place / "Pipfile").is_file() for place in places):
        yield _python_of(_asked(["pipenv", "--venv"], root))
    for chosen in (place / ".pdm-python" for place in places):  # pdm writes the path of the Python it uses
        yield read(chosen).strip()
    if "[tool.pdm" in tools or any((place / "pdm.lock").is_file() for place in places):
        yield _asked(["pdm", "info", "--python"], root)
    if any((place / "environment.yml").is_file() for place in places) and os.environ.get("CONDA_PREFIX"):
        yield _python_of(Path(os.environ["CONDA_PREFIX"]))
    yield sys.executable
    if os.environ.get("CONDA_PREFIX"):
        yield _python_of(Path(os.environ["CONDA_PREFIX"]))
    for name in ("python", "python3"):
        yield shutil.which(name) or ""


def _environments(place: Path) -> list[Path]:
    try:
        return [entry for entry in sorted(place.iterdir()) if (entry / "pyvenv.cfg").is_file()]
    except OSError:
        return []


def _python_of(environment: str | Path) -> str:
    if not environment:
        return ""
    for name in ("bin/python", "Scripts/python.exe", "python.exe"):
        file = Path(environment) / name
        if file.is_file():
            return str(file)
    return ""


def _asked(command: Sequence[str], folder: Path) -> str:
    program = shutil.which(command[0])
    if program is None:
        return ""
    try:
        answer = subprocess.run(
            [program, *command[1:]], cwd=str(folder), capture_output=True, text=True, timeout=20, check=False
        )
    except (OSError, subprocess.SubprocessError):
        return ""
    return answer.stdout.strip().splitlines()[-1] if answer.returncode == 0 and answer.stdout.strip() else ""


# Variables


def variables(file: Path) -> dict[str, str]:
    """The NAME=value lines of a file, as docker and the dotenv packages read them."""
    found = {}
    for line in read(file).splitlines():
        match = re.match(r"\s*(?:export\s+)?([A-Za-z_]\w*)\s*=\s*(.*?)\s*$", line)
        if match and not line.lstrip().startswith("#"):
            value = match[2]
            quoted = re.match(r"""(["'])(.*?)\1""", value)
            found[match[1]] = quoted[2] if quoted else re.sub(r"\s+#.*$", "", value)
    return found


def examples(folder: Path) -> dict[str, str]:
    """What the project's own .env and its examples give a variable: the best stand-in where one is missing."""
    found: dict[str, str] = {}
    for place in (folder, *list(folder.parents)[:1]):
        files = [
            place / name for name in (".env", ".env.local", ".env.dev", ".env.development", ".env.docker", ".env.test")
        ]
        try:
            files += [
                one
                for one in sorted(place.iterdir())
                if re.search(r"(?i)env.*(example|sample|dist|template)|(example|sample|dist|template).*env", one.name)
            ]
            for name in (".envs", "envs", "env"):
                if (place / name).is_dir() and not (place / name / "pyvenv.cfg").exists():
                    files += sorted(one for one in (place / name).rglob("*") if "env" in one.name or name == ".envs")
        except OSError:
            pass
        for file in files:
            if file.is_file():
                for name, value in variables(file).items():
                    if value and not re.search(r"^<.*>$|^\.\.\.|^…", value):
                        found.setdefault(name, value)
    return found


def stand_in(name: str, attempt: int = 0) -> str:
    """A value that most settings accept for a variable of that name."""
    upper = name.upper()
    for pattern, value in (
        (r"DATABASE.*URL|^DB_?URL|POSTGRES.*URL", "sqlite:///:memory:"),
        (r"(REDIS|CACHE|BROKER|CELERY).*(URL|URI|LOCATION)", "redis://127.0.0.1:6379/0"),
        (r"TIME_?ZONE|^TZ$", "UTC"),
        (r"LANG", "en"),
        (r"LOG.*LEVEL|LEVEL$", "INFO"),
        (r"EMAIL_URL", "consolemail://"),
        (r"DSN", "https://key@example.org/1"),
        (r"URL|URI|ORIGIN|ENDPOINT", "https://example.org"),
        (r"PORT|TIMEOUT|COUNT|SIZE|AGE|DAYS|SECONDS|LIMIT|_ID$|NUMBER", "1"),
        (r"DEBUG|^USE_|_USE_|ENABLE|TLS|SSL|SECURE", "False"),
        (r"HOST", "localhost"),
        (r"EMAIL|ADMINS?$|FROM", "someone@example.org"),
        (r"ENGINE", "django.db.backends.sqlite3"),
        (r"SECRET|KEY|TOKEN|PASSWORD|SALT", "a-stand-in-that-is-long-enough-for-a-key-0123456789"),
    ):
        if re.search(pattern, upper):
            return ("1", "example", value)[attempt % 3] if attempt else value
    return ("1", "example", "")[attempt % 3]
