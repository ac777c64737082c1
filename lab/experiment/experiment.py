"""An experiment: one position of every knob."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from hashlib import sha256
from urllib.parse import urlencode

from lab.experiment.knobs import BY_NAME, KNOBS
from lab.experiment.variations import BY_NAME as VARIATIONS


class KnobError(ValueError):
    """A knob or a value that does not exist, or a knob given twice. The message names what is allowed, on one line."""


@dataclass(frozen=True, slots=True)
class Experiment:
    """A small Django project and what is done with it, as data: one value per knob of lab.experiment.knobs.

    Raises KnobError when built with a value that its knob does not have.
    """

    apps: str = "app1,app2"
    layout: str = "flat"
    project_static: str = "none"
    finders: str = "dirs,apps"
    storage: str = "plain"
    default_storage: str = "present"
    static_url: str = "/static/"
    debug: str = "on"
    server: str = "runserver"
    whitenoise: str = "off"
    login_gate: str = "off"
    collect: str = "no"
    clear: str = "no"
    reference: str = "tag"
    css: str = "good"
    media_route: str = "on"
    media_root: str = "uploads"
    upload: str = "none"
    variation: str = "none"

    def __post_init__(self) -> None:
        for knob in KNOBS:
            value = getattr(self, knob.name)
            if value not in knob.names:
                raise KnobError(f"{knob.name} has no value {value!r}; it has: {' · '.join(knob.names)}")
        if self.variation != "none":
            for name, value in VARIATIONS[self.variation].needs.items():
                if getattr(self, name) != value:
                    raise KnobError(f"variation={self.variation} needs {name}={value}")

    @classmethod
    def from_mapping(cls, mapping: Mapping[str, str]) -> "Experiment":
        """The experiment that a query string or `--set` options describe; knobs left out keep their default.

        Raises KnobError that names the unknown knob or value and those there are.
        """
        for name in mapping:
            if name not in BY_NAME:
                raise KnobError(f"There is no knob {name!r}; there are: {' · '.join(BY_NAME)}")
        return cls(**mapping)

    @classmethod
    def from_pairs(cls, pairs: Iterable[tuple[str, str]]) -> "Experiment":
        """As `from_mapping`, and a knob that is given twice is a KnobError as well: which one was meant?"""
        mapping: dict[str, str] = {}
        for name, value in pairs:
            if name in mapping:
                raise KnobError(f"{name} is given twice: {mapping[name]!r} and {value!r}")
            mapping[name] = value
        return cls.from_mapping(mapping)

    @property
    def knobs(self) -> dict[str, str]:
        """Every knob with its value, in the order of the table."""
        return {field.name: getattr(self, field.name) for field in fields(self)}

    @property
    def changed(self) -> dict[str, str]:
        """Only the knobs that are not at their default."""
        return {name: value for name, value in self.knobs.items() if value != BY_NAME[name].default}

    @property
    def query(self) -> str:
        """The canonical query string: equal experiments give equal queries, the default experiment an empty one."""
        return urlencode(self.changed, safe="/,:")

    @property
    def key(self) -> str:
        """16 hexadecimal digits that stand for this experiment, for example in a file name."""
        return sha256(self.query.encode()).hexdigest()[:16]

    @property
    def installed(self) -> tuple[str, ...]:
        """The apps in the order of INSTALLED_APPS."""
        return tuple(self.apps.split(","))

    @property
    def needs_server_process(self) -> bool:
        """Whether a server has to be started, which takes part of a second."""
        return self.server in BY_NAME["server"].needs_server_process
