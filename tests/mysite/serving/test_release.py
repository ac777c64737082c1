"""What makes `manage.py release` collect again, what it keeps, and what an interruption leaves."""

import json
import os
from pathlib import Path

import pytest

from mysite.management.commands.release import ThriftyCompressor
from mysite.serving.release import InTheWay, Releases, Sources, digest

SOURCES = Sources(files="files", facts="facts")


def release(releases: Releases, css: str, sources: Sources = SOURCES) -> None:
    with releases.alone():
        releases.finish(fill(releases, css), sources)


def fill(releases: Releases, css: str) -> Path:
    """What collectstatic with a hashed storage would write; the content serves as its own hash."""
    new = releases.begin()
    new.mkdir()
    (new / "app.css").write_text(css)
    (new / f"app.{css}.css").write_text(css)
    (new / f"app.{css}.css.gz").write_text(f"{css}, smaller")
    (new / "staticfiles.json").write_text(json.dumps({"paths": {"app.css": f"app.{css}.css"}}))
    return new


def served(releases: Releases) -> str:
    return (releases.root / "app.css").read_text()


@pytest.fixture
def releases(tmp_path: Path) -> Releases:
    releases = Releases(tmp_path / "staticfiles")
    release(releases, "one")
    return releases


def test_an_untouched_release_is_not_made_again(releases: Releases) -> None:
    assert releases.is_made_of(SOURCES)


@pytest.mark.parametrize("other", [Sources("others", "facts"), Sources("files", "others")])
def test_other_sources_or_settings_make_a_new_one(releases: Releases, other: Sources) -> None:
    assert not releases.is_made_of(other)


def test_a_file_changed_in_static_root_is_noticed_even_when_its_date_is_not(releases: Releases) -> None:
    css = releases.root / "app.css"
    before = css.stat()
    css.write_text("eno")
    os.utime(css, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert not releases.is_made_of(SOURCES)


def test_a_file_deleted_from_static_root_is_noticed(releases: Releases) -> None:
    (releases.root / "app.css").unlink()
    assert not releases.is_made_of(SOURCES)


def test_compressed_files_are_taken_from_a_release_that_is_unaltered_and_was_made_in_the_same_way(
    releases: Releases,
) -> None:
    assert releases.to_take_from(Sources("others", "facts")) == releases.current()
    assert releases.to_take_from(Sources("files", "others")) is None
    (releases.root / "app.one.css.gz").write_text("altered")
    assert releases.to_take_from(SOURCES) is None


def test_static_root_is_a_link_that_stays_where_it_is(releases: Releases) -> None:
    before = releases.root.readlink()
    release(releases, "two")
    assert served(releases) == "two"
    assert releases.root.is_symlink()
    assert releases.root.readlink() != before


def test_the_hashed_files_of_the_releases_before_are_still_there_and_plain_ones_are_not(releases: Releases) -> None:
    (releases.root / "plain.css").write_text("no page of the new release names it")
    release(releases, "two")
    release(releases, "three")
    names = {path.name for path in releases.root.iterdir()}
    assert {"app.one.css", "app.one.css.gz", "app.two.css", "app.three.css", "app.css"} < names
    assert "plain.css" not in names


def test_after_three_releases_the_oldest_hashed_files_and_its_folder_go(releases: Releases) -> None:
    for css in ("two", "three", "four"):
        release(releases, css)
    assert not (releases.root / "app.one.css").exists()
    assert (releases.root / "app.two.css").exists()
    assert sorted(path.name for path in releases.folder.iterdir() if path.is_dir()) == ["2", "3", "4"]


def test_stopped_while_collecting_the_old_release_is_still_whole(releases: Releases) -> None:
    fill(releases, "half")
    assert releases.is_made_of(SOURCES)
    assert served(releases) == "one"
    release(releases, "two")
    assert sorted(path.name for path in releases.folder.iterdir()) == [
        "1",
        "1.fingerprint",
        "2",
        "2.fingerprint",
        "lock",
    ]


def test_stopped_before_the_link_was_replaced_the_old_release_stays_and_the_complete_one_goes(
    releases: Releases,
) -> None:
    fill(releases, "two").rename(releases.folder / "2")
    assert served(releases) == "one"
    release(releases, "three")
    assert served(releases) == "three"
    assert not (releases.root / "app.two.css").exists()


def test_a_folder_that_collectstatic_filled_is_replaced_and_its_hashed_files_are_kept(tmp_path: Path) -> None:
    root = tmp_path / "staticfiles"
    root.mkdir()
    (root / "app.old.css").write_text("old")
    (root / "staticfiles.json").write_text(json.dumps({"paths": {"app.css": "app.old.css"}}))
    releases = Releases(root)
    release(releases, "new")
    assert root.is_symlink()
    assert served(releases) == "new"
    assert (root / "app.old.css").read_text() == "old"


def test_stopped_in_the_only_moment_without_static_root_the_next_run_brings_it_back(releases: Releases) -> None:
    releases.root.unlink()
    releases.begin()
    assert served(releases) == "one"


def test_where_there_are_no_links_renaming_does_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise OSError("a required privilege is not held by the client")

    monkeypatch.setattr(Path, "symlink_to", refuse)
    releases = Releases(tmp_path / "staticfiles")
    for css in ("one", "two", "three"):
        release(releases, css)
        assert not releases.root.is_symlink()
        assert served(releases) == css
        assert releases.is_made_of(SOURCES)
    assert (releases.root / "app.one.css").exists()


def test_somebodys_own_link_is_followed_and_not_replaced(tmp_path: Path) -> None:
    (tmp_path / "disk").mkdir()
    link = tmp_path / "staticfiles"
    link.symlink_to(tmp_path / "disk" / "static")
    releases = Releases(link)
    for css in ("one", "two"):
        release(releases, css)
        assert (link / "app.css").read_text() == css
    assert link.readlink() == tmp_path / "disk" / "static"


def test_a_static_root_that_cannot_be_moved_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "staticfiles").mkdir()

    def refuse(*_: object) -> None:
        raise OSError(16, "Device or resource busy")

    releases = Releases(tmp_path / "staticfiles")
    new = fill(releases, "new") if releases.folder.mkdir() is None else None
    assert new is not None
    rename = Path.rename
    monkeypatch.setattr(
        Path,
        "rename",
        lambda self, to: refuse() if self == releases.root else rename(self, to),  # type: ignore[arg-type]
    )
    with pytest.raises(InTheWay, match="mounted volume"):
        releases.finish(new, SOURCES)


def test_the_order_in_which_the_finders_meet_two_files_counts(tmp_path: Path) -> None:
    one, two = tmp_path / "one.css", tmp_path / "two.css"
    one.write_text("one")
    two.write_text("two")
    assert digest([("app.css", one), ("app.css", two)]) != digest([("app.css", two), ("app.css", one)])


def test_a_file_that_has_not_changed_keeps_its_compressed_copies_and_its_date(tmp_path: Path) -> None:
    for name in ("last", "new"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "app.css").write_text("body { color: green }")
    (tmp_path / "last/app.css.gz").write_bytes(b"compressed before")
    os.utime(tmp_path / "last/app.css", (1_700_000_000, 1_700_000_000))
    compressor = ThriftyCompressor(tmp_path / "last", tmp_path / "new", quiet=True)
    assert compressor.compress(str(tmp_path / "new/app.css")) == [str(tmp_path / "new/app.css.gz")]
    assert (tmp_path / "new/app.css.gz").read_bytes() == b"compressed before"
    assert (tmp_path / "new/app.css").stat().st_mtime == 1_700_000_000
