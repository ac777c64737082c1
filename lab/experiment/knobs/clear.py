"""Whether collectstatic empties STATIC_ROOT first. lab.project.files writes the command."""

from typing import Literal

from lab.experiment.knob import Knob, Value

Clear = Literal["no", "yes"]

CLEAR: Knob[Clear] = Knob(
    "clear",
    label="Empty the folder first",
    becomes="manage.py collectstatic --clear",
    help="Whether collectstatic empties STATIC_ROOT first.",
    group="What is done",
    values=(
        Value("no", "Files that are there stay, unless a newer one replaces them.", phrase="without --clear"),
        Value("yes", "STATIC_ROOT is emptied at each run.", phrase="with --clear"),
    ),
)
