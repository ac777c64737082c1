"""The requests of a plan, made to a running server, with what earlier answers and caches say."""

import hashlib
import time
from collections.abc import Mapping
from typing import Any
from urllib.parse import quote, urlencode, urljoin, urlsplit

from lab.checker.http_cache import HttpCache
from lab.checker.page_parser import KINDS, Form, Page, import_map, named
from lab.checker.picture_facts import picture_facts
from lab.checker.plan import Request
from lab.observation import RequestStep
from lab.observation.normalise import Normaliser, is_text
from lab.probe.django_setup import milliseconds_since
from lab.probe.http_message import HOST, Answer, parse_answer, request_bytes
from lab.probe.request_step import not_sent, request_step
from lab.probe.servers import Server, Trace
from lab.probe.trace import answered_by
from lab.uploads.multipart import CONTENT_TYPE, Upload, multipart
from lab.uploads.samples import content_type, sample

ORIGIN = f"http://{HOST}"
BODY_CHARACTERS = 200_000
NOWHERE: Trace = ((), None)


class NoSuchThing(Exception):
    """What an address or a form needs of an earlier answer is not in it. The message says what."""


class Visits:
    """Makes requests. `state` is {"answers": label -> answer, "caches": name -> entries, "waited": seconds}; it is
    changed, and stays fit for JSON."""

    def __init__(self, server: Server, normaliser: Normaliser, state: dict[str, Any]) -> None:
        self._server = server
        self._normaliser = normaliser
        self._state = state
        self._trace: Trace = NOWHERE
        self._itself = False

    def make(self, request: Request) -> tuple[RequestStep, dict[str, Any]]:
        """The step, and the facts about it."""
        try:
            address, headers, body = self._prepared(request)
        except NoSuchThing as missing:
            return self._not_made(request, request.address or request.form, str(missing))
        target = _target(address)
        if target is None:
            return self._not_made(request, address, "It is on another host, which is not asked.")
        began = time.perf_counter()
        self._trace, self._itself = NOWHERE, False
        status, answer_headers, answer_body, came_from = self._through(
            list(request.caches), request, target, headers, body
        )
        took = milliseconds_since(began)
        self._state["answers"][request.label] = {
            "address": urljoin(ORIGIN, target),
            "status": status,
            "headers": dict(answer_headers),
            "body": answer_body.hex(),
        }
        step = request_step(
            request.label,
            request.method,
            target,
            Answer(status, answer_headers, answer_body),
            normaliser=self._normaliser,
            trace=self._trace,
            by=self._who(status),
            ms=took,
        )
        return step, self._facts(step, answer_headers, answer_body, came_from)

    # What is sent

    def _prepared(self, request: Request) -> tuple[str, list[tuple[str, str]], bytes]:
        """(address, headers, body)."""
        if not request.form:
            return self._filled(request.address), list(request.headers), b""
        answer = self._answer(request.form)
        forms = Page(_text(answer)).forms
        if not forms:
            raise NoSuchThing(f"The answer {request.form!r} has no form.")
        form = next((form for form in forms if form.method == "POST"), forms[0])
        address = urljoin(answer["address"], form.action)
        fields = {**form.fields, **request.fields}
        headers = [*request.headers, *_cookies(answer)]
        if form.method != "POST":
            query = urlencode({**fields, **{field: _file_name(name) for field, name in request.files.items()}})
            return address.partition("?")[0] + "?" + query, headers, b""
        kind, body = _encoded(form, fields, request)
        return address, [*headers, ("Content-Type", kind)], body

    def _filled(self, address: str) -> str:
        """The address with each {label.kind.number} replaced."""
        while "{" in address:
            before, _, rest = address.partition("{")
            inside, closed, after = rest.partition("}")
            parts = inside.split(".")
            if not closed or len(parts) not in (2, 3) or parts[1] not in KINDS:
                raise NoSuchThing(f"{{{inside}}} is none of label.{', label.'.join(KINDS)}")
            label, kind = parts[0], parts[1]
            number = int(parts[2]) if len(parts) == 3 else 1
            answer = self._answer(label)
            location, imports = answer["headers"].get("location", ""), self._imports() if kind == "import" else None
            found = named(kind, _text(answer), answer["address"], location, imports)
            if len(found) < number:
                raise NoSuchThing(f"The answer {label!r} (status {answer['status']}) names no {kind} number {number}.")
            address = before + found[number - 1] + after
        return address

    def _imports(self) -> dict[str, str]:
        """The import map of the page that was asked for last."""
        pages = [
            answer
            for answer in self._state["answers"].values()
            if answer["status"] == 200 and answer["headers"].get("content-type", "").startswith("text/html")
        ]
        return import_map(_text(pages[-1]), pages[-1]["address"]) if pages else {}

    def _answer(self, label: str) -> dict[str, Any]:
        try:
            return self._state["answers"][label]  # type: ignore[no-any-return]
        except KeyError:
            raise NoSuchThing(f"There is no answer {label!r}.") from None

    # The way there and back

    def _through(
        self, caches: list[str], request: Request, target: str, headers: list[tuple[str, str]], body: bytes
    ) -> tuple[int, Mapping[str, str], bytes, str]:
        """(status, headers, body, "network" or the cache's name)."""
        if not caches or request.method != "GET":
            sent = request_bytes(request.method, target, body=body, headers=headers)
            answer = parse_answer(self._server.exchange(sent), request.method)
            self._trace = self._server.trace(target)
            self._itself = self._server.served_by_itself()
            return answer.status, answer.headers, answer.body, "network"
        name, *further = caches
        cache = HttpCache(name == "cdn", self._state["caches"].get(name))
        origin = "network"

        def ask(conditions: Mapping[str, str]) -> tuple[int, Mapping[str, str], bytes]:
            nonlocal origin
            further_headers = [*headers, *conditions.items()]
            status, answered, content, origin = self._through(further, request, target, further_headers, body)
            return status, answered, content

        status, answer_headers, answer_body, here = cache.get(target, time.time() + self._state["waited"], ask)
        self._state["caches"][name] = cache.to_dict()
        return status, answer_headers, answer_body, name if here else origin

    # What came back

    def _who(self, status: int) -> str:
        if self._itself:
            return "nginx"
        who = answered_by(self._trace[0])
        return "view" if who == "none" and status != 404 else who  # somebody's own view, which no list can name

    def _facts(self, step: RequestStep, headers: Mapping[str, str], body: bytes, came_from: str) -> dict[str, Any]:
        kind = headers.get("content-type", "")
        return {
            "status": step.status,
            "url": step.url,
            "body": body.decode("utf-8", "replace")[:BODY_CHARACTERS] if is_text(kind) else None,
            "bytes": len(body),
            "sha256": hashlib.sha256(body).hexdigest(),
            "answered_by": step.answered_by if came_from == "network" else None,
            "error": step.error.type if step.error else None,
            "from": came_from,
            **({} if is_text(kind) else picture_facts(body)),
            **{f"header.{name}": value for name, value in headers.items()},
        }

    def _not_made(self, request: Request, address: str, why: str) -> tuple[RequestStep, dict[str, Any]]:
        self._state["answers"].pop(request.label, None)
        step = not_sent(request.label, request.method, address, why)
        return step, {"url": address, "why": why}


def _target(address: str) -> str | None:
    """Path and query of an address on the server, fit for a request line; None on another host."""
    parts = urlsplit(urljoin(ORIGIN, address))
    if f"{parts.scheme}://{parts.netloc}" != ORIGIN:
        return None
    target = parts.path + (f"?{parts.query}" if parts.query else "")
    return quote(target or "/", safe="/%?&=:@!$'()*+,;~-._[]")


def _text(answer: Mapping[str, Any]) -> str:
    return bytes.fromhex(answer["body"]).decode("utf-8", "replace")


def _cookies(answer: Mapping[str, Any]) -> list[tuple[str, str]]:
    """The Cookie header that a browser would send after that answer. Set-Cookie headers were joined by commas, and a
    date in one of them has a comma as well."""
    found = []
    for part in answer["headers"].get("set-cookie", "").split(","):
        name, equals, value = part.partition(";")[0].partition("=")
        if equals and name.strip().replace("-", "").replace("_", "").isalnum():
            found.append(f"{name.strip()}={value}")
    return [("Cookie", "; ".join(found))] if found else []


def _file_name(name: str) -> str:
    return name.rpartition("/")[2]


def _encoded(form: Form, fields: Mapping[str, str], request: Request) -> tuple[str, bytes]:
    """(content type, body). Without multipart/form-data a browser sends a file's name and not the file."""
    if form.enctype != "multipart/form-data":
        names = {field: _file_name(name) for field, name in request.files.items()}
        return "application/x-www-form-urlencoded", urlencode({**fields, **names}).encode()
    files = {field: Upload(_file_name(name), content_type(name), sample(name)) for field, name in request.files.items()}
    return CONTENT_TYPE, multipart(fields, files, request.size)
