"""Whether urls.py has the route that serves uploads in development. lab.project.files writes it."""

from typing import Literal

from lab.experiment.knob import Knob, Value

MediaRoute = Literal["on", "off"]

MEDIA_ROUTE: Knob[MediaRoute] = Knob(
    "media_route",
    label="Route for uploads",
    becomes="urlpatterns += static(MEDIA_URL, …)",
    help="Whether urls.py has the route that serves uploads in development.",
    group="Settings",
    values=(
        Value("on", "The route is there; it answers only while DEBUG is on.", phrase="with the media route"),
        Value("off", "No route.", phrase="without the media route"),
    ),
)
