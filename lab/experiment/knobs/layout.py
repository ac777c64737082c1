"""Where an app keeps its stylesheet: two apps clash unless each has a folder with its own name.

lab.project.files puts the stylesheets there.
"""

from typing import Literal

from lab.experiment.knob import Knob, Value

Layout = Literal["flat", "namespaced"]

LAYOUT: Knob[Layout] = Knob(
    "layout",
    label="Each app keeps app.css in",
    becomes="the apps' static folders",
    help="Where each app keeps its app.css.",
    group="Files",
    values=(
        Value(
            "flat",
            "static/app.css in each app, so that the two clash.",
            label="static/",
            phrase="with app.css right in each app’s static folder",
        ),
        Value(
            "namespaced",
            "static/<app>/app.css in each app, so that nothing clashes.",
            label="static/<app>/",
            phrase="with each app’s files in a folder of its name",
        ),
    ),
)
