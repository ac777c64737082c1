"""A full-text index in memory: documents in, and for a question the documents that fit, best first.

A table for each kind of document ranks by the words (BM25, English stems). On top of that a known message that stands
in the question word for word lifts its document, and so do what can be seen in a paste and a name that was asked for.
"""

from __future__ import annotations

import math
import sqlite3
import threading
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Tuple

from .log import Log, Miss, last_miss
from .query import Query, clean, placed, read, read_all

MOST_RESULTS = 20

# How much a document of a kind counts against one of another that fits as well: a pasted sentence means trouble.
KINDS = {"symptom": 1.0, "setting": 0.6, "chapter": 0.55, "experiment": 0.12}
NAMED = {"setting", "chapter"}  # kinds that people ask for by name
COLUMNS = {"title": 2.0, "messages": 1.0, "phrases": 3.0, "summary": 1.0}
FULL = 20  # words; each word of a longer question counts less
MESSAGE = 22.0  # what a known message counts that stands in the question whole
SIGHT = 4.0  # what counts that can be seen in a question, times how rare it is
NAME = 100.0  # what a document of a named kind counts whose name is all that was asked
EXACT = 10.0  # what a name counts that was asked letter by letter: SECRET_KEY is not secret_key
PHRASE = 30.0  # what any other counts of which a phrase is all that was asked
NEIGHBOURS = 2  # lines before and after the recognised one that are shown with it
MISS = 26.0  # what a line of a server's log counts for the page that it leads to
ASKED = 0.5  # the part of it where the line leaves open which server answered
LEAST = 0.1  # the part of its score that a line of a long paste keeps, however unsure it is
EARLIER = 0.5  # the part of its score that a line keeps for each known line after it: the last error counts most

# How sure the best document is: the part of the question's words that it has, plus its score by SURE, plus FAMILIAR
# times how much more common the words are among the documents than elsewhere, all by KNOWN; or a known message by
# WHOLE. From 1 on the question is known. Chosen on tests/guide/search_tuned.py and the two halves of elsewhere.txt,
# measured on tests/guide/search_unseen.py.
SURE, FAMILIAR, KNOWN, WHOLE = 60.0, 1.2, 2.0, 14.0
RARE = 0.02  # how common a word counts that occurs nowhere

ELSEWHERE = "elsewhere"
_COLUMNS = {**dict.fromkeys(KINDS, ", ".join(COLUMNS)), ELSEWHERE: "message"}
_TOKENS = "\"porter unicode61 tokenchars '_'\""

Gram = Tuple[str, ...]  # a run of up to three words


@dataclass(frozen=True)
class Document:
    """`messages` are compared word for word; `phrases` are what people say or call it; `summary` is one sentence."""

    kind: str
    id: str
    title: str
    url: str
    messages: tuple[str, ...] = ()
    phrases: tuple[str, ...] = ()
    summary: str = ""

    def to_dict(self) -> dict[str, str]:
        return {"kind": self.kind, "id": self.id, "title": self.title, "url": self.url}


@dataclass(frozen=True)
class Recognised:
    """The line of a paste by which the best document was found, with its neighbours; `found` is the part of it that
    stands in the document's message, between `ahead` and `rest`."""

    before: tuple[str, ...]
    ahead: str
    found: str
    rest: str
    after: tuple[str, ...]

    @property
    def line(self) -> str:
        return f"{self.ahead}{self.found}{self.rest}"


@dataclass(frozen=True)
class Answer:
    """`known` says whether any document is about the question; if none is, `results` are the nearest ones.

    `recognised` is None where no line tells more than the others. `miss` is what a line of a log tells of the server.
    """

    known: bool
    results: tuple[Document, ...]
    recognised: Recognised | None = None
    miss: Miss | None = None


@dataclass
class Index:
    """Everything that can be found. One connection, used by one thread at a time.

    `elsewhere` are messages about other things: by their words the index tells what it knows nothing about.
    """

    documents: Sequence[Document]
    elsewhere: Sequence[str] = ()
    logs: Sequence[Log] = ()
    _connection: sqlite3.Connection = field(init=False)
    _lock: threading.Lock = field(init=False, default_factory=threading.Lock)
    _count: Counter[str] = field(init=False, default_factory=Counter)
    _messages: list[tuple[int, frozenset[Gram]]] = field(init=False, default_factory=list)
    _weights: dict[Gram, float] = field(init=False)
    _rarest: float = field(init=False)
    _slugs: dict[str, int] = field(init=False)  # of symptoms
    _sights: dict[str, set[int]] = field(init=False, default_factory=lambda: defaultdict(set))
    _names: dict[frozenset[str], set[int]] = field(init=False, default_factory=lambda: defaultdict(set))

    def __post_init__(self) -> None:
        self._connection = sqlite3.connect(":memory:", check_same_thread=False)
        for table, columns in _COLUMNS.items():
            self._connection.execute(f"CREATE VIRTUAL TABLE {table} USING fts5({columns}, tokenize={_TOKENS})")
        for number, document in enumerate(self.documents):
            self._add(number, document)
        for number, message in enumerate(self.elsewhere):
            self._insert(ELSEWHERE, number, [[read(message)]])
        pages: dict[Gram, set[int]] = defaultdict(set)
        for number, grams in self._messages:
            for gram in grams:
                pages[gram].add(number)
        count = len({number for number, _ in self._messages})
        self._weights = {gram: math.log(1 + count / len(numbers)) for gram, numbers in pages.items()}
        self._rarest = math.log(1 + count)
        self._slugs = {document.id: at for at, document in enumerate(self.documents) if document.kind == "symptom"}

    def _add(self, number: int, document: Document) -> None:
        titles = (document.id, document.title) if document.kind in NAMED else (document.title,)
        columns = (titles, document.messages, document.phrases, (document.summary,))
        queries = {text: read(text) for column in columns for text in column}
        self._insert(document.kind, number, [[queries[text] for text in column] for column in columns])
        for text in (*document.messages, document.title) if document.messages else ():
            if grams := _grams(queries[text].run):
                self._messages.append((number, grams))
        for text in (*document.messages, *document.phrases):
            for sight in queries[text].sights:
                self._sights[sight].add(number)
        for text in (*titles, *document.phrases):
            if name := queries[text].name:
                self._names[name].add(number)

    def _insert(self, table: str, number: int, columns: Sequence[Sequence[Query]]) -> None:
        values = [" ".join(word for query in column for word in query.words) for column in columns]
        into = f"{table} (rowid, {_COLUMNS[table]}) VALUES ({', '.join('?' * (len(values) + 1))})"
        self._connection.execute(f"INSERT INTO {into}", (number, *values))
        self._count[table] += 1

    def search(self, text: str) -> Answer:
        """Returns the documents that fit. Never raises, whatever the text."""
        best: dict[int, float] = {}
        by: dict[int, Query] = {}  # the question that found a document best
        known = 0
        lines = clean(text)
        queries = read_all(lines)
        miss = last_miss(lines, self.logs)
        with self._lock:
            for query in queries:
                scores, sure = self._scores(query)
                weight = EARLIER**known * min(1.0, max(LEAST, sure))
                known += sure >= 1
                for number, score in scores.items():
                    if score * weight > best.get(number, 0.0):
                        best[number], by[number] = score * weight, query
        if miss:
            known += 1
            if miss.page in self._slugs:
                number = self._slugs[miss.page]
                best[number] = best.get(number, 0.0) + MISS * (ASKED if miss.asks else 1)
        numbers = sorted(best, key=lambda number: (-best[number], number))[:MOST_RESULTS]
        results = tuple(self.documents[number] for number in numbers)
        found = self._recognised(numbers[0], by.get(numbers[0]), lines, miss) if numbers and known else None
        return Answer(known > 0 and bool(results), results, found, miss)

    def _recognised(
        self, number: int, query: Query | None, lines: Sequence[str], miss: Miss | None
    ) -> Recognised | None:
        """Returns the line by which a document was found, and the part of it that stands in one of its messages."""
        if miss and (query is None or miss.line in query.text):
            return _around(lines, miss.line, 0, len(miss.line))
        if query is None:
            return None
        grams: frozenset[Gram] = frozenset().union(*(grams for of, grams in self._messages if of == number))
        best, place = 0.0, ("", 0, 0)
        for line in query.text.split("\n"):
            words = placed(line)
            run = [word.lower() for word, _ in words]
            starts = [start for start in range(len(run) - 2) if tuple(run[start : start + 3]) in grams]
            weight = self._weight(frozenset(tuple(run[start : start + 3]) for start in starts))
            if weight >= best and starts:
                last, begin = words[starts[-1] + 2]
                best, place = weight, (line, words[starts[0]][1], begin + len(last))
        if best:
            return _around(lines, *place)
        alone = sum(bool(line.strip()) for line in lines) < 2
        return None if alone or "\n" in query.text else _around(lines, query.text, 0, len(query.text))

    def _scores(self, query: Query) -> tuple[dict[int, float], float]:
        """Returns the score of each document that has anything of a question, and how sure the best of them is."""
        scores: dict[int, float] = defaultdict(float)
        messages = self._by_message(query.run)
        for found in (self._by_words(query.words), messages, self._by_sight(query.sights)):
            for number, score in found.items():
                scores[number] += score * KINDS[self.documents[number].kind]
        for number in self._names.get(query.name, ()):
            kind = self.documents[number].kind
            scores[number] += KINDS[kind] * (NAME if kind in NAMED else PHRASE)
            scores[number] += EXACT * (self.documents[number].id in query.text)
        if not scores:
            return scores, 0.0
        best = max(scores, key=lambda number: (scores[number], -number))
        return scores, max(self._sure(query.words, best, scores[best]), messages.get(best, 0.0) / WHOLE)

    def _sure(self, words: Sequence[str], number: int, score: float) -> float:
        """Returns how sure it is that a document of that score is what the words are about."""
        kind = self.documents[number].kind
        total = covered = familiar = 0.0
        for word in words:
            here, there = self._having(kind, word), self._having(ELSEWHERE, word)
            weight = math.log(1 + (self._count[kind] - len(here) + 0.5) / (len(here) + 0.5))  # rare words count more
            total += weight
            covered += weight * (number in here)
            shares = len(here) / self._count[kind], len(there) / max(1, self._count[ELSEWHERE])
            familiar += math.log((shares[0] + RARE) / (shares[1] + RARE))
        return (score / SURE + (covered / total + FAMILIAR * familiar / len(words) if words else 0.0)) / KNOWN

    def _having(self, table: str, word: str) -> set[int]:
        rows = self._connection.execute(f"SELECT rowid FROM {table} WHERE {table} MATCH ?", (f'"{word}"',))  # noqa: S608
        return {row[0] for row in rows}

    def _by_words(self, words: Sequence[str]) -> Mapping[int, float]:
        scores: dict[int, float] = {}
        expression = " OR ".join(f'"{word}"' for word in words)  # letters, digits and underscores: no syntax in them
        weights = ", ".join(str(weight) for weight in COLUMNS.values())
        for kind in KINDS if words else ():
            rows = self._connection.execute(
                f"SELECT rowid, -bm25({kind}, {weights}) FROM {kind} WHERE {kind} MATCH ?",  # noqa: S608
                (expression,),
            )
            scores.update((number, score * min(1.0, FULL / len(words))) for number, score in rows)
        return scores

    def _by_message(self, run: Gram) -> Mapping[int, float]:
        """For each document the known message of which the largest part stands in the question."""
        pasted = _grams(run)
        whole = self._weight(pasted)
        scores: dict[int, float] = defaultdict(float)
        for number, grams in self._messages:
            if common := grams & pasted:
                found = self._weight(common)
                # The question may be a part of the message as well as the other way round. Half is little: sentences
                # share turns of phrase. A short one is little, too.
                part = found / min(self._weight(grams), whole)
                scores[number] = max(scores[number], MESSAGE * part**2 * (1 - math.exp(-found / 15)))
        return scores

    def _weight(self, grams: frozenset[Gram]) -> float:
        """Runs of words that few documents have weigh more; one that none has weighs as much as one that one has."""
        return sum(self._weights.get(gram, self._rarest) for gram in grams)

    def _by_sight(self, sights: Sequence[str]) -> Mapping[int, float]:
        """What can be seen tells the more, the fewer documents show it."""
        scores: dict[int, float] = defaultdict(float)
        for sight in sights:
            having = self._sights.get(sight, set())
            for number in having:
                scores[number] += SIGHT * math.log(1 + 12 / len(having))
        return scores


def _around(lines: Sequence[str], line: str, start: int, end: int) -> Recognised:
    """Returns a line with its neighbours; of two that are alike the last one."""
    at = max((number for number, each in enumerate(lines) if each == line), default=-1)
    before = tuple(lines[max(0, at - NEIGHBOURS) : at]) if at > 0 else ()
    after = tuple(lines[at + 1 : at + 1 + NEIGHBOURS]) if at >= 0 else ()
    return Recognised(before, line[:start], line[start:end], line[end:], after)


def _grams(run: Gram) -> frozenset[Gram]:
    """Runs of three words; of two or one where there are no more."""
    length = min(3, len(run))
    return frozenset(run[start : start + length] for start in range(len(run) - length + 1)) if length else frozenset()
