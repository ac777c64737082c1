"""The search: pasted errors, settings' names and questions in, pages of this site out, best first.

The index is made once per process, in memory. A full-text table for each kind of page ranks by the words (BM25); on
top of that a known message that stands in the paste word for word lifts its page, and so does a setting's own name.
"""

import functools
import math
import re
import sqlite3
import threading
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from django.urls import reverse

from guide import asked, paste
from guide.chapters import CHAPTERS
from guide.setting_list import SETTINGS
from guide.symptoms import SYMPTOMS
from lab.evidence.catalogue import CATALOGUE

MOST_RESULTS = 20
MOST_WORDS = 120  # of a long paste, the rarest ones


@dataclass(frozen=True, slots=True)
class Result:
    """`id` is a symptom's number, a setting's name, or the slug of a chapter or an experiment."""

    kind: str
    id: int | str
    title: str
    url: str
    summary: str = ""

    def to_dict(self) -> dict[str, int | str]:
        return {"kind": self.kind, "id": self.id, "title": self.title, "url": self.url}


@dataclass(frozen=True, slots=True)
class Entry:
    """A page and the texts by which it is found; `messages` are compared word for word, `names` are other names."""

    result: Result
    title: str
    messages: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    summary: str = ""
    names: tuple[str, ...] = ()


# How much a page of a kind counts against one of another that fits as well: somebody who pastes a sentence has trouble.
KINDS = {"symptom": 1.0, "setting": 0.6, "chapter": 0.55, "experiment": 0.12}
COLUMNS = {"title": 3.0, "messages": 1.0, "words": 2.0, "summary": 1.0}
REST = 0.25  # what the words of a traceback's frames count
MESSAGE = 22.0  # what a known message counts that stands in the paste whole
SIGHT = 4.0  # what counts that can be seen in a paste, times how rare it is
NAME = 60.0  # what a setting counts whose name is all that was asked


def search(text: str) -> list[Result]:
    """The pages that fit, best first; an empty list where none does. Never raises, whatever the text."""
    return _index().search(text)


@dataclass
class Index:
    """Everything that can be found. One connection, used by one thread at a time."""

    entries: Sequence[Entry]
    _connection: sqlite3.Connection = field(init=False)
    _lock: threading.Lock = field(init=False, default_factory=threading.Lock)
    _known: Counter[str] = field(init=False, default_factory=Counter)
    _messages: list[tuple[int, frozenset[tuple[str, ...]]]] = field(init=False, default_factory=list)
    _weights: dict[tuple[str, ...], float] = field(init=False, default_factory=dict)
    _sights: dict[str, list[int]] = field(init=False, default_factory=dict)
    _rarest: float = field(init=False, default=1.0)
    _names: list[tuple[int, frozenset[str]]] = field(init=False, default_factory=list)

    def __post_init__(self) -> None:
        self._connection = sqlite3.connect(":memory:", check_same_thread=False)
        columns = ", ".join(COLUMNS)
        for kind in KINDS:
            self._connection.execute(f"CREATE VIRTUAL TABLE {kind} USING fts5({columns}, tokenize = {_TOKENS})")
        for number, entry in enumerate(self.entries):
            texts = (entry.title, "\n".join(entry.messages), "\n".join(entry.words), entry.summary)
            columns_words = [[word for part in text.split("\n") for word in _all_words(part)] for text in texts]
            self._known.update({word for words in columns_words for word in words})
            self._connection.execute(
                f"INSERT INTO {entry.result.kind} (rowid, {columns}) VALUES (?, ?, ?, ?, ?)",  # noqa: S608 - our own names
                (number, *(" ".join(words) for words in columns_words)),
            )
            for message in (*entry.messages, *((entry.title,) if entry.result.kind == "symptom" else ())):
                if grams := _grams(paste.read(message).run):
                    self._messages.append((number, grams))
            for sight in {sight for text in (*entry.messages, *entry.words) for sight in paste.read(text).sights}:
                self._sights.setdefault(sight, []).append(number)
            for name in entry.names:
                self._names.append((number, frozenset(_name_words(name))))
        seen = Counter(gram for grams in _by_entry(self._messages).values() for gram in grams)
        total = len(_by_entry(self._messages))
        self._weights = {gram: math.log(1 + total / count) for gram, count in seen.items()}
        self._rarest = math.log(1 + total)

    def search(self, text: str) -> list[Result]:
        read = paste.read(text)
        scores: defaultdict[int, float] = defaultdict(float)
        for number, score in self._by_words(read.telling):
            scores[number] += score
        for number, score in self._by_words(read.rest):
            scores[number] += REST * score
        for number, score in self._by_message(read.run):
            scores[number] += score
        for number, score in self._by_sight(read.sights):
            scores[number] += score
        for number, score in self._by_name(text):
            scores[number] += score
        best = sorted(scores, key=lambda number: (-scores[number], number))
        return [self.entries[number].result for number in best[:MOST_RESULTS]]

    def _by_words(self, words: Iterable[str]) -> Iterable[tuple[int, float]]:
        known = sorted({word for word in words if word in self._known}, key=lambda word: (self._known[word], word))
        if not known:
            return
        query = " OR ".join(f'"{word}"' for word in known[:MOST_WORDS])  # words of our own making: no syntax in them
        weights = ", ".join(str(weight) for weight in COLUMNS.values())
        for kind, counts in KINDS.items():
            with self._lock:
                rows = self._connection.execute(
                    f"SELECT rowid, -bm25({kind}, {weights}) FROM {kind} WHERE {kind} MATCH ?",  # noqa: S608
                    (query,),
                ).fetchall()
            for number, score in rows:
                yield number, counts * score

    def _by_message(self, run: tuple[str, ...]) -> Iterable[tuple[int, float]]:
        """For each page the known message of which the largest part stands in the paste."""
        pasted = _grams(run)
        best: dict[int, float] = {}
        for number, grams in self._messages:
            common = grams & pasted
            if common:
                found = self._weight(common)
                # Half a message is little: sentences share turns of phrase. A short one is little, too.
                # The paste may be a part of the message as well as the other way round.
                parts = (found / self._weight(grams)) ** 2 + (found / self._weight(pasted)) ** 2
                score = parts * (1 - math.exp(-found / 15))
                best[number] = max(best.get(number, 0.0), score)
        for number, score in best.items():
            yield number, MESSAGE * KINDS[self.entries[number].result.kind] * score

    def _by_sight(self, sights: Iterable[str]) -> Iterable[tuple[int, float]]:
        """What can be seen in the paste tells the more, the fewer pages show it."""
        for sight in sights:
            pages = self._sights.get(sight, [])
            for number in pages:
                yield number, SIGHT * KINDS[self.entries[number].result.kind] * math.log(1 + 12 / len(pages))

    def _weight(self, grams: Iterable[tuple[str, ...]]) -> float:
        """Runs of words that few pages have weigh more; one that none has weighs as much as one that one has."""
        return sum(self._weights.get(gram, self._rarest) for gram in grams)

    def _by_name(self, text: str) -> Iterable[tuple[int, float]]:
        """Settings (and chapters) of which the name, and nothing more, was asked for."""
        asked_for = frozenset(_name_words(_ASKING.sub(" ", text[:200])))
        as_written = frozenset(_name_words(text[:200]))
        for number, name in self._names:
            if name in (asked_for, as_written):
                yield number, NAME
            elif len(asked_for) > 1 and asked_for < name and len(asked_for) >= len(name) - 1:
                yield number, NAME / 4


_TOKENS = "\"unicode61 tokenchars '_'\""
_ASKING = re.compile(
    r"\b(?:what (?:is|are|does|should)|how (?:does|do|can|should|to)|use[ds]?|set|change|configure|explain(?:ed)?|"
    r"django(?:'s)?|settings?(?:\.py)?|I|the|a|my|in|for|be|do|option|default|value|of|order|works?|means?|documentation|"
    r"docs?)\b|[?.!\"'\[\]]|settings\.",
    re.I,
)


def _all_words(text: str) -> Iterable[str]:
    read = paste.read(text)
    return (*read.telling, *read.rest)


def _name_words(name: str) -> Iterable[str]:
    return (word for word in re.split(r"[^a-z0-9]+", name.lower()) if word)


def _grams(run: tuple[str, ...]) -> frozenset[tuple[str, ...]]:
    """Runs of three words; of two or one where there are no more."""
    length = min(3, len(run))
    return frozenset(run[start : start + length] for start in range(len(run) - length + 1)) if length else frozenset()


def _by_entry(messages: Iterable[tuple[int, frozenset[tuple[str, ...]]]]) -> dict[int, set[tuple[str, ...]]]:
    by_entry: dict[int, set[tuple[str, ...]]] = {}
    for number, grams in messages:
        by_entry.setdefault(number, set()).update(grams)
    return by_entry


@functools.cache
def _index() -> Index:
    return Index((*_symptoms(), *_settings(), *_chapters(), *_experiments()))


def _symptoms() -> Iterable[Entry]:
    for symptom in SYMPTOMS:
        yield Entry(
            Result(
                "symptom", symptom.number, symptom.title, reverse("guide:symptom", args=[symptom.slug]), symptom.summary
            ),
            symptom.title,
            symptom.messages,
            (*symptom.words, *asked.PHRASES.get(symptom.number, ())),
            symptom.summary,
        )


def _settings() -> Iterable[Entry]:
    for setting in SETTINGS:
        url = reverse("guide:setting", args=[setting.name])
        summary = setting.purpose.replace("`", "")
        yield Entry(
            Result("setting", setting.name, setting.title, url, summary),
            f"{setting.name} {setting.title}",
            words=(setting.group, *setting.also),
            summary=summary,
            names=(setting.name, setting.title, *setting.also),
        )


def _chapters() -> Iterable[Entry]:
    for chapter in CHAPTERS:
        url = reverse("guide:chapter", args=[chapter.slug])
        yield Entry(
            Result("chapter", chapter.slug, chapter.title, url, chapter.question),
            chapter.title,
            summary=chapter.question,
            names=(chapter.title, chapter.slug),
        )


def _experiments() -> Iterable[Entry]:
    for entry in CATALOGUE:
        address = reverse("lab:playground")
        url = f"{address}?{entry.experiment.query}" if entry.experiment.query else address
        yield Entry(Result("experiment", entry.name, entry.title, url), entry.title)
