"""An x-ray as Markdown, to paste into an issue or a question."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urlsplit

from ..finding import SITE
from .pick import SCREEN
from .report import Report, Row

HEAD = ("", "File", "Bytes", "Type", "Answered by", "Next visit")


def markdown(report: Report, title: str = "") -> Iterator[str]:
    """Yield the verdict, what there is to do, then a line of the table for each file."""
    yield f"## {title or report.url}: {report.verdict}"
    yield ""
    if report.error:
        return
    for redirect in report.redirects:
        yield f"- redirected: {redirect}"
    yield f"- the page: {report.status} from {report.answered_by}"
    for row in report.bad:
        for problem, slug in zip(row.problems, row.symptoms):
            yield f"- `{row.path}`: {problem}" + (f" {symptom_page(slug)}" if slug else "")
    if report.left_out:
        yield f"- {report.left_out} more files were not asked for"
    if not report.rows:
        return
    yield ""
    yield _line(HEAD)
    yield _line("-" * 3 for _ in HEAD)
    for row in report.rows:
        yield _line(_cells(row, urlsplit(report.url).netloc))
    yield ""
    yield f"Asked as a browser does whose window is {SCREEN}."


def symptom_page(slug: str) -> str:
    return f"{SITE}/symptoms/{slug}/"


def _cells(row: Row, host: str) -> Iterator[str]:
    name = row.path if urlsplit(row.url).netloc == host else row.url
    yield f"{'✗' if row.problems else '✓'} {row.status or '–'}"
    yield f"`{name}`" + (f" ({row.when})" if row.when else "")
    raw = f"{row.raw if row.raw >= 0 else '?'} → " if row.encoding else ""
    yield f"{raw}{row.wire} {row.encoding}".strip()
    yield row.type.partition(";")[0]
    yield row.answered_by
    yield "; ".join(word for word in (row.next_words, *row.remarks) if word)


def _line(cells: Iterator[str] | tuple[str, ...]) -> str:
    return "| " + " | ".join(cell.replace("|", "\\|").replace("\n", " ") for cell in cells) + " |"
