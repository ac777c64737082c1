"""Code as HTML, coloured on the server: classes only, in three tones, one line after another.

`{% load code %}`, then `{% code_block text "shop/views.py" %}` inside a <pre>. The path says which language it is.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import count, groupby, repeat

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from pygments import token
from pygments.lexer import Lexer
from pygments.lexers import get_lexer_by_name

from mysite.web.marked import with_code
from mysite.web.names import shortened

register = template.Library()

LANGUAGES = {  # by the ending of a file's name, or by a name that has none
    ".py": "python",
    ".html": "html+django",
    ".css": "css",
    ".js": "javascript",
    ".mjs": "javascript",
    ".json": "json",
    ".toml": "toml",
    ".yaml": "yaml",
    ".yml": "yaml",
    ".sh": "bash",
    ".env": "bash",
    ".conf": "nginx",
    ".ini": "ini",
    ".service": "ini",
    ".svg": "xml",
    "Dockerfile": "docker",
}
# The tones. Token types that are in no list are in the ink of the text.
TONES = {
    "k": (token.Keyword, token.Name.Tag, token.Operator.Word, token.Comment.Preproc),
    "s": (token.String,),
    "c": (token.Comment, token.String.Doc),
}
_DOT = re.compile(r"(?<=\w)\.(?=\w[\w.]{14})")
DEEPEST = 24  # spaces that have a class of their own; deeper lines wrap like these
_ERROR = re.compile(
    r"^\s*(?:[\w.]*(?:Error|Exception|ImproperlyConfigured)\b|ERRORS?:|\?: \(|Traceback )|: \([\w.]+\.E\d+\)"
)


@dataclass(frozen=True, slots=True)
class CodeLine:
    """A line: its indent, which the style sheet needs to wrap it deeper than it began, and the rest as HTML."""

    indent: int
    html: SafeString

    @property
    def depth(self) -> int:
        """The indent's class: even numbers alone have one."""
        return min(self.indent // 2 * 2, DEEPEST)

    @property
    def spaces(self) -> str:
        return " " * self.indent


@register.filter
def code_lines(text: str, path: str) -> tuple[CodeLine, ...]:
    """Return the lines of a file's text, as many as `splitlines` gives."""
    return _lines(text, _language(path))


@register.simple_tag
def code_block(text: str, path: str, first: int | None = None, named: str = "") -> SafeString:
    """The lines of a file as HTML, numbered from `first` on where that is given.

    What the text around it speaks of is underlined: `named`, separated by bars. Raises LookupError for what it has not.
    """
    numbers = count(first) if first is not None else repeat(None)
    return format_html_join(
        "",
        '<span class="ln i{}"{}>{}{}\n</span>',
        (
            (
                line.depth,
                "" if number is None else format_html(' data-line="{}"', number),
                format_html('<span class="in">{}</span>', line.spaces) if line.indent else "",
                line.html,
            )
            for number, line in zip(
                numbers, _lines(text, _language(path), tuple(filter(None, named.split("|")))), strict=False
            )
        ),
    )


register.filter(with_code)
register.filter(shortened)


@register.filter
def is_error(line: str) -> bool:
    """Whether a line of a terminal's output is where an error is named."""
    return bool(_ERROR.search(line))


def _language(path: str) -> str:
    name = path.rpartition("/")[2]
    ending = name[name.rfind(".") :] if "." in name else name
    return LANGUAGES.get(ending, "")


@lru_cache(maxsize=2048)
def _lines(text: str, language: str, named: tuple[str, ...] = ()) -> tuple[CodeLine, ...]:
    plain = text.splitlines()
    coloured: list[list[SafeString]] = [[] for _ in plain]
    places = [_place(plain, words) for words in named]
    columns = [len(line) - len(line.lstrip(" ")) for line in plain]
    for number, tone, part in _parts("\n".join(plain), language):
        here = [(start, end) for line, start, end in places if line == number]
        for piece, is_named in _split(part, columns[number], here):
            classes = f"p-{tone} named" if tone and is_named else f"p-{tone}" if tone else "named" if is_named else ""
            words = _escaped(piece)
            html = format_html('<span class="{}">{}</span>', classes, words) if classes else words
            coloured[number].append(html)
        columns[number] += len(part)
    # Every part is escaped by format_html.
    return tuple(
        CodeLine(len(line) - len(line.lstrip(" ")), mark_safe("".join(parts)))  # noqa: S308
        for line, parts in zip(plain, coloured, strict=True)
    )


def _place(lines: Sequence[str], words: str) -> tuple[int, int, int]:
    """Return the line, start and end of the first place that has the words. Raises LookupError."""
    for number, line in enumerate(lines):
        if words in line:
            start = line.index(words)
            return number, start, start + len(words)
    raise LookupError(f"{words} is not in this code, whose first line is {lines[0]}")


def _split(part: str, column: int, places: Sequence[tuple[int, int]]) -> Iterator[tuple[str, bool]]:
    """Yield the pieces of a part that begins at a column, each with whether it is in one of the places."""

    def inside(index: int) -> bool:
        return any(start <= column + index < end for start, end in places)

    for is_named, indexes in groupby(range(len(part)), inside):
        yield "".join(part[index] for index in indexes), is_named


def _parts(text: str, language: str) -> list[tuple[int, str, str]]:
    """Return (line, tone, text) for each piece. A line's first piece is without the spaces that it begins with."""
    parts: list[tuple[int, str, str]] = []
    number, begins = 0, True
    for kind, value in _lexer(language).get_tokens(text) if language else [(token.Text, text)]:
        for index, piece in enumerate(value.split("\n")):
            if index:
                number, begins = number + 1, True
            shown = piece.lstrip(" ") if begins else piece
            if shown:
                parts.append((number, _tone(kind), shown))
                begins = False
    return parts


@lru_cache
def _lexer(language: str) -> Lexer:
    return get_lexer_by_name(language, stripnl=False, ensurenl=False)


def _tone(kind: token._TokenType) -> str:
    # The last list that has it: a comment for the template engine is a comment, a docstring is no string.
    return next((tone for tone in reversed(TONES) if any(kind in listed for listed in TONES[tone])), "")


def _escaped(text: str) -> SafeString:
    """Return the text, with places to break the dotted name of a class that is too long for a phone."""
    return mark_safe(_DOT.sub(".<wbr>", format_html("{}", text)))  # noqa: S308 - escaped before
