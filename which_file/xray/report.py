"""The x-ray itself: asks for the page, then for every file that it names, and puts the rows together."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass, field, replace
from typing import Any
from urllib.parse import urljoin, urlsplit

from . import page, verdict
from .ask import ENCODINGS, Answer, ask

MOST_FILES = 80
MOST_HOSTS = 12
SECONDS = 30
AT_ONCE = 6
MOST_REDIRECTS = 4
REDIRECTS = (301, 302, 303, 307, 308)


# As a browser asks: a server may choose the format of a picture by it.
ACCEPTS = {
    "stylesheet": "text/css,*/*;q=0.1",
    "image": "image/avif,image/webp,image/apng,image/svg+xml,image/*,*/*;q=0.8",
    "icon": "image/avif,image/webp,image/apng,image/svg+xml,image/*,*/*;q=0.8",
    "frame": "text/html,*/*;q=0.8",
}


@dataclass(frozen=True)
class Origin:
    """Where the project has a file: its logical name, the source that won and its finder, and what lost."""

    name: str
    source: str
    finder: str = ""
    losers: tuple[str, ...] = ()


@dataclass(frozen=True)
class Row:
    """One file that the page names. `wire` are the bytes that came, `raw` those of the file; -1 is unknown."""

    url: str
    kind: str
    named_by: str
    status: int
    type: str
    wire: int
    raw: int
    encoding: str
    hashed: bool
    cache_control: str
    next_visit: str
    next_words: str
    cors: str
    nosniff: bool
    answered_by: str
    evidence: str
    ms: int
    problems: tuple[str, ...] = ()
    symptoms: tuple[str, ...] = ()  # of each problem, the slug of the page with its cure, or ""
    remarks: tuple[str, ...] = ()
    origin: Origin | None = None
    asked: bool = True
    when: str = ""

    @property
    def path(self) -> str:
        return urlsplit(self.url).path

    @property
    def cures(self) -> tuple[tuple[str, str], ...]:
        """Each problem with the slug of the page that fixes it."""
        return tuple(zip(self.problems, self.symptoms))


@dataclass(frozen=True)
class Report:
    """`url` is the page that answered in the end; `rows` begin with those that have problems."""

    url: str
    status: int
    answered_by: str
    wire: int
    rows: tuple[Row, ...]
    hosts: tuple[str, ...]
    left_out: int = 0
    error: str = ""
    encodings: str = ENCODINGS
    redirects: tuple[str, ...] = field(default=())

    @property
    def bad(self) -> tuple[Row, ...]:
        return tuple(row for row in self.rows if row.problems)

    @property
    def verdict(self) -> str:
        if self.error:
            return self.error
        count = f"{len(self.rows)} file{'s' if len(self.rows) != 1 else ''}"
        wrong = len(self.bad)
        return f"{count}, " + ("no problem" if not wrong else f"{wrong} problem{'s' if wrong > 1 else ''}")

    def as_dict(self) -> dict[str, Any]:
        values = asdict(self)
        values["verdict"] = self.verdict
        return values


def xray(
    url: str,
    *,
    may_ask: Callable[[str], bool] = lambda _url: True,
    explain: Callable[[str], Origin | None] = lambda _url: None,
    connect: tuple[str, int] | None = None,
    seconds: float = SECONDS,
) -> Report:
    """Ask for a page and its files, each once. `may_ask` says which addresses; `explain` knows the project."""
    until = time.monotonic() + seconds
    answer, redirects = _page(url, may_ask, connect, until)
    if not answer.status:
        return Report(url, 0, "nobody", 0, (), (), error=f"Nothing answers at {url}: {answer.error}")
    type_ = answer.headers.get("content-type", "")
    who = verdict.who(answer)
    if "html" not in type_:
        named = page.Named(answer.url, "page", "you")
        row = _row(named, answer, answer.url, explain)
        return Report(answer.url, answer.status, who.name, answer.wire, (row,), (urlsplit(answer.url).netloc,))
    base = answer.url
    read = page.read(answer.body.decode("utf-8", "replace"), base)
    queue = list(read.named)
    rows: dict[str, Row] = {}
    hosts = [urlsplit(base).netloc]
    redirected: dict[str, int] = {}
    with ThreadPoolExecutor(AT_ONCE) as pool:
        while queue and len(rows) < MOST_FILES and time.monotonic() < until:
            batch: list[page.Named] = []
            for one in queue:
                host = urlsplit(one.url).netloc
                if one.url in rows or any(one.url == other.url for other in batch):
                    continue
                if host not in hosts and len(hosts) < MOST_HOSTS:
                    hosts.append(host)
                if host in hosts and len(rows) + len(batch) < MOST_FILES:
                    batch.append(one)
            left = max(0.5, until - time.monotonic())
            waits = [pool.submit(_asked, one, may_ask, connect, base, left) for one in batch]
            answers = [wait.result() for wait in waits]
            queue = []
            for one, got in zip(batch, answers):
                rows[one.url] = _row(one, got, base, explain)
                queue += _named_by(one, got, rows[one.url].path, read.import_map, redirected)
            queue = page.once(queue)
    ordered = sorted(rows.values(), key=lambda row: not row.problems)
    left_out = len({one.url for one in queue} - set(rows))
    return Report(
        base, answer.status, who.name, answer.wire, tuple(ordered), tuple(hosts), left_out, redirects=tuple(redirects)
    )


def _named_by(
    one: page.Named, answer: Answer, path: str, import_map: Mapping[str, str], redirected: dict[str, int]
) -> list[page.Named]:
    """What an answer makes a browser ask for next: what it redirects to, names or imports."""
    where = answer.headers.get("location", "")
    if answer.status in REDIRECTS and where and redirected.get(one.url, 0) < MOST_REDIRECTS:
        url = page.absolute(one.url, where)
        redirected[url] = redirected.get(one.url, 0) + 1
        return [replace(one, url=url, by=f"the redirect of {path}")] if url else []
    if answer.status != 200:
        return []
    text = answer.body.decode("utf-8", "replace")
    if one.kind == "stylesheet":
        return list(page.of_css(text, one.url, path))
    if one.kind == "frame" and "html" in answer.headers.get("content-type", ""):
        return [replace(named, by=path) for named in page.read(text, one.url).named]
    if one.module:
        return list(page.of_module(text, one.url, path, import_map))
    return []


def _page(
    url: str, may_ask: Callable[[str], bool], connect: tuple[str, int] | None, until: float
) -> tuple[Answer, list[str]]:
    """The page, after at most a few redirects; a redirect to where nothing may be asked is the answer itself."""
    redirects: list[str] = []
    while True:
        answer = ask(url, accept="text/html,*/*;q=0.8", seconds=max(0.5, until - time.monotonic()), connect=connect)
        where = urljoin(url, answer.headers.get("location", ""))
        if answer.status not in REDIRECTS or len(redirects) >= MOST_REDIRECTS or not may_ask(where):
            return answer, redirects
        redirects.append(f"{answer.status} {url}")
        url = where


def _asked(
    one: page.Named, may_ask: Callable[[str], bool], connect: tuple[str, int] | None, base: str, seconds: float
) -> Answer:
    if not may_ask(one.url):
        return Answer(one.url, -1, {})
    same = urlsplit(one.url).netloc == urlsplit(base).netloc
    accept = ACCEPTS.get(one.kind, "*/*")
    return ask(one.url, accept=accept, seconds=min(10.0, seconds), connect=connect if same else None)


def _row(one: page.Named, answer: Answer, base: str, explain: Callable[[str], Origin | None]) -> Row:
    asked = answer.status >= 0
    who = verdict.who(answer) if asked else verdict.Who("not asked", "another host")
    kind, words = verdict.next_visit(answer) if asked else ("", "")
    headers = answer.headers
    problems = verdict.problems(one, answer, base) if asked else []
    return Row(
        one.url,
        one.kind,
        one.by,
        max(answer.status, 0),
        headers.get("content-type", ""),
        answer.wire,
        answer.raw,
        headers.get("content-encoding", ""),
        verdict.is_hashed(one.url),
        headers.get("cache-control", ""),
        kind,
        words,
        headers.get("access-control-allow-origin", ""),
        "nosniff" in headers.get("x-content-type-options", ""),
        who.name,
        who.evidence,
        answer.ms,
        tuple(problem.text for problem in problems),
        tuple(problem.symptom for problem in problems),
        tuple(verdict.remarks(answer)) if asked else (),
        explain(one.url),
        asked,
        one.when,
    )
