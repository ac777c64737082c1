"""The one small file that the terminal and the browser share."""

import json
import multiprocessing
from concurrent.futures import ThreadPoolExecutor

import pytest

from workshop.progress import BYTES, FILE, Progress, ProgressError, Standing, dumps, loads


@pytest.fixture
def progress(tmp_path):
    return Progress(tmp_path / "mine")


def test_without_a_file_nothing_was_done(progress):
    assert progress.read() == {}
    assert progress.of("01_one") == Standing()


def test_what_was_once_passed_stays_so(progress):
    progress.checked("01_one", ("a", "b"), True)
    when = progress.of("01_one").passed
    progress.checked("01_one", ("a",), False)
    standing = progress.of("01_one")
    assert (standing.passed, standing.checks, standing.held) == (when, 2, ("a",))


def test_there_are_no_more_hints_than_there_are(progress):
    for _ in range(5):
        progress.hint_shown("01_one", 3)
    assert progress.of("01_one").hints == 3


def _check_often(folder):
    for _ in range(20):
        Progress(folder).checked("01_one", (), False)


def test_of_writers_at_the_same_time_none_is_lost(tmp_path):
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(_check_often, [tmp_path] * 4))
    assert Progress(tmp_path).of("01_one").checks == 80


def test_of_processes_at_the_same_time_neither(tmp_path):
    processes = [multiprocessing.get_context("spawn").Process(target=_check_often, args=(tmp_path,)) for _ in range(2)]
    for process in processes:
        process.start()
    _check_often(tmp_path)
    for process in processes:
        process.join()
    assert Progress(tmp_path).of("01_one").checks == 60


@pytest.mark.parametrize(
    "content", [b"", b"{", b"\xff\xfe\x00", b"[]", b"[" * 100_000, b'{"version": 1}', b"x" * (BYTES + 1)]
)
def test_a_file_that_cannot_be_read_is_put_aside_and_a_new_one_begun(tmp_path, content):
    (tmp_path / FILE).write_bytes(content)
    progress = Progress(tmp_path)
    assert progress.read() == {}
    assert (tmp_path / f"{FILE}.broken").read_bytes() == content
    progress.started("01_one")
    assert progress.of("01_one").started


def test_every_change_is_told_with_all_standings(tmp_path):
    told = []
    progress = Progress(tmp_path, lambda name, standings: told.append((name, dict(standings))))
    progress.started("01_one")
    progress.hint_shown("02_two", 3)
    assert [name for name, _ in told] == ["01_one", "02_two"]
    assert told[1][1]["02_two"].hints == 1


def test_a_progress_file_reads_as_it_was_written(progress):
    progress.checked("01_one", ("a",), True)
    progress.hint_shown("02_two", 3)
    assert loads(dumps(progress.read())) == progress.read()


def _with(**values):
    return json.dumps({"version": 1, "exercises": {"01_one": values}})


@pytest.mark.parametrize(
    "text",
    [
        "nonsense",
        "[]",
        "[" * 100_000,
        '{"version": 2, "exercises": {}}',
        '{"version": 1, "exercises": []}',
        '{"version": 1, "exercises": {"01_one": 3}}',
        _with(colour="red"),
        _with(checks="many"),
        _with(checks=True),
        _with(started="yesterday"),
        _with(passed=5),
        _with(held="a"),
        " " * (BYTES + 1),
    ],
)
def test_a_text_from_elsewhere_that_is_no_progress_is_refused_on_one_line(text):
    with pytest.raises(ProgressError) as error:
        loads(text)
    assert "\n" not in str(error.value)


def test_a_damaged_file_is_said_and_what_it_was_before_is_back(tmp_path):
    progress = Progress(tmp_path)
    progress.started("01_one")
    progress.started("02_two")
    (tmp_path / "progress.json").write_text("{bad")
    read = Progress(tmp_path)
    assert set(read.read()) == {"01_one"}  # the last change is lost, and nothing else
    assert "could not be read: it is not JSON" in read.damage
    assert (tmp_path / "progress.json.broken").read_text() == "{bad"
    assert set(Progress(tmp_path).read()) == {"01_one"}
