"""Which of several pictures a browser takes: media conditions, sizes and srcset, for one screen."""

from __future__ import annotations

import re
from collections.abc import Sequence

WIDTH, HEIGHT, DENSITY = 1366, 768, 1.0
SCREEN = f"{WIDTH} × {HEIGHT}, one device pixel a CSS pixel"
EM = 16.0
# Of features without a number: what a computer with a mouse and a light theme answers.
FEATURES = {
    "orientation": "landscape",
    "prefers-color-scheme": "light",
    "prefers-reduced-motion": "no-preference",
    "prefers-contrast": "no-preference",
    "hover": "hover",
    "any-hover": "hover",
    "pointer": "fine",
    "any-pointer": "fine",
    "forced-colors": "none",
    "scripting": "enabled",
    "display-mode": "browser",
}
# As Chromium takes them; Firefox leaves out JPEG XL.
SHOWN = {"image/avif", "image/webp", "image/png", "image/apng", "image/jpeg", "image/jpg", "image/gif"} | {
    *("image/svg+xml", "image/bmp", "image/x-icon", "image/vnd.microsoft.icon", "image/jxl")
}
LENGTH = re.compile(r"([+-]?\d*\.?\d+)(px|em|rem|vw|vh|vmin|vmax|cm|mm|in|pt|pc)?$")


def shows(type_: str) -> bool:
    """Whether a browser of today takes a `<source>` of this type; one without a type is taken."""
    type_ = type_.partition(";")[0].strip().lower()
    return not type_ or type_ in SHOWN


def matches(media: str) -> bool:
    """Whether a media attribute is true for the screen. A condition that is not known here is false."""
    return not media.strip() or any(_query(one.strip().lower()) for one in _split(media, ","))


def _query(query: str) -> bool:
    negated = query.startswith("not ")
    query = re.sub(r"^(?:only|not)\s+", "", query)
    parts = [part.strip() for part in re.split(r"\band\b", query)]
    return negated != all(_condition(part) for part in parts)


def _condition(part: str) -> bool:
    if not part.startswith("("):
        return part in ("all", "screen")
    inner = part.strip("() ")
    if inner.startswith("not "):
        return not _condition(f"({inner[4:].strip(' ()')})")
    if " or " in inner:
        return any(_condition(f"({one.strip(' ()')})") for one in inner.split(" or "))
    between = re.fullmatch(r"(?:(\S+)\s*(<=?)\s*)?(width|height)\s*(?:(<=?|>=?|=)\s*(\S+))?", inner)
    if between and (between[1] or between[5]):
        here = WIDTH if between[3] == "width" else HEIGHT
        low = not between[1] or _compared(length(between[1]), between[2], here)
        return low and (not between[5] or _compared(here, between[4], length(between[5])))
    name, _, value = (one.strip() for one in inner.partition(":"))
    if name in FEATURES:
        return value == FEATURES[name] if value else FEATURES[name] not in ("none", "no-preference")
    found = re.fullmatch(r"(?:-webkit-)?(min-|max-)?(?:device-)?(width|height|resolution|pixel-ratio)", name)
    if not found:
        found = re.fullmatch(r"-webkit-(min-|max-)?device-(pixel-ratio)", name)
    if not found or not value:
        return False
    have, wanted = _measure(found[2]), _number(found[2], value)
    return wanted is not None and _compared(have, {"min-": ">=", "max-": "<="}.get(found[1] or "", "="), wanted)


def _measure(name: str) -> float:
    return {"width": float(WIDTH), "height": float(HEIGHT)}.get(name, DENSITY)


def _number(name: str, value: str) -> float | None:
    if name in ("width", "height"):
        return length(value)
    match = re.match(r"([\d.]+)\s*(dpi|dppx|dpcm|x)?$", value)
    if not match:
        return None
    return float(match[1]) / {"dpi": 96.0, "dpcm": 96 / 2.54}.get(match[2] or "", 1.0)


def _compared(first: float | None, sign: str, second: float | None) -> bool:
    if first is None or second is None:
        return False
    return {"<": first < second, "<=": first <= second, ">": first > second, ">=": first >= second}.get(
        sign, first == second
    )


def length(value: str) -> float | None:
    """A CSS length in pixels, calc(), min() and max() included; None where it cannot be told from the markup."""
    value = value.strip().lower()
    match = LENGTH.match(value)
    if match:
        unit = {
            "px": 1.0,
            "em": EM,
            "rem": EM,
            "vw": WIDTH / 100,
            "vh": HEIGHT / 100,
            "in": 96.0,
            "pt": 4 / 3,
            "pc": 16.0,
            "cm": 96 / 2.54,
            "mm": 9.6 / 2.54,
            "vmin": min(WIDTH, HEIGHT) / 100,
            "vmax": max(WIDTH, HEIGHT) / 100,
        }
        if match[2] is None and float(match[1]):
            return None
        return float(match[1]) * unit.get(match[2] or "px", 1.0)
    called = re.fullmatch(r"(calc|min|max|clamp)?\((.*)\)", value, re.DOTALL)
    if not called:
        return None
    if called[1] in ("min", "max", "clamp"):
        values = [_sum(one) for one in _split(called[2], ",")]
        known = [one for one in values if one is not None]
        if len(known) != len(values) or not known:
            return None
        if called[1] == "clamp":
            return max(known[0], min(known[1], known[2])) if len(known) == 3 else None
        return min(known) if called[1] == "min" else max(known)
    return _sum(called[2])


def _sum(text: str) -> float | None:
    total, sign = 0.0, 1
    for part in re.split(r"\s+([+-])\s+", text.strip()):
        if part in "+-":
            sign = 1 if part == "+" else -1
            continue
        value = 1.0
        pieces = re.split(r"\s*([*/])\s*", part)
        for place, piece in enumerate(pieces[::2]):
            number = float(piece) if re.fullmatch(r"[\d.]+", piece) else length(piece)
            if number is None or (place and pieces[2 * place - 1] == "/" and not number):
                return None
            value = number if not place else value * number if pieces[2 * place - 1] == "*" else value / number
        total += sign * value
    return total


def source_size(sizes: str) -> float | None:
    """How wide the picture will be; 100vw where nothing says, None where only the layout knows (sizes=auto)."""
    for entry in _split(sizes, ","):
        entry = entry.strip()
        if entry.lower().startswith("auto"):
            return None
        match = re.match(r"(.*?)([^\s()]+|(?:calc|min|max|clamp)\(.*\))$", entry, re.DOTALL)
        if not match:
            continue
        wide = length(match[2])
        if wide is not None and matches(match[1].strip()):
            return wide
    return float(WIDTH)


def candidates(srcset: str) -> list[tuple[str, str]]:
    """The addresses of a srcset with their descriptors. A comma belongs to an address unless it ends it."""
    found = []
    rest = srcset.strip()
    while rest:
        rest = rest.lstrip(" \t\n\r\f,")
        match = re.match(r"\S+", rest)
        if not match:
            break
        address = match[0]
        rest = rest[match.end() :]
        if address.endswith(","):
            found.append((address.rstrip(","), ""))
            continue
        descriptor, _, rest = rest.partition(",")
        found.append((address, descriptor.strip()))
    return found


def chosen(srcset: str, sizes: str, src: str) -> tuple[str, ...]:
    """The one address that the screen takes; all of them where only the layout decides."""
    listed = candidates(srcset)
    wide = [(address, float(words[:-1])) for address, words in listed if re.fullmatch(r"\d+w", words)]
    if wide:
        size = source_size(sizes)
        if size is None:
            return tuple(dict.fromkeys(address for address, _ in wide))
        dense = [(address, pixels / size if size else 1e9) for address, pixels in wide]
    else:
        dense = [
            (address, float(words[:-1] or 1) if words else 1.0)
            for address, words in listed
            if re.fullmatch(r"(?:\d*\.?\d+x)?", words)
        ]
        if src and not any(density == 1 for _, density in dense):
            dense.append((src, 1.0))
    if not dense:
        return (src,) if src else ()
    return (_nearest(dense),)


def _nearest(dense: Sequence[tuple[str, float]]) -> str:
    """The least dense one that is dense enough, as Chromium takes it; of two alike the first."""
    ordered = sorted(dense, key=lambda one: one[1])
    return next((address for address, density in ordered if density >= DENSITY), ordered[-1][0])


def _split(text: str, at: str) -> list[str]:
    """Split outside of parentheses."""
    parts, depth, begin = [], 0, 0
    for place, letter in enumerate(text):
        depth += {"(": 1, ")": -1}.get(letter, 0)
        if letter == at and not depth:
            parts.append(text[begin:place])
            begin = place + 1
    return [*parts, text[begin:]]
