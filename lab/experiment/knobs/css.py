"""What each app.css contains: a storage that adds hashes follows what a stylesheet names.

lab.project.files adds FURTHER to each stylesheet.
"""

from typing import Literal

from lab.experiment.knob import Knob, Value

Css = Literal["good", "bad-url", "commented-url", "bad-sourcemap"]

CSS: Knob[Css] = Knob(
    "css",
    label="app.css contains",
    becomes="the content of each app.css",
    help="What the stylesheets contain.",
    group="Files",
    values=(
        Value("good", "Plain rules.", label="good rules", phrase="with plain rules in the stylesheet"),
        Value(
            "bad-url",
            "A url() to a file that does not exist.",
            label="a bad url()",
            phrase="with a url() to a missing file",
        ),
        Value(
            "commented-url",
            "The same url(), commented out.",
            label="a commented url()",
            phrase="with that url() in a comment",
        ),
        Value(
            "bad-sourcemap",
            "A sourceMappingURL comment that names a file that does not exist.",
            label="a bad source map",
            phrase="with a source map that is missing",
        ),
    ),
)

# The end of each stylesheet.
FURTHER: dict[Css, str] = {
    "good": "",
    "bad-url": '\n.logo {\n    background: url("missing.png");\n}\n',
    "commented-url": '\n/*\n.logo {\n    background: url("missing.png");\n}\n*/\n',
    "bad-sourcemap": "\n/*# sourceMappingURL=app.css.map */\n",
}
