"""How the page's template names its stylesheet. lab.project.files writes templates/base.html with HREFS."""

from typing import Literal

from lab.experiment.knob import Knob, Value

Reference = Literal["tag", "leading-slash", "missing", "hard-coded"]

REFERENCE: Knob[Reference] = Knob(
    "reference",
    label="The page names it by",
    becomes="{% static %} in templates/base.html",
    help="How the page's template names its stylesheet.",
    group="Files",
    values=(
        Value("tag", "With the static tag and the file's path.", label="the tag", phrase="with the static tag"),
        Value(
            "leading-slash",
            "With the static tag and a slash before the path.",
            label="a leading slash",
            phrase="with a leading slash in the tag",
        ),
        Value(
            "missing",
            "With the static tag and a file that does not exist.",
            label="a missing name",
            phrase="with a file in the tag that does not exist",
        ),
        Value(
            "hard-coded",
            "Without the tag: /static/… is written into the template.",
            label="a fixed address",
            phrase="with a hard-coded address",
        ),
    ),
)

# What stands in the href of the stylesheet; <path> is the path of the stylesheet.
HREFS: dict[Reference, str] = {
    "tag": "{% static '<path>' %}",
    "leading-slash": "{% static '/<path>' %}",
    "missing": "{% static 'missing.css' %}",
    "hard-coded": "/static/<path>",
}
