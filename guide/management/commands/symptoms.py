"""`manage.py symptoms`: list the symptoms, make a new one, and prove that each does what its page says."""

import json
import os
import re
from argparse import ArgumentParser
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from guide.cases import new, record
from guide.cases.case import SYMPTOMS, CaseError, cases, folders, read
from guide.cases.verify import Verdict, verify

VALID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


class Command(BaseCommand):
    help = "The symptoms: list them, make a new one from a message, or verify that each does what its page says."

    def add_arguments(self, parser: ArgumentParser) -> None:
        actions = parser.add_subparsers(dest="action", required=True)
        actions.add_parser("list", help="every symptom, by group")
        making = actions.add_parser("new", help="make the folder of a new symptom")
        making.add_argument("slug", help="its address, such as no-such-bucket")
        making.add_argument("message", nargs="?", default="", help="what people see; else read from standard input")
        verifying = actions.add_parser("verify", help="run each case and say what is wrong with it")
        verifying.add_argument("slugs", nargs="*", metavar="SLUG")
        verifying.add_argument("--json", action="store_true", help="one JSON object, for tools")
        verifying.add_argument("--record", action="store_true", help="keep what was seen, for the pages")

    def handle(self, **options: Any) -> None:
        try:
            if options["action"] == "list":
                self._list()
            elif options["action"] == "new":
                self._new(options["slug"], options["message"])
            else:
                self._verify(options)
        except CaseError as error:
            raise CommandError(str(error)) from error

    def _list(self) -> None:
        by_group: dict[str, list[str]] = {}
        for case in cases().values():
            by_group.setdefault(case.group, []).append(f"  {case.slug:40} {case.title}")
        for group, lines in sorted(by_group.items()):
            self.stdout.write("\n".join([group, *lines]))

    def _new(self, slug: str, message: str) -> None:
        if not VALID.fullmatch(slug):
            raise CommandError("A slug has lower-case letters, digits and single hyphens: no-such-bucket.")
        folder = new.make(SYMPTOMS / slug, message)
        self.stdout.write(f"Made {folder}. What it lacks: python manage.py symptoms verify {slug}")

    def _verify(self, options: dict[str, Any]) -> None:
        wanted = options["slugs"] or [folder.name for folder in folders()]
        unknown = [slug for slug in wanted if not (SYMPTOMS / slug / "symptom.md").is_file()]
        if unknown:
            raise CommandError(f"There is no symptom {unknown[0]!r}. List them: python manage.py symptoms list")
        with ThreadPoolExecutor(os.cpu_count() or 1) as pool:
            verdicts: list[Verdict] = []
            for found in pool.map(_verified, wanted):
                verdicts += found
                if not options["json"]:
                    for verdict in found:
                        self._tell(verdict)
        if options["record"]:
            for slug in wanted:
                record.write(read(SYMPTOMS / slug))
        problems = [verdict for verdict in verdicts if verdict.problem]
        if options["json"]:
            self.stdout.write(json.dumps({"verdicts": [_as_dict(verdict) for verdict in verdicts]}, indent=1))
        else:
            self.stdout.write(
                f"{len(wanted)} symptoms, {len(verdicts)} things verified, {len(problems)} not as they should be."
            )
        if problems:
            raise SystemExit(1)

    def _tell(self, verdict: Verdict) -> None:
        if verdict.problem:
            self.stdout.write(f"{verdict.case}: {verdict.what}: {verdict.problem}")
        elif verdict.left_out:
            self.stdout.write(f"{verdict.case}: {verdict.what} left out: {verdict.left_out}")


def _verified(slug: str) -> list[Verdict]:
    try:
        return list(_whole(slug))
    except CaseError as error:
        return [Verdict(slug, "folder", str(error))]


def _whole(slug: str) -> Iterator[Verdict]:
    yield from verify(read(SYMPTOMS / slug))


def _as_dict(verdict: Verdict) -> dict[str, str]:
    return {"case": verdict.case, "what": verdict.what, "problem": verdict.problem, "left_out": verdict.left_out}
