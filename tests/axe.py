"""axe on pages: what it found to be right in one place is not computed again where it looks the same.

Most of axe's time goes into contrasts. Those of a part of a page (header, main, footer) follow from its markup, its
boxes and its computed colours, so a part that was right is right wherever all of these are equal: on the same page in
another mode. All other rules follow from the markup and the boxes of the whole page: a page that only changes its
colours needs them once.
"""

from typing import Any

from axe_playwright_python.base import AXE_SCRIPT, AxeResults
from playwright.sync_api import Page

COLOURS = ["color-contrast", "link-in-text-block"]  # all of axe's rules about colours that are on
# [markup and boxes of the page, {selector of a part: its markup, boxes and colours}]
LOOK = """() => {
    const places = new Set(["href", "src", "srcset", "action", "formaction", "content", "data", "poster"]);
    const paint = (element, pseudo) => {
        const style = getComputedStyle(element, pseudo);
        if (pseudo && style.content === "none") return "";
        return [
            style.color, style.backgroundColor, style.backgroundImage, style.backgroundClip, style.opacity,
            style.fontSize, style.fontWeight, style.textShadow, style.filter, style.mixBlendMode, style.content,
            style.textDecorationLine, style.borderBottomStyle, style.webkitTextStrokeWidth,
        ].join();
    };
    const markup = (element) => {
        const attributes = [...element.attributes]
            .filter(({ name }) => !places.has(name) && !(name === "value" && element.type === "hidden"))
            .map(({ name, value }) => `${name}=${value}`);
        const words = [...element.childNodes].filter((node) => node.nodeType === 3).map((node) => node.data.trim());
        const { x, y, width, height } = element.getBoundingClientRect();
        const style = getComputedStyle(element);
        const shown = [style.display, style.visibility, style.clipPath, style.overflow, style.position, style.zIndex];
        return [element.tagName, ...attributes, ...words, x, y, width, height, ...shown, element.value ?? ""].join();
    };
    const all = (root) => [root, ...root.querySelectorAll("*")];
    const behind = [document.documentElement, document.body].map((element) => paint(element));
    const parts = {};
    [...document.body.children].forEach((part, index) => {
        const elements = all(part).map((element) =>
            [markup(element), paint(element), paint(element, "::before"), paint(element, "::after")].join());
        parts[`body > :nth-child(${index + 1})`] = [innerWidth, innerHeight, ...behind, ...elements].join("\\n");
    });
    return [[innerWidth, innerHeight, ...all(document.documentElement).map(markup)].join("\\n"), parts];
}"""
RUN = "([context, options]) => axe.run(context, options).then(({ violations }) => ({ violations }))"


class Axe:
    """Looks for violations, and remembers the looks that have none."""

    def __init__(self) -> None:
        self._right: set[str] = set()

    def violations(self, page: Page) -> str:
        """Return a report of all that axe finds on the page as it is now; an empty text when it finds nothing."""
        if not page.evaluate("window.axe !== undefined"):
            page.evaluate(AXE_SCRIPT)
        markup, parts = page.evaluate(LOOK)
        address = page.url
        markup = f"{address}\n{markup}"
        unknown = {selector: look for selector, look in parts.items() if look not in self._right}
        found = []
        if markup not in self._right and unknown.keys() == parts.keys():
            found += _run(page, None, {})
        else:
            if markup not in self._right:
                found += _run(page, None, {"rules": {rule: {"enabled": False} for rule in COLOURS}})
            if unknown:
                found += _run(page, {"include": [[selector] for selector in unknown]}, {"runOnly": COLOURS})
        if not found:
            self._right |= {markup, *parts.values()}
        return AxeResults({"violations": found}).generate_report() if found else ""


def _run(page: Page, context: Any, options: dict[str, Any]) -> list[Any]:
    found: list[Any] = page.evaluate(RUN, [context or "html", {"resultTypes": ["violations"], **options}])["violations"]
    return found
