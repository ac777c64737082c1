"""`which-file why "message"`, and the words of `which-file explain ID`."""

from __future__ import annotations

import argparse
import re
import sys
import textwrap
from collections.abc import Iterator, Sequence

from ..checks import Check
from ..finding import SITE, page
from . import search, symptoms

WIDTH = 100


def main(words: Sequence[str]) -> int:
    """Print the symptom that a message is about, with its fix. Return 1 where nothing fits."""
    made = argparse.ArgumentParser(
        prog="which-file why",
        description="What an error message, a traceback or a question about static and media files means, and the fix. "
        "Reads standard input without one. Works without a network.",
    )
    made.add_argument("text", nargs="*", help="the message")
    made.add_argument("--most", type=int, default=4, metavar="N", help="how many further symptoms to name (default: 4)")
    options = made.parse_args(words)
    text = " ".join(options.text)
    if not text:
        if sys.stdin.isatty():
            print("Paste the message, then press Ctrl+D (Windows: Ctrl+Z and Enter).", file=sys.stderr)
        text = sys.stdin.buffer.read().decode(errors="replace")
    if not text.strip():
        print('Nothing to look for. Try: which-file why "Missing staticfiles manifest entry"', file=sys.stderr)
        return 2
    if not symptoms():
        print("The symptoms are not here: install django-which-file, or use Python 3.11.", file=sys.stderr)
        return 2
    answer = search(text)
    if not answer.known:
        print("Nothing here is about this." + (" The nearest:" if answer.results else ""))
        for result in answer.results[: options.most]:
            print(f"  {result.title}\n    {SITE}/symptoms/{result.id}/")
        return 1
    best, *others = answer.results
    print("\n".join(told(best.id)))
    if answer.miss:
        print(f"\n{answer.miss.says}")
    if others and options.most > 0:
        print("\nNot that? It may be:")
        for result in others[: options.most]:
            print(f"  {result.title}\n    {SITE}/symptoms/{result.id}/")
    return 0


def told(slug: str) -> Iterator[str]:
    """Yield the lines for one symptom: title, reason, fix, check, address."""
    symptom = symptoms()[slug]
    yield symptom["title"]
    yield from textwrap.wrap(symptom["summary"], WIDTH)
    for name in ("Fix", "Check"):
        if text := symptom["sections"].get(name):
            yield ""
            yield name.upper() if name == "Fix" else name
            yield from plain(text)
    yield ""
    yield f"More: {SITE}/symptoms/{slug}/"


def plain(markdown: str) -> Iterator[str]:
    """Markdown for a terminal: code is indented, prose is wrapped, links and backquotes lose their marks."""
    code = False
    for line in markdown.splitlines():
        if line.startswith("```"):
            code = not code
        elif code:
            yield f"    {line}".rstrip()
        else:
            words = re.sub(r"\[([^\]]+)\]\([^)]+\)", r"\1", line.replace("`", ""))
            words = re.sub(r"^#+ ", "", words).replace("**", "")
            yield from textwrap.wrap(words, WIDTH) or [""]


def explained(check: Check) -> Iterator[str]:
    """Yield the lines about a check: what it looks for, what to do, and the symptom that people see of it."""
    yield f"{check.id}  {check.level}"
    for outline in check.outlines():
        yield from textwrap.wrap(outline, WIDTH)
    yield ""
    yield from textwrap.wrap(f"Fix: {check.advice}", WIDTH)
    if check.symptom in symptoms():
        yield ""
        yield "What people see of it, with the fix step by step:"
        yield ""
        yield from told(str(check.symptom))
    yield f"Page: {page(check.id)}"
