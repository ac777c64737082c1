"""What an answer names: a page's stylesheets, scripts, images and forms, a module's imports, a stylesheet's url()."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import urljoin, urlsplit

KINDS = ("stylesheet", "script", "image", "link", "form", "import", "url", "location", "name")

_ELEMENTS = {"stylesheet": "link", "script": "script", "image": "img", "link": "a", "form": "form"}
_IMPORT = re.compile(r"""(?:^|[\s;])(?:import|export)\s*(?:[\w$*{}\s,]+\s*from\s*)?["']([^"']+)["']""")
_URL = re.compile(r"""url\(\s*["']?([^"')]+)["']?\s*\)""")


@dataclass(slots=True)
class Form:
    """A form as its page wrote it; `fields` are the hidden ones."""

    action: str
    method: str
    enctype: str
    fields: dict[str, str] = field(default_factory=dict)


class Page(HTMLParser):
    """The addresses that an HTML page names, as it writes them, by kind; and its forms."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.names: dict[str, list[str]] = {kind: [] for kind in KINDS}
        self.forms: list[Form] = []
        self.import_map = ""
        self._in_import_map = False
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = {name: value or "" for name, value in attrs}
        if tag == "link" and "stylesheet" in attributes.get("rel", "").lower().split():
            self._name("stylesheet", attributes.get("href"))
        elif tag == "script":
            self._in_import_map = attributes.get("type", "").lower() == "importmap"
            self._name("script", attributes.get("src"))
        elif tag == "img":
            self._name("image", attributes.get("src"))
        elif tag == "a":
            self._name("link", attributes.get("href"))
        elif tag == "form":
            enctype = attributes.get("enctype", "").lower() or "application/x-www-form-urlencoded"
            method = attributes.get("method", "get").upper()
            self.forms.append(Form(attributes.get("action", ""), method, enctype))
            self.names["form"].append(attributes.get("action", ""))
        elif tag == "input" and attributes.get("type", "").lower() == "hidden" and self.forms:
            self.forms[-1].fields[attributes.get("name", "")] = attributes.get("value", "")
        elif tag in ("button", "input") and attributes.get("formenctype") and self.forms:
            self.forms[-1].enctype = attributes["formenctype"].lower()

    def handle_data(self, data: str) -> None:
        if self._in_import_map:
            self.import_map += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "script":
            self._in_import_map = False

    def _name(self, kind: str, address: str | None) -> None:
        if address:
            self.names[kind].append(address)


def import_map(text: str, base: str) -> dict[str, str]:
    """Return the import map of the page `text` at the address `base`: a bare name or a whole address -> whole address.

    Empty when there is none, or none that can be read, as a browser takes it. Keys for whole folders are left out.
    """
    try:
        imports = json.loads(Page(text).import_map)["imports"]
        return {
            urljoin(base, key) if key.startswith(("/", "./", "../")) else key: urljoin(base, address)
            for key, address in imports.items()
        }
    except (ValueError, TypeError, KeyError, AttributeError):
        return {}


def named(kind: str, text: str, base: str, location: str = "", imports: Mapping[str, str] | None = None) -> list[str]:
    """Return the addresses of that kind in an answer with the body `text`, made whole by its own address `base`.

    `imports` is the import map of the page that the module belongs to. A "name" is the last part of the location alone.
    """
    if kind == "name":
        return [name] if (name := urlsplit(location).path.rstrip("/").rpartition("/")[2]) else []
    if kind == "location":
        found = [location] if location else []
    elif kind == "import":
        known = imports or {}
        found = [known.get(name) or known.get(urljoin(base, name)) or name for name in _IMPORT.findall(text)]
    elif kind == "url":
        found = [address for address in _URL.findall(text) if not address.startswith("data:")]
    else:
        # A page of Django's debugger has 100 kB, and no such element: to search for it is quicker than to parse it.
        found = Page(text).names[kind] if f"<{_ELEMENTS[kind]}" in text.lower() else []
    return [urljoin(base, address) for address in found]
