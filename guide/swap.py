"""The start page's experiment: two apps with the same static path, in either order, and which file Django served."""

from collections.abc import Callable
from dataclasses import dataclass

from lab.experiment import Experiment
from lab.observation import Observation

ORDERS = ("app1,app2", "app2,app1")  # values of the knob `apps`; the first is what the page shows unasked


@dataclass(frozen=True, slots=True)
class Swap:
    """What was asked, and what came: `winner` is the app whose file was served, or empty."""

    experiment: Experiment
    apps: tuple[str, ...]
    url: str
    status: int | None
    source: str
    ms: int

    @property
    def winner(self) -> str:
        return self.source.partition("/")[0]

    @property
    def loser(self) -> str:
        return next((app for app in self.apps if app != self.winner), "")

    @property
    def swapped(self) -> str:
        """Return the knob's value for the other order."""
        return ",".join(reversed(self.apps))


def run(order: str, observe: Callable[[Experiment], Observation]) -> Swap:
    """Run the experiment. Another order than the two counts as the first. Raises what `observe` raises."""
    experiment = Experiment.from_pairs([("apps", order if order in ORDERS else ORDERS[0])])
    seen = observe(experiment)
    css = seen.request("css")
    took = round(sum(step.ms for step in seen.steps))
    apps = tuple(str(experiment.knobs["apps"]).split(","))
    if css is None:
        return Swap(experiment, apps, "", None, "", took)
    return Swap(experiment, apps, css.url, css.status, css.source or "", took)
