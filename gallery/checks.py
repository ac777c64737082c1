"""What has to hold of the settings, or private photos are everybody's."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error


def check(*_: Any, **__: Any) -> list[CheckMessage]:
    served = {"MEDIA_ROOT": settings.MEDIA_ROOT, "STATIC_ROOT": settings.STATIC_ROOT}
    return list(private_in_reach(Path(settings.PRIVATE_MEDIA_ROOT), served))


def private_in_reach(private: Path, served: dict[str, Any]) -> Iterator[CheckMessage]:
    """An error for each folder that a server hands out to everybody and that the private photos are in."""
    place = private.resolve()
    for name, root in served.items():
        if root and place.is_relative_to(Path(root).resolve()):
            yield Error(
                f"PRIVATE_MEDIA_ROOT is {'the same folder as' if place == Path(root).resolve() else 'inside'} {name}: "
                "anyone who serves that gives every private photo to anybody.",
                hint=f"Put it beside {name}, such as {Path(root).name}-private.",
                id="gallery.E001",
            )
