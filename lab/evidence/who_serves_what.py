"""The tables of who serves what: servers, and kinds of test cases, each asked for a stylesheet and an uploaded file."""

import re
from collections.abc import Callable
from dataclasses import dataclass

from lab.evidence.catalogue import TESTS, WHO_SERVES_WHAT
from lab.experiment import Experiment
from lab.observation import Observation, RequestStep
from lab.observation.trail import Came, answerer, came

Observe = Callable[[Experiment], Observation]  # runs the experiment, or reads its record
# Where the server of a test case looks for static files and for uploads; the test client's requests meet no server.
FOLDERS = {"LiveServerTestCase": ("STATIC_ROOT", "MEDIA_ROOT"), "StaticLiveServerTestCase": ("finders", "MEDIA_ROOT")}
_PRINTED = re.compile(r"^(\w*TestCase|self\.client) (\d{3}) (\d{3})$", re.MULTILINE)  # by the variation "tests"


# Why each row is as it is, and in which of this site's modes a reader sees it, by the entry's name.
WHY = {
    "serves-runserver": "The handler asks the finders for each static file. The route in `urls.py` reads `MEDIA_ROOT`.",
    "serves-runserver-debug-off": "`DEBUG` off disables both the handler and the route.",
    "serves-runserver-insecure": "The flag keeps the handler on, for a quick look only. It does nothing for uploads.",
    "serves-gunicorn-debug": "Only runserver has the handler. The route is an ordinary URL pattern: it works here too.",
    "serves-gunicorn": "No handler and no route: most people’s first deployment.",
    "serves-whitenoise": "WhiteNoise serves what `collectstatic` copied. It does not serve uploads.",
    "serves-nginx": "nginx reads both folders from the disk. Django never sees these requests.",
}
MODES = {"serves-runserver": "dev", "serves-whitenoise": "prod", "serves-nginx": "nginx"}


@dataclass(frozen=True, slots=True)
class Served:
    """A server's answers to the stylesheet and to the uploaded picture; `query` is its experiment."""

    title: str
    query: str
    css: RequestStep | None
    media: RequestStep | None
    why: str = ""
    mode: str = ""

    @property
    def server(self) -> str:
        return self.title.partition(", ")[0]

    @property
    def conditions(self) -> str:
        return self.title.partition(", ")[2]

    @property
    def answers(self) -> tuple[tuple[RequestStep | None, Came, str], ...]:
        """Return each answer with what its stamp says, and who gave it."""
        return tuple(
            (step, came(step), answerer(step)) if step else (None, "nobody", "") for step in (self.css, self.media)
        )


@dataclass(frozen=True, slots=True)
class TestRun:
    """The statuses that one kind of test case got: the stylesheet before and after collectstatic, an uploaded file."""

    kind: str
    empty: str
    collected: str
    media: str

    @property
    def answers(self) -> tuple[tuple[str, Came, str], ...]:
        """Return each status with what its stamp says, and where the test's server looks."""
        looks = FOLDERS.get(self.kind)
        return tuple(
            (
                status,
                "nobody" if looks is None else "came" if status == "200" else "wrong",
                looks[which] if looks else "",
            )
            for status, which in ((self.empty, 0), (self.collected, 0), (self.media, 1))
        )


def servers(observe: Observe) -> tuple[Served, ...]:
    """Return a row for each server. Raises what `observe` raises."""
    return tuple(
        Served(
            row.title,
            row.experiment.query,
            seen.request("css"),
            seen.request("media"),
            WHY[row.name],
            MODES.get(row.name, ""),
        )
        for row in WHO_SERVES_WHAT
        for seen in [observe(row.experiment)]
    )


def test_runs(observe: Observe) -> tuple[TestRun, ...]:
    """Return a row for each kind of test case. Raises what `observe` raises."""
    empty, collected = (_printed(observe(experiment)) for experiment in TESTS)
    return tuple(TestRun(kind, css, collected[kind][0], media) for kind, (css, media) in empty.items())


def _printed(observation: Observation) -> dict[str, tuple[str, str]]:
    lines = _PRINTED.findall(observation.commands[-1].stdout)
    return {kind: (static, media) for kind, static, media in sorted(lines)}
