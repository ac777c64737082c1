"""Where uploads are stored. lab.probe.observe lists that folder, and lab.project.nginx_conf serves it."""

from typing import Literal

from lab.experiment.knob import Knob, Value

MediaRoot = Literal["uploads", "unset", "inside-static"]

MEDIA_ROOT: Knob[MediaRoot] = Knob(
    "media_root",
    label="Folder for uploads",
    becomes="MEDIA_ROOT",
    help="Where uploads are stored.",
    group="Settings",
    values=(
        Value(
            "uploads",
            "A folder that holds nothing else.",
            ('MEDIA_ROOT = BASE_DIR / "uploads"  # where uploads are stored',),
            phrase="with a separate MEDIA_ROOT",
        ),
        Value(
            "unset",
            "MEDIA_ROOT is not set: Django then stores uploads in the working directory, beside the code.",
            label="not set",
            phrase="with MEDIA_ROOT unset",
        ),
        Value(
            "inside-static",
            "A mistake: uploads are among the collected files, and `collectstatic --clear` deletes them.",
            ('MEDIA_ROOT = STATIC_ROOT / "media"',),
            label="in STATIC_ROOT",
            phrase="with MEDIA_ROOT inside STATIC_ROOT",
        ),
    ),
)

# The folder, below the project's; unset is the project's own.
FOLDERS: dict[MediaRoot, str] = {"uploads": "uploads", "unset": "", "inside-static": "staticfiles/media"}
