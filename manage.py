#!/usr/bin/env python
"""Django's command line for this site; development settings unless DJANGO_SETTINGS_MODULE says otherwise."""

import os
import sys


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "mysite.settings.dev")
    try:
        from django.core.management import execute_from_command_line
    except ModuleNotFoundError as error:
        if error.name != "django":
            raise
        raise SystemExit(
            "Django is not installed for this Python. Run `python3 start.py` once, then use .venv's Python:\n"
            "    .venv/bin/python manage.py …        (Windows: .venv\\Scripts\\python manage.py …)"
        ) from error
    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
