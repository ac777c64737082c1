"""The check that keeps private photos out of the folders that a server hands out."""

import pytest

from gallery.checks import check


@pytest.mark.parametrize("name", ["MEDIA_ROOT", "STATIC_ROOT"])
@pytest.mark.parametrize("inside", ["", "private", "a/../b"])
def test_private_photos_in_a_folder_that_is_served_are_an_error(settings, tmp_path, name, inside):
    setattr(settings, name, str(tmp_path / "served"))
    settings.PRIVATE_MEDIA_ROOT = tmp_path / "served" / inside
    (message,) = check()
    assert (message.id, message.is_serious()) == ("gallery.E001", True)
    assert name in message.msg


def test_a_way_there_by_a_link_is_the_same_folder(settings, tmp_path):
    (tmp_path / "uploads").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "uploads")
    settings.MEDIA_ROOT, settings.PRIVATE_MEDIA_ROOT = tmp_path / "uploads", tmp_path / "link" / "private"
    assert [message.id for message in check()] == ["gallery.E001"]


@pytest.mark.parametrize("private", ["uploads-private", "elsewhere"])
def test_private_photos_beside_the_others_are_right(settings, tmp_path, private):
    settings.MEDIA_ROOT, settings.PRIVATE_MEDIA_ROOT = tmp_path / "uploads", tmp_path / private
    assert not check()
