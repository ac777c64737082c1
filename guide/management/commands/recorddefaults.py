"""`manage.py recorddefaults`: keep the installed Django's defaults for the settings' pages."""

from typing import Any

from django.core.management.base import BaseCommand

from guide import defaults


class Command(BaseCommand):
    help = "Records the defaults of the installed Django for the settings' pages. Run it once with each Django."

    def handle(self, *_args: Any, **_options: Any) -> None:
        self.stdout.write(f"{defaults.record().name} is written.")
