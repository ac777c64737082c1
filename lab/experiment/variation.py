"""A variation: what no knob can say, as data: changes to the mini-project, and a plan for it."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from lab.experiment.plan import Entry, Plan


@dataclass(frozen=True, slots=True)
class Edit:
    """A change to a generated file: one of `old`, `line`, `above` and `below` says where.

    The text `old`, or the line with the code `line`, becomes `new`; or `new` stands above or below the line with that
    code. A line's code is the line without its indentation and its comment. Each must be there exactly once.
    """

    path: str
    old: str = ""
    new: str = ""
    line: str = ""
    above: str = ""
    below: str = ""

    def applied(self, text: str) -> str:
        """Return the file's text after the change. Raises ValueError when it does not fit."""
        if self.old:
            self._once(text.count(self.old), self.old)
            return text.replace(self.old, self.new)
        wanted = self.line or self.above or self.below
        lines = text.splitlines(keepends=True)
        found = [number for number, line in enumerate(lines) if _code(line) == wanted]
        self._once(len(found), wanted)
        start, end = found[0] + bool(self.below), found[0] + (not self.above)
        new = self.new if self.new.endswith("\n") or not self.new else f"{self.new}\n"
        return "".join([*lines[:start], new, *lines[end:]])

    def _once(self, times: int, wanted: str) -> None:
        if times != 1:
            raise ValueError(f"{self.path} has {times} times {wanted!r}")


def _code(line: str) -> str:
    return line.partition("  #")[0].strip()


@dataclass(frozen=True, slots=True)
class Variation:
    """Changes to the mini-project, and what is done with it.

    `needs` are the knobs, with their values, without which the variation makes no sense. `files` are added, or take
    the place of generated ones. `first` happens before the server starts, `then` while it runs, after the requests
    that every experiment makes. `packages` maps a module that the project imports, and that this site can do without,
    to what pip calls it. `nginx` is "deployed" for this site's own nginx.conf. With `needs_root` nginx is started as
    root, and with `refused` Django refuses the project. `seconds` is how much longer than others it may take.
    """

    name: str
    title: str
    needs: Mapping[str, str] = field(default_factory=dict)
    edits: tuple[Edit, ...] = ()
    files: Mapping[str, str] = field(default_factory=dict)
    first: Plan = ()
    then: tuple[Entry, ...] = ()
    packages: Mapping[str, str] = field(default_factory=dict)
    nginx: str = ""
    needs_root: bool = False
    refused: bool = False
    seconds: float = 0.0

    def edited(self, path: str, text: str) -> str:
        """Return the text of a generated file after this variation's edits. Raises ValueError when one does not fit."""
        for edit in self.edits:
            if edit.path == path:
                text = edit.applied(text)
        return text


NOTHING = Variation("none", "")
