import pytest


@pytest.fixture(autouse=True)
def media_root(settings, tmp_path):
    """Photos of a test go to folders of its own."""
    settings.MEDIA_ROOT = tmp_path / "media"
    settings.PRIVATE_MEDIA_ROOT = tmp_path / "private"
    private = settings.STORAGES["private"]
    options = {**private["OPTIONS"], "location": settings.PRIVATE_MEDIA_ROOT}
    settings.STORAGES = {**settings.STORAGES, "private": {**private, "OPTIONS": options}}
    return settings.MEDIA_ROOT
