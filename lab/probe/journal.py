"""What a plan has done so far, as data that travels between the processes that carry the plan out."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from lab.observation import Fault, Step
from lab.probe.http_cache import Kept

Facts = Mapping[str, str | int | None]


@dataclass(frozen=True, slots=True)
class Answered:
    """An answer as a whole, for later requests that name something in it.

    `address` is the whole address that was asked, `origin` is "network" or the name of a cache.
    """

    address: str
    status: int
    headers: Mapping[str, str]
    body: bytes
    origin: str = "network"

    @property
    def text(self) -> str:
        return self.body.decode("utf-8", "replace")


@dataclass(slots=True)
class Journal:
    """Steps, each with its label, and what later steps know of earlier ones.

    `followed` are the pages where redirects led, by the label of the request; `looks` are the facts of looks; `caches`
    the answers that each cache has kept; `waited` the seconds that passed for the caches. `refused` and `trouble` (a
    sentence) say what went wrong, `stopped` that the plan ended there.
    """

    steps: list[Step] = field(default_factory=list)
    labels: list[str] = field(default_factory=list)
    answers: dict[str, Answered] = field(default_factory=dict)
    followed: dict[str, Answered] = field(default_factory=dict)
    looks: dict[str, Facts] = field(default_factory=dict)
    caches: dict[str, dict[str, Kept]] = field(default_factory=dict)
    waited: float = 0.0
    changes: int = 0
    refused: Fault | None = None
    trouble: str = ""
    stopped: bool = False

    def add(self, label: str, step: Step) -> None:
        self.labels.append(label)
        self.steps.append(step)

    def stop(self, trouble: str = "", refused: Fault | None = None) -> None:
        """End the plan; the first trouble is the one to tell."""
        self.stopped = True
        self.trouble = self.trouble or trouble
        self.refused = refused
