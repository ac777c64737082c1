"""What the pages about other people's projects show: the checks of `which-file`, and an x-ray of a page of ours."""

import threading
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from urllib.parse import urlsplit

from django.http import HttpRequest
from django.http.request import split_domain_port

from guide.cases.case import Case, cases
from mysite.web.modes import KNOWN, Mode
from which_file import checks
from which_file.checks import Check
from which_file.xray.origin import explain_in
from which_file.xray.report import Report, Row, xray

LOOPBACK = "127.0.0.1"
SECONDS = 12
# An x-ray asks this site some twenty times: two at once leave threads for those answers.
_slots = threading.BoundedSemaphore(2)


class BadPath(ValueError):
    """The path is no page of this site; the message says why."""


class Busy(Exception):
    """Two x-rays are being made."""


@dataclass(frozen=True)
class Explained:
    """A check with its outlines and the symptom that people see of it."""

    check: Check
    case: Case | None

    @property
    def id(self) -> str:
        return self.check.id.rpartition(".")[2]

    @property
    def outlines(self) -> list[str]:
        return list(self.check.outlines())


GROUPS = {
    "00": "STORAGES",
    "01": "The order of MIDDLEWARE and INSTALLED_APPS",
    "02": "Folders",
    "03": "Addresses",
    "04": "Uploads, hosts and buckets",
    "05": "What the finders find, and what was collected",
    "06": "Templates, forms, scripts",
    "07": "Who serves it",
    "08": "Files for the deployment",
    **dict.fromkeys(("09", "10"), "A project that could not be examined"),
    **dict.fromkeys(("11", "12", "13", "14"), "One line of a template, a model, a deploy file"),
}


def explained(id_: str) -> Explained | None:
    """Return the check with an id such as W072, or None."""
    check = checks.by_id(id_)
    return Explained(check, cases().get(check.symptom or "")) if check else None


def groups() -> list[tuple[str, list[Explained]]]:
    """Return all checks in their groups, in the order of their numbers."""
    listed = [Explained(check, cases().get(check.symptom or "")) for check in checks.CHECKS]
    return [(title, list(found)) for title, found in groupby(listed, lambda one: GROUPS[one.id[1:3]])]


@dataclass(frozen=True)
class Seen:
    """The x-ray of one page in one mode; `report` is None where that mode cannot be asked."""

    mode: Mode
    report: Report | None
    here: bool

    def row(self, name: str) -> Row | None:
        rows = self.report.rows if self.report else ()
        return next((row for row in rows if logical(row) == name), None)


@dataclass(frozen=True)
class Line:
    """One file of the page: as the mode here names it, and its row in each mode."""

    name: str
    here: Row
    modes: tuple[Row | None, ...]


@dataclass(frozen=True)
class Picture:
    """Everything on the page of an x-ray."""

    path: str
    seen: tuple[Seen, ...]

    @property
    def here(self) -> Seen:
        return next(one for one in self.seen if one.here)

    @property
    def lines(self) -> list[Line]:
        report = self.here.report
        return (
            [Line(logical(row), row, tuple(one.row(logical(row)) for one in self.seen)) for row in report.rows]
            if report
            else []
        )

    @property
    def at_once(self) -> list[Row]:
        """The rows of what a browser loads with the page, whatever its styles and its reader do."""
        return [line.here for line in self.lines if not line.here.when]

    @property
    def wire(self) -> int:
        return sum(row.wire for row in self.at_once)

    @property
    def raw(self) -> int:
        return sum(max(row.raw, 0) for row in self.at_once)

    @property
    def next_requests(self) -> int:
        return sum(row.next_visit != "none" for row in self.at_once)


def logical(row: Row) -> str:
    """The name by which a file is the same one in every mode."""
    return row.origin.name if row.origin else row.path


def checked(path: str) -> str:
    """Return the path of a page of this site. Raises BadPath."""
    if not path.startswith("/") or path.startswith("//") or "\\" in path or len(path) > 500:
        raise BadPath("Give the path of a page of this site, such as /gallery/.")
    if any(ord(letter) < 33 for letter in path) or "#" in path:
        raise BadPath("A path has no spaces and no #.")
    parts = urlsplit(path)
    if parts.netloc or parts.scheme:
        raise BadPath("Only pages of this site are asked for.")
    if parts.path.startswith(("/xray", "/lab", "/workshop", "/admin")):
        raise BadPath("The x-ray does not ask for itself, nor for pages that start something.")
    return path


def picture(request: HttpRequest, path: str, ports: dict[str, int], this: Mode, base: Path) -> Picture:
    """X-ray a page of this site in every mode that runs here. Raises BadPath and Busy.

    Only this machine is asked, at the ports that this site's own modes have, whatever the Host header says.
    """
    path = checked(path)
    host, _port = split_domain_port(request.get_host())
    if not _slots.acquire(timeout=3):
        raise Busy
    try:
        return Picture(path, tuple(_seen(mode, host, path, ports, this, base, request) for mode in KNOWN.values()))
    finally:
        _slots.release()


def _seen(
    mode: Mode, host: str, path: str, ports: dict[str, int], this: Mode, base: Path, request: HttpRequest
) -> Seen:
    here = mode.short == this.short
    key = next(name for name, known in KNOWN.items() if known is mode)
    port = ports.get(key)
    if port is None and here:
        port = int(request.META.get("SERVER_PORT") or 80)
    if port is None:
        return Seen(mode, None, here)
    netloc = f"{host}:{port}"
    report = xray(
        f"http://{netloc}{path}",
        may_ask=lambda url: urlsplit(url).netloc == netloc,
        explain=explain_in(base),
        connect=(LOOPBACK, port),
        seconds=SECONDS,
    )
    return Seen(mode, report, here)
