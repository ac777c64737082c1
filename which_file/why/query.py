"""What somebody asks or pastes: the words that tell something, the runs of words, and what can be seen in it.

The index reads its own texts and the visitor's with the same function, so both sides speak alike.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

# Of a longer paste beginning and end are read, and more of the end, where errors stand: for its lines, and as a whole.
LINES, WHOLE = 24_000, 4_000  # characters
FEW_LINES = 8  # that many are one question; in a longer paste each line that sounds like trouble is one of its own
MOST_LINES = 6  # of those, counted from the end
MOST_TRIED = 100  # lines that are read for them
MOST_WORDS = 80  # of one question, counted from the end
LONGEST_WORD = 300  # the pattern of a path takes its time over a longer one

# Words that stand in every question and so tell nothing.
STOP = frozenset(
    """a am an and any are as at be because been but by call can com could did django do does don etc example for from
    get gets getting give go got had has have hello help how http https i if in info into is isn it its just
    know last let like line make makes me most my need needs none now of once one or org our please problem py
    python really recent request response self so some something still such t than thank thanks that the their
    them then there these they thing this those though to too tried try trying use used uses using ve very want
    was way we well were what when where which while who why will with would www yes you your""".split()  # noqa: SIM905 - a list of these would take fifty lines
)

# Words that are asked about a name and are no part of it.
_ASKING = STOP | {"change", "configure", "documentation", "explain", "mean", "means", "option", "order"}
_ASKING |= {"set", "setting", "settings", "should", "work"}

# What can be seen in a paste without being a word of it.
SIGHTS = {
    "leadingslash": re.compile(r"entry for ['\"‘“]/|\{%\s*static\s+['\"]/", re.I),
    "mode0600": re.compile(r"-rw-------|\b0?o?600\b|\brw-------"),
    "loginredirect": re.compile(r"[?&]next=|/login(?![\w.-])", re.I),
    "aliastraversal": re.compile(r"static\.\.|media\.\./|assets\.\./", re.I),
    "commentedurl": re.compile(r"/\*[^*]*url\(", re.I),
    "uppercasename": re.compile(
        r"[/'\"](?:[a-z_-]*[A-Z][\w-]*\.(?:css|js|png|jpe?g|svg|gif)|[\w-]+\.(?:PNG|JPE?G|CSS|JS|SVG|GIF))\b"
    ),
    "uvicornlog": re.compile(r"^INFO:\s+[\d.]+:\d+ - \"", re.M),
    "nginxdenied": re.compile(r"\(13: permission denied", re.I),
    "container": re.compile(r"['\"]/(?:app|code|usr/src|vol|opt|backend|workspace|home/app)/"),
    "topofthedisk": re.compile(r"['\"]/(?:static|staticfiles|static_root|media|uploads|assets)(?:/[^'\"]*)?['\"]"),
    "listsfinders": re.compile(r"finder\.list\(|utils\.get_files\("),
    "insidestatic": re.compile(r"base path component \([^)]*static", re.I),
    "insidemedia": re.compile(r"base path component \((?![^)]*static)", re.I),
    "mimehtml": re.compile(r"\bmime\b.{0,120}text/html|text/html.{0,80}\bmime\b", re.I),
}
_ERRNO = re.compile(
    r"\[Errno (\d+)\]|\[WinError (\d+)\]|\((\d{1,3}): [^()]{4,60}\)"
)  # the words differ between languages

_TROUBLE = re.compile(
    r"error|exception|warning|fail|denied|refused|blocked|forbidden|not found|missing|invalid|critical|no such|"
    r"could not|must not|can(?:no|')t|\b[45]\d\d\b",
    re.I,
)
# What logs and terminals put before a line or into it, and what is no part of the message.
_COLOUR = re.compile(r"(?:\x1b|\\x1b|\\033|\^\[|␛)?\[[\d;]*m|\x1b\[[\d;?]*[A-Za-z]")
_PREFIX = re.compile(
    r"""^(?:
        [\w./-]{1,40}\s{0,30}\|\s?                                 # web-1  | docker compose
        |\d{4}-\d\d-\d\dT[\d:.,]+(?:Z|[+-]\d\d:?\d\d)?\s(?:std(?:out|err)\s(?:[FP]\s)?)?  # kubectl, GitHub Actions
        |(?:app|heroku)\[[\w.-]+\]:\s                           # Heroku
        |\w{3}\s{1,2}\d{1,2}\s\d\d:\d\d:\d\d\s\S+\s[\w.@-]+(?:\[\d+\])?:\s  # journald
        |\#\d+\s[\d.]+\s|remote:\s+|E\s{2,6}|(?:>\s?)+         # docker build, git push, pytest, a quotation
    )""",
    re.X,
)
_LONG_WORD = re.compile(rf"\S{{{LONGEST_WORD},}}")
# What a traceback has beside its messages.
_FRAME = re.compile(
    r'\s*(?:File ".*", line \d+|[\^~]+\s*$|\|\s*File |Traceback \(most recent|'
    r"(?:During handling of the above|The above) exception)"
)
_QUOTED = re.compile(r"(['\"‘’“”`])[^'\"‘’“”`\s]{0,200}[./\\][^'\"‘’“”`\s]{0,200}\1")
_PATH = re.compile(r"(?:[A-Za-z]:|~|\.{0,2})?(?:[/\\][\w.@%+~-]+)+[/\\]?|[\w.@%+-]+(?:[/\\][\w.@%+~-]+)+[/\\]?")
_NUMBER = re.compile(r"\d+")
_WORD = re.compile(r"[^\W\d]\w*|\d+")
_CAMEL = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\d+")
_IMAGE = re.compile(r"(?:image|picture|photo|pic|img|avatar|jpe?g|png|gif|webp|heic)s?")  # people say any of them
_NUMBERS = frozenset({"200", "206", "301", "302", "304", "400", "403", "404", "413", "416", "500", "502", "644", "755"})

# What means the same in the paths and addresses of every project; all else in them are somebody's own names.
_KNOWN = frozenset(
    """static staticfiles assets media uploads upload admin login whitenoise storages storage boto3 botocore nginx
    gunicorn uvicorn pil fonts manage settings sqlite3 mime dockerfile compose conf urls favicon robots known htaccess
    tests handlers asgi wsgi private documents invoices cdn cloudfront amazonaws digitaloceanspaces s3""".split()  # noqa: SIM905
)


@dataclass(frozen=True)
class Query:
    """`words` tell something, each once; `run` is the text word for word, without the names that differ from project
    to project, for comparing it with known messages; `sights` are names of SIGHTS and numbers of errors; `name` is what
    is left of "How do I set STATIC_URL?": `static` and `url`. `text` is what was read."""

    words: tuple[str, ...]
    run: tuple[str, ...]
    sights: tuple[str, ...]
    name: frozenset[str]
    text: str


def read(text: str) -> Query:
    """Returns what is in one question. Never raises, whatever the text."""
    sights = [name for name, pattern in SIGHTS.items() if pattern.search(text)]
    sights += dict.fromkeys("errno" + "".join(filter(None, found)) for found in _ERRNO.findall(text))
    words = dict.fromkeys((*_words(text), *sights))
    run = tuple(word.lower() for word, _ in placed(text))
    return Query(tuple(words)[-MOST_WORDS:], run, tuple(sights), _name(text), text)


def placed(text: str) -> list[tuple[str, int]]:
    """Returns the words of a text that do not differ from project to project, each with the place where it begins."""
    nameless = _PATH.sub(_blank, _QUOTED.sub(_blank, text))
    return [(word[0], word.start()) for word in _WORD.finditer(nameless)]


def _blank(found: re.Match[str]) -> str:
    return " " * len(found[0])


def clean(text: str) -> list[str]:
    """Returns the lines of a paste, without what a terminal or a log put before them. Never raises."""
    text = _COLOUR.sub("", _ends(text, LINES).replace("\0", " ").replace("\r", "\n"))
    text = _LONG_WORD.sub(lambda word: word[0][:LONGEST_WORD], text)
    return [_PREFIX.sub("", _PREFIX.sub("", line)) for line in text.split("\n")]


def read_all(pasted: Sequence[str]) -> list[Query]:
    """Returns the whole as one question and, of a long paste, the lines that sound like trouble as one each.

    `pasted` is what `clean` returned. The last line comes first: it is the error of a traceback.
    """
    lines = [line for line in dict.fromkeys(pasted) if line.strip() and not _FRAME.match(line)]
    whole = read(_ends("\n".join(lines), WHOLE))
    found: dict[tuple[str, ...], Query] = {}
    seen: set[str] = set()  # lines that differ in numbers alone tell the same
    for line in reversed(lines if len(pasted) > FEW_LINES else []):
        if len(found) >= MOST_LINES or len(seen) >= MOST_TRIED:
            break
        shape = _NUMBER.sub("0", line)
        if shape not in seen and _TROUBLE.search(line):
            seen.add(shape)
            query = read(line)
            found.setdefault(query.words, query)
    queries = list(found.values())
    return [*queries[:1], whole, *queries[1:]]


def _ends(text: str, most: int) -> str:
    return text if len(text) <= most else f"{text[: most // 4]}\n{text[-most * 3 // 4 :]}"


def _words(text: str) -> Iterable[str]:
    for found in _WORD.findall(_PATH.sub(_path_words, text)):
        yield from _forms(found)


def _forms(found: str) -> Iterable[str]:
    """A word in lower case; of an identifier its parts as well."""
    lower = found.lower().strip("_")
    if lower.isdigit():
        if lower in _NUMBERS:
            yield lower
        return
    parts = lower.split("_") if "_" in lower else [] if found.isupper() else _CAMEL.findall(found)
    for word in dict.fromkeys((lower, *(part.lower() for part in parts))):
        if len(word) > 1 and word not in STOP and not word.isdigit():
            yield "image" if _IMAGE.fullmatch(word) else word


def _path_words(path: re.Match[str]) -> str:
    parts = [part for part in re.split(r"[/\\]", path[0]) if part]
    if path[0][0].isalpha() and path[0][1:2] != ":" and len(parts) <= 3 and "." not in path[0]:
        return f" {' '.join(parts)} "  # css/js, Windows/macOS: words with a slash between them
    labels = [label for part in parts for label in part.split(".") if label.lower() in _KNOWN]
    extension = parts[-1].rpartition(".")[2] if "." in parts[-1] else ""
    return f" {' '.join(labels)} {extension} "


def _name(text: str) -> frozenset[str]:
    words = re.findall(r"[a-z0-9]+", text[:200].lower())
    return frozenset(word for word in words if word not in _ASKING) or frozenset(words)
