"""Which apps are installed, and in which order: the first one's file wins a clash.

lab.project.files writes the apps themselves.
"""

from typing import Literal

from lab.experiment.knob import Knob, Value

Apps = Literal["app1,app2", "app2,app1", "app1", "app2"]

APPS: Knob[Apps] = Knob(
    "apps",
    label="Apps, in this order",
    becomes="INSTALLED_APPS",
    help="Which of the two apps are installed, and in which order.",
    group="Files",
    values=(
        Value(
            "app1,app2",
            "Both apps; app1 stands first.",
            ('"app1",', '"app2",'),
            label="app1, app2",
            phrase="with app1 first in INSTALLED_APPS",
        ),
        Value(
            "app2,app1",
            "app2 stands first: where both have a file of the same name, app2's is found.",
            ('"app2",', '"app1",'),
            label="app2, app1",
            phrase="with app2 first in INSTALLED_APPS",
        ),
        Value(
            "app1",
            "Only app1 is installed.",
            ('"app1",',),
            label="app1 alone",
            phrase="with app1 alone in INSTALLED_APPS",
        ),
        Value(
            "app2",
            "Only app2 is installed.",
            ('"app2",',),
            label="app2 alone",
            phrase="with app2 alone in INSTALLED_APPS",
        ),
    ),
)

# What collect=stale collects first.
REVERSED: dict[Apps, Apps] = {"app1,app2": "app2,app1", "app2,app1": "app1,app2", "app1": "app1", "app2": "app2"}
