"""One experiment from its files to its observation, inside a process that has Django imported but not set up."""

import hashlib
import html
import os
import re
import tempfile
import time
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from lab.experiment import Experiment
from lab.experiment.variations import BY_NAME as VARIATIONS
from lab.experiment.variations import Action, Ask, Delete, Run, Send, Variation, Write
from lab.observation import NOT_INSTALLED, CommandStep, Fault, Observation, RequestStep, StoredFile
from lab.observation.normalise import Normaliser, manifest
from lab.probe.django_setup import milliseconds_since, prepare
from lab.probe.http_message import Answer, parse_answer, request_bytes
from lab.probe.request_step import not_sent, request_step
from lab.probe.servers import Server, ServerDidNotStart, missing_package, missing_server, serving
from lab.probe.trace import answered_by
from lab.probe.versions import versions
from lab.process import own_process
from lab.project.files import SETTINGS, collect_command, earlier_settings, project_files
from lab.uploads.hostile import SAMPLES
from lab.uploads.multipart import CONTENT_TYPE, UPLOADS, form_body

WRITTEN = 1_704_067_200  # the project's files carry this time (2024-01-01), as if checked out long before
NO_VARIATION = Variation("none", "")
UPLOADABLE = {**UPLOADS, **{sample.name: sample.upload for sample in SAMPLES}}
MEDIA_FOLDERS = {"uploads": "uploads", "inside-static": "staticfiles/media"}

_STYLESHEET = re.compile(r'<link rel="stylesheet" href="([^"]*)">')
_TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')
_TOKEN_COOKIE = re.compile(r"\b(csrftoken=[^;]+)")


def observe(experiment: Experiment, folder: Path) -> Observation:
    """Run the experiment in `folder`, which must be empty and this process's own.

    Changes this process for good (working directory, sys.path, Django's settings): call it once per process.
    Raises ServerDidNotStart never: a server that does not start is an observation that says so.
    """
    files = project_files(experiment)
    project, own = folder / "project", folder / "own"
    prepare_folders(project, own)
    write_project(files, project)
    normaliser = Normaliser(project)
    steps: list[CommandStep | RequestStep] = []

    collect = None if experiment.collect == "no" else collect_command(experiment)
    if experiment.collect == "stale":
        (project / SETTINGS).write_text(earlier_settings(experiment), encoding="utf-8")
        earlier = own_process.call("lab.probe.django_setup:run_command", project=str(project), argv=collect)
        steps.append(command_step(earlier, normaliser))
        (project / SETTINGS).write_text(files[SETTINGS], encoding="utf-8")
    variation = VARIATIONS.get(experiment.variation, NO_VARIATION)
    if variation.first:  # its commands must meet a process in which Django has not been set up
        if collect is not None:
            collected = own_process.call("lab.probe.django_setup:run_command", project=str(project), argv=collect)
            steps.append(command_step(collected, normaliser))
            collect = None
        steps.extend(_first(variation.first, project, normaliser))
    if experiment.needs_server_process:
        prepared = own_process.call("lab.probe.django_setup:prepare", project=str(project), collect=collect)
    else:
        prepared = prepare(str(project), collect)
    if prepared["command"] is not None:
        steps.append(command_step(prepared["command"], normaliser))

    # Without its package a project fails in other words; what Django refuses it refuses whatever was to serve it.
    refused = (
        not_installed(missing_package(experiment))
        or _fault(prepared["refused"], normaliser)
        or not_installed(missing_server(experiment))
    )
    created: list[str] = []
    if refused is None:
        try:
            with serving(experiment, project, own) as server:
                visit = Visit(experiment, server, normaliser, files)
                steps.extend(visit.pages(prepared["admin_css"]))
                before = _beside_the_code(project)
                steps.extend(visit.upload())
                steps.extend(visit.further(variation.then, project))
                created = sorted(_beside_the_code(project) - before)
        except ServerDidNotStart as error:
            refused = did_not_start(normaliser.text(str(error)))

    return Observation(
        experiment=experiment.knobs,
        versions=versions(),
        files=files,
        steps=tuple(steps),
        static_root=tuple(stored_files(project / "staticfiles")),
        media_root=tuple(
            [_stored_file(str(project / name), name) for name in created]
            if experiment.media_root == "unset"
            else stored_files(project / MEDIA_FOLDERS[experiment.media_root])
        ),
        refused=refused,
    )


def _first(actions: Iterable[Action], project: Path, normaliser: Normaliser) -> Iterator[CommandStep]:
    """What a variation does before the server starts."""
    for action in actions:
        if isinstance(action, Run):
            argv, folder = list(action.argv), action.folder
            done = own_process.call(
                "lab.probe.django_setup:run_command", project=str(project), argv=argv, folder=folder
            )
            yield command_step(done, normaliser)
        else:
            _touch(action, project)


def _touch(action: Action, project: Path) -> None:
    if isinstance(action, Write):
        (project / action.path).parent.mkdir(parents=True, exist_ok=True)
        (project / action.path).write_text(action.text, encoding="utf-8")
    elif isinstance(action, Delete):
        (project / action.path).unlink()


def write_project(files: Mapping[str, str], folder: Path) -> None:
    """Write the project's files, all with the same modification time."""
    made: set[str] = set()
    for path, text in files.items():
        target = f"{folder}/{path}"
        parent = target.rpartition("/")[0]
        if parent not in made:
            os.makedirs(parent, exist_ok=True)  # noqa: PTH103 - strings are quicker, and this runs in each experiment
            made.add(parent)
        with open(target, "wb") as file:  # noqa: PTH123
            file.write(text.encode())
        os.utime(target, (WRITTEN, WRITTEN))


class Visit:
    """The requests of one experiment, in the order of design.md."""

    def __init__(
        self, experiment: Experiment, server: Server, normaliser: Normaliser, files: Mapping[str, str]
    ) -> None:
        self._experiment = experiment
        self._server = server
        self._normaliser = normaliser
        self._sources = {text.partition("\n")[0]: path for path, text in files.items() if path.endswith(".css")}

    def pages(self, admin_css: str | None) -> Iterator[RequestStep]:
        """The page, the stylesheet that it names, and the admin's stylesheet."""
        step, answer = self._get("page", "/")
        yield step
        if answer.status == 302:  # the login gate; its page has the same base template
            answer = self._exchange("GET", "/login/")
        named = _STYLESHEET.search(answer.body.decode("utf-8", "replace")) if answer.status == 200 else None
        if named is not None:
            yield self._file("css", html.unescape(named[1]))
        if admin_css is not None:
            yield self._file("admin-css", admin_css)

    def further(self, actions: Iterable[Action], project: Path) -> Iterator[RequestStep]:
        """What a variation does while the server runs."""
        for action in actions:
            if isinstance(action, Ask):
                yield self._request(action.label, action.method, action.path, headers=action.headers)[0]
            elif isinstance(action, Send):
                step, answer = self._send(action.label, action.upload, action.size, action.origin)
                yield step
                if action.fetch and step.status == 302:
                    yield self._file(f"{action.label}-stored", answer.headers["location"])
            else:
                _touch(action, project)

    def upload(self) -> Iterator[RequestStep]:
        """The upload, and the stored file."""
        if self._experiment.upload == "none":
            return
        step, answer = self._send("upload", self._experiment.upload)
        yield step
        if step.status == 302 and step.answered_by != "login-gate":
            yield self._file("media", answer.headers["location"])

    def _send(self, label: str, upload: str, size: int = 0, origin: str = "") -> tuple[RequestStep, Answer]:
        form = self._exchange("GET", "/upload/")
        token = _TOKEN.search(form.body.decode("utf-8", "replace"))
        cookie = _TOKEN_COOKIE.search(form.headers.get("set-cookie", ""))
        body = form_body(UPLOADABLE[upload], token[1] if token else "", size)
        headers = [("Origin", origin)] if origin else []
        return self._request(label, "POST", "/upload/", cookie=cookie[1] if cookie else "", body=body, headers=headers)

    def _file(self, label: str, url: str) -> RequestStep:
        if urlsplit(url).netloc:
            return not_sent(label, "GET", url)
        return self._get(label, url)[0]

    def _get(self, label: str, url: str) -> tuple[RequestStep, Answer]:
        return self._request(label, "GET", url)

    def _exchange(self, method: str, target: str) -> Answer:
        """A request that is no step of its own."""
        answer = parse_answer(self._server.exchange(request_bytes(method, target)))
        self._server.trace(target)
        return answer

    def _request(
        self,
        label: str,
        method: str,
        url: str,
        *,
        cookie: str = "",
        body: bytes = b"",
        headers: Iterable[tuple[str, str]] = (),
    ) -> tuple[RequestStep, Answer]:
        request = request_bytes(
            method, url, cookie=cookie, content_type=CONTENT_TYPE if body else "", body=body, headers=headers
        )
        began = time.perf_counter()
        answer = parse_answer(self._server.exchange(request))
        took = milliseconds_since(began)
        trace = self._server.trace(url)
        step = request_step(
            label,
            method,
            url,
            answer,
            normaliser=self._normaliser,
            trace=trace,
            by="nginx" if self._server.served_by_itself() else answered_by(trace[0]),
            ms=took,
            source=self._source(answer.body) if label == "css" and answer.status == 200 else None,
        )
        return step, answer

    def _source(self, content: bytes) -> str | None:
        """The file among the project's whose first line the content has."""
        return self._sources.get(content.partition(b"\n")[0].decode("utf-8", "replace"))


def prepare_folders(project: Path, own: Path) -> None:
    """The project's folder, and one for what is the lab's own, also for this process's temporary files."""
    project.mkdir(parents=True)
    (own / "tmp").mkdir(parents=True)
    tempfile.tempdir = str(own / "tmp")
    os.environ["TMPDIR"] = os.environ["HOME"] = str(own / "tmp")


def command_step(data: Mapping[str, Any], normaliser: Normaliser) -> CommandStep:
    """A command step of what lab.probe.django_setup.run_command returned."""
    return CommandStep(
        argv=tuple(data["argv"]),
        exit=data["exit"],
        stdout=normaliser.printed(data["stdout"]),
        stderr=normaliser.printed(data["stderr"]),
        ms=data["ms"],
        error=_fault(data["error"], normaliser),
    )


def _fault(data: Mapping[str, str] | None, normaliser: Normaliser) -> Fault | None:
    return None if data is None else Fault(data["type"], normaliser.text(data["message"]))


def not_installed(missing: str) -> Fault | None:
    """Return the fault that ends an experiment before its requests because the machine lacks something."""
    return Fault(NOT_INSTALLED, f"{missing} is not installed here, so no request was made.") if missing else None


def did_not_start(printed: str) -> Fault:
    """The exception that a server printed last, or what it printed when there is none."""
    for line in reversed(printed.splitlines()):
        name, colon, message = line.partition(": ")
        if colon and re.fullmatch(r"[\w.]*(Error|Exception|ImproperlyConfigured)", name):
            return Fault(name.rpartition(".")[2], message)
    return Fault("ServerDidNotStart", printed)


def _beside_the_code(project: Path) -> set[str]:
    """The files directly in the project's folder: where uploads land when MEDIA_ROOT is not set."""
    return {entry.name for entry in os.scandir(project) if entry.is_file()}


def stored_files(root: Path) -> list[StoredFile]:
    """The files below `root`, sorted by path; none when it is not there."""
    found = [
        os.path.join(folder, name)  # noqa: PTH118 - strings: there are hundreds of files, and pathlib takes its time
        for folder, _, names in os.walk(root)
        for name in names
    ]
    # `collectstatic --link` leaves links that lead nowhere when a source goes.
    found = [path for path in found if os.path.exists(path)]  # noqa: PTH110
    return [_stored_file(path, path[len(str(root)) + 1 :]) for path in sorted(found)]


def _stored_file(path: str, name: str) -> StoredFile:
    with open(path, "rb") as file:  # noqa: PTH123
        content = file.read()
    hashed = manifest(content) if name == "staticfiles.json" else content
    return StoredFile(name.replace(os.sep, "/"), len(content), hashlib.sha256(hashed).hexdigest())
