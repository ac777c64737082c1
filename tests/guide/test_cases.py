"""Every symptom fails as its page says, and its fix works word for word, on the Django that is installed."""

from dataclasses import replace
from pathlib import Path

import pytest

from guide.cases.case import CaseError, cases, folders, read
from guide.cases.overlay import OverlayError, merged
from guide.cases.page import _settings_lines, page
from guide.cases.run import _here
from guide.cases.verify import missing_here, verify
from lab.probe.nginx import _for_this_run
from lab.probe.server_process import SocketServer
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


def test_a_setting_that_del_removes_is_shown_as_its_lines_gone_without_the_comment_above_it():
    lines = _settings_lines("# why\nA = 1\nB = 2\n", "del A\n\nB = 3\n")
    assert [(line.text, line.change) for line in lines] == [
        ("A = 1", "gone"),
        ("", ""),
        ("B = 2", "gone"),
        ("B = 3", "new"),
    ]


def test_nginx_conf_is_written_for_a_server_and_runs_in_the_projects_folder():
    conf = b"listen 80;\nalias /srv/shop/media/;\n"
    assert _here("nginx.conf", conf) == b"listen 127.0.0.1:8080;\nalias media/;\n"
    assert _here("deploy.sh", conf) == conf


def test_a_proxy_pass_that_cuts_a_prefix_off_reaches_the_server_of_the_run(tmp_path):
    behind = SocketServer(str(tmp_path / "socket"), Path("log"))
    text = _for_this_run("proxy_pass http://127.0.0.1:8000/;\nproxy_pass http://127.0.0.1:8000;", "", behind, tmp_path)
    assert text == f"proxy_pass http://unix:{behind.address}:/;\nproxy_pass http://unix:{behind.address};"


def test_a_fragment_that_is_not_python_is_named_with_its_line():
    with pytest.raises(OverlayError, match="line 2"):
        merged("A = 1\n", "B = 2\nC = = 3\n")


def test_a_folder_without_a_head_is_named(tmp_path):
    (tmp_path / "symptom.md").write_text("## Fix\n")
    with pytest.raises(CaseError, match="TOML head"):
        read(tmp_path)


def test_a_page_is_shown_without_the_related_symptom_that_is_not_there(monkeypatch):
    case = next(case for case in cases().values() if case.related)
    known = {case.slug: replace(case, related=("no-such-symptom",))}
    monkeypatch.setattr("guide.cases.page.cases", lambda: known)
    assert page.__wrapped__(case.slug).related == ()


def test_a_symptom_that_mounts_is_not_run_where_mounting_is_forbidden(monkeypatch):
    case = replace(next(iter(cases().values())), needs=("mounts",))
    monkeypatch.setattr("guide.cases.run.may_mount", lambda: False)
    assert missing_here(case) == ["mounts"]
    monkeypatch.setattr("guide.cases.run.may_mount", lambda: True)
    assert missing_here(case) == []
