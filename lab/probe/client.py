"""The client that makes a plan's requests to a running server, with what earlier answers and caches say."""

import contextlib
import re
import time
from collections.abc import Mapping
from urllib.parse import quote, urlencode, urljoin, urlsplit

from lab.experiment.plan import Entry, Request
from lab.observation import RequestStep
from lab.observation.normalise import Normaliser
from lab.probe.django_setup import milliseconds_since
from lab.probe.http_cache import HttpCache
from lab.probe.http_message import HOST, Answer, parse_answer, request_bytes
from lab.probe.journal import Answered, Journal
from lab.probe.page_parser import KINDS, Form, Page, import_map, named
from lab.probe.request_step import not_answered, not_sent, request_step
from lab.probe.server import NotAnswered, Server, Trace
from lab.probe.trace import answered_by
from lab.uploads.multipart import CONTENT_TYPE, multipart
from lab.uploads.samples import upload

ORIGIN = f"http://{HOST}"
REDIRECTS = (301, 302, 303, 307, 308)
NOWHERE: Trace = ((), None)

_STATIC = re.compile(r"\{static ([^}]+)\}")

Headers = list[tuple[str, str]]


class NoSuchThing(Exception):
    """An earlier answer lacks what an address or a form names. The message says what."""


def static_names(entries: tuple[Entry, ...]) -> tuple[str, ...]:
    """Return the names that addresses ask the static tag for."""
    addresses = (entry.address for entry in entries if isinstance(entry, Request))
    return tuple(name for address in addresses for name in _STATIC.findall(address))


class Client:
    """Makes requests and writes them into the journal.

    `static` maps each of `static_names` to its address, or to None where the static tag raised. `ours` says that the
    lab wrote the project, so that every view of it is known to the trace.
    """

    def __init__(
        self,
        server: Server,
        journal: Journal,
        normaliser: Normaliser,
        static: Mapping[str, str | None],
        *,
        ours: bool,
    ) -> None:
        self._server = server
        self._journal = journal
        self._normaliser = normaliser
        self._static = static
        self._ours = ours
        self._trace: Trace = NOWHERE
        self._alone = False

    def make(self, request: Request) -> None:
        """Make the request, unless its conditions say otherwise."""
        if not all(self._status(label) == status for label, status in request.when.items()):
            return
        try:
            address = self._address(request)
            target = _target(address)
            if target is None:
                self._journal.add(request.label, not_sent(request.label, request.method, address))
                return
            target, headers, body = self._prepared(request, target)
        except NoSuchThing as missing:
            if not request.optional:
                named_by = request.address or request.form
                self._journal.add(request.label, not_sent(request.label, request.method, named_by, str(missing)))
            return
        self._send(request, target, headers, body)

    def _send(self, request: Request, target: str, headers: Headers, body: bytes) -> None:
        began = time.perf_counter()
        self._trace, self._alone = NOWHERE, False
        try:
            answered = self._through(list(request.caches), request, target, headers, body)
        except NotAnswered as silence:
            self._server.trace(target)
            self._journal.add(request.label, not_answered(request.label, request.method, target, str(silence)))
            return
        took = milliseconds_since(began)
        self._journal.answers[request.label] = answered
        self._journal.add(request.label, self._step(request, target, answered, took))
        if request.follow and answered.status in REDIRECTS:
            self._follow(request.label, answered)

    def _step(self, request: Request, target: str, answered: Answered, took: float) -> RequestStep:
        return request_step(
            request.label,
            request.method,
            target,
            Answer(answered.status, answered.headers, answered.body),
            normaliser=self._normaliser,
            trace=self._trace,
            by=self._who(answered.status),
            ms=took,
        )

    def _who(self, status: int) -> str:
        if self._alone:
            return "nginx"
        who = answered_by(self._trace[0])
        if self._ours or who != "none" or status == 404:
            return who
        return "view"  # a view of somebody's own, which no list can name

    # What is sent

    def _address(self, request: Request) -> str:
        """Return the address that the request is made to. Raises NoSuchThing."""
        if not request.form:
            return self._filled(request.address)
        page, form = self._form(request)
        return urljoin(page.address, form.action)

    def _prepared(self, request: Request, target: str) -> tuple[str, Headers, bytes]:
        """Return (target, headers, body). Raises NoSuchThing."""
        if request.form:
            return self._submitted(request, target)
        if request.method != "POST":
            cookies = _cookies(self._answer(request.cookies)) if request.cookies else []
            return target, [*request.headers, *cookies], b""
        page = self._aside(target)
        form = _form(page) if page.status == 200 else None
        fields = {**(form.fields if form else {}), **request.fields}
        headers = [*request.headers, *_cookies(page), ("Content-Type", CONTENT_TYPE)]
        return target, headers, _multipart(fields, request)

    def _submitted(self, request: Request, target: str) -> tuple[str, Headers, bytes]:
        """Return (target, headers, body) as a browser would send the form. Raises NoSuchThing."""
        page, form = self._form(request)
        headers = [*request.headers, *_cookies(page)]
        fields = {**form.fields, **request.fields}
        # Without multipart/form-data a browser sends a file's name and not the file.
        encoded = urlencode({**fields, **{field: upload(name).name for field, name in request.files.items()}})
        if form.method != "POST":
            return f"{target.partition('?')[0]}?{encoded}", headers, b""
        if form.enctype != "multipart/form-data":
            return target, [*headers, ("Content-Type", "application/x-www-form-urlencoded")], encoded.encode()
        return target, [*headers, ("Content-Type", CONTENT_TYPE)], _multipart(fields, request)

    def _form(self, request: Request) -> tuple[Answered, Form]:
        """Return the page that has the form, and the form. Raises NoSuchThing."""
        page = self._answer(request.form)
        form = _form(page)
        if form is None:
            raise NoSuchThing(f"The answer {request.form!r} has no form.")
        return page, form

    def _filled(self, address: str) -> str:
        """Return the address with everything in braces replaced. Raises NoSuchThing."""
        address = _STATIC.sub(lambda found: self._of_static_tag(found[1]), address)
        while "{" in address:
            before, _, rest = address.partition("{")
            inside, closed, after = rest.partition("}")
            parts = inside.split(".")
            if not closed or len(parts) not in (2, 3) or parts[1] not in KINDS:
                raise NoSuchThing(f"{{{inside}}} is none of label.{', label.'.join(KINDS)}")
            label, kind = parts[0], parts[1]
            number = int(parts[2]) if len(parts) == 3 else 1
            address = before + self._named(label, kind, number) + after
        return address

    def _of_static_tag(self, name: str) -> str:
        address = self._static.get(name)
        if address is None:
            raise NoSuchThing(f"The static tag gives no address for {name!r}.")
        return address

    def _named(self, label: str, kind: str, number: int) -> str:
        answer = self._answer(label)
        location, imports = answer.headers.get("location", ""), self._imports() if kind == "import" else None
        found = named(kind, answer.text, answer.address, location, imports)
        if len(found) < number:
            which = kind if number == 1 else f"{kind} number {number}"
            raise NoSuchThing(f"The answer {label!r} (status {answer.status}) names no {which}.")
        return found[number - 1]

    def _imports(self) -> dict[str, str]:
        """Return the import map of the page that was asked for last."""
        pages = [
            answer
            for answer in self._journal.answers.values()
            if answer.status == 200 and answer.headers.get("content-type", "").startswith("text/html")
        ]
        return import_map(pages[-1].text, pages[-1].address) if pages else {}

    def _answer(self, label: str) -> Answered:
        """Return the answer with that label, or the page to which it led. Raises NoSuchThing."""
        try:
            return self._journal.followed.get(label) or self._journal.answers[label]
        except KeyError:
            raise NoSuchThing(f"There is no answer {label!r}.") from None

    def _status(self, label: str) -> int | None:
        try:
            return self._answer(label).status
        except NoSuchThing:
            return None

    # The path there and back

    def _through(self, caches: list[str], request: Request, target: str, headers: Headers, body: bytes) -> Answered:
        """Return the answer of the first cache that has it, or of the server."""
        address = urljoin(ORIGIN, target)
        if not caches or request.method != "GET":
            sent = request_bytes(request.method, target, body=body, headers=headers)
            answer = parse_answer(self._exchanged(request, sent), request.method)
            self._trace = self._server.trace(target)
            self._alone = self._server.answered_alone()
            return Answered(address, answer.status, answer.headers, answer.body)
        name, *further = caches
        cache = HttpCache(name == "cdn", self._journal.caches.setdefault(name, {}))
        origin = "network"

        def ask(conditions: Mapping[str, str]) -> tuple[int, Mapping[str, str], bytes]:
            nonlocal origin
            answered = self._through(further, request, target, [*headers, *conditions.items()], body)
            origin = answered.origin
            return answered.status, answered.headers, answered.body

        status, answer_headers, answer_body, here = cache.get(target, time.time() + self._journal.waited, ask)
        if here:  # a server that was asked behind a stale answer did not give it
            self._trace, self._alone = NOWHERE, False
        return Answered(address, status, answer_headers, answer_body, name if here else origin)

    def _exchanged(self, request: Request, sent: bytes) -> bytes:
        """Return the response. Of a slow request, the second half of the body waits. Raises NotAnswered."""
        if not request.slowly:
            return self._server.exchange(sent)
        return self._server.exchange(sent, lambda: self._pause(request))

    def _pause(self, request: Request) -> None:
        """Let the time of a slow request pass. What somebody else asks has to be answered in it."""
        until = time.monotonic() + request.slowly
        if request.meanwhile is not None:
            self._meanwhile(request.meanwhile, request.slowly)
        time.sleep(max(0.0, until - time.monotonic()))

    def _meanwhile(self, other: Request, seconds: float) -> None:
        target = other.address
        began = time.perf_counter()
        try:
            answer = parse_answer(self._server.exchange(request_bytes("GET", target), seconds=seconds))
        except NotAnswered:
            why = f"Somebody else was sending slowly, and in these {seconds:.1f} seconds no answer came."
            self._journal.add(other.label, not_answered(other.label, "GET", target, why))
            return
        self._trace = self._server.trace(target)
        self._alone = self._server.answered_alone()
        answered = Answered(urljoin(ORIGIN, target), answer.status, answer.headers, answer.body)
        self._journal.answers[other.label] = answered
        self._journal.add(other.label, self._step(other, target, answered, milliseconds_since(began)))

    def _aside(self, target: str) -> Answered:
        """Return the answer to a GET that is no step of the plan. Raises NoSuchThing."""
        try:
            answer = parse_answer(self._server.exchange(request_bytes("GET", target)))
        except NotAnswered as silence:
            raise NoSuchThing(f"{target} was not answered. {silence}") from None
        self._server.trace(target)
        return Answered(urljoin(ORIGIN, target), answer.status, answer.headers, answer.body)

    def _follow(self, label: str, answered: Answered) -> None:
        target = _target(urljoin(answered.address, answered.headers.get("location", "")))
        if target is not None:
            with contextlib.suppress(NoSuchThing):
                self._journal.followed[label] = self._aside(target)


def _target(address: str) -> str | None:
    """Return path and query of an address on the server, fit for a request line; None for another host.

    A path is sent as it is written: only a browser would resolve ".." in it.
    """
    if address.startswith("/") and not address.startswith("//"):
        target = address.partition("#")[0]
    else:
        parts = urlsplit(urljoin(ORIGIN, address))
        if f"{parts.scheme}://{parts.netloc}" != ORIGIN:
            return None
        target = parts.path + (f"?{parts.query}" if parts.query else "")
    return quote(target or "/", safe="/%?&=:@!$'()*+,;~-._[]")


def _form(page: Answered) -> Form | None:
    """Return the first form of a page that is sent by POST, or its first form."""
    forms = Page(page.text).forms
    return next((form for form in forms if form.method == "POST"), forms[0] if forms else None)


def _cookies(answer: Answered) -> Headers:
    """Return the Cookie header that a browser would send after that answer.

    Set-Cookie headers were joined by commas, and a date in one of them has a comma as well.
    """
    found = []
    for part in answer.headers.get("set-cookie", "").split(","):
        name, equals, value = part.partition(";")[0].partition("=")
        if equals and name.strip().replace("-", "").replace("_", "").isalnum():
            found.append(f"{name.strip()}={value}")
    return [("Cookie", "; ".join(found))] if found else []


def _multipart(fields: Mapping[str, str], request: Request) -> bytes:
    files = {field: upload(name) for field, name in request.files.items()}
    return multipart(fields, files, request.size)
