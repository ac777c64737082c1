"""Every symptom fails as its page says, and its fix works word for word, on the Django that is installed."""

import pytest

from guide.cases.case import CaseError, folders, read
from guide.cases.overlay import OverlayError, merged
from guide.cases.verify import missing_here, verify
from tests.left_out import skip_without


@pytest.mark.parametrize("folder", folders(), ids=lambda folder: folder.name)
def test_a_symptom_fails_as_its_page_says_and_its_fix_works_word_for_word(folder):
    case = read(folder)
    verdicts = list(verify(case))
    assert [f"{verdict.what}: {verdict.problem}" for verdict in verdicts if verdict.problem] == []
    assert missing_here(case) == [] or any(verdict.left_out for verdict in verdicts)
    if missing := missing_here(case):
        skip_without(*missing)


def test_an_assignment_in_a_fragment_replaces_the_one_of_the_same_name():
    assert merged("A = 1\nB = [\n    2,\n]\nC = 3\n", "# why\nB = 4\n") == "A = 1\n# why\nB = 4\nC = 3\n"


def test_a_new_setting_goes_to_the_end_and_an_import_to_the_imports():
    settings = merged("import os\n\nA = 1\n", "import sys\nimport os\n\nB = 2\n")
    assert settings == "import os\nimport sys\n\nA = 1\n\nB = 2\n"


def test_del_in_a_fragment_removes_a_setting():
    assert merged("A = 1\nB = 2\n", "del A\n") == "B = 2\n"


def test_a_fragment_that_is_not_python_is_named_with_its_line():
    with pytest.raises(OverlayError, match="line 2"):
        merged("A = 1\n", "B = 2\nC = = 3\n")


def test_a_folder_without_a_head_is_named(tmp_path):
    (tmp_path / "symptom.md").write_text("## Fix\n")
    with pytest.raises(CaseError, match="TOML head"):
        read(tmp_path)
