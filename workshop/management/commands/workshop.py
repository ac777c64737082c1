"""The workshop in a terminal."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from workshop.exercise import ExerciseError, by_name, exercises
from workshop.verifying import verify


class Command(BaseCommand):
    help = "Exercises that are graded by what a project does."

    def add_arguments(self, parser: ArgumentParser) -> None:
        actions = parser.add_subparsers(dest="action", required=True)
        verifying = actions.add_parser("verify", help="for authors: are all exercises as they should be?")
        verifying.add_argument("names", nargs="*", metavar="NAME")

    def handle(self, *_: Any, **options: Any) -> None:
        try:
            chosen = [by_name(name) for name in options["names"]] or list(exercises())
        except ExerciseError as error:
            raise CommandError(str(error)) from error
        failed = False
        for exercise in chosen:
            if exercise is None:
                raise CommandError("There is no such exercise.")
            for verdict in verify(exercise, exercises()):
                failed = failed or bool(verdict.problem)
                self.stdout.write(f"{verdict.exercise:30} {verdict.what:30} {verdict.problem or 'as it should be'}")
        if failed:
            raise CommandError("Not all is as it should be.")
