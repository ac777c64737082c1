"""A variation: what no knob can say, as data: edits to the mini-project and things done to it."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Edit:
    """In the file `path` the text `old`, which is there exactly once, becomes `new`; without `old` the file is new."""

    path: str
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class Run:
    """A command, in `folder` below the project's; `argv` starts with "manage.py"."""

    argv: tuple[str, ...]
    folder: str = ""


@dataclass(frozen=True, slots=True)
class Write:
    path: str
    text: str


@dataclass(frozen=True, slots=True)
class Delete:
    path: str


@dataclass(frozen=True, slots=True)
class Ask:
    """A request without a body. `label` is that of its step."""

    label: str
    path: str
    headers: tuple[tuple[str, str], ...] = ()
    method: str = "GET"


@dataclass(frozen=True, slots=True)
class Send:
    """A file (a name of lab.uploads) to the upload form, followed by zeros up to `size` bytes, as a browser at
    `origin` sends it. With `fetch` what was stored is asked for as well; the label of that step is `<label>-stored`."""

    label: str
    size: int = 0
    origin: str = ""
    upload: str = "png"
    fetch: bool = False


Action = Run | Write | Delete | Ask | Send


@dataclass(frozen=True, slots=True)
class Variation:
    """`needs` are the knobs, with their values, that it makes sense with; `first` happens before the server starts,
    `then` while it runs, after the requests that every experiment makes. `packages` are modules that it imports and
    that this site can do without, each with what pip calls it.
    """

    name: str
    title: str
    needs: Mapping[str, str] = field(default_factory=dict)
    edits: tuple[Edit, ...] = ()
    first: tuple[Action, ...] = ()
    then: tuple[Action, ...] = ()
    packages: Mapping[str, str] = field(default_factory=dict)


def shell(code: str) -> Run:
    """Python code, run where the project's Django is set up."""
    return Run(("manage.py", "shell", "--verbosity", "0", "-c", code))
