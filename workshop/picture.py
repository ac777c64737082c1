"""A page of the learner's project as a browser shows it, made of what the check saw: its HTML with its stylesheets."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote, urljoin

from lab.checker.expectation import Facts

# What the page may do in a frame: nothing but show itself.
POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-ancestors 'self'; sandbox"
_LINK = re.compile(r"<link\b[^>]*>", re.IGNORECASE)
_IMAGE = re.compile(r"<img\b[^>]*>", re.IGNORECASE)
_SCRIPT = re.compile(r"<script\b.*?</script\s*>", re.IGNORECASE | re.DOTALL)
_HANDLER = re.compile(r"\s(?:on\w+\s*=\s*(?:\"[^\"]*\"|'[^']*')|href\s*=\s*\"javascript:[^\"]*\")", re.IGNORECASE)
_ADDRESS = re.compile(r"\b(?:href|src)\s*=\s*[\"']?([^\"'\s>]+)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Picture:
    """`label` is the request's, `status` its answer's; `html` needs no other file."""

    label: str
    url: str
    status: int
    html: str

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> "Picture":
        return cls(str(data["label"]), str(data["url"]), int(data["status"]), str(data["html"]))


def picture(label: str, facts: Facts) -> Picture | None:
    """Return the page that the request `label` was answered with; the first page of all for an empty label."""
    for name in [label] if label else facts:
        page = facts.get(name, {})
        if str(page.get("header.content-type", "")).startswith("text/html") and page.get("body"):
            url = str(page["url"])
            return Picture(name, url, int(page["status"]), _whole(str(page["body"]), url, _from(name, facts)))
    return None


def _from(label: str, facts: Facts) -> Facts:
    """Return the facts from that label on: an address may have been answered otherwise before."""
    names = list(facts)
    return {name: facts[name] for name in names[names.index(label) :]}


def _whole(html: str, url: str, facts: Facts) -> str:
    came: dict[str, Mapping[str, Any]] = {}
    for fact in facts.values():
        if fact.get("status") == 200 and fact.get("body") is not None:
            came.setdefault(str(fact["url"]), fact)

    def answer(tag: str, kind: str) -> str | None:
        address = _ADDRESS.search(tag)
        fact = came.get(urljoin(url, address[1])) if address else None
        fits = fact is not None and str(fact.get("header.content-type", "")).startswith(kind)
        return str(fact["body"]) if fact is not None and fits else None

    def style(tag: re.Match[str]) -> str:
        css = answer(tag[0], "text/css") if "stylesheet" in tag[0].lower() else None
        print_only = re.search(r"media\s*=\s*[\"']?print", tag[0], re.IGNORECASE)
        return "" if css is None or print_only else f"<style>{css.replace('<', ' ')}</style>"

    def image(tag: re.Match[str]) -> str:
        svg = answer(tag[0], "image/svg+xml")
        content = "," if svg is None else f"image/svg+xml,{quote(svg)}"  # empty: as a browser shows a 404
        return _ADDRESS.sub(f'src="data:{content}"', tag[0], count=1)

    return _IMAGE.sub(image, _LINK.sub(style, _HANDLER.sub(" ", _SCRIPT.sub("", html))))
