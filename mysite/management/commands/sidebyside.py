"""`manage.py sidebyside`: all modes at once. mysite/serving/sidebyside.py does the work, for start.py too."""

import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from mysite.serving.sidebyside import run


class Command(BaseCommand):
    help = "Serves development on PORT, production on PORT+1 and production behind nginx on PORT+2 until Ctrl-C."
    # Each server checks itself and says so in its own output; a mistake in one mode must not keep the other back.
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--port", type=int, default=8000, help="development's port; the others take the next ones")
        parser.add_argument(
            "--media-origin", action="store_true", help="serve uploads from an origin of their own, localhost:PORT+3"
        )
        parser.add_argument("--until-eof", action="store_true", help="stop when standard input ends, as at Ctrl-C")

    def handle(self, *_: Any, **options: Any) -> None:
        root, python = Path(settings.BASE_DIR), sys.executable
        chosen = {"until_eof": options["until_eof"], "media_origin": options["media_origin"]}
        sys.exit(run(root, python, options["port"], **chosen))
