"""The variations that stand as files below lab/variations: docs/variations.md is the reference."""

import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from lab.experiment.plan import PlanError, entries, parse
from lab.experiment.variation import Edit, Variation

FOLDER = Path(__file__).resolve().parents[2] / "variations"
KEYS = (
    *("title", "like", "needs", "settings", "edit", "first", "then", "packages"),
    *("nginx", "needs_root", "refused", "seconds"),
)
PLACES = ("old", "line", "above", "below")
SETTINGS = "project/settings.py"
BELOW_SETTINGS = 'MEDIA_URL = "/media/"'  # what `settings` holds stands above this line


class VariationError(ValueError):
    """A variation that cannot be read. The message names it and says what is wrong, on one line."""


def read(folder: Path = FOLDER) -> tuple[Variation, ...]:
    """Return every variation below the folder, each after the one that it is like. Raises VariationError.

    <name>/variation.toml describes one, whose files stand in <name>/files; every other *.toml describes several that
    have no files of their own, each in a table with its name.
    """
    known: dict[str, Variation] = {}
    waiting = dict(_tables(folder))
    following: dict[str, list[str]] = {}
    for name, (table, _) in waiting.items():
        following.setdefault(str(table.get("like", "")), []).append(name)
    _read_all(following.pop("", []), waiting, following, known)
    if following:
        base, names = next(iter(following.items()))
        raise VariationError(f"{names[0]}: there is no variation {base!r} that it could be like")
    return tuple(known.values())


def _read_all(
    names: list[str],
    tables: Mapping[str, tuple[dict[str, Any], Path]],
    following: dict[str, list[str]],
    known: dict[str, Variation],
) -> None:
    for name in names:
        table, place = tables[name]
        known[name] = _variation(name, table, place, known.get(str(table.get("like", ""))))
        _read_all(following.pop(name, []), tables, following, known)


def _tables(folder: Path) -> Iterator[tuple[str, tuple[dict[str, Any], Path]]]:
    """Yield (name, (table, the variation's folder)) of every variation."""
    for path in sorted(folder.glob("*/variation.toml")):
        yield path.parent.name, (_toml(path), path.parent)
    for path in sorted(folder.glob("*.toml")):
        for name, table in _toml(path).items():
            yield name, (table, path.with_suffix("") / name)


def _toml(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise VariationError(f"{path.parent.name}/{path.name}: {error}") from error


def _variation(name: str, table: dict[str, Any], folder: Path, base: Variation | None) -> Variation:
    """Return the variation, with what it takes from the one that it is like. Raises VariationError."""
    try:
        unknown = set(table) - set(KEYS)
        if unknown:
            raise VariationError(f"unknown: {', '.join(sorted(unknown))}")
        base = base or Variation(name, "")
        first, then = parse(_scripts(table.get("first", ()), folder)), entries(table.get("then", ()))
        return Variation(
            name=name,
            title=table["title"],
            needs={**base.needs, **table.get("needs", {})},
            edits=(*base.edits, *_edits(table)),
            files={**base.files, **_files(folder / "files")},
            first=first or base.first,
            then=then or base.then,
            packages={**base.packages, **table.get("packages", {})},
            nginx=table.get("nginx", base.nginx),
            needs_root=table.get("needs_root", base.needs_root),
            refused=table.get("refused", base.refused),
            seconds=float(table.get("seconds", base.seconds)),
        )
    except KeyError as missing:
        raise VariationError(f"{name}: {missing} is missing") from missing
    except (OSError, ValueError, TypeError, AttributeError, PlanError) as error:
        raise VariationError(f"{name}: {error}") from error


def _edits(table: Mapping[str, Any]) -> Iterator[Edit]:
    """Yield the edits, and then the lines of `settings`, which need no place."""
    for edit in table.get("edit", ()):
        if set(edit) - {"path", "new", *PLACES} or len(set(edit) & set(PLACES)) != 1:
            raise VariationError(f"an edit has a path, new and one of {', '.join(PLACES)}: {edit}")
        yield Edit(**edit)
    if "settings" in table:
        yield Edit(SETTINGS, above=BELOW_SETTINGS, new=f"{table['settings'].rstrip()}\n\n")


def _files(folder: Path) -> dict[str, str]:
    """Return path, with forward slashes -> text."""
    return {
        path.relative_to(folder).as_posix(): path.read_text(encoding="utf-8")
        for path in sorted(folder.rglob("*"))
        if path.is_file() and "__pycache__" not in path.parts
    }


def _scripts(steps: list[dict[str, Any]], folder: Path) -> Iterator[dict[str, Any]]:
    """Yield the steps; Python code for the shell may stand in a file beside variation.toml."""
    for step in steps:
        if "script" in step:
            code = (folder / step["script"]).read_text(encoding="utf-8")
            yield {**{key: value for key, value in step.items() if key != "script"}, "python": code}
        else:
            yield step
