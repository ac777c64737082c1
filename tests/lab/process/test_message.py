"""Messages between processes: what is written is read again, typed, and nothing of a project comes along."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import IntEnum
from pathlib import Path

import pytest

from lab.checker.observe_folder import FolderResult
from lab.experiment.plan import parse
from lab.observation import CommandStep, Fault, Observation, RequestStep, TraceEntry, Versions
from lab.probe.http_cache import Kept
from lab.probe.journal import Answered, Journal
from lab.process.job import ExperimentJob, FolderJob, Order
from lab.process.message import decode, decode_arguments, encode

COMMAND = CommandStep(("python", "manage.py"), 1, "out", "err", 0.5, Fault("CommandError", "no"))
REQUEST = RequestStep(
    "css", "GET", "/", 200, {"etag": "x"}, 3, "abc", "", "view", (TraceEntry("view", "project/views.py", 9),), 1.5
)
PLAN = parse(
    [
        {"run": "manage.py check", "label": "check", "environment": {"A": "1"}},
        {"replace": "a.txt", "old": "x", "new": "y"},
        {"look": "**", "label": "all", "find": ["x"]},
        {"wait": 1.5},
        {
            "serve": "nginx",
            "requests": [
                {"label": "page", "get": "/", "headers": {"Host": "x"}, "cache": "browser", "follow": True},
                {"label": "sent", "post": "/", "files": {"f": "png"}, "when": {"page": 200}},
                {"hide": "a.txt"},
            ],
        },
    ]
)


@pytest.mark.parametrize(
    ("kind", "message"),
    [
        (CommandStep, COMMAND),
        (Fault | None, None),
        (Fault | None, Fault("A", "b")),
        (bytes, b"\xff\x00"),
        (Path, Path("/a")),
        (Mapping[str, str | None], {"a": None, "b": "c"}),
        (Order, Order(ExperimentJob({"debug": "off"}), 10.0)),
        (Order, Order(FolderJob("/a", PLAN), 20.0)),
        (
            FolderResult,
            FolderResult(
                Observation({}, Versions("3", "5", "6", None), {"a": "b"}, (COMMAND, REQUEST), (), ()),
                ("check", "css"),
                {"css": {"status": 200, "error": None, "body": "x"}},
                "",
            ),
        ),
        (
            Journal,
            Journal(
                steps=[COMMAND, REQUEST],
                labels=["", "css"],
                answers={"css": Answered("http://localhost/", 200, {"a": "b"}, b"\xff", "cdn")},
                looks={"all": {"count": 3, "names": None}},
                caches={"cdn": {"/": Kept(200, {}, b"\xfe", 1.0, 3.5, 4.5)}},
                refused=Fault("A", "b"),
            ),
        ),
    ],
)
def test_what_is_written_is_read_again(kind, message):
    assert decode(kind, encode(message)) == message


class Text(str):
    __slots__ = ()


class Code(IntEnum):
    ONE = 1


@dataclass(frozen=True)
class Done:
    text: str
    code: int


def test_what_a_project_subclasses_arrives_as_plain_data():
    done = decode(Done, encode(Done(Text("x"), Code.ONE)))
    assert (type(done.text), type(done.code)) == (str, int)


def test_what_is_no_message_is_refused_by_whoever_sends_it():
    with pytest.raises(TypeError, match="object is no part of a message"):
        encode({"a": object()})


def test_arguments_get_the_types_of_the_functions_parameters():
    def function(folder: Path, steps: tuple[CommandStep | RequestStep, ...], times: int = 1) -> None: ...

    arguments = {"folder": Path("/a"), "steps": (COMMAND, REQUEST)}
    assert decode_arguments(function, encode(arguments)) == arguments
