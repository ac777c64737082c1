"""What makes `manage.py collectfresh` collect again, and what an interruption leaves."""

import os
from pathlib import Path

import pytest

from mysite.release import Release, digest


@pytest.fixture
def release(tmp_path: Path) -> Release:
    release = Release(tmp_path / "staticfiles")
    fill(release, "body {}")
    release.finish("sources")
    return release


def fill(release: Release, css: str) -> None:
    release.begin()
    release.new.mkdir()
    (release.new / "app.css").write_text(css)


def test_an_untouched_release_is_not_collected_again(release: Release) -> None:
    assert release.is_made_of("sources")


def test_other_sources_are_collected_again(release: Release) -> None:
    assert not release.is_made_of("other sources")


def test_a_file_changed_in_static_root_is_noticed_even_when_its_date_is_not(release: Release) -> None:
    css = release.root / "app.css"
    before = css.stat()
    css.write_text("body{} ")
    os.utime(css, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert not release.is_made_of("sources")


def test_a_file_deleted_from_static_root_is_noticed(release: Release) -> None:
    (release.root / "app.css").unlink()
    assert not release.is_made_of("sources")


def test_stopped_while_collecting_the_old_release_is_still_whole(release: Release) -> None:
    fill(release, "body { half")
    assert release.is_made_of("sources")
    fill(release, "p {}")
    release.finish("new sources")
    assert (release.root / "app.css").read_text() == "p {}"
    assert sorted(path.name for path in release.root.parent.iterdir()) == [".staticfiles.fingerprint", "staticfiles"]


def test_stopped_between_the_two_renames_the_next_run_makes_a_whole_release(release: Release) -> None:
    fill(release, "p {}")
    release.root.rename(release.root.with_name(".staticfiles.old"))
    assert not release.is_made_of("sources")
    fill(release, "p {}")
    release.finish("new sources")
    assert release.is_made_of("new sources")


def test_the_order_in_which_the_finders_meet_two_files_counts(tmp_path: Path) -> None:
    one, two = tmp_path / "one.css", tmp_path / "two.css"
    one.write_text("one")
    two.write_text("two")
    assert digest([("app.css", one), ("app.css", two)]) != digest([("app.css", two), ("app.css", one)])
