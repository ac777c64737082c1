"""The interpreter of plans: carries one out on a project, whether the lab wrote that project or a learner.

A project that the lab wrote is served from this process where that is possible, which is quick. One that somebody else
wrote gets a process of its own for each server, so that nothing it does there ends the interpreter.
"""

import os
import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path

from lab.experiment.plan import Command, Request, Serve, Step
from lab.observation import CommandStep, Fault
from lab.observation.normalise import Normaliser
from lab.probe.client import Client, static_names
from lab.probe.deploy_script import NotCarriedOut, carry_out, read_script
from lab.probe.django_setup import Prepared, prepare, run_command
from lab.probe.file_actions import act
from lab.probe.journal import Journal
from lab.probe.normalised import command_step, did_not_start, normalised_fault, not_installed
from lab.probe.server import ServerDidNotStart, ServerNotInstalled
from lab.probe.serving import RUNSERVER, serving
from lab.probe.shell import Shell
from lab.process.call import ProcessDied, call


class Interpreter:
    """Carries plans out on the project in one folder, and keeps the journal.

    `own` is a folder for sockets, logs and hidden files. `ours` says that the lab wrote the project. Call it once per
    process when it did: Django's settings stay.
    """

    def __init__(self, project: Path, own: Path, *, ours: bool) -> None:
        self._project, self._own, self._ours = project, own, ours
        self._shell = Shell(own)
        self.journal = Journal()

    def carry_out(self, plan: Iterable[Step]) -> None:
        """Carry out every step. One that fails does not end the plan; a server that does not start does."""
        for step in plan:
            if isinstance(step, Command):
                self._command(step)
            elif isinstance(step, Serve):
                self._serve(step)
                if self.journal.stopped:
                    return
            else:
                act(step, self._project, self._own, self.journal)

    # Commands

    def _command(self, command: Command) -> None:
        if command.shell:
            step = self._shell.run(command.shell, self._project / command.folder, command.environment)
            self.journal.add(command.label, command_step(step, Normaliser(self._project)))
            return
        if command.file:
            self._script(command)
        else:
            self._add(command.label, self._run(command.argv, command.folder, command.environment))

    def _script(self, command: Command) -> None:
        """Carry out a deploy script of the project, until a line fails; without that file there are no facts."""
        try:
            text = (self._project / command.file).read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError):
            self.journal.trouble = f"{command.file} is not there, or is not text."
            return
        try:
            lines = read_script(command.file, text)
        except NotCarriedOut as refused:
            told, _, why = str(refused).partition("\n")
            fault = Fault("NotCarriedOut", why, told)
            self._add(command.label, CommandStep(("sh", command.file), 2, "", f"{refused}\n", 0.0, error=fault))
            return
        for line in lines:
            environment = {**command.environment, **line.environment}
            if line.words[0] == "manage.py":
                step = self._run(line.words, command.folder, environment)
            else:
                code, printed = carry_out(line, self._project)
                step = CommandStep(line.words, code, "", printed, 0.0)
            if line.may_fail and step.exit != 0:
                step = replace(step, exit=0, error=None)
            self._add(command.label, step)
            if step.exit != 0:
                return

    def _add(self, label: str, step: CommandStep) -> None:
        self.journal.add(label, command_step(step, Normaliser(self._project)))

    def _run(self, argv: tuple[str, ...], folder: str, environment: Mapping[str, str]) -> CommandStep:
        try:
            return call(run_command, self._project, argv, folder, environment)
        except ProcessDied as died:
            if self._ours:
                raise
            return CommandStep(("python", *argv), 1, "", f"{died}\n", 0.0)

    # Servers

    def _serve(self, step: Serve) -> None:
        if self._ours:
            self.journal = serve(self._project, self._own, step, self.journal, ours=True)
            return
        try:
            self.journal = call(serve, self._project, self._own, step, self.journal, ours=False)
        except ProcessDied as died:
            self.journal.stop(f"The process of the server ended by itself. {died}")
            return
        if self.journal.stopped and self.journal.refused is None:
            self.journal.refused = self._refusal(step.environment)

    def _refusal(self, environment: Mapping[str, str]) -> Fault | None:
        """Return why Django refuses the project. A server that did not start has buried it in a long traceback."""
        try:
            refused = call(prepare, self._project, environment=environment).refused
        except ProcessDied:
            return None
        return normalised_fault(refused, Normaliser(self._project))


def serve(project: Path, own: Path, step: Serve, journal: Journal, *, ours: bool) -> Journal:
    """Run the server of a step for its requests, and return the journal. Changes this process for good."""
    os.environ.update(step.environment)
    normaliser = Normaliser(project)
    prepared = _prepared(project, step)
    if prepared.command is not None:
        journal.add("", command_step(prepared.command, normaliser))
    if prepared.refused is not None:
        journal.stop(refused=normalised_fault(prepared.refused, normaliser))
        return journal
    try:
        with serving(step, project, own, ours=ours) as server:
            client = Client(server, journal, normaliser, prepared.static, ours=ours)
            for entry in step.entries:
                if isinstance(entry, Request):
                    client.make(entry)
                else:
                    act(entry, project, own, journal)
    except ServerNotInstalled as error:
        journal.stop(str(error), not_installed(str(error)) if step.check else None)
    except ServerDidNotStart as error:
        printed = normaliser.text(str(error).replace(str(own / "nginx.conf"), "nginx.conf"))
        fault = did_not_start(printed.strip() or "It said nothing.")
        told = f"{fault.type}: {fault.message}" if fault.type != "ServerDidNotStart" else _of_nginx(printed, project)
        journal.stop(f"The server did not start. {told}", fault if step.check else None)
    return journal


def _of_nginx(printed: str, project: Path) -> str:
    """Return what nginx says of its nginx.conf, once, and the line that it names; else what was printed."""
    said = [line for line in printed.splitlines() if line.startswith("nginx: ")]
    named = re.search(r"nginx\.conf:(\d+)", printed)
    if not said or named is None:
        return printed.strip() or "It said nothing."
    lines = (project / "nginx.conf").read_text(encoding="utf-8").splitlines()
    number = min(int(named[1]), len(lines))
    return "\n".join([*said, f"nginx.conf, line {number}: {lines[number - 1].strip()}"])


def _prepared(project: Path, step: Serve) -> Prepared:
    """Set Django up: in this process for runserver, else in another one, and then only if it is needed."""
    static = static_names(step.entries)
    if step.server.startswith(RUNSERVER):
        return prepare(project, step.collect, static)
    if step.check:
        return call(prepare, project, step.collect, static)
    return Prepared(static=call(prepare, project, (), static).static) if static else Prepared()
