"""WhiteNoise's middleware, and its place in MIDDLEWARE: what stands above it sees every static file too.

Wherever it stands, requirements.txt names it (lab.project.files).
"""

from typing import Literal

from lab.experiment.knob import Knob, Middleware, Value

Whitenoise = Literal["off", "after-security", "before-security", "last"]

SECURITY = "django.middleware.security.SecurityMiddleware"
PATH = "whitenoise.middleware.WhiteNoiseMiddleware"

WHITENOISE: Knob[Whitenoise] = Knob(
    "whitenoise",
    label="WhiteNoise",
    becomes="MIDDLEWARE",
    help="WhiteNoise's middleware, and its place in the list.",
    group="Serving",
    values=(
        Value("off", "Without WhiteNoise.", phrase="without WhiteNoise"),
        Value(
            "after-security",
            "Right below SecurityMiddleware: static files get its headers, and nothing else runs for them.",
            middleware=Middleware(PATH, below=SECURITY),
            label="after Security",
            phrase="with WhiteNoise right below SecurityMiddleware",
        ),
        Value(
            "before-security",
            "Above SecurityMiddleware: static files are answered before it can add its headers.",
            middleware=Middleware(PATH, above=SECURITY),
            label="before Security",
            phrase="with WhiteNoise above SecurityMiddleware",
        ),
        Value(
            "last",
            "At the end: every middleware above runs for each static file too.",
            middleware=Middleware(PATH),
            phrase="with WhiteNoise last in MIDDLEWARE",
        ),
    ),
)
