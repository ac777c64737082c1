import shutil

import pytest

from workshop.checking import check
from workshop.exercise import EXERCISES, read


@pytest.fixture
def postcards(tmp_path):
    """An exercise under runserver, and a copy of its start to break."""
    exercise = read(EXERCISES / "10_saved_but_invisible")
    return exercise, shutil.copytree(exercise.start, tmp_path / exercise.name)


def test_settings_that_runserver_refuses_are_told_in_its_words(postcards):
    exercise, folder = postcards
    with (folder / "project/settings.py").open("a") as settings:
        settings.write('MEDIA_URL = "/static/uploads/"\n')
    result = check(exercise, folder)
    assert not result.passed
    assert "ImproperlyConfigured: runserver can't serve media if MEDIA_URL is within STATIC_URL." in result.trouble


def test_a_middleware_that_is_not_there_is_named(postcards):
    exercise, folder = postcards
    with (folder / "project/settings.py").open("a") as settings:
        settings.write('MIDDLEWARE += ["postcards.middleware.Missing"]\n')
    result = check(exercise, folder)
    assert not result.passed
    assert "postcards.middleware" in result.trouble
