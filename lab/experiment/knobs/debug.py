"""DEBUG: with it off, Django serves no static files and answers only to known hosts."""

from typing import Literal

from lab.experiment.knob import Knob, Value

Debug = Literal["on", "off"]

DEBUG: Knob[Debug] = Knob(
    "debug",
    label="Debug mode",
    becomes="DEBUG",
    help="Development or production behaviour of Django.",
    group="Settings",
    values=(
        Value("on", "DEBUG = True, as in development.", ("DEBUG = True", "ALLOWED_HOSTS = []"), phrase="with DEBUG on"),
        Value(
            "off",
            "As in production: no tracebacks for visitors, and Django serves neither static nor media files by itself.",
            (
                "DEBUG = False",
                "# With DEBUG off Django answers only to the hosts that are named here.",
                'ALLOWED_HOSTS = ["localhost", "127.0.0.1", "[::1]"]',
            ),
            phrase="with DEBUG off",
        ),
    ),
)
