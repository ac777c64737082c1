"""What a browser makes of a file, as far as the answer's headers decide it."""

from collections.abc import Mapping
from dataclasses import dataclass

DECIDING = ("content-type", "x-content-type-options", "content-security-policy", "content-disposition")
# Types that no browser runs as a script, with or without nosniff: https://fetch.spec.whatwg.org/ (should response to
# request be blocked due to its MIME type).
NEVER_A_SCRIPT = ("image/", "audio/", "video/", "text/csv")
ACTIVE = ("text/html", "application/xhtml+xml", "image/svg+xml", "text/xml", "application/xml")


@dataclass(frozen=True)
class Effect:
    """`harmful` when a script in the file would run as this site's own."""

    sentence: str
    harmful: bool = False


def effect(headers: Mapping[str, str]) -> Effect:
    """Of a file that is opened by its address; `headers` have lower-case names."""
    kind = headers.get("content-type", "").partition(";")[0].strip()
    believed = headers.get("x-content-type-options") == "nosniff"
    if headers.get("content-disposition", "").startswith("attachment"):
        return Effect("It is offered for download, not opened.")
    if kind in ACTIVE:
        return _page(kind, headers.get("content-security-policy", ""))
    if not kind:
        return Effect("Without a type the browser looks into the file, and may take it for a page.", harmful=True)
    if kind.startswith("image/"):
        return Effect(
            f"{kind} is drawn as a picture, or shown as a broken one, and never run as a page or a script, whatever "
            "else is in it."
        )
    if not believed and not kind.startswith(NEVER_A_SCRIPT):
        return Effect(f"Without nosniff {kind} is a hint: a page that names the file as a script may run it.")
    if kind == "text/css":
        return Effect("Shown as text. A page that names it uses it as a stylesheet: no page of yours should.")
    return Effect(f"{kind} is shown, played or offered for download, and never run.")


def _page(kind: str, policy: str) -> Effect:
    directives = {directive.split()[0]: directive.split()[1:] for directive in policy.split(";") if directive.split()}
    if "sandbox" in directives and "allow-scripts" not in directives["sandbox"]:
        return Effect(f"{kind} is opened as a page, but sandboxed: its scripts do not run, and it has no origin.")
    return Effect(
        f"{kind} is opened as a page of this host: its scripts run, and act for anyone who is logged in.", True
    )
