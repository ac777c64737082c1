"""A middleware that asks every visitor to log in: above WhiteNoise it asks for static files too.

lab.project.files writes the middleware. Without WhiteNoise it stands last in MIDDLEWARE.
"""

from typing import Literal

from lab.experiment.knob import Knob, Middleware, Value
from lab.experiment.knobs import whitenoise

LoginGate = Literal["off", "above", "below"]

PATH = "project.middleware.LoginGate"
ALONE = "Sends visitors without a session to /login/."

LOGIN_GATE: Knob[LoginGate] = Knob(
    "login_gate",
    label="Login for every page",
    becomes="MIDDLEWARE",
    help="A middleware that sends every visitor without a session to /login/.",
    group="Serving",
    values=(
        Value("off", "Without it.", phrase="without the login gate"),
        Value(
            "above",
            "Above WhiteNoise: static files ask for a login too.",
            middleware=Middleware(PATH, above=whitenoise.PATH, alone=ALONE),
            label="above WhiteNoise",
            phrase="with a login gate above WhiteNoise",
        ),
        Value(
            "below",
            "Below WhiteNoise: static files are answered before it is asked.",
            middleware=Middleware(PATH, below=whitenoise.PATH, alone=ALONE),
            label="below WhiteNoise",
            phrase="with a login gate below WhiteNoise",
        ),
    ),
)
