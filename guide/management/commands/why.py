"""`manage.py why "<error>"`: the search in a terminal; without an error the questions that lead to a symptom."""

import sys
from argparse import ArgumentParser
from collections.abc import Iterator
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.urls import reverse

from guide.cases.case import cases
from guide.search import Answer, search
from guide.which.offer import telling_apart
from guide.which.tree import trees
from guide.which.walk import are_answers, walk


class Command(BaseCommand):
    help = (
        "Say which page explains an error message, a traceback, a setting or a question. Without one it asks what you "
        "see, step by step; what is piped in is searched."
    )
    requires_system_checks: list[str] = []  # noqa: RUF012 - Django's own declaration

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("text", nargs="*", help="the message; `-` reads it from standard input, up to its end")
        parser.add_argument("--most", type=int, default=5, help="how many results to print (default: 5)")

    def handle(self, *_: Any, **options: Any) -> None:
        text = " ".join(options["text"])
        if not text and sys.stdin.isatty():
            walk(trees(), cases(), input, self.stdout.write)
            return
        if text in {"", "-"}:
            text = self._read()
        if are_answers(text):
            self._walk_along(text.split())
            return
        if not text.strip():
            raise CommandError(
                'Nothing to look for. Try: manage.py why "Missing staticfiles manifest entry", or in a terminal '
                "manage.py why",
                returncode=2,
            )
        self._tell(search(text), max(1, options["most"]))

    def _read(self) -> str:
        if sys.stdin.isatty():
            self.stderr.write("Paste the message, then press Ctrl+D (Windows: Ctrl+Z and Enter).")
        return sys.stdin.buffer.read().decode(errors="replace") if hasattr(sys.stdin, "buffer") else sys.stdin.read()

    def _walk_along(self, typed: list[str]) -> None:
        """Walk with answers that are there already, and show them."""
        answers = iter(typed)

        def ask(prompt: str) -> str:
            answer = next(answers, None)
            self.stdout.write(prompt + (answer or ""))
            if answer is None:
                raise EOFError
            return answer

        walk(trees(), cases(), ask, self.stdout.write)

    def _tell(self, answer: Answer, most: int) -> None:
        if answer.recognised:
            self.stdout.write(f"Recognised: {answer.recognised.line.strip()}")
        if answer.miss:
            self.stdout.write(answer.miss.says)
        if not answer.known:
            self.stdout.write(self.style.WARNING("Not known here. This site explains static and media files only."))
            if answer.results:
                self.stdout.write("The nearest pages:")
        for result in answer.results[:most]:
            self.stdout.write(self.style.SUCCESS(f"{result.title}") + f"  ({result.kind})")
            if result.summary:
                self.stdout.write(f"    {result.summary}")
            self.stdout.write(f"    {result.url}")
        for line in _further(answer):
            self.stdout.write(line)
        if not answer.known:
            sys.exit(1)


def _further(answer: Answer) -> Iterator[str]:
    """Yield what else helps: the questions that tell causes apart, and for an unknown message all other ways."""
    for tree in telling_apart(answer) if answer.known else ():
        yield f"Not sure that it is this one? {tree.title}: {reverse('guide:which', args=[tree.slug])}"
    if not answer.known:
        yield "No message that says it? Answer a few questions: python manage.py why"
        yield "Have your project looked at: python -m which_file ../yours"
        yield 'Know the cause? Add it: python manage.py symptoms new SLUG "the message"'
