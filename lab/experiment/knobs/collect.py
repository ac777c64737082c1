"""Whether collectstatic runs before the server starts, and what it finds in STATIC_ROOT.

lab.project.plan makes a command of it.
"""

from typing import Literal

from lab.experiment.knob import Knob, Value

Collect = Literal["no", "yes", "stale"]

COLLECT: Knob[Collect] = Knob(
    "collect",
    label="Collect first",
    becomes="manage.py collectstatic",
    help="Whether the static files are collected before the server starts.",
    group="What is done",
    values=(
        Value("no", "Not collected: STATIC_ROOT stays empty.", phrase="without collectstatic"),
        Value("yes", "Collected once.", phrase="after collectstatic"),
        Value(
            "stale",
            "Collected with the apps in the opposite order, then again with the order of now.",
            label="twice, reordered",
            phrase="after collectstatic, a reorder of the apps and collectstatic again",
        ),
    ),
)

RUNS: dict[Collect, int] = {"no": 0, "yes": 1, "stale": 2}  # of collectstatic
