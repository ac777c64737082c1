"""Code as HTML, coloured on the server: classes only, in three tones, one line after another.

`{% load code %}`, then `{% code_block text "shop/views.py" %}` inside a <pre>. The path says which language it is.
"""

import re
from dataclasses import dataclass
from functools import lru_cache
from itertools import count, repeat

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
    name = path.rpartition("/")[2]
    ending = name[name.rfind(".") :] if "." in name else name
    return _lines(text, LANGUAGES.get(ending, ""))


@register.simple_tag
def code_block(text: str, path: str, first: int | None = None) -> SafeString:
    """The lines of a file as HTML, numbered from `first` on where that is given."""
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
            for number, line in zip(numbers, code_lines(text, path), strict=False)
        ),
    )


register.filter(with_code)
register.filter(shortened)


@register.filter
def is_error(line: str) -> bool:
    """Whether a line of a terminal's output is where an error is named."""
    return bool(_ERROR.search(line))


@lru_cache(maxsize=2048)
def _lines(text: str, language: str) -> tuple[CodeLine, ...]:
    plain = text.splitlines()
    coloured: list[list[SafeString]] = [[] for _ in plain]
    for number, tone, part in _parts("\n".join(plain), language):
        coloured[number].append(format_html('<span class="p-{}">{}</span>', tone, part) if tone else _escaped(part))
    # Every part is escaped by format_html.
    return tuple(
        CodeLine(len(line) - len(line.lstrip(" ")), mark_safe("".join(parts)))  # noqa: S308
        for line, parts in zip(plain, coloured, strict=True)
    )


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
    return format_html("{}", text)
