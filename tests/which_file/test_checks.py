"""The table of checks: every one can come up, and nothing comes up that is not in it."""

import re
from itertools import chain
from pathlib import Path

import pytest

import which_file
from tests.which_file import test_command, test_planted, test_quick, test_thorough
from which_file import checks
from which_file.finding import found

SOURCE = Path(which_file.__file__).parent
IDS = [check.id for check in checks.CHECKS]


def test_each_check_of_the_table_is_planted_in_a_project_that_a_test_examines():
    tables = (*test_thorough.DRIFTS, *test_thorough.COLLECTED, *test_thorough.TEXTS)
    planted = {
        *(expected for expected, _lines in test_quick.MISTAKES.values()),
        *chain.from_iterable(ids for _what, ids in tables),
        *(f"which_file.{id_}" for ids, *_rest in test_planted.PLANTED.values() for id_ in ids if "." not in id_),
        *(expected for _lines, expected, _words in test_command.BROKEN),
        *test_command.LOADED,
        *(f"which_file.{id_}" for id_ in test_command.ELSEWHERE),
    }
    assert planted == set(IDS)


def test_no_id_and_no_text_of_a_check_is_outside_of_the_table():
    for module in SOURCE.rglob("*.py"):
        if module.name == "checks.py":
            continue
        source = module.read_text(encoding="utf-8")
        assert not re.search(r"\b[EWI]\d{3}\b(?<!E002)(?<!E006)(?<!W004)", source), module
        assert "Check(" not in source, module
        assert "Finding(" not in source or module.name == "finding.py", module


def test_an_id_stands_for_one_check_and_the_table_is_in_the_order_of_the_numbers():
    assert len(set(IDS)) == len(IDS)
    numbers = [int(re.fullmatch(r"which_file\.[EWI](\d{3})", id_)[1]) for id_ in IDS]
    assert numbers == sorted(numbers)


def test_a_mistake_has_a_message_that_says_something_and_a_hint():
    for check in checks.CHECKS:
        assert check.level in ("ERROR", "WARNING", "INFO")
        for text in check.outlines():
            assert len(text.replace("…", "").split()) > 3, check
            assert "$" not in text, check
        assert check.hint, check


def test_an_outline_has_dots_for_what_only_a_project_knows():
    [text] = checks.STORAGE_NOT_THERE.outlines()
    assert text == 'STORAGES["…"] names …, …: its first use fails.'
    finding = found(
        checks.STORAGE_NOT_THERE, setting='STORAGES["staticfiles"]', backend="no.Storage", missing="not there"
    )
    assert finding.message == 'STORAGES["staticfiles"] names no.Storage, not there: its first use fails.'


def test_a_check_of_several_settings_says_on_the_page_of_each_what_is_wrong_with_that_one():
    said = dict(checks.about_setting("DATA_UPLOAD_MAX_NUMBER_FILES"))
    assert said["which_file.W045"].startswith("DATA_UPLOAD_MAX_NUMBER_FILES is None")
    ids = [id_ for id_, _text in checks.about_symptom("size-limit-ignored")]
    assert ids == ["which_file.W045"] * 3 + ["which_file.W119"]
    assert len(set(checks.NO_LIMIT.outlines())) == len(checks.NO_LIMIT.variants) == 3


def test_a_finding_whose_fields_are_not_all_given_is_a_fault_of_ours():
    with pytest.raises(KeyError):
        found(checks.STORAGE_NOT_THERE, setting="STORAGES")
