"""A knob: one thing to turn in an experiment, with its values and what each of them writes into settings.py."""

from dataclasses import dataclass, field
from functools import cached_property
from typing import Generic, Literal, TypeVar

Group = Literal["Files", "Settings", "Serving", "What is done"]
Name = TypeVar("Name", bound=str)


@dataclass(frozen=True, slots=True)
class Middleware:
    """An entry of MIDDLEWARE, right `above` or right `below` another one.

    Without that neighbour, or with none named, it stands last, and `alone` is the reason that settings.py gives.
    """

    path: str
    above: str = ""
    below: str = ""
    alone: str = ""


@dataclass(frozen=True, slots=True)
class Value(Generic[Name]):
    """One position of a knob. `help` is one plain sentence, for forms, terminals and settings.py.

    `lines` are what it writes into settings.py, and `middleware` what it adds to MIDDLEWARE. `starts_process` tells
    that a server process has to be started, which takes part of a second. `label` is what a form calls it, where its
    name does not say enough, and `phrase` names it inside a sentence.
    """

    name: Name
    help: str
    lines: tuple[str, ...] = ()
    middleware: Middleware | None = None
    starts_process: bool = False
    label: str = ""
    phrase: str = ""

    @property
    def title(self) -> str:
        """Return what a form calls the value."""
        return self.label or self.name


@dataclass(frozen=True)
class Knob(Generic[Name]):
    """One thing to turn. `values[0]` is the default.

    `label` says in a few words what it changes. `becomes` is the setting, command or file that it becomes; for a
    setting it is also the place in settings.py where the values' lines stand (see lab.project.settings_py).
    """

    name: str
    label: str
    becomes: str
    help: str
    group: Group
    values: tuple[Value[Name], ...]

    @property
    def is_setting(self) -> bool:
        """Return whether it becomes a setting of its own, whose name says most."""
        return self.becomes != "MIDDLEWARE" and self.becomes.partition("[")[0].replace("_", "").isupper()

    @property
    def title(self) -> str:
        """Return what a sentence calls the knob: the setting, or in words what it changes."""
        return self.becomes if self.is_setting else self.label

    @property
    def default(self) -> Name:
        """Return the name of the default value."""
        return self.values[0].name

    @property
    def field(self) -> Name:
        """Return the field of this knob in a dataclass: at the default unless the knob is turned."""
        return field(default=self.default, metadata={"knob": self})

    @cached_property
    def by_name(self) -> dict[str, Value[Name]]:
        """Return the values by their names, in their order."""
        return {value.name: value for value in self.values}

    @cached_property
    def writes_settings(self) -> bool:
        """Return whether the knob has lines in settings.py."""
        return any(value.lines for value in self.values)

    def settings(self, value: Value[Name]) -> list[str]:
        """Return the lines that the value writes into settings.py. All but the default's begin with the reason."""
        if not self.writes_settings:
            return []
        return [*([] if value.name == self.default else [f"# {value.help}"]), *value.lines]
