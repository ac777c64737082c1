"""Registers the checks under the tag `which_file`.

The quick ones run with every `check`, and so before runserver and migrate. Those that read files run with
`check --deploy`: a deployment is where a clash or a stale STATIC_ROOT does its harm, and a start should not wait.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.apps import AppConfig
from django.core.checks import CheckMessage, register


class WhichFileConfig(AppConfig):
    name = "which_file"
    verbose_name = "Which file?"

    def ready(self) -> None:
        register(quick, "which_file")
        register(thorough, "which_file", deploy=True)


def quick(*_: Any, **__: Any) -> Iterable[CheckMessage]:
    from . import examination

    return [finding.as_message() for finding in examination.quick(examination.case_of())]


def thorough(*_: Any, **__: Any) -> Iterable[CheckMessage]:
    """Without what is only a remark: a fresh clone in which nothing has been collected is no fault."""
    from . import examination

    findings = examination.thorough(examination.case_of())
    return [finding.as_message() for finding in findings if finding.level != "INFO"]
