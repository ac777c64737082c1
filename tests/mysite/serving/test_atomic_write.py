"""Files that are replaced whole."""

import os
import stat
import sys

import pytest

from mysite.serving.atomic_write import write_whole


def test_a_file_is_replaced_by_the_new_text(tmp_path):
    path = tmp_path / "progress.json"
    path.write_text("old")
    write_whole(path, "neu: ä")
    assert path.read_text(encoding="utf-8") == "neu: ä"
    assert [entry.name for entry in tmp_path.iterdir()] == ["progress.json"]


def test_a_reader_with_the_old_file_open_reads_the_old_text_to_its_end(tmp_path):
    path = tmp_path / "progress.json"
    path.write_text("old")
    with path.open() as reader:
        write_whole(path, "new")
        assert reader.read() == "old"


@pytest.mark.parametrize("call", ["os.open", "os.fdopen", "pathlib.Path.replace"])
def test_a_write_that_fails_leaves_the_old_text_and_nothing_else(tmp_path, monkeypatch, call):
    path = tmp_path / "progress.json"
    path.write_text("old")

    def full(*_args, **_options):
        raise OSError("No space left on device")

    monkeypatch.setattr(call, full)
    with pytest.raises(OSError, match="No space"):
        write_whole(path, "new")
    monkeypatch.undo()
    assert path.read_text() == "old"
    assert [entry.name for entry in tmp_path.iterdir()] == ["progress.json"]


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such permissions")
def test_a_file_is_its_owners_alone_unless_told_otherwise(tmp_path):
    before = os.umask(0o022)
    try:
        write_whole(tmp_path / "key", "x")
        write_whole(tmp_path / "stamp", "x", mode=0o666)
    finally:
        os.umask(before)
    assert stat.S_IMODE((tmp_path / "key").stat().st_mode) == 0o600
    assert stat.S_IMODE((tmp_path / "stamp").stat().st_mode) == 0o644
