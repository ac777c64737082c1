"""`manage.py why "<error>"`: the search in a terminal."""

import sys
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from guide.search import search


class Command(BaseCommand):
    help = "Say which page explains an error message, a traceback, a setting or a question. Reads stdin without one."
    requires_system_checks: list[str] = []  # noqa: RUF012 - Django's own declaration

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("text", nargs="*", help="the message; without it, what comes on standard input")
        parser.add_argument("--most", type=int, default=5, help="how many results to print (default: 5)")

    def handle(self, *_: Any, **options: Any) -> None:
        text = " ".join(options["text"])
        if not text:
            if sys.stdin.isatty():
                self.stderr.write("Paste the message, then press Ctrl+D (Windows: Ctrl+Z and Enter).")
            text = (
                sys.stdin.buffer.read().decode(errors="replace") if hasattr(sys.stdin, "buffer") else sys.stdin.read()
            )
        if not text.strip():
            raise CommandError(
                'Nothing to look for. Try: manage.py why "Missing staticfiles manifest entry"', returncode=2
            )
        answer = search(text)
        if not answer.results:
            raise CommandError("Nothing fits. Try the last line of the traceback.", returncode=1)
        if not answer.known:
            self.stdout.write(self.style.WARNING("Nothing here is about this. The nearest pages:"))
        for result in answer.results[: max(1, options["most"])]:
            self.stdout.write(self.style.SUCCESS(f"{result.title}") + f"  ({result.kind})")
            if result.summary:
                self.stdout.write(f"    {result.summary}")
            self.stdout.write(f"    {result.url}")
        if not answer.known:
            sys.exit(1)
