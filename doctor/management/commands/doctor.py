"""`manage.py doctor`: what is wrong with static and media files, here or in a project of one's own."""

import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

import django
from django.conf import settings
from django.core.management.base import BaseCommand

from doctor.examination import report
from doctor.finding import LEVELS
from doctor.visit import Result, visit, worst_first


class Command(BaseCommand):
    help = (
        "Find mistakes with static and media files that Django does not report, each with its fix. Without arguments: "
        "in this site. With --project: in yours. That runs your project's code (settings, models, URLs) on this "
        "machine, as its own manage.py would; nothing of it is changed, and nothing is written."
    )
    requires_system_checks: list[str] = []  # noqa: RUF012 - Django's own declaration

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--project", type=Path, metavar="FOLDER", help="the folder with your project's manage.py")
        parser.add_argument(
            "--project-settings",
            metavar="MODULE",
            help="your settings module (default: what your manage.py names); manage.py takes --settings for it, too",
        )
        parser.add_argument("--python", metavar="PATH", help="the Python of your project (default: this one)")
        parser.add_argument("--json", action="store_true", help="print the findings as JSON and nothing else")
        parser.add_argument(
            "--fail-level",
            default="WARNING",
            choices=["INFO", "WARNING", "ERROR"],
            help="exit with 1 from this level on (default: WARNING)",
        )

    def handle(self, *_: Any, **options: Any) -> None:
        if options["project"] is not None:
            module = options["project_settings"] or options["settings"]
            result = visit(options["project"], module, options["python"])
        else:
            version = sys.version.split()[0]
            result = Result("this site", settings.SETTINGS_MODULE, version, django.get_version(), worst_first(report()))
        self.stdout.write(result.to_json() if options["json"] else in_words(result))
        if any(LEVELS[finding["level"]] >= LEVELS[options["fail_level"]] for finding in result.findings):
            raise SystemExit(1)


def in_words(result: Result) -> str:
    versions = f", Django {result.django} on Python {result.python}" if result.django else ""
    lines = [f"{result.project}, {result.settings or 'no settings'}{versions}", ""]
    for finding in result.findings:
        lines += [f"{finding['level']:8} {finding['id']}  {finding['message']}"]
        lines += [f"         {finding['hint']}"] if finding["hint"] else []
        lines += [""]
    count = len(result.findings)
    lines.append("Nothing found." if count == 0 else "1 finding." if count == 1 else f"{count} findings.")
    return "\n".join(lines)
