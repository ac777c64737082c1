"""What an answer means: who gave it, by which evidence; what a browser does next time; what is wrong."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit

from .ask import Answer
from .page import Named

HASHED = re.compile(
    r"\.[0-9a-f]{8,32}\.|[-.][0-9a-zA-Z_-]{8}\.(?:js|css|woff2?|svg|png|jpe?g|webp)$|[-.][0-9a-f]{8,}\."
)
TYPES = {
    "stylesheet": ("text/css",),
    "script": ("text/javascript", "application/javascript", "application/x-javascript", "text/ecmascript"),
}
TEXT = re.compile(r"^(text/|application/(javascript|json|manifest|xml|wasm)|image/svg)")
LEAST_TO_COMPRESS = 1000  # bytes; below that a compressed file is hardly smaller


@dataclass(frozen=True)
class Who:
    """`name` is who answered, `evidence` the header that tells."""

    name: str
    evidence: str


def who(answer: Answer) -> Who:
    """By fingerprints: what a server, a storage or WhiteNoise writes into its headers."""
    headers = answer.headers
    if not answer.status:
        return Who("nobody", answer.error)
    for header, name in (
        ("cf-ray", "Cloudflare"),
        ("x-amz-cf-id", "CloudFront"),
        ("x-amz-request-id", "S3"),
        ("x-goog-generation", "Google Cloud Storage"),
        ("x-ms-request-id", "Azure"),
        ("x-vercel-id", "Vercel"),
    ):
        if header in headers:
            return Who(name, f"{header}: {headers[header][:40]}")
    server = headers.get("server", "")
    if answer.status == 404:
        return Who("nobody", f"404 from {server or 'a server without a name'}")
    inner = _inner(headers)
    proxy = next(
        (name for name in ("nginx", "Apache", "Caddy", "openresty", "LiteSpeed") if name.lower() in server.lower()), ""
    )
    if proxy:
        from_django = any(
            name in headers for name in ("referrer-policy", "cross-origin-opener-policy", "x-frame-options")
        )
        if inner.name == "WhiteNoise" and from_django:
            return Who(f"WhiteNoise behind {proxy}", inner.evidence)
        if from_django and not _is_file(headers):
            return Who(f"Django behind {proxy}", f"server: {server}, and headers of Django's middleware")
        return Who(proxy, f"server: {server}")
    if inner.name:
        return inner
    if server.startswith("WSGIServer"):
        if _is_file(headers):
            return Who("runserver", f"server: {server}, and a file's last-modified")
        return Who("Django in runserver", f"server: {server}")
    return Who(server or "a server without a name", f"server: {server}" if server else "no server header")


def _inner(headers: Mapping[str, str]) -> Who:
    cache = headers.get("cache-control", "")
    if re.fullmatch(r"max-age=\d+, public(, immutable)?", cache) and headers.get("access-control-allow-origin") == "*":
        return Who("WhiteNoise", f"cache-control: {cache} with access-control-allow-origin: *")
    return Who("", "")


def _is_file(headers: Mapping[str, str]) -> bool:
    return "last-modified" in headers and ("content-disposition" in headers or "content-length" in headers)


def next_visit(answer: Answer) -> tuple[str, str]:
    """What a browser does next time: a word of none, asks, all, guess; and the sentence."""
    headers, cache = answer.headers, answer.headers.get("cache-control", "").lower()
    if answer.status not in (200, 203, 206, 301, 308):
        return "all", "asks again; this answer is not kept"
    validator = "etag" in headers or "last-modified" in headers
    if "no-store" in cache:
        return "all", "loads it again: no-store"
    age = re.search(r"max-age=(\d+)", cache)
    if "no-cache" in cache or (age and age[1] == "0"):
        return ("asks", "asks whether it changed") if validator else ("all", "loads it again")
    if age:
        seconds = int(age[1])
        return "none", f"no request for {duration(seconds)}"
    if "expires" in headers:
        return "none", f"no request until {headers['expires']}"
    if validator:
        return "guess", "may use it for a while without asking: no cache-control"
    return "all", "loads it again: nothing to compare"


def duration(seconds: int) -> str:
    for length, word in ((31_536_000, "year"), (86_400, "day"), (3_600, "hour"), (60, "minute")):
        if seconds >= length:
            count = seconds // length
            return f"{count} {word}{'s' if count > 1 else ''}"
    return f"{seconds} seconds"


def is_hashed(url: str) -> bool:
    return bool(HASHED.search(urlsplit(url).path.rpartition("/")[2]))


@dataclass(frozen=True)
class Problem:
    """`symptom` is the slug of the page with the cure, or ""."""

    text: str
    symptom: str = ""


def problems(named: Named, answer: Answer, page: str) -> list[Problem]:
    """What is wrong for the visitor, the worst first."""
    found = []
    headers, kind = answer.headers, named.kind
    if not answer.status:
        return [Problem(f"Nothing answered: {answer.error}.")]
    if answer.status >= 400:
        return [Problem(f"{answer.status}: the browser gets no file.", _symptom_of(named, answer.status))]
    if 300 <= answer.status < 400:
        where = headers.get("location", "nowhere")
        if re.search(r"[?&]next=|/login", where):
            return [Problem(f"{answer.status} to {where}: a login stands before the file.", "css-redirects-to-login")]
        return []
    type_ = headers.get("content-type", "").partition(";")[0].strip().lower()
    wanted = TYPES.get(kind)
    if wanted and type_ not in wanted:
        refuses = "nosniff" in headers.get("x-content-type-options", "") or kind == "stylesheet"
        text = f"It arrives as {type_ or 'no type'}" + (", and the browser refuses it." if refuses else ".")
        plain = "javascript-as-text-plain" if kind == "script" else "nginx-without-mime-types"
        found.append(Problem(text, plain if type_ == "text/plain" else "refused-mime-type"))
    if kind == "image" and type_ == "text/html":
        found.append(Problem("A page arrives in place of the picture.", "spa-catch-all-swallows-static"))
    if urlsplit(page).scheme == "https" and urlsplit(answer.url).scheme == "http":
        text = "It is asked for over http from an https page: mixed content."
        found.append(Problem(text, "http-media-address-behind-https"))
    other = urlsplit(page).netloc != urlsplit(answer.url).netloc
    if kind == "font" and other and "access-control-allow-origin" not in headers:
        text = "A font from another origin without access-control-allow-origin: the browser refuses it."
        found.append(Problem(text, "fonts-blocked-by-cors"))
    return found


def _symptom_of(named: Named, status: int) -> str:
    if status == 403:
        return "nginx-403"
    if status not in (404, 410):
        return ""
    if named.kind == "icon":
        return "favicon-robots-well-known"
    return "media-404-in-production" if "/media/" in named.url else "debug-off-static-404"


def remarks(answer: Answer) -> list[str]:
    """What could be better."""
    found: list[str] = []
    headers = answer.headers
    if 300 <= answer.status < 400:
        return [f"redirects to {headers.get('location', 'nowhere')}: one more request each time"]
    if answer.status != 200:
        return found
    type_ = headers.get("content-type", "").partition(";")[0].strip().lower()
    if TEXT.match(type_) and answer.wire >= LEAST_TO_COMPRESS and "content-encoding" not in headers:
        found.append("not compressed")
    age = re.search(r"max-age=(\d+)", headers.get("cache-control", ""))
    if is_hashed(answer.url) and (not age or int(age[1]) < 86_400):
        found.append("a hashed name, and not kept for long")
    if not is_hashed(answer.url) and age and int(age[1]) > 7 * 86_400:
        found.append("kept for long under a name without a hash: visitors may see an old file")
    if "x-content-type-options" not in headers and TEXT.match(type_):
        found.append("no nosniff")
    return found
