"""The storage of uploads: a STORAGES without it takes none."""

from typing import Literal

from lab.experiment.knob import Knob, Value

DefaultStorage = Literal["present", "missing"]

DEFAULT_STORAGE: Knob[DefaultStorage] = Knob(
    "default_storage",
    label="Storage for uploads",
    becomes='STORAGES["default"]',
    help="The storage that takes uploads.",
    group="Settings",
    values=(
        Value(
            "present",
            "STORAGES names both aliases.",
            ('"default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},',),
            phrase="with default in STORAGES",
        ),
        Value(
            "missing",
            '"default" is left out: STORAGES is never merged with Django\'s own, so uploads have no storage.',
            phrase="without default in STORAGES",
        ),
    ),
)
