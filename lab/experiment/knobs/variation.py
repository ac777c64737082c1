"""A further change that no other knob makes: each variation of lab.experiment.variations is a value."""

from lab.experiment.knob import Knob, Value
from lab.experiment.variations import VARIATIONS

VARIATION: Knob[str] = Knob(
    "variation",
    label="Recipe",
    becomes="a further change",
    help="What no other knob can do: an edit of the project, more commands, more requests.",
    group="What is done",
    values=(
        Value("none", "Nothing further."),
        *(Value(variation.name, f"{variation.title}.") for variation in VARIATIONS),
    ),
)
