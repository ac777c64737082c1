"""The files of an experiment on disk, each with its kind and its part in the outcome."""

from collections import Counter
from dataclasses import dataclass

from lab.observation import Observation, StoredFile


@dataclass(frozen=True, slots=True)
class Leaf:
    """`kind` is source, static or media; `part` is `served`, `lost` (another file of the same name was served), or
    empty."""

    path: str
    kind: str
    part: str = ""


@dataclass(frozen=True, slots=True)
class Folder:
    """A named group of files; `rest` counts the files of an app that are not listed one by one."""

    title: str
    kind: str
    leaves: tuple[Leaf, ...]
    rest: tuple[tuple[str, int], ...] = ()


def folders(observation: Observation) -> tuple[Folder, Folder, Folder]:
    """Return the source files, STATIC_ROOT and MEDIA_ROOT."""
    return (
        Folder("Source files", "source", tuple(_source(path, observation) for path in observation.files)),
        _collected(observation),
        Folder("MEDIA_ROOT", "media", tuple(Leaf(file.path, "media") for file in observation.media_root)),
    )


def _source(path: str, observation: Observation) -> Leaf:
    css = observation.request("css")
    if not path.endswith(".css") or css is None:
        return Leaf(path, "source")
    if css.source == path:
        return Leaf(path, "source", "served")
    wanted = _static_name(css.source or "", observation)
    return Leaf(path, "source", "lost" if wanted and _static_name(path, observation) == wanted else "")


def _static_name(path: str, observation: Observation) -> str:
    """Return a file's name for the finders: its path below static/, with the prefix of the project's own folder."""
    folder, static, name = f"/{path}".partition("/static/")
    prefixed = static and not folder and observation.experiment.get("project_static") == "prefixed"
    return f"project/{name}" if prefixed else name


def _collected(observation: Observation) -> Folder:
    shown = [file for file in observation.static_root if not file.path.startswith("admin/")]
    css = observation.request("css")
    static_url = observation.experiment.get("static_url")  # a learner's project has no knobs
    name = css.url.partition(static_url)[2] if static_url and css and css.status == 200 else ""
    inside = observation.experiment.get("media_root") == "inside-static"  # an upload among the collected files
    leaves = tuple(
        Leaf(
            file.path,
            "media" if inside and file.path.startswith("media/") else "static",
            "served" if file.path == name else "",
        )
        for file in shown
    )
    return Folder("STATIC_ROOT", "static", leaves, _rest(observation.static_root))


def _rest(files: tuple[StoredFile, ...]) -> tuple[tuple[str, int], ...]:
    counted = Counter("admin/" for file in files if file.path.startswith("admin/"))
    return tuple(counted.items())
