"""Do the rows and the files belong together? What a killed process, a lost disk or a stranger's hand left behind.

Files are listed first and rows after them, so that a photo which arrives meanwhile is not taken for a stray.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.core.files.storage import Storage
from django.utils import timezone

from gallery import files, pictures, renditions
from gallery.models import Photo
from gallery.storage import PART, PhotoStorage, storage_of

FOLDERS = ("photos", "renditions")
STRAYS = ("file without row", "unfinished file")


@dataclass(frozen=True)
class Finding:
    """`kind` is "row without file", "missing rendition", "file without row" or "unfinished file"."""

    kind: str
    alias: str
    name: str
    photo: Photo | None = None

    def __str__(self) -> str:
        return f"{self.kind:18} {self.name}" + (f" (photo {self.photo.pk})" if self.photo else f" ({self.alias})")


@dataclass(frozen=True)
class Report:
    """`young` counts strays that may still belong to an upload which is under way."""

    findings: tuple[Finding, ...]
    rows: int
    files: int
    young: int

    @property
    def suspicious(self) -> str:
        """Why nothing should be fixed: not the photos but the settings look wrong. Empty when all is plausible."""
        lost = sum(finding.kind == "row without file" for finding in self.findings)
        strays = sum(finding.kind == "file without row" for finding in self.findings)
        if self.rows > 1 and lost == self.rows:
            return "Not one photo has its file: is MEDIA_ROOT the right one, or the bucket, and is the disk there?"
        if not self.rows and strays > 1:
            return "There are files and not one row: is this the right database?"
        return ""


def audit(grace: timedelta) -> Report:
    """Everything that does not fit. A file younger than `grace` may be one whose row is about to be written."""
    before = timezone.now() - grace
    there = {alias: set(_listed(storage_of(alias))) for alias in ("default", "private")}
    findings: list[Finding] = []
    known: dict[str, set[str]] = {alias: set() for alias in there}
    rows = 0
    for photo in Photo.objects.order_by("pk").iterator():
        rows += 1
        alias = "private" if photo.private else "default"
        original, *derived = photo.file_names()
        known[alias].update((original, *derived))
        if original not in there[alias] and not photo.storage.exists(original):  # asked again: it may be new
            if Photo.objects.filter(pk=photo.pk, image=original).exists():  # and not deleted or replaced meanwhile
                findings.append(Finding("row without file", alias, original, photo))
            continue
        missing = [name for name in derived if name not in there[alias] or _is_empty(photo.storage, name)]
        findings += [Finding("missing rendition", alias, name, photo) for name in missing]
        if not missing and not photo.rendered:
            findings.append(Finding("missing rendition", alias, "not noted in the row", photo))
    young = 0
    for alias, names in there.items():
        for name in sorted(names - known[alias]):
            if _changed(storage_of(alias), name) > before:
                young += 1
                continue
            kind = "unfinished file" if name.endswith(PART) else "file without row"
            findings.append(Finding(kind, alias, name))
    return Report(tuple(findings), rows, sum(map(len, there.values())), young)


def _listed(storage: Storage) -> Iterator[str]:
    for folder in FOLDERS:
        try:
            _folders, names = storage.listdir(folder)
        except FileNotFoundError:  # nothing was ever kept there
            continue
        yield from (f"{folder}/{name}" for name in names)


def _is_empty(storage: PhotoStorage, name: str) -> bool:
    """Whether the disk lost a rendition when the power failed: its name is there, its bytes are not. No bucket does."""
    if storage.is_remote:
        return False
    try:
        return storage.size(name) == 0
    except FileNotFoundError:
        return True


def _changed(storage: Storage, name: str) -> datetime:
    try:
        return storage.get_modified_time(name)
    except FileNotFoundError:  # gone since it was listed
        return timezone.now()


def fix(findings: tuple[Finding, ...], limits: pictures.Limits) -> Iterator[str]:
    """Removes strays and rows without their file, makes renditions again; says what it did, one sentence each."""
    for finding in findings:
        photo, storage = finding.photo, storage_of(finding.alias)
        if finding.kind == "row without file" and photo:
            photo.delete()
            yield f"Row of photo {photo.pk} removed: its file {finding.name} is lost."
        elif finding.kind in STRAYS and not Photo.objects.filter(image=finding.name).exists():
            files.remove(storage, [finding.name])
            yield f"{finding.name} removed."
    broken = {
        finding.photo.pk: finding.photo for finding in findings if finding.kind == "missing rendition" and finding.photo
    }
    for photo in broken.values():
        try:
            yield f"Photo {photo.pk}: {render(photo, limits)} renditions made."
        except (pictures.Refused, OSError) as trouble:
            yield f"Photo {photo.pk}: its renditions could not be made. {trouble}"


def render(photo: Photo, limits: pictures.Limits) -> int:
    """Makes those renditions of a photo that are not there, from the picture that was kept; returns how many."""
    original = str(photo.image.name)
    with photo.storage.open(original) as file:
        picture = pictures.read(file.read(), limits, most=limits.pixels)
    made = 0
    for one in picture.renditions:
        name = renditions.name(original, one.width, one.extension)
        if photo.storage.exists(name):
            if not _is_empty(photo.storage, name):
                continue
            files.remove(photo.storage, [name])
        files.write(photo.storage, {name: one.content})
        made += 1
    size = photo.storage.size(original) + sum(len(one.content) for one in picture.renditions)
    Photo.objects.filter(pk=photo.pk, image=original).update(
        transparent=picture.transparent,
        colour=picture.colour,
        rendered=True,
        kept_bytes=size,
    )
    return made
