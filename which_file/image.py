"""What a Dockerfile says of the user that its image runs as, and of the folders that this user may write."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from .case import within

# Images that have nobody but root; of another nobody here knows whom its folders belong to.
PLAIN = re.compile(
    r"^(?:docker\.io/)?(?:library/)?(?:python|debian|ubuntu|alpine|fedora|rockylinux|almalinux)(?:[:@]|$)"
)
ROOT = ("", "root", "0", "0:0", "root:root")


@dataclass(frozen=True)
class Image:
    """The last stage, with those that it is made from. `plain` says that the first began with an image of root's alone;
    `owned` are the folders that some line gives to another user; `copied` are the folders in the image with the folder
    of the build context that each came from."""

    plain: bool
    user: str
    user_line: int
    starts: str
    owned: tuple[str, ...]
    copied: tuple[tuple[str, str], ...]
    collects_as_user: bool

    def may_write(self, folder: str) -> bool:
        """Whether a line gives the folder, one above it or one below it away. A name that is not known counts."""
        return any(
            "$" in owned
            or folder == owned
            or folder.startswith(f"{owned.rstrip('/')}/")
            or owned.startswith(f"{folder.rstrip('/')}/")
            or owned == f"{posixpath.dirname(folder)}/*"
            for owned in self.owned
        )


def read_image(text: str) -> Image | None:
    """Return what the last stage says; None where the text has no stage."""
    stages: dict[str, list[tuple[int, str, str]]] = {}
    current: list[tuple[int, str, str]] = []
    for line, word, rest in _instructions(text):
        if word == "FROM":
            names = re.match(r"(?:--\S+\s+)?(\S+)(?:\s+[Aa][Ss]\s+(\S+))?", rest)
            current = list(stages.get(names[1], [(line, "FROM", names[1])])) if names else [(line, "FROM", rest)]
            stages[(names[2] or names[1]) if names else ""] = current
        else:
            current.append((line, word, rest))
    return _image(current) if current and stages else None


def _instructions(text: str) -> Iterator[tuple[int, str, str]]:
    lines = text.splitlines()
    number = 0
    while number < len(lines):
        first, whole = number + 1, lines[number]
        while (whole.rstrip().endswith("\\") or lines[number].lstrip().startswith("#")) and number + 1 < len(lines):
            if not whole.rstrip().endswith("\\"):
                break
            number += 1
            following = "" if lines[number].lstrip().startswith("#") else lines[number]
            whole = f"{whole.rstrip()[:-1]} {following or chr(92)}"
        number += 1
        match = re.match(r"\s*([A-Za-z]+)\s+(.*)", whole, re.DOTALL)
        if match and not whole.lstrip().startswith("#"):
            yield first, match[1].upper(), match[2].strip()


def _image(stage: list[tuple[int, str, str]]) -> Image:
    names: dict[str, str] = {}
    folder, user, user_line, starts = "/", "", 0, ""
    owned: list[str] = []
    copied: list[tuple[str, str]] = []
    collects, plain = False, False
    for line, word, rest in stage:
        rest = _filled(rest, names)
        if word == "FROM":
            plain = bool(PLAIN.match(rest))
        if word in ("ENV", "ARG"):
            for name, value in re.findall(r"(\w+)[= ][\"']?([^\s\"']*)", rest):
                names.setdefault(name, value)
        elif word == "WORKDIR":
            folder = posixpath.normpath(posixpath.join(folder, rest.strip("\"' ")))
        elif word == "USER":
            user, user_line = ("" if rest in ROOT else rest.strip("\"'")), line
        elif word in ("COPY", "ADD"):
            owned += _copied(rest, folder, copied)
        elif word == "RUN":
            owned += _given(rest.replace("~/", f"/home/{user}/"), folder, as_user=bool(user))
            collects = collects or (bool(user) and "collectstatic" in rest)
        elif word in ("CMD", "ENTRYPOINT"):
            starts += f" {rest}"
    return Image(plain, user, user_line, starts, tuple(owned), tuple(copied), collects)


def _filled(rest: str, names: dict[str, str]) -> str:
    return re.sub(r"\$\{?(\w+)\}?", lambda match: names.get(match[1], match[0]), rest)


def _copied(rest: str, folder: str, copied: list[tuple[str, str]]) -> Iterator[str]:
    words = [word.strip("\"',[]") for word in rest.split()]
    options = [word for word in words if word.startswith("--")]
    places = [word for word in words if word and not word.startswith("--")]
    if len(places) < 2:
        return
    target = posixpath.normpath(posixpath.join(folder, places[-1]))
    if not any(option.startswith("--from") for option in options):
        copied += [(target, posixpath.normpath(place.lstrip("/") or ".")) for place in places[:-1]]
    if any(option.startswith(("--chown", "--chmod")) for option in options):
        yield target


def _given(rest: str, folder: str, *, as_user: bool) -> Iterator[str]:
    """The folders that a RUN line gives away: by chown and its like, as a home, and whatever the user itself makes."""
    for command in re.split(r"&&|;|\|\||\n", rest):
        words = [word.strip("\"'()") for word in command.split()]
        while words and (words[0] in ("then", "do", "else", "sudo", "exec", "{") or re.match(r"--|\w+=", words[0])):
            words.pop(0)
        if not words:
            continue
        tool = posixpath.basename(words[0])
        if tool in ("chown", "chgrp", "chmod", "install", "setfacl", "find", "xargs") or (as_user and tool == "mkdir"):
            for word in words[1:]:
                if not word.startswith("-"):
                    yield posixpath.normpath(posixpath.join(folder, word))
        if tool in ("useradd", "adduser"):
            makes = {"-m", "--create-home"} & set(words) or tool == "adduser" or any(w.startswith("-rm") for w in words)
            homes = [word for word in words if word.startswith("/") and "bin/" not in word]
            homes += [word.partition("=")[2] for word in words if word.startswith(("--home", "--home-dir="))]
            if makes:
                # Of a home the user owns the folder, and nothing that root puts into it.
                yield from (f"{home.rstrip('/')}/*" for home in (*homes, f"/home/{words[-1]}") if home)


def place_of(image: Image, root: Path, context: Path, project: Path) -> str:
    """Return where a folder of the project is in the image, and "" where that cannot be told."""
    if not within(root, project) and not within(root, context):
        return root.as_posix() if root.is_absolute() and not root.parent.exists() else ""
    for target, source in image.copied:
        for place in (context, *context.parents[:2]):
            # The context is the Dockerfile's folder, or one above it.
            came_from = place / source
            if came_from.is_dir() and within(project, came_from) and within(root, came_from):
                if place != context and source == "." and (context / "manage.py").is_file():
                    continue
                relative = root.relative_to(came_from).as_posix()
                return posixpath.normpath(posixpath.join(target, relative))
    return ""
