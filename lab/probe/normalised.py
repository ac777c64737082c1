"""Commands and faults as an observation shows them: equal from run to run."""

import re
from dataclasses import replace

from lab.observation import NOT_INSTALLED, CommandStep, Fault
from lab.observation.normalise import Normaliser


def command_step(step: CommandStep, normaliser: Normaliser) -> CommandStep:
    """Return the step of a command with everything normalised that it printed."""
    return replace(
        step,
        stdout=normaliser.printed(step.stdout),
        stderr=normaliser.printed(step.stderr),
        error=normalised_fault(step.error, normaliser),
    )


def normalised_fault(fault: Fault | None, normaliser: Normaliser) -> Fault | None:
    return None if fault is None else Fault(fault.type, normaliser.text(fault.message), normaliser.text(fault.where))


def not_installed(message: str) -> Fault:
    """Return the fault of an experiment that ends before its requests, because this machine lacks something."""
    return Fault(NOT_INSTALLED, message)


def did_not_start(printed: str) -> Fault:
    """Return the exception that a server printed last, or what it printed when there is none."""
    for line in reversed(printed.splitlines()):
        name, colon, message = line.partition(": ")
        if colon and re.fullmatch(r"[\w.]*(Error|Exception|ImproperlyConfigured)", name):
            return Fault(name.rpartition(".")[2], message)
    return Fault("ServerDidNotStart", printed)
