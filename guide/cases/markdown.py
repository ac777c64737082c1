"""Markdown as HTML: headings, lists, tables and code; raw HTML stays text."""

from functools import cache

from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt


@cache
def _parser() -> MarkdownIt:
    return MarkdownIt("commonmark", {"html": False, "typographer": True}).enable(
        ["table", "replacements", "smartquotes"]
    )


def block(markdown: str) -> SafeString:
    """Return paragraphs, lists and tables as HTML."""
    return mark_safe(str(_parser().render(markdown)))  # noqa: S308 - the parser escapes, and raw HTML is off


def inline(markdown: str) -> SafeString:
    """Return one line as HTML, without a paragraph around it."""
    return mark_safe(str(_parser().renderInline(markdown)))  # noqa: S308 - as above
