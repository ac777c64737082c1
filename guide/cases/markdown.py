"""Markdown as HTML: headings, lists, tables and code; raw HTML stays text. Or a template, with tags in it."""

import re
from collections.abc import Sequence
from functools import cache
from html import unescape

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt
from markdown_it.token import Token

from mysite.web.code import code_block


@cache
def _parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"html": False, "typographer": True})
    parser.add_render_rule("fence", _fence)
    return parser.enable(["table", "replacements", "smartquotes"])


def _fence(_renderer: object, tokens: Sequence[Token], index: int, _options: object, _env: object) -> str:
    """Render a fenced block, with what stands behind its language: the words in it that the text speaks of."""
    language, _, named = tokens[index].info.strip().partition(" ")
    attributes = format_html(' class="language-{}"', language) if language else ""
    attributes += format_html(' data-named="{}"', named.strip()) if named else ""
    return format_html("<pre><code{}>{}</code></pre>\n", mark_safe(attributes), tokens[index].content)  # noqa: S308


def block(markdown: str) -> SafeString:
    """Return paragraphs, lists and tables as HTML."""
    return mark_safe(str(_parser().render(markdown)))  # noqa: S308 - the parser escapes, and raw HTML is off


def inline(markdown: str) -> SafeString:
    """Return one line as HTML, without a paragraph around it."""
    return mark_safe(str(_parser().renderInline(markdown)))  # noqa: S308 - as above


# Private-use characters, which no text has: Markdown leaves them alone, so they hold a tag's place meanwhile.
_OPEN, _CLOSE = "\ue000", "\ue001"
_TAG_OR_CODE = re.compile(r"```.*?```|`[^`\n]+`|({%.*?%})", re.DOTALL)
_ALONE = re.compile(rf"<p>((?:{_OPEN}\d+{_CLOSE}\s*)+)</p>")
_FENCED = re.compile(r'<pre><code class="language-(\w+)"(?: data-named="(.*?)")?>(.*?)</code></pre>', re.DOTALL)
_DJANGO_DOCS = re.compile(r'(<a href="https://docs\.djangoproject\.com/[^"]*">.*?)</a>', re.DOTALL)
_TABLE = '<div class="scroll" tabindex="0" role="group" aria-label="A table"><table class="changes prose">'


def template(markdown: str) -> str:
    """Return the source of a Django template: tags stay as they are, and what is between them becomes HTML.

    A tag that is a paragraph of its own stands outside of `<p>`. A tag inside backticks is code that the reader sees.
    The language of a fenced block is the ending that its file would have: py, sh, html. Words behind it, separated by
    bars, are underlined in the block.
    """
    tags: list[str] = []

    def kept(match: re.Match[str]) -> str:
        if match[1] is None:
            return match[0]
        tags.append(match[1])
        return f"{_OPEN}{len(tags) - 1}{_CLOSE}"

    html = _ALONE.sub(r"\1", block(_TAG_OR_CODE.sub(kept, markdown)))
    html = _FENCED.sub(_coloured, html).replace("{", "&#123;")
    html = _DJANGO_DOCS.sub(r'\1<span class="unseen"> in Django’s documentation</span></a>', html)
    html = html.replace("<table>", _TABLE).replace("</table>", "</table></div>")
    return re.sub(rf"{_OPEN}(\d+){_CLOSE}", lambda match: tags[int(match[1])], html)


def _coloured(fenced: re.Match[str]) -> str:
    code = code_block(unescape(fenced[3]), f"code.{fenced[1]}", named=unescape(fenced[2] or ""))
    return (
        '<figure class="excerpt" data-copy><pre class="code source" role="group" aria-label="Code to copy">'
        f"{code}</pre></figure>"
    )
