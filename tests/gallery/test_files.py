"""Row and files appear together and vanish together, whatever fails."""

import errno
import os
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import FileSystemStorage
from django.core.management import CommandError, call_command
from django.db import OperationalError, connection
from django.urls import reverse

from gallery import audit, files, pictures, storage
from gallery.models import Photo
from gallery.storage import DurableFileSystemStorage
from tests.gallery.folders import files_in
from tests.gallery.images import camera_jpeg
from tests.gallery.test_uploads import upload

pytestmark = pytest.mark.django_db

NOW = timedelta(0)
LIMITS = pictures.Limits(50_000_000, 1 << 28)


@pytest.fixture
def photo(client):
    upload(client, camera_jpeg(1, (800, 500)))
    return Photo.objects.get()


class Failing(DurableFileSystemStorage):
    """Takes `good` files, then no more."""

    def __init__(self, location, good, error):
        super().__init__(location=location)
        self.good, self.error = good, error

    def _save(self, name, content):
        if self.good == 0:
            raise self.error
        self.good -= 1
        return super()._save(name, content)


# Storage


def test_a_name_is_there_only_once_its_file_is_complete(tmp_path, monkeypatch):
    store = DurableFileSystemStorage(location=tmp_path)
    seen = []
    link = os.link

    def watched(part, final):
        seen.append((files_in(tmp_path), Path(part).read_bytes()))
        link(part, final)

    monkeypatch.setattr(os, "link", watched)
    store.save("photos/a.jpg", ContentFile(b"all of it"))
    [([name], content)] = seen
    assert name.endswith(storage.PART)
    assert content == b"all of it"
    assert files_in(tmp_path) == ["photos/a.jpg"]


def test_two_files_of_one_name_are_both_kept_and_the_first_is_intact(tmp_path):
    store = DurableFileSystemStorage(location=tmp_path)
    first, second = (store.save("photos/a.jpg", ContentFile(content)) for content in (b"first", b"second"))
    assert first == "photos/a.jpg" != second
    assert [store.open(name).read() for name in (first, second)] == [b"first", b"second"]


def test_a_file_that_appears_in_the_last_moment_is_not_overwritten(tmp_path, monkeypatch):
    store = DurableFileSystemStorage(location=tmp_path)
    monkeypatch.setattr(store, "exists", lambda name: False)  # as it looked when somebody asked
    store.save("photos/a.jpg", ContentFile(b"first"))
    monkeypatch.undo()
    assert store.save("photos/a.jpg", ContentFile(b"second")) != "photos/a.jpg"
    assert store.open("photos/a.jpg").read() == b"first"


def test_a_write_that_fails_leaves_no_half_file(tmp_path):
    class Breaking(ContentFile):
        def chunks(self, chunk_size=None):
            yield b"half"
            raise OSError(errno.ENOSPC, "full")

    store = DurableFileSystemStorage(location=tmp_path)
    with pytest.raises(OSError, match="full"):
        store.save("photos/a.jpg", Breaking(b"x"))
    assert files_in(tmp_path) == []


def test_files_are_readable_for_the_server_beside_us(tmp_path):
    store = DurableFileSystemStorage(location=tmp_path)
    store.save("photos/a.jpg", ContentFile(b"x"))
    assert (tmp_path / "photos/a.jpg").stat().st_mode & 0o777 == 0o644


# Together


@pytest.mark.parametrize("good", [0, 1, 5])
@pytest.mark.parametrize(("number", "full"), [(errno.ENOSPC, True), (errno.EDQUOT, True), (errno.EIO, False)])
def test_of_the_files_of_one_photo_all_are_written_or_none(tmp_path, good, number, full):
    store = Failing(tmp_path, good, OSError(number, "planted"))
    with pytest.raises(files.NotKept) as trouble:
        files.write(store, {f"photos/{number}": b"x" for number in range(8)})
    assert trouble.value.full is full
    assert files_in(tmp_path) == []


@pytest.mark.parametrize(
    ("number", "status", "says"), [(errno.ENOSPC, 507, "no room left"), (errno.EIO, 503, "does not answer")]
)
def test_a_storage_in_trouble_is_an_answer_and_no_500(client, media_root, monkeypatch, number, status, says):
    store = Failing(media_root, 3, OSError(number, "planted"))
    monkeypatch.setattr(Photo, "storage", store)
    response = upload(client, camera_jpeg(1, (800, 500)))
    assert response.status_code == status
    assert says in response.content.decode()
    assert not Photo.objects.exists()
    assert files_in(media_root) == []
    monkeypatch.undo()
    assert upload(client, camera_jpeg()).status_code == 302


@pytest.mark.parametrize(("message", "status"), [("database is locked", 503), ("database or disk is full", 507)])
def test_a_database_in_trouble_is_an_answer_and_no_500(client, media_root, message, status):
    def refuse(execute, sql, params, many, context):
        if sql.startswith('INSERT INTO "gallery_photo"'):
            raise OperationalError(message)
        return execute(sql, params, many, context)

    with connection.execute_wrapper(refuse):
        assert upload(client, camera_jpeg()).status_code == status
    assert files_in(media_root) == []


def test_a_file_that_cannot_be_removed_does_not_stop_the_deletion_and_the_audit_finds_it(
    client, photo, monkeypatch, media_root, django_capture_on_commit_callbacks
):
    def refuse(self, name):
        raise OSError(errno.EIO, "planted")

    monkeypatch.setattr(FileSystemStorage, "delete", refuse)
    with django_capture_on_commit_callbacks(execute=True):
        assert client.post(reverse("gallery:delete", args=[photo.pk])).status_code == 302
    monkeypatch.undo()
    assert {finding.kind for finding in audit.audit(NOW).findings} == {"file without row"}


# Audit


def kinds():
    return sorted((finding.kind, finding.name) for finding in audit.audit(NOW).findings)


def fix(*arguments):
    call_command("media", "audit", "--fix", "--grace", "0", *arguments)


def test_where_everything_fits_the_audit_is_silent(photo, capsys):
    call_command("media", "audit", "--grace", "0")
    assert "1 photos, 8 files: everything fits." in capsys.readouterr().out


def test_the_audit_exits_with_1_as_long_as_something_is_wrong(photo):
    photo.storage.delete(photo.image.name)
    with pytest.raises(SystemExit) as stopped:
        call_command("media", "audit")
    assert stopped.value.code == 1


def test_a_row_whose_file_is_lost_is_found_and_removed_with_its_renditions(
    client, photo, media_root, django_capture_on_commit_callbacks
):
    upload(client, camera_jpeg())
    photo.storage.delete(photo.image.name)
    assert kinds() == [("row without file", photo.image.name)]
    with django_capture_on_commit_callbacks(execute=True):
        fix()
    assert not Photo.objects.filter(pk=photo.pk).exists()
    assert kinds() == []


def test_a_lost_or_empty_rendition_is_made_again_under_the_same_name(photo, media_root):
    _original, lost, empty, *_others = photo.file_names()
    photo.storage.delete(lost)
    (media_root / empty).write_bytes(b"")
    assert kinds() == sorted([("missing rendition", lost), ("missing rendition", empty)])
    fix()
    assert kinds() == []
    assert (media_root / empty).stat().st_size > 0


@pytest.mark.urls("tests.gallery.urls_with_media")
def test_a_photo_from_before_there_were_renditions_gets_them(photo, media_root, client):
    for name in photo.file_names()[1:]:
        photo.storage.delete(name)
    Photo.objects.update(rendered=False, colour="", kept_bytes=0)
    assert b"<source" not in client.get(photo.get_absolute_url()).content
    fix()
    photo.refresh_from_db()
    assert photo.rendered
    assert photo.colour.startswith("#")
    assert photo.kept_bytes == sum((media_root / name).stat().st_size for name in files_in(media_root))
    assert client.get(photo.get_absolute_url()).content.count(b"<source") == 2


def test_making_renditions_that_are_there_changes_no_file(photo, media_root):
    before = {name: (media_root / name).stat().st_mtime_ns for name in files_in(media_root)}
    assert audit.render(photo, LIMITS) == 0
    assert {name: (media_root / name).stat().st_mtime_ns for name in files_in(media_root)} == before


def test_strays_are_removed_but_not_while_their_upload_may_be_under_way(photo, media_root, capsys):
    (media_root / "photos/stray.jpg").write_bytes(b"x")
    (media_root / f"renditions/.stray-320.webp.abcd{storage.PART}").write_bytes(b"x")
    report = audit.audit(timedelta(minutes=15))
    assert (report.findings, report.young) == ((), 2)
    assert [kind for kind, _name in kinds()] == ["file without row", "unfinished file"]
    fix()
    assert files_in(media_root) == sorted(photo.file_names())


def test_private_photos_are_audited_too(client, settings):
    upload(client, camera_jpeg(), private="on")
    private = Photo.objects.get()
    assert kinds() == []
    (settings.PRIVATE_MEDIA_ROOT / "photos/stray.jpg").write_bytes(b"x")
    assert kinds() == [("file without row", "photos/stray.jpg")]
    fix()
    assert files_in(settings.PRIVATE_MEDIA_ROOT) == sorted(private.file_names())


def test_a_disk_that_is_not_there_does_not_cost_the_rows(client, settings, tmp_path):
    for _ in range(2):
        upload(client, camera_jpeg())
    settings.MEDIA_ROOT = tmp_path / "not mounted"
    with pytest.raises(CommandError, match="is MEDIA_ROOT the right one"):
        fix()
    assert Photo.objects.count() == 2


def test_a_wrong_database_does_not_cost_the_files(photo, media_root):
    before = files_in(media_root)
    Photo.objects.all()._raw_delete("default")  # rows only, as a fresh database has none
    with pytest.raises(CommandError, match="is this the right database"):
        fix()
    assert files_in(media_root) == before
