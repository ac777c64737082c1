"""Typed messages between processes: dataclasses as JSON and back.

JSON, and not pickle: what a learner's project leaves in a message, such as a subclass of str, arrives as plain data.
"""

import dataclasses
import json
import types
import typing
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

KIND = "kind of message"  # the key under which a dataclass writes its own name

T = TypeVar("T")


def encode(message: object) -> str:
    """Return the message as JSON. Raises TypeError for what `decode` could not read."""
    return json.dumps(message, default=_plain)


def decode(kind: type[T], text: str | bytes) -> T:
    """Return the message of that type that `encode` wrote. Raises ValueError, KeyError or TypeError for anything else.

    A type is made of dataclasses, their unions, tuple[X, ...], Mapping[str, X], str, int, float, bool, bytes, Path
    and None.
    """
    return typing.cast(T, _restored(kind, json.loads(text)))


def decode_arguments(function: Callable[..., object], text: str | bytes) -> dict[str, Any]:
    """Return the arguments, by name, that `encode` wrote for this function. Raises as `decode`."""
    hints = typing.get_type_hints(function)
    return {name: _restored(hints[name], value) for name, value in json.loads(text).items()}


def _plain(value: object) -> Any:
    if dataclasses.is_dataclass(value):
        return {
            KIND: type(value).__name__,
            **{field.name: getattr(value, field.name) for field in dataclasses.fields(value)},
        }
    if isinstance(value, bytes):
        return value.hex()
    if isinstance(value, Path):
        return str(value)
    raise TypeError(f"{type(value).__name__} is no part of a message")


def _restored(kind: Any, data: Any) -> Any:
    if kind in (bytes, Path):
        return bytes.fromhex(data) if kind is bytes else Path(data)
    if dataclasses.is_dataclass(kind):
        fields = _fields(typing.cast(type, kind))
        return kind(**{name: _restored(field, data[name]) for name, field in fields.items()})  # type: ignore[operator]
    origin, arguments = typing.get_origin(kind), typing.get_args(kind)
    if origin in (types.UnionType, typing.Union):
        return _one_of(arguments, data)
    if origin in (tuple, list, Sequence):
        return (tuple if origin is tuple else list)(_restored(arguments[0], item) for item in data)
    if origin in (dict, Mapping):
        return {key: _restored(arguments[1], item) for key, item in data.items()}
    return data


def _one_of(kinds: Sequence[Any], data: Any) -> Any:
    """Restore one type of a union: a dataclass by its name, anything else as the one other type that there is."""
    if data is None:
        return None
    if isinstance(data, dict) and KIND in data:
        return _restored(next(kind for kind in kinds if kind.__name__ == data[KIND]), data)
    others = [kind for kind in kinds if kind is not types.NoneType and not dataclasses.is_dataclass(kind)]
    return _restored(others[0], data) if len(others) == 1 else data


@cache
def _fields(kind: Any) -> Mapping[str, Any]:
    """Return the fields of a dataclass and their types, in the order in which they are declared."""
    hints = typing.get_type_hints(kind)
    return {field.name: hints[field.name] for field in dataclasses.fields(kind)}
