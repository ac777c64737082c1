"""`manage.py xray URL|PATH`: the x-ray with the project loaded, which knows where each file comes from."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from which_file.xray.origin import explain_in
from which_file.xray.report import xray
from which_file.xray.terminal import written


class Command(BaseCommand):
    help = "Every file of a page: status, size, cache, who answered, and where this project has it."
    requires_system_checks = []  # noqa: RUF012 - Django's own declaration

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("page", help="an address, or a path such as /about/ of a server that runs on --port")
        parser.add_argument("--port", type=int, default=8000, help="of the server for a path (default: 8000)")
        parser.add_argument("--json", action="store_const", const="json", dest="format")
        parser.add_argument("--format", choices=["text", "json", "markdown"], default="text")

    def handle(self, *_: Any, **options: Any) -> None:
        page = options["page"]
        url = page if "://" in page else f"http://127.0.0.1:{options['port']}/{page.lstrip('/')}"
        base = Path(getattr(settings, "BASE_DIR", None) or Path.cwd())
        report = xray(url, explain=explain_in(base))
        self.stdout.write(written(report, options["format"]))
        if report.error:
            raise SystemExit(2)
        if report.bad:
            raise SystemExit(1)
