"""The files that a page names: in its markup, in its style attributes, and in its stylesheets."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from html.parser import HTMLParser
from urllib.parse import urldefrag, urljoin, urlsplit

CSS_URL = re.compile(r"""url\(\s*(?P<q>["']?)(?P<url>[^"')]+?)(?P=q)\s*\)|@import\s+["'](?P<import>[^"']+)["']""")
COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
FONT_FACE = re.compile(r"@font-face\s*\{[^}]*\}", re.IGNORECASE)
FONTS = (".woff2", ".woff", ".ttf", ".otf", ".eot")


@dataclass(frozen=True)
class Named:
    """A file that something names: its absolute address, what kind it is, and by what it is named."""

    url: str
    kind: str
    by: str


class _Parser(HTMLParser):
    def __init__(self, base: str) -> None:
        super().__init__(convert_charrefs=True)
        self.base = base
        self.named: list[Named] = []
        self.style = False
        self.css: list[str] = []
        self.inert = 0  # inside <noscript> and <template> a browser loads nothing

    def add(self, address: str | None, kind: str) -> None:
        url = absolute(self.base, address or "")
        if url and not self.inert:
            self.named.append(Named(url, kind, "the page"))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag in ("noscript", "template"):
            self.inert += 1
        elif tag == "base" and given.get("href"):
            self.base = urljoin(self.base, given["href"])
        elif tag == "link":
            self._link(given)
        elif tag == "script":
            self.add(given.get("src"), "script")
        elif tag == "img" or (tag == "input" and given.get("type") == "image"):
            self.add(_chosen(given.get("srcset", "")) or given.get("src"), "image")
        elif tag in ("video", "audio"):
            self.add(given.get("poster"), "image")
            self.add(given.get("src"), tag)
        elif tag == "source" and given.get("src"):
            self.add(given["src"], "media")
        elif tag in ("use", "image"):
            self.add(given.get("href") or given.get("xlink:href"), "image")
        elif tag == "object":
            self.add(given.get("data"), "object")
        elif tag == "embed":
            self.add(given.get("src"), "object")
        self.style = self.style or tag == "style"
        if given.get("style") and not self.inert:
            self.css.append(given["style"])

    def _link(self, given: dict[str, str]) -> None:
        rel = given.get("rel", "").lower().split()
        if "stylesheet" in rel and "alternate" not in rel:
            self.add(given.get("href"), "stylesheet")
        elif {"icon", "apple-touch-icon", "mask-icon"} & set(rel):
            self.add(given.get("href"), "icon")
        elif {"preload", "modulepreload"} & set(rel):
            kind = {"style": "stylesheet", "script": "script", "font": "font", "image": "image"}
            self.add(given.get("href"), kind.get(given.get("as", ""), "script" if "modulepreload" in rel else "file"))
        elif "manifest" in rel:
            self.add(given.get("href"), "manifest")

    def handle_endtag(self, tag: str) -> None:
        if tag in ("noscript", "template"):
            self.inert = max(0, self.inert - 1)
        if tag == "style":
            self.style = False

    def handle_data(self, data: str) -> None:
        if self.style and not self.inert:
            self.css.append(data)


def _chosen(srcset: str) -> str:
    """What a screen of ordinary density takes of `a.png, b.png 2x`; "" where it depends on the width."""
    if re.search(r"\s\d+w\b", srcset):
        return ""
    for candidate in srcset.split(","):
        words = candidate.split()
        if words and (len(words) == 1 or words[1] == "1x"):
            return words[0]
    return ""


def absolute(base: str, address: str) -> str:
    """The address without its fragment; "" for what no server is asked for."""
    address = address.strip()
    if not address or address.startswith(("#", "data:", "blob:", "javascript:", "about:", "mailto:")):
        return ""
    try:
        url = urldefrag(urljoin(base, address)).url
        return url if urlsplit(url).scheme in ("http", "https") else ""
    except ValueError:
        return ""


def of_html(text: str, base: str) -> list[Named]:
    """The files of a page, each once, in the order in which they are named. Never raises."""
    parser = _Parser(base)
    try:
        parser.feed(text)
        parser.close()
    except (AssertionError, ValueError):
        pass  # what was found until there counts
    found = [*parser.named, *of_css("\n".join(parser.css), parser.base, "a style in the page")]
    return list({one.url: one for one in reversed(found)}.values())[::-1]


def of_css(text: str, base: str, by: str) -> Iterator[Named]:
    """The files that a stylesheet names; of a font with several formats the first, which a browser takes."""
    text = COMMENT.sub(" ", text)
    fonts = [font.span() for font in FONT_FACE.finditer(text)]
    taken: set[tuple[int, int]] = set()
    for match in CSS_URL.finditer(text):
        url = absolute(base, match["url"] or match["import"] or "")
        if not url:
            continue
        face = next((span for span in fonts if span[0] <= match.start() < span[1]), None)
        if face in taken:
            continue
        if face is not None:
            taken.add(face)
        imported = match["import"] or text[: match.start()].rstrip().endswith("@import")
        kind = "stylesheet" if imported else "font" if face or urlsplit(url).path.endswith(FONTS) else "image"
        yield Named(url, kind, by)
