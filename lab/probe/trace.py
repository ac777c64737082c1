"""The path of a request: which components of Django, WhiteNoise and the project it passed, traced from outside.

Nothing is patched. Python itself reports each function that starts (sys.monitoring from 3.12 on, sys.setprofile on
3.11), and the tracer keeps the few that are listed here. This module runs in the servers' own processes as well.
"""

import functools
import inspect
import json
import os
import sys
import threading
from collections.abc import Callable, Sequence
from pathlib import Path
from types import CodeType, FrameType
from typing import Any

from lab.observation import Fault, TraceEntry
from lab.probe.place import place_of

TOOL_ID = 4  # of sys.monitoring: 0, 1, 2 and 5 are taken by convention (debugger, coverage, profiler, optimizer)

# The answer with which sys.monitoring never reports this function again.
DISABLE: Any = None
if sys.version_info >= (3, 12):
    DISABLE = sys.monitoring.DISABLE

Report = Callable[[TraceEntry | Fault], None]

# (file, function) -> the component's name. The file is relative to where packages are installed.
COMPONENTS: dict[tuple[str, str], str] = {
    ("django/contrib/staticfiles/handlers.py", "StaticFilesHandler.__call__"): "StaticFilesHandler",
    ("django/contrib/staticfiles/handlers.py", "StaticFilesHandlerMixin.serve"): "StaticFilesHandler.serve",
    ("django/contrib/staticfiles/finders.py", "FileSystemFinder.find"): "FileSystemFinder",
    ("django/contrib/staticfiles/finders.py", "AppDirectoriesFinder.find"): "AppDirectoriesFinder",
    ("django/utils/deprecation.py", "MiddlewareMixin.__call__"): "",  # named after the class that inherits it
    ("whitenoise/middleware.py", "WhiteNoiseMiddleware.__call__"): "WhiteNoiseMiddleware",
    ("whitenoise/middleware.py", "WhiteNoiseMiddleware.serve"): "WhiteNoiseMiddleware.serve",
    ("whitenoise/base.py", "WhiteNoise.serve"): "WhiteNoise.serve",  # around the WSGI application, not in MIDDLEWARE
    ("django/core/handlers/base.py", "BaseHandler.resolve_request"): "URLResolver",
    ("django/views/static.py", "serve"): "django.views.static.serve",
    ("gunicorn/workers/base.py", "Worker.handle_error"): "gunicorn",  # it answers itself: to a request that it refuses
    ("project/middleware.py", "LoginGate.__call__"): "LoginGate",
    ("project/views.py", "page"): "view",
    ("project/views.py", "login"): "view",
    ("project/views.py", "upload"): "view",
    ("project/views.py", "private"): "view",
}

_NAMES = frozenset(name for _, name in COMPONENTS) | {"BaseHandler.make_view_atomic"}

# Where Django has found the view and is about to call it. Only a project whose views no list can name needs it.
_CALL = ("django/core/handlers/base.py", "BaseHandler.make_view_atomic")
VIEW = "view "  # a component that begins so is a view, by its name

# Who answered, by the component that only the one that answers reaches; the first that was passed decides.
_ANSWERS = (
    ("StaticFilesHandler.serve", "static-handler"),
    ("WhiteNoiseMiddleware.serve", "whitenoise"),
    ("WhiteNoise.serve", "whitenoise"),
    ("django.views.static.serve", "media-route"),
    ("view", "view"),
    ("URLResolver", "none"),  # it was asked and no view was called: its own 404
    ("LoginGate", "login-gate"),
)


def answered_by(trace: Sequence[TraceEntry]) -> str:
    """Return who made the answer, such as "whitenoise"; "none" is the URL resolver's 404."""
    passed = {entry.component for entry in trace}
    return next((answer for component, answer in _ANSWERS if component in passed), "none")


class Tracer:
    """Reports the components that requests pass, and exceptions that a request ended with, while it is on.

    `project` is the mini-project's folder. `report` is called in the thread of the request, before the response
    leaves. With `views`, the view that Django calls is reported by its name. Use as a context manager; only one can be
    on in a process.
    """

    def __init__(self, project: Path, report: Report, *, views: bool = False) -> None:
        self._views = views
        self._project = project
        self._places = (f"{project.as_posix()}/", f"{project.resolve().as_posix()}/")
        self._report = report

    def __enter__(self) -> "Tracer":
        from django.core.signals import got_request_exception

        got_request_exception.connect(self._on_exception, weak=False)
        if sys.version_info >= (3, 12):
            monitoring = sys.monitoring
            monitoring.use_tool_id(TOOL_ID, "lab")
            monitoring.register_callback(TOOL_ID, monitoring.events.PY_START, self._on_start)
            monitoring.set_events(TOOL_ID, monitoring.events.PY_START)
        else:
            threading.setprofile(self._on_profile)  # threads that start from now on
            sys.setprofile(self._on_profile)
        return self

    def __exit__(self, *_: object) -> None:
        from django.core.signals import got_request_exception

        got_request_exception.disconnect(self._on_exception)
        if sys.version_info >= (3, 12):
            sys.monitoring.set_events(TOOL_ID, 0)
            sys.monitoring.register_callback(TOOL_ID, sys.monitoring.events.PY_START, None)
            sys.monitoring.free_tool_id(TOOL_ID)
        else:
            sys.setprofile(None)
            threading.setprofile(None)

    def _on_start(self, code: CodeType, _offset: int) -> Any:
        if code.co_qualname in _NAMES:
            found = self._component(code)
            if found is not None:
                self._found(sys._getframe(1), *found)
                return None
        return DISABLE

    def _on_profile(self, frame: FrameType, event: str, _argument: object) -> None:
        if event == "call" and frame.f_code.co_qualname in _NAMES:
            found = self._component(frame.f_code)
            if found is not None:
                self._found(frame, *found)

    def _component(self, code: CodeType) -> tuple[str, str] | None:
        """Return (relative file, component) for a function of the table, else None."""
        path = code.co_filename.replace("\\", "/")
        if code.co_qualname == _CALL[1]:
            return (_CALL[0], VIEW) if self._views and path.endswith(_CALL[0]) else None
        for (file, function), name in COMPONENTS.items():
            if function == code.co_qualname and path.endswith(f"/{file}"):
                ours = file.startswith("project/")
                return (file, name) if ours == path.startswith(self._places) else None
        return None

    def _found(self, frame: FrameType, file: str, component: str) -> None:
        self._report(self._entry(frame, file, component))
        if component == "gunicorn":
            error = frame.f_locals["exc"]
            self._report(Fault(type(error).__name__, str(error), place_of(error, self._project)))

    def _entry(self, frame: FrameType, file: str, component: str) -> TraceEntry:
        code = frame.f_code
        if component == "":
            return _middleware_entry(frame.f_locals["self"])
        if component == VIEW:
            return self._view_entry(frame.f_locals["view"])
        if component == "URLResolver":
            from django.urls.resolvers import URLResolver

            return TraceEntry(component, "django/urls/resolvers.py", URLResolver.resolve.__code__.co_firstlineno)
        return TraceEntry(component, file, code.co_firstlineno)

    def _view_entry(self, view: Any) -> TraceEntry:
        """Return the view's name, and where its code begins, relative to the project where it is in it."""
        while hasattr(view, "__wrapped__") or isinstance(view, functools.partial):
            view = getattr(view, "__wrapped__", None) or view.func
        view = getattr(view, "view_class", view)
        if not hasattr(view, "__qualname__"):
            view = type(view)
        name = f"{view.__module__}.{view.__qualname__}"
        try:
            file, line = inspect.getsourcefile(view) or "", inspect.getsourcelines(view)[1]
        except (OSError, TypeError):
            return TraceEntry(VIEW + name, view.__module__.replace(".", "/") + ".py", 1)
        file = file.replace("\\", "/")
        for place in self._places:
            file = file.removeprefix(place)
        return TraceEntry(VIEW + name, file.rpartition("site-packages/")[2], line)

    def _on_exception(self, **_: object) -> None:
        error = sys.exc_info()[1]
        if error is not None:
            self._report(Fault(type(error).__name__, str(error), place_of(error, self._project)))


def _middleware_entry(middleware: object) -> TraceEntry:
    """Return the class's own code: what runs on the way in, or on the way out if nothing does on the way in."""
    kind = type(middleware)
    names = ("process_request", "process_view", "process_response", "__call__")
    method: Any = next(getattr(kind, name) for name in names if hasattr(kind, name))
    return TraceEntry(kind.__name__, kind.__module__.replace(".", "/") + ".py", method.__code__.co_firstlineno)


class TraceLog:
    """Collects the reports of one request at a time, in this process."""

    def __init__(self) -> None:
        self._reports: list[TraceEntry | Fault] = []

    def report(self, item: TraceEntry | Fault) -> None:
        self._reports.append(item)

    def take(self) -> tuple[tuple[TraceEntry, ...], Fault | None]:
        """Return the components reported since the last call, each once, and the exception if there was one."""
        reports, self._reports = self._reports, []
        return _sorted_out(reports)


class TraceFile:
    """A log that a server process writes and the experiment's process reads: one JSON object a line."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._read = 0

    def writer(self) -> Report:
        """Return a report function for the server process; each report is one write: processes may share the file."""
        descriptor = os.open(self.path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)

        def report(item: TraceEntry | Fault) -> None:
            os.write(descriptor, json.dumps(item.to_dict()).encode() + b"\n")

        return report

    def take(self) -> tuple[tuple[TraceEntry, ...], Fault | None]:
        """As TraceLog.take."""
        try:
            with self.path.open("rb") as file:
                file.seek(self._read)
                written = file.read()
        except FileNotFoundError:
            written = b""
        self._read += len(written)
        reports: list[TraceEntry | Fault] = []
        for line in written.splitlines():
            data = json.loads(line)
            reports.append(TraceEntry(**data) if "component" in data else Fault(**data))
        return _sorted_out(reports)


def _sorted_out(reports: Sequence[TraceEntry | Fault]) -> tuple[tuple[TraceEntry, ...], Fault | None]:
    components = tuple(dict.fromkeys(item for item in reports if isinstance(item, TraceEntry)))
    faults = [item for item in reports if isinstance(item, Fault)]
    return components, faults[-1] if faults else None
