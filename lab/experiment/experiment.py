"""An experiment: one position of every knob.

A new knob is a module of lab.experiment.knobs and a field of Experiment.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from hashlib import sha256
from typing import Any
from urllib.parse import urlencode

from lab.experiment.knob import Knob, Value
from lab.experiment.knobs.apps import APPS, Apps
from lab.experiment.knobs.clear import CLEAR, Clear
from lab.experiment.knobs.collect import COLLECT, Collect
from lab.experiment.knobs.css import CSS, Css
from lab.experiment.knobs.debug import DEBUG, Debug
from lab.experiment.knobs.default_storage import DEFAULT_STORAGE, DefaultStorage
from lab.experiment.knobs.finders import FINDERS, Finders
from lab.experiment.knobs.layout import LAYOUT, Layout
from lab.experiment.knobs.login_gate import LOGIN_GATE, LoginGate
from lab.experiment.knobs.media_root import MEDIA_ROOT, MediaRoot
from lab.experiment.knobs.media_route import MEDIA_ROUTE, MediaRoute
from lab.experiment.knobs.project_static import PROJECT_STATIC, ProjectStatic
from lab.experiment.knobs.reference import REFERENCE, Reference
from lab.experiment.knobs.server import SERVER, Server
from lab.experiment.knobs.static_url import STATIC_URL, StaticUrl
from lab.experiment.knobs.storage import STORAGE, Storage
from lab.experiment.knobs.upload import UPLOAD, Upload
from lab.experiment.knobs.variation import VARIATION
from lab.experiment.knobs.whitenoise import WHITENOISE, Whitenoise
from lab.experiment.variations import BY_NAME as VARIATIONS

Knobs = dict[str, Any]  # some knobs with their values, which Experiment checks when it is made of them


class KnobError(ValueError):
    """A knob or a value that does not exist, or a knob given twice. The message names what is allowed, on one line."""


@dataclass(frozen=True, slots=True)
class Experiment:
    """A small Django project and what is done with it, as data: one value for each knob.

    Raises KnobError when built with a value that its knob does not have.
    """

    apps: Apps = APPS.field
    layout: Layout = LAYOUT.field
    project_static: ProjectStatic = PROJECT_STATIC.field
    finders: Finders = FINDERS.field
    storage: Storage = STORAGE.field
    default_storage: DefaultStorage = DEFAULT_STORAGE.field
    static_url: StaticUrl = STATIC_URL.field
    debug: Debug = DEBUG.field
    server: Server = SERVER.field
    whitenoise: Whitenoise = WHITENOISE.field
    login_gate: LoginGate = LOGIN_GATE.field
    collect: Collect = COLLECT.field
    clear: Clear = CLEAR.field
    reference: Reference = REFERENCE.field
    css: Css = CSS.field
    media_route: MediaRoute = MEDIA_ROUTE.field
    media_root: MediaRoot = MEDIA_ROOT.field
    upload: Upload = UPLOAD.field
    variation: str = VARIATION.field

    def __post_init__(self) -> None:
        for name, knob in KNOBS.items():
            value = getattr(self, name)
            if value not in knob.by_name:
                raise KnobError(f"{name} has no value {value!r}; it has: {' · '.join(knob.by_name)}")
        if self.variation != "none":
            for name, value in VARIATIONS[self.variation].needs.items():
                if getattr(self, name) != value:
                    raise KnobError(f"variation={self.variation} needs {name}={value}")

    @classmethod
    def from_mapping(cls, mapping: Mapping[str, str]) -> "Experiment":
        """Return the experiment that a query string or `--set` options describe; other knobs keep their default.

        Raises KnobError, which names the unknown knob or value and those that there are.
        """
        for name in mapping:
            if name not in KNOBS:
                raise KnobError(f"There is no knob {name!r}; there are: {' · '.join(KNOBS)}")
        values: Mapping[str, Any] = mapping  # any text; __post_init__ refuses what is not a value
        return cls(**values)

    @classmethod
    def from_pairs(cls, pairs: Iterable[tuple[str, str]]) -> "Experiment":
        """Do as `from_mapping`. Also raises KnobError when a knob is given twice: which one was meant?"""
        mapping: dict[str, str] = {}
        for name, value in pairs:
            if name in mapping:
                raise KnobError(f"{name} is given twice: {mapping[name]!r} and {value!r}")
            mapping[name] = value
        return cls.from_mapping(mapping)

    @property
    def knobs(self) -> dict[str, str]:
        """Return every knob with its value, in the order of KNOBS."""
        return {name: getattr(self, name) for name in KNOBS}

    @property
    def changed(self) -> dict[str, str]:
        """Return only the knobs that are not at their default."""
        return {name: value for name, value in self.knobs.items() if value != KNOBS[name].default}

    @property
    def positions(self) -> tuple[tuple[Knob[Any], Value[Any]], ...]:
        """Return every knob with the value that it has, in the order of KNOBS."""
        return tuple((knob, knob.by_name[getattr(self, name)]) for name, knob in KNOBS.items())

    @property
    def query(self) -> str:
        """Return the canonical query string: equal experiments have equal queries, the default one has none."""
        return urlencode(self.changed, safe="/,:")

    @property
    def key(self) -> str:
        """Return 16 hexadecimal digits that stand for this experiment, for example in a file name."""
        return sha256(self.query.encode()).hexdigest()[:16]

    @property
    def installed(self) -> tuple[str, ...]:
        """Return the apps in the order of INSTALLED_APPS."""
        return tuple(self.apps.split(","))

    @property
    def needs_server_process(self) -> bool:
        """Return whether a server has to be started, which takes part of a second."""
        return SERVER.by_name[self.server].starts_process


# By name, in the order of their fields, which is that of every address, form and record.
KNOBS: dict[str, Knob[Any]] = {field.name: field.metadata["knob"] for field in fields(Experiment)}
