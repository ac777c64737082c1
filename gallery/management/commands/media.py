"""`manage.py media audit [--fix]`: photos whose rows and files do not belong together."""

import sys
from argparse import ArgumentParser
from collections import Counter
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from gallery.audit import audit, fix
from gallery.pictures import Limits


class Command(BaseCommand):
    help = (
        "Lists rows without files, files without rows, missing renditions and unfinished files. "
        "Exits with 1 when there are any, and with 0 when there are none or --fix fixed them."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        actions = parser.add_subparsers(dest="action", required=True, parser_class=ArgumentParser)
        check = actions.add_parser("audit", help="compare the database with the storages")
        check.add_argument("--fix", action="store_true", help="remove what is stray, make what is missing")
        check.add_argument("--force", action="store_true", help="fix even when all photos would go")
        check.add_argument(
            "--grace",
            type=float,
            default=15,
            metavar="MINUTES",
            help="leave younger strays alone: their upload may be under way (default: 15)",
        )

    def handle(self, *_: Any, **options: Any) -> None:
        try:
            report = audit(timedelta(minutes=options["grace"]))
        except OSError as trouble:
            raise CommandError(f"{trouble} Nothing was compared.") from trouble
        for finding in report.findings:
            self.stdout.write(str(finding))
        self.stdout.write(f"{report.rows} photos, {report.files} files: {self._summary(report.findings)}.")
        if report.young:
            self.stdout.write(f"{report.young} younger than {options['grace']:g} minutes were left alone.")
        if not report.findings:
            return
        if not options["fix"]:
            self.stdout.write("To fix this: manage.py media audit --fix")
            sys.exit(1)
        if report.suspicious and not options["force"]:
            raise CommandError(f"{report.suspicious} Nothing was changed; --force does it all the same.")
        for sentence in fix(report.findings, Limits(settings.MAX_UPLOAD_PIXELS, settings.PICTURE_MEMORY)):
            self.stdout.write(sentence)

    def _summary(self, findings: Any) -> str:
        counted = Counter(finding.kind for finding in findings)
        return ", ".join(f"{count} × {kind}" for kind, count in sorted(counted.items())) or "everything fits"
