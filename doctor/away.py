"""Another project, examined by its own Python in a process of its own: `python away.py FOLDER SETTINGS`.

Nothing of that project is changed: its INSTALLED_APPS stay as they are, and no .pyc is written. Neither does this
site's folder come onto its sys.path, where our `mysite` would hide theirs; this package alone is loaded, by its place
and under another name.
"""

import importlib.util
import json
import os
import sys
import traceback
from pathlib import Path
from typing import Any

NAME = "which_file_doctor"


def main() -> None:
    folder, module = sys.argv[1:3]
    # Their settings may print; the answer gets the standard output to itself.
    answer = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)
    os.environ["DJANGO_SETTINGS_MODULE"] = module
    sys.dont_write_bytecode = True
    sys.path[0] = folder
    sys.argv = [str(Path(folder) / "manage.py"), "check"]
    answer.write(json.dumps(examine(Path(folder))))
    answer.flush()
    os._exit(0)  # their threads and exit handlers are none of our business


def examine(folder: Path) -> dict[str, Any]:
    """`{"python", "django", "findings"}`, and `"broken"` where the project did not load."""
    stage = "django"
    result: dict[str, Any] = {"python": sys.version.split()[0], "django": None, "findings": []}
    try:
        import django

        result["django"] = django.get_version()
        stage = "settings"
        from django.conf import settings

        settings.INSTALLED_APPS  # noqa: B018 - loads them
        stage = "setup"
        django.setup()
        stage = "doctor"
        result["findings"] = load("examination").report(folder)
    except BaseException as error:  # a broken project is a result, also one that calls sys.exit()
        result["broken"] = described(stage, error, folder)
    return result


def load(module: str) -> Any:
    """A module of this package, whatever else is called `doctor` over there."""
    here = Path(__file__).resolve().parent
    spec = importlib.util.spec_from_file_location(NAME, here / "__init__.py", submodule_search_locations=[str(here)])
    if spec is None or spec.loader is None:
        raise ImportError(NAME)
    package = importlib.util.module_from_spec(spec)
    sys.modules[NAME] = package
    spec.loader.exec_module(package)
    return importlib.import_module(f"{NAME}.{module}")


def described(stage: str, error: BaseException, folder: Path) -> dict[str, Any]:
    """The place is the last line of the project's own: where Python raised is often deep inside a library."""
    frames = traceback.extract_tb(error.__traceback__)
    own = [frame for frame in frames if is_own(Path(frame.filename), folder)]
    file, line = next(((frame.filename, frame.lineno) for frame in reversed(own or frames)), ("", 0))
    if isinstance(error, SyntaxError) and error.filename:
        file, line = error.filename, error.lineno
    return {
        "stage": stage,
        "type": type(error).__name__,
        "message": str(error),
        "name": getattr(error, "name", None),
        "file": file,
        "line": line,
    }


def is_own(file: Path, folder: Path) -> bool:
    """In the project's folder, and not in a virtual environment that lies there."""
    return file.is_relative_to(folder) and "site-packages" not in file.parts


if __name__ == "__main__":
    main()
