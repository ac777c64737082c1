"""Which file is posted to the upload form. lab.uploads has the files, and lab.project.plan makes the request."""

from typing import Literal

from lab.experiment.knob import Knob, Value

Upload = Literal["none", "png", "svg", "html"]

UPLOAD: Knob[Upload] = Knob(
    "upload",
    label="Upload a file",
    becomes="a POST to /upload/",
    help="Which file is posted to the upload form.",
    group="What is done",
    values=(
        Value("none", "No upload.", phrase="without an upload"),
        Value("png", "A small picture.", label="a PNG", phrase="with a PNG"),
        Value("svg", "An SVG drawing, which can carry scripts.", label="an SVG", phrase="with an SVG drawing"),
        Value("html", "An HTML page.", label="an HTML page", phrase="with an HTML page"),
    ),
)
