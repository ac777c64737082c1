"""Images and compose files: what a mount hides, what nginx cannot reach, what the image's user may not write."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from . import checks, image
from .case import Case, real, within
from .collected import short
from .deploy import Deploy, bare, is_compose, is_image
from .finding import Finding, found

# There a mount of the code is right, as it is where DEBUG is really on.
FOR_DEVELOPMENT = re.compile(r"(?i)dev|local|override|test")


@dataclass(frozen=True)
class Service:
    """A service of a compose file: its lines, where they begin, and its mounts as (source, target, line)."""

    name: str
    block: str
    mounts: tuple[tuple[str, str, int], ...]


def examine(case: Case, deploy: Deploy) -> Iterator[Finding]:
    texts: Mapping[Path, str] = dict(deploy.texts)
    for file, text in texts.items():
        if is_image(file):
            yield from _user(case, deploy, file, text)
        elif is_compose(file):
            for service in services(text):
                yield from _bind_mount(case, deploy, file, service)
                yield from _reach(case, deploy, file, service)


def services(text: str) -> Iterator[Service]:
    """Read by its indentation: YAML is not in the standard library."""
    lines = text.splitlines()
    start = next((number for number, line in enumerate(lines) if re.match(r"services:\s*(#.*)?$", line)), None)
    if start is None:
        return
    names: list[tuple[str, int]] = []
    depth = end = 0
    for number, line in enumerate(lines[start + 1 :], start + 1):
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        indent = len(line) - len(line.lstrip())
        if not indent:
            break
        end, depth = number, depth or indent
        if indent == depth and (match := re.match(r"\s*[\"']?([\w.-]+)[\"']?:", line)):
            names.append((match[1], number))
    for (name, first), after in zip(names, [*(number for _, number in names[1:]), end + 1]):
        yield Service(name, "\n".join(lines[first:after]), tuple(_mounts(lines, first, after)))


def _mounts(lines: list[str], first: int, after: int) -> Iterator[tuple[str, str, int]]:
    source = ""
    for number in range(first, after):
        line = lines[number]
        if match := re.match(r"\s*-\s*[\"']?([^\s:\"']+):(/[^\s:\"']*)(?::\w+(?:,\w+)*)?[\"']?\s*(#.*)?$", line):
            yield match[1], match[2], number + 1
        elif match := re.match(r"\s*(?:-\s*)?source:\s*[\"']?([^\s\"']+)", line):
            source = match[1]
        elif source and (match := re.match(r"\s*(?:-\s*)?target:\s*[\"']?(/[^\s\"']*)", line)):
            yield source, match[1], number + 1
            source = ""


def _here(compose: Path, source: str) -> Path | None:
    """The folder or file of this disk that is mounted; None for a volume."""
    source = re.sub(r"^\$\{?PWD\}?", ".", source)
    return real(compose.parent / source) if source.startswith(".") else None


def _bind_mount(case: Case, deploy: Deploy, file: Path, service: Service) -> Iterator[Finding]:
    root = case.static_root
    develops = FOR_DEVELOPMENT.search(file.name) or re.search(r"runserver|settings\.(dev|local)", service.block)
    if root is None or root.is_dir() or develops or case.production:
        return
    at_start = any(
        "collectstatic" in text and not is_image(name) and name.suffix not in (".md", ".txt", ".rst")
        for name, text in deploy.texts
    )
    if not deploy.built or at_start:
        return
    covered = any(Path(target).name == root.name for _, target, _ in service.mounts)
    for source, target, line in service.mounts:
        place = _here(file, source)
        if place is not None and within(root, place) and not covered:
            at = (short(file, case.folder), line)
            yield found(checks.BIND_MOUNT_HIDES, at=at, source=source, target=target)


def _reach(case: Case, deploy: Deploy, file: Path, service: Service) -> Iterator[Finding]:
    """Only where the service mounts the configuration: an image of its own may hold the files."""
    if re.search(r"(?m)^\s*build:", service.block):
        return
    mounted = [place for source, _, _ in service.mounts if (place := _here(file, source))]
    targets = [Path(target) for _, target, _ in service.mounts]
    for location in deploy.locations:
        if location.server != "nginx" or not any(within(real(location.file), place) for place in mounted):
            continue
        folder = location.serves.rstrip("/")
        if folder.startswith("/") and "$" not in folder and not any(within(Path(folder), one) for one in targets):
            at = (short(location.file, case.folder), location.line)
            compose = short(file, case.folder)
            yield found(checks.ALIAS_NOT_MOUNTED, at=at, folder=folder, compose=compose, service=service.name)


def _user(case: Case, deploy: Deploy, file: Path, text: str) -> Iterator[Finding]:
    """Whether the image's user may write where uploads and collected files go. In doubt it may."""
    given = image.read_image(text)
    if given is None or not given.user or not given.plain or _user_is_elsewhere(deploy, file):
        return
    keeps = (case.keeps_uploads or case.file_fields) and case.uploads_to_disk
    places = [("every upload", case.media_root)] if keeps else []
    if given.collects_as_user or _collects_at_start(deploy, given):
        places.append(("collectstatic", case.static_root if "bucket" not in case.traits("staticfiles") else None))
    for what, root in places:
        folder = image.place_of(given, root, file.parent, case.folder) if root else ""
        if folder and not given.may_write(folder) and not _bound(deploy, folder):
            at = (short(file, case.folder), given.user_line)
            yield found(checks.USER_MAY_NOT_WRITE, at=at, user=given.user, folder=folder, what=what)


def _user_is_elsewhere(deploy: Deploy, file: Path) -> bool:
    """A compose file, an entrypoint that drops rights, or an image for development."""
    if re.search(r"(?i)dev|local|test", f"{file.parent.name}/{file.name}"):
        return True
    return any(
        (is_compose(name) and re.search(r"(?m)^\s*user:", words)) or re.search(r"\b(gosu|su-exec|setpriv)\b", words)
        for name, words in deploy.texts
    )


def _collects_at_start(deploy: Deploy, given: image.Image) -> bool:
    scripts = set(re.findall(r"[\w.-]+", given.starts))
    return "collectstatic" in given.starts or any(
        name.name in scripts and "collectstatic" in bare(words) for name, words in deploy.texts
    )


def _bound(deploy: Deploy, folder: str) -> bool:
    """Whether a folder of the host is mounted there: its rights are the host's."""
    for name, words in deploy.texts:
        if is_compose(name):
            for target in re.findall(r"(?m)^\s*-\s*[\"']?[./~$][^:\s]*:(/[\w./-]+)", words):
                if folder == target.rstrip("/") or folder.startswith(f"{target.rstrip('/')}/"):
                    return True
    return False
