"""Markdown as HTML: headings, lists, tables and code; raw HTML stays text. Or a template, with tags in it."""

import re
from collections.abc import Sequence
from functools import cache

from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token
from markdown_it.utils import EnvType, OptionsDict

from mysite.web.code import code_block


@cache
def _parser(*, coloured: bool = False) -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"html": False, "typographer": True})
    if coloured:
        parser.add_render_rule("fence", _fence)
    return parser.enable(["table", "replacements", "smartquotes"])


def _fence(renderer: RendererHTML, tokens: Sequence[Token], index: int, options: OptionsDict, env: EnvType) -> str:
    """Render a fenced block as code to copy; behind its language stand the words in it that the text speaks of."""
    language, _, named = tokens[index].info.strip().partition(" ")
    if not language:
        return renderer.fence(tokens, index, options, env)
    code = code_block(tokens[index].content, f"code.{language}", named=named.strip())
    return (
        '<figure class="excerpt" data-copy><pre class="code source" role="group" aria-label="Code to copy">'
        f"{code}</pre></figure>\n"
    )


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

    html = str(_parser(coloured=True).render(_TAG_OR_CODE.sub(kept, markdown)))
    html = _ALONE.sub(r"\1", html).replace("{", "&#123;")
    html = _DJANGO_DOCS.sub(r'\1<span class="unseen"> in Django’s documentation</span></a>', html)
    html = html.replace("<table>", _TABLE).replace("</table>", "</table></div>")
    return re.sub(rf"{_OPEN}(\d+){_CLOSE}", lambda match: tags[int(match[1])], html)
