"""The storage of static files: the names that pages use, and what collectstatic writes.

With WhiteNoise's storages requirements.txt names WhiteNoise (lab.project.files), and collectstatic may take longer
(lab.process.runner).
"""

from typing import Literal

from lab.experiment.knob import Knob, Value

Storage = Literal["plain", "manifest", "whitenoise", "whitenoise-manifest"]

STORAGE: Knob[Storage] = Knob(
    "storage",
    label="Names of static files",
    becomes='STORAGES["staticfiles"]',
    help="The storage class that names static files and takes what collectstatic collects.",
    group="Settings",
    values=(
        Value(
            "plain",
            "StaticFilesStorage: names stay as they are.",
            ('"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},',),
            phrase="with StaticFilesStorage",
        ),
        Value(
            "manifest",
            "Adds a hash of the content to each name, so that browsers may keep the file forever.",
            ('"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.ManifestStaticFilesStorage"},',),
            label="hashed",
            phrase="with ManifestStaticFilesStorage",
        ),
        Value(
            "whitenoise",
            "Writes a compressed copy beside each file when it is collected.",
            ('"staticfiles": {"BACKEND": "whitenoise.storage.CompressedStaticFilesStorage"},',),
            label="WhiteNoise",
            phrase="with CompressedStaticFilesStorage",
        ),
        Value(
            "whitenoise-manifest",
            "Hashed names, and a compressed copy beside each file.",
            ('"staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},',),
            label="WhiteNoise, hashed",
            phrase="with CompressedManifestStaticFilesStorage",
        ),
    ),
)
