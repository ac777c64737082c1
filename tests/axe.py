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
# [digest of the page's markup and boxes, {selector of a part: digest of its markup, boxes and colours}]
LOOK = """() => {
    const places = new Set(["href", "src", "srcset", "action", "formaction", "content", "data", "poster"]);
    const paint = (style) => [
        style.color, style.backgroundColor, style.backgroundImage, style.backgroundClip, style.opacity, style.fontSize,
        style.fontWeight, style.textShadow, style.filter, style.mixBlendMode, style.textDecorationLine,
        style.borderBottomStyle,
    ].join();
    const markup = (element, style) => {
        const attributes = [...element.attributes]
            .filter(({ name }) => !places.has(name) && !(name === "value" && element.type === "hidden"))
            .map(({ name, value }) => `${name}=${value}`);
        const words = [...element.childNodes].filter((node) => node.nodeType === 3).map((node) => node.data.trim());
        const { x, y, width, height } = element.getBoundingClientRect();
        const shown = [style.display, style.visibility, style.clipPath, style.overflow, style.position, style.zIndex];
        return [element.tagName, ...attributes, ...words, x, y, width, height, ...shown, element.value ?? ""].join();
    };
    const digest = (lines) => {
        let one = 0xdeadbeef, two = 0x41c6ce57;
        for (const line of lines) {
            for (let index = 0; index < line.length; index++) {
                const code = line.charCodeAt(index);
                one = Math.imul(one ^ code, 2654435761);
                two = Math.imul(two ^ code, 1597334677);
            }
            one ^= one >>> 15;
            two ^= two >>> 13;
        }
        return `${one >>> 0} ${two >>> 0}`;
    };
    const size = `${innerWidth} ${innerHeight}`;
    const boxes = [size, document.title];
    const behind = [size];
    for (const element of [document.documentElement, document.body]) {
        const style = getComputedStyle(element);
        boxes.push(markup(element, style));
        behind.push(paint(style));
    }
    const parts = {};
    [...document.body.children].forEach((part, index) => {
        const look = [...behind];
        for (const element of [part, ...part.querySelectorAll("*")]) {
            const style = getComputedStyle(element);
            const box = markup(element, style);
            boxes.push(box);
            look.push(box, paint(style));
        }
        parts[`body > :nth-child(${index + 1})`] = digest(look);
    });
    return [digest(boxes), parts];
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
        markup = f"{page.url}\n{markup}"
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
