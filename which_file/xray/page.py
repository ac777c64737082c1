"""The files that a page names: in its markup, in its style attributes, in its stylesheets and module scripts."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import quote, urldefrag, urljoin, urlsplit

from . import pick

CSS_URL = re.compile(
    r"""(?P<import>@import\s+)?(?:url\(\s*(?:"(?P<d>[^"]*)"|'(?P<s>[^']*)'|(?P<bare>[^"'()\s]+))\s*\)|(?<=@import\s)\s*(?:"(?P<di>[^"]*)"|'(?P<si>[^']*)'))""",
    re.IGNORECASE,
)
COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
FONT_FACE = re.compile(r"@font-face\s*\{[^}]*\}", re.IGNORECASE)
NAMESPACE = re.compile(r"@namespace\b[^;]*;", re.IGNORECASE)
# What a browser leaves as it is in an address; a space or an umlaut it writes in percent.
IN_PATH = "%/:[]@!$&'()*+,;=~\\"
IN_QUERY = IN_PATH + "?|^`{}"
FONTS = (".woff2", ".woff", ".ttf", ".otf", ".eot")
STATIC_IMPORT = re.compile(
    r"""(?:^|[;}\n])\s*(?:import|export)\s*(?:[\w*{][^"';()]*?\bfrom\s*)?["'](?P<name>[^"']+)["']"""
)
SCRIPTS = re.compile(r"^(?:|module|(?:text|application)/(?:x-)?(?:java|ecma)script(?:\s*;.*)?)$", re.IGNORECASE)

# When a browser loads a file that it does not load at once with the page; "" is at once.
ONE_OF = "one of several, by the layout"
STYLE_APPLIES = "where the style applies"
TEXT_USES = "where text uses the font"
IN_SIGHT = "when it comes near the window"
FOR_THE_TAB = "for the tab"
INSTALLED = "to install the page"
IDLE = "ahead of the next page"
PLAYED = "when it is played"


@dataclass(frozen=True)
class Named:
    """A file that something names: its absolute address, what kind it is, and by what it is named.

    `when` is empty for what a browser loads with the page, else it says on what that depends.
    """

    url: str
    kind: str
    by: str
    when: str = ""
    module: bool = field(default=False, compare=False)


class _Parser(HTMLParser):
    def __init__(self, base: str) -> None:
        super().__init__(convert_charrefs=True)
        self.base = base
        self.has_base = False
        self.named: list[Named] = []
        self.inside = ""  # style, or script of a type that matters here
        self.css: list[str] = []
        self.attributes: list[str] = []
        self.import_map: dict[str, str] = {}
        self.inert = 0  # inside <noscript> and <template> a browser loads nothing
        self.picture: list[dict[str, str]] | None = None  # the sources of the open <picture>
        self.media: dict[str, str] | None = None  # the open <video> or <audio> that still looks for a source

    def add(self, address: str | None, kind: str, when: str = "", *, module: bool = False) -> None:
        url = absolute(self.base, address or "")
        if url and not self.inert:
            self.named.append(Named(url, kind, "the page", when, module))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given: dict[str, str] = {}
        for name, value in attrs:
            given.setdefault(name, value or "")
        if tag in ("noscript", "template"):
            self.inert += 1
        elif tag == "base" and given.get("href") and not self.has_base:
            self.base, self.has_base = urljoin(self.base, given["href"]), True
        elif tag == "link":
            self._link(given)
        elif tag == "script":
            self._script(given)
        elif tag == "picture":
            self.picture = []
        elif tag == "img":
            self._img(given)
        elif tag == "input" and given.get("type", "").lower() == "image":
            self.add(given.get("src"), "image")
        elif tag in ("video", "audio"):
            self.add(given.get("poster"), "image")
            self.media = None if given.get("src") else {"tag": tag, **given}
            self.add(given.get("src"), tag, _played(given))
        elif tag == "source":
            self._source(given)
        elif tag in ("use", "image"):
            self.add(given.get("href") or given.get("xlink:href"), "image")
        elif tag in ("iframe", "frame"):
            if "srcdoc" not in given:
                self.add(given.get("src"), "frame", IN_SIGHT if _lazy(given) else "")
        elif tag in ("object", "embed"):
            self.add(given.get("data") if tag == "object" else given.get("src"), "object")
        elif tag == "track":
            self.add(given.get("src"), "text track", PLAYED)
        if tag in ("body", "table", "td", "th", "tr") and given.get("background"):
            self.add(given["background"], "image")
        if tag == "style":
            self.inside = tag
        if given.get("style") and not self.inert:
            self.attributes.append(given["style"])

    def _script(self, given: dict[str, str]) -> None:
        type_ = given.get("type", "").strip()
        if type_.lower() == "importmap":
            self.inside = "importmap"
        elif SCRIPTS.match(type_):
            module = type_.lower() == "module"
            if module or "nomodule" not in given:
                self.add(given.get("src"), "script", module=module)
            if module and "src" not in given:
                self.inside = "module"

    def _img(self, given: dict[str, str]) -> None:
        when = IN_SIGHT if _lazy(given) else ""
        sources, self.picture = self.picture or [], [] if self.picture is not None else None
        for source in sources:
            if pick.matches(source.get("media", "")) and pick.shows(source.get("type", "")):
                taken = pick.chosen(source["srcset"], source.get("sizes") or given.get("sizes", ""), "")
                if taken:
                    break
        else:
            taken = pick.chosen(given.get("srcset", ""), given.get("sizes", ""), given.get("src", ""))
        for address in taken:
            self.add(address, "image", when or (ONE_OF if len(taken) > 1 else ""))

    def _source(self, given: dict[str, str]) -> None:
        if self.picture is not None and given.get("srcset"):
            self.picture.append(given)
        elif self.media is not None and given.get("src") and pick.matches(given.get("media", "")):
            self.add(given["src"], self.media["tag"], _played(self.media))
            self.media = None  # the first one; that it cannot be played shows only when it has come

    def _link(self, given: dict[str, str]) -> None:
        rel, href = set(given.get("rel", "").lower().split()), given.get("href")
        type_ = given.get("type", "").partition(";")[0].strip().lower()
        if "stylesheet" in rel:
            # One for another medium, or an alternate one, is loaded too: it may be wanted later.
            if "disabled" not in given and type_ in ("", "text/css"):
                self.add(href, "stylesheet")
        elif {"icon", "apple-touch-icon", "apple-touch-icon-precomposed", "mask-icon", "fluid-icon"} & rel:
            self.add(href, "icon", FOR_THE_TAB)
        elif {"preload", "modulepreload"} & rel:
            self._preload(given, rel)
        elif {"prefetch", "prerender"} & rel:
            self.add(href, "file", IDLE)
        elif "manifest" in rel:
            self.add(href, "manifest", INSTALLED)

    def _preload(self, given: dict[str, str], rel: set[str]) -> None:
        if not pick.matches(given.get("media", "")):
            return
        if "modulepreload" in rel:
            self.add(given.get("href"), "script", module=True)
            return
        kind = {"style": "stylesheet", "script": "script", "font": "font", "image": "image"}.get(given.get("as", ""))
        if kind is None and given.get("as") not in ("fetch", "track"):
            return  # without a valid `as` a browser ignores it
        if kind == "image" and given.get("imagesrcset"):
            for address in pick.chosen(given["imagesrcset"], given.get("imagesizes", ""), given.get("href", "")):
                self.add(address, kind)
            return
        self.add(given.get("href"), kind or "file")

    def handle_endtag(self, tag: str) -> None:
        if tag in ("noscript", "template"):
            self.inert = max(0, self.inert - 1)
        if tag in ("style", "script"):
            self.inside = ""
        if tag == "picture":
            self.picture = None
        if tag in ("video", "audio"):
            self.media = None

    def handle_data(self, data: str) -> None:
        if self.inert:
            return
        if self.inside == "style":
            self.css.append(data)
        elif self.inside == "importmap":
            self.import_map.update(import_map(data, self.base))
        elif self.inside == "module":
            self.named += of_module(data, self.base, "a script in the page", self.import_map)


def _lazy(given: Mapping[str, str]) -> bool:
    return given.get("loading", "").lower() == "lazy"


def _played(given: Mapping[str, str]) -> str:
    return PLAYED if given.get("preload", "").lower() == "none" and "autoplay" not in given else ""


def absolute(base: str, address: str) -> str:
    """The address without its fragment; "" for what no server is asked for."""
    address = address.strip()
    if not address or address.startswith(("#", "data:", "blob:", "javascript:", "about:", "mailto:")):
        return ""
    try:
        url = urldefrag(urljoin(base, address)).url
        if address.partition("#")[0].endswith("?") and "?" not in url:
            url += "?"  # urljoin drops an empty query, and a browser asks with it
        parts = urlsplit(url)
        if parts.scheme not in ("http", "https"):
            return ""
        path, _, query = url.partition("?")
        return quote(path, safe=IN_PATH) + (f"?{quote(query, safe=IN_QUERY)}" if "?" in url else "")
    except ValueError:
        return ""


@dataclass(frozen=True)
class Page:
    """What a page names, each file once, and its import map."""

    named: tuple[Named, ...]
    import_map: Mapping[str, str]


def read(text: str, base: str) -> Page:
    """The files of a page in the order in which they are named. Never raises."""
    parser = _Parser(base)
    try:
        parser.feed(text)
        parser.close()
    except (AssertionError, ValueError):
        pass  # what was found until there counts
    by = "a style in the page"
    found = [
        *parser.named,
        *(Named(one.url, one.kind, by) for one in of_css("\n".join(parser.attributes), parser.base, by)),
        *of_css("\n".join(parser.css), parser.base, by),
    ]
    return Page(tuple(once(found)), parser.import_map)


def of_html(text: str, base: str) -> list[Named]:
    return list(read(text, base).named)


def once(found: list[Named]) -> list[Named]:
    """Each address where it is first named; what loads it at once counts more than what may load it."""
    kept: dict[str, Named] = {}
    for one in found:
        if one.url not in kept or (kept[one.url].when and not one.when):
            kept[one.url] = one
    return list(kept.values())


def of_css(text: str, base: str, by: str) -> Iterator[Named]:
    """The files that a stylesheet names; of a font with several formats the first, which a browser takes."""
    text = NAMESPACE.sub(" ", COMMENT.sub(" ", text))
    fonts = [font.span() for font in FONT_FACE.finditer(text)]
    taken: set[tuple[int, int]] = set()
    for match in CSS_URL.finditer(text):
        address = next((match[name] for name in ("d", "s", "bare", "di", "si") if match[name] is not None), "")
        url = absolute(base, address)
        if not url:
            continue
        face = next((span for span in fonts if span[0] <= match.start() < span[1]), None)
        if face in taken:
            continue
        if face is not None:
            taken.add(face)
        imported = match["import"] or match["di"] is not None or match["si"] is not None
        if imported:
            yield Named(url, "stylesheet", by)
        elif face or urlsplit(url).path.endswith(FONTS):
            yield Named(url, "font", by, TEXT_USES)
        else:
            yield Named(url, "image", by, STYLE_APPLIES)


def import_map(text: str, base: str) -> dict[str, str]:
    try:
        given = json.loads(text)
        imports = given.get("imports") or {}
        return {name: urljoin(base, str(address)) for name, address in imports.items()}
    except (ValueError, AttributeError):
        return {}


def of_module(text: str, base: str, by: str, names: Mapping[str, str]) -> Iterator[Named]:
    """The modules that a module imports by a statement. What it asks for while it runs is not in its text."""
    for match in STATIC_IMPORT.finditer(COMMENT.sub(" ", text)):
        name = match["name"]
        relative = name.startswith(("/", "./", "../", "http:", "https:"))
        full = absolute(base, name) if relative else ""
        prefix = max((one for one in names if one.endswith("/") and name.startswith(one)), key=len, default="")
        url = names.get(name) or names.get(full) or (names[prefix] + name[len(prefix) :] if prefix else full)
        if url:
            yield Named(url, "script", by, module=True)
