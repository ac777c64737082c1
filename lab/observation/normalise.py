"""Makes two runs of one experiment equal: replaces what depends on time, chance or place by a name.

Replaced are dates, ETags, cookies, CSRF tokens, memory addresses, temporary paths, the places where Python and its
packages are installed, and the versions in Server headers. Lines that a command prints in the order in which a folder
happens to list its files are sorted. Only `ms` may differ.
"""

import json
import os
import re
import sys
import sysconfig
from collections.abc import Mapping
from functools import cache
from pathlib import Path

_CSRF_TOKEN = re.compile(r'(name="csrfmiddlewaretoken" value=")[^"]*(")')
_TEST_TIME = re.compile(r"^(Ran \d+ tests? in )[\d.]+s", re.MULTILINE)
# collectstatic prints the files in the order of os.scandir, which differs between file systems; with WhiteNoise, whose
# threads write the compressed copies, the order differs between runs.
_FILE_BY_FILE = re.compile(
    r"^(Deleting|Copying|Linking|Pretending to (?:delete|copy|link)|Skipping|Post-processed) '.*\n(?:\1 '.*\n)+",
    re.MULTILINE,
)
_ADDRESS = re.compile(r"\b0x[0-9a-f]{6,16}\b")
_HTTP_DATE = re.compile(r"(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun), \d{2} [A-Z][a-z]{2} \d{4} \d{2}:\d{2}:\d{2} GMT")
_COOKIE_VALUE = re.compile(r"^([^=;]+)=[^;]*")
_SERVER_VERSION = re.compile(r"/[0-9][^ ]*")


@cache
def _installation() -> tuple[tuple[str, str], ...]:
    """Return where Python and its packages are, with the names that stand for those places."""
    paths = sysconfig.get_paths()
    return (
        (paths["purelib"], "/site-packages"),
        (paths["platlib"], "/site-packages"),
        (paths["stdlib"], "/python"),
        (sys.prefix, "/environment"),
        # Its interpreter alone: a system's Python has the prefix /usr, which is in "#!/usr/bin/env" as well.
        (str(Path(sys.base_prefix, "bin" if os.name == "posix" else "", "python")), "/environment/bin/python"),
    )


class Normaliser:
    """Normalises what one run produced; `project` is the run's temporary project folder."""

    def __init__(self, project: Path) -> None:
        resolved = project.resolve()
        places = (
            (str(project), "/project"),
            (str(resolved), "/project"),
            (str(project.parent), "/tmp"),  # noqa: S108 - a name in a text, not a folder
            (str(resolved.parent), "/tmp"),  # noqa: S108
            *_installation(),
        )
        # The longest first: the folder of the packages lies inside that of Python.
        self._places = sorted(((old, new) for old, new in places if len(old) > 1), key=lambda item: -len(item[0]))

    def printed(self, text: str) -> str:
        """Return a command's output, normalised."""
        return _FILE_BY_FILE.sub(_sorted_lines, self.text(text))

    def text(self, text: str) -> str:
        """Return an error message or the text of a body, normalised."""
        for old, new in self._places:
            text = text.replace(old, new)
        text = _TEST_TIME.sub(r"\1<time>", text)
        text = _CSRF_TOKEN.sub(r"\1<token>\2", text)
        return _ADDRESS.sub("0x...", text)

    def body(self, body: bytes, content_type: str) -> bytes:
        """Return a response's body, normalised if it is text."""
        if not is_text(content_type):
            return body
        return self.text(body.decode("utf-8", "surrogateescape")).encode("utf-8", "surrogateescape")

    def headers(self, headers: Mapping[str, str], *, status: int, length: int) -> dict[str, str]:
        """Return the response headers, normalised and sorted by their lower-case names.

        `length` is the length of the normalised body, which content-length then says; a page with status 500 is
        never the same twice, so its length is `<length>`. Headers between one server and its client only
        (connection, keep-alive, transfer-encoding) are left out.
        """
        result: dict[str, str] = {}
        for name, value in sorted(headers.items()):
            if name in ("connection", "keep-alive", "transfer-encoding"):
                continue
            if name in ("date", "last-modified", "expires"):
                result[name] = _HTTP_DATE.sub("<date>", value)
            elif name == "etag":
                result[name] = "<etag>"
            elif name == "set-cookie":
                result[name] = _COOKIE_VALUE.sub(r"\1=<value>", _HTTP_DATE.sub("<date>", value))
            elif name == "content-length":
                result[name] = "<length>" if status == 500 else str(length)
            elif name == "server":
                result[name] = _SERVER_VERSION.sub("", value)
            else:
                result[name] = self.text(value)
        return result


def _sorted_lines(lines: re.Match[str]) -> str:
    return "".join(sorted(lines[0].splitlines(keepends=True)))


def manifest(content: bytes) -> bytes:
    """Return staticfiles.json sorted by path, as Django writes it from 6.0 on; 5.2 follows the list of a folder."""
    try:
        data = json.loads(content)
        return json.dumps({**data, "paths": dict(sorted(data["paths"].items()))}).encode()
    except (ValueError, TypeError, KeyError, AttributeError):
        return content  # half written, or not Django's


def is_text(content_type: str) -> bool:
    """Return whether a body of that type is text."""
    kind = content_type.partition(";")[0].strip()
    return kind.startswith("text/") or kind in ("application/json", "application/javascript", "image/svg+xml")
