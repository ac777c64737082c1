"""Every exercise on this Django: its start fails, its solution passes, its wrong fixes fail, and nothing is missing."""

import pytest

from mysite.machine.needs import NGINX
from tests.left_out import skip_without, without
from workshop.exercise import EXERCISES, read
from workshop.verifying import verify

FOLDERS = sorted(folder for folder in EXERCISES.glob("*_*") if folder.is_dir())


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_an_exercise_is_as_it_should_be(folder):
    if "nginx" in read(folder).lacking():
        without(NGINX)
    if read(folder).lacking():
        skip_without(*read(folder).lacking())
    others = [read(other) for other in FOLDERS]
    verdicts = list(verify(read(folder), others))
    assert {verdict.what: verdict.problem for verdict in verdicts if verdict.problem} == {}
    assert len(verdicts) >= 5  # the folder, start, solution and two wrong fixes
