"""The child process that examines a project with the project's own Python: `python away.py`, a request on stdin.

The project's manage.py is run, so that its sys.path, its `.env` and its settings are those of every other command.
Nothing of the project is changed, and no .pyc is written. This package is loaded by its place and under another name:
its folder does not come onto the project's sys.path.
"""

from __future__ import annotations

import contextlib
import importlib
import importlib.util
import json
import os
import runpy
import sys
import traceback
from pathlib import Path
from typing import Any

NAME = "which_file_examining"


def main() -> None:
    request = json.loads(sys.stdin.buffer.read().decode("utf-8"))
    # Their settings may print; the answer gets the standard output to itself.
    answer = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)
    sys.dont_write_bytecode = True
    answer.write(json.dumps(examine(request), default=str))
    answer.flush()
    os._exit(0)  # their threads and exit handlers are none of our business


def examine(request: dict[str, Any]) -> dict[str, Any]:
    """`{"python", "django", "findings", "serves"}`, and `"broken"` where the project did not load."""
    folder, module = Path(request["folder"]), request["settings"]
    result: dict[str, Any] = {"python": sys.version.split()[0], "django": None, "findings": []}
    stage = "python"
    try:
        if sys.version_info < (3, 8):  # noqa: UP036 - older Pythons do come here
            raise RuntimeError("Python " + result["python"])
        stage = "django"
        sys.path[0] = str(folder)
        import django

        result["django"] = django.get_version()
        if django.VERSION < (3, 2):
            stage = "old"
            raise RuntimeError("Django " + result["django"])
        package = load()
        stage = "settings"
        if module:
            os.environ["DJANGO_SETTINGS_MODULE"] = module
        if module and request.get("production"):
            importlib.import_module(package + ".debug_off").install(module)
        if request.get("no_database"):
            without_database()
        error = as_manage_py(folder, module)
        from django.conf import settings

        os.environ["DJANGO_SETTINGS_MODULE"] = module
        settings.INSTALLED_APPS  # noqa: B018 - loads them
        if request.get("production"):
            settings.DEBUG = False
        if request.get("no_database"):
            without_database()
        stage = "setup"
        from django.apps import apps

        if apps.loading and not apps.ready and error is not None:
            raise error  # a second setup() could only say that the first one failed
        django.setup()
        stage = "examination"
        examination = importlib.import_module(package + ".examination")
        result.update(
            examination.report(
                folder,
                production=bool(request.get("production")),
                for_production=bool(request.get("for_production")),
                missing=tuple(request.get("missing") or ()),
                seconds=float(request.get("seconds") or 60),
            )
        )
    except BaseException as error:  # a broken project is a result, also one that calls sys.exit()
        result["broken"] = described(stage, error, folder)
    return result


def without_database() -> None:
    """Put SQLite in memory in place of a database whose driver or server is not here: files do not ask it."""
    from django.conf import settings

    with contextlib.suppress(BaseException):  # settings that need what manage.py does load afterwards
        settings.DATABASES = {"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:"}}


def as_manage_py(folder: Path, module: str) -> BaseException | None:
    """Run manage.py as `manage.py version` does: it sets up the path, the environment and Django, and ends.

    Return what it raised. That counts only where setup() was begun: the settings are loaded once more afterwards.
    """
    file = folder / "manage.py"
    if not file.is_file():
        return None
    argv, sys.argv = sys.argv, [str(file), "version", *(["--settings", module] if module else [])]
    try:
        runpy.run_path(str(file), run_name="__main__")
    except BaseException as error:
        return error
    finally:
        sys.argv = [argv[0], "check"] if argv else argv
        sys.argv[0] = str(file)
    return None


def load() -> str:
    """Make this package importable, whatever else is called `which_file` over there; return the name that it has."""
    here = Path(__file__).resolve().parent
    spec = importlib.util.spec_from_file_location(NAME, here / "__init__.py", submodule_search_locations=[str(here)])
    if spec is None or spec.loader is None:
        raise ImportError(NAME)
    package = importlib.util.module_from_spec(spec)
    sys.modules[NAME] = package
    spec.loader.exec_module(package)
    return NAME


def described(stage: str, error: BaseException, folder: Path) -> dict[str, Any]:
    """The place is the last line of the project's own in the whole chain: Python often raised it in a library."""
    frames: list[traceback.FrameSummary] = []
    one: BaseException | None = error
    while one is not None and len(frames) < 2000:
        frames = (
            [*traceback.extract_tb(one.__traceback__), *frames]
            if one is not error
            else list(traceback.extract_tb(one.__traceback__))
        )
        one = one.__cause__ or (None if one.__suppress_context__ else one.__context__)
    own = [frame for frame in frames if is_own(frame.filename, folder)]
    file, line = next(((frame.filename, frame.lineno) for frame in reversed(own)), ("", 0))
    if isinstance(error, SyntaxError) and error.filename and is_own(error.filename, folder):
        file, line = error.filename, error.lineno
    cause = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    return {
        "stage": stage,
        "type": type(error).__name__,
        "message": str(error),
        "cause": str(cause) if cause is not None else "",
        "name": getattr(error, "name", None),
        "key": error.args[0] if isinstance(error, KeyError) and error.args and isinstance(error.args[0], str) else None,
        "file": file,
        "line": line,
        "source": source_line(file, line),
        "trace": traceback.format_exc().strip().splitlines()[-12:] if stage == "examination" else [],
    }


def source_line(file: str, line: int | None) -> str:
    """The statement there, with the two lines around it: the variable that it asks for stands in it."""
    try:
        lines = Path(file).read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError):
        return ""
    number = line or 1
    return "\n".join([lines[number - 1], *lines[number : number + 3]]) if 0 < number <= len(lines) else ""


def is_own(file: str, folder: Path) -> bool:
    """In the project's folder, and not in a virtual environment that lies there."""
    path = Path(file)
    return folder in path.parents and not {"site-packages", "dist-packages"} & set(path.parts)


if __name__ == "__main__":
    main()
