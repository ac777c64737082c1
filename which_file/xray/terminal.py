"""`which-file xray URL`: the rows as a table for the terminal, or as JSON."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator, Sequence
from urllib.parse import urlsplit

from .markdown import markdown, symptom_page
from .report import Report, Row, xray

OK, PROBLEMS, NO_ANSWER = 0, 1, 2


def main(words: Sequence[str]) -> int:
    made = argparse.ArgumentParser(
        prog="which-file xray",
        description="Every stylesheet, script, picture and font of a page: status, size, cache, who answered. Sends "
        "one request a file, and asks no host that the page does not name.",
    )
    made.add_argument("url", help="the page, such as https://example.org/ or localhost:8000/about/")
    made.add_argument("--format", choices=["text", "json", "markdown"], default="text")
    made.add_argument("--own-host", action="store_true", help="ask only the page's own host")
    options = made.parse_args(words)
    url = options.url if "://" in options.url else f"http://{options.url}"
    host = urlsplit(url).netloc
    may_ask = (lambda one: urlsplit(one).netloc == host) if options.own_host else (lambda _one: True)
    report = xray(url, may_ask=may_ask)
    print(written(report, options.format))
    if report.error:
        return NO_ANSWER
    return PROBLEMS if report.bad else OK


def written(report: Report, form: str) -> str:
    if form == "json":
        return json.dumps(report.as_dict(), indent=1)
    return "\n".join(markdown(report) if form == "markdown" else lines(report))


def lines(report: Report) -> Iterator[str]:
    """Yield the verdict first, then a line a file, problems at the top."""
    yield f"{report.verdict}  {report.url}"
    if report.error:
        return
    for redirect in report.redirects:
        yield f"  {redirect}"
    yield f"  the page: {report.status} from {report.answered_by}"
    others = [host for host in report.hosts if host != urlsplit(report.url).netloc]
    if others:
        yield f"  other hosts asked: {', '.join(others)}"
    if "br" not in report.encodings:
        yield "  asked without brotli, which this Python cannot read: sizes may differ from a browser's"
    if report.left_out:
        yield f"  {report.left_out} more files were not asked for"
    if not report.rows:
        return
    yield ""
    yield f"  {'status':7}{'bytes':>19}  {'answered by':22}{'next visit':34}file"
    for row in report.rows:
        yield from _row(row, urlsplit(report.url).netloc)


def _row(row: Row, host: str) -> Iterator[str]:
    mark = "x" if row.problems else " "
    name = row.path if urlsplit(row.url).netloc == host else row.url
    status = str(row.status or "-")
    yield f"{mark} {status:7}{size(row):>19}  {row.answered_by[:21]:22}{row.next_words[:33]:34}{name}"
    if row.when:
        yield f"          a browser loads it {row.when}"
    for problem, slug in zip(row.problems, row.symptoms):
        yield f"          {problem}" + (f" {symptom_page(slug)}" if slug else "")
    if row.remarks:
        yield f"          {', '.join(row.remarks)}"
    if row.origin:
        lost = f"; lost: {', '.join(row.origin.losers)}" if row.origin.losers else ""
        yield f"          from {row.origin.source}{lost}"


def size(row: Row) -> str:
    """`1842 > 762 br`: the file's bytes, and those on the wire."""
    if not row.status:
        return ""
    if not row.encoding:
        return str(row.wire)
    raw = str(row.raw) if row.raw >= 0 else "?"
    return f"{raw} > {row.wire} {row.encoding}"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
