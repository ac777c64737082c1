#!/usr/bin/env python
"""Runs Django's commands: development by default, the tests with settings of their own."""

import os
import sys

if __name__ == "__main__":
    settings = "config.settings.test" if sys.argv[1:2] == ["test"] else "config.settings.dev"
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", settings)
    from django.core.management import execute_from_command_line

    execute_from_command_line(sys.argv)
