"""The doctor goes to other projects, and looks at this site."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.management import call_command

from doctor.examination import case_of, quick
from doctor.visit import visit

SITE = Path(__file__).resolve().parents[2]
PRODUCTION = {
    "DJANGO_SETTINGS_MODULE": "mysite.settings.prod",
    "SECRET_KEY": "a-key-for-this-test-only-that-is-long-and-varied-0123456789-abcdefghij",
    "ALLOWED_HOSTS": "example.org",
}


def manage(*arguments, **environment):
    kept = {name: os.environ[name] for name in ("PATH", "SYSTEMROOT", "HOME") if name in os.environ}
    return subprocess.run(
        [sys.executable, "manage.py", *arguments],
        cwd=SITE,
        env={**kept, "PYTHONDONTWRITEBYTECODE": "1", **environment},
        capture_output=True,
        text=True,
        timeout=120,
    )


def test_an_untouched_startproject_has_no_finding_and_stays_untouched(plain):
    before = plain.files()
    result = manage("doctor", "--project", str(plain.folder), "--settings", "mysite.settings", "--json")
    assert result.returncode == 0, result.stdout + result.stderr
    answer = json.loads(result.stdout)
    assert answer["findings"] == []
    assert answer["settings"] == "mysite.settings"  # theirs, though this site has a module of that name
    assert plain.files() == before


def test_mistakes_are_found_where_they_lie(plain):
    plain.add(
        'INSTALLED_APPS += ["shop", "blog", "doctor"]\n'
        'STATIC_ROOT = BASE_DIR / "staticfiles"\n'
        'MEDIA_ROOT = BASE_DIR / "uploads"; MEDIA_URL = "media/"; STATICFILES_STORAGE = "x"'
    )
    for app in ("shop", "blog", "doctor"):  # theirs may well be called doctor, too
        plain.write(f"{app}/__init__.py", "print('hello')")
    plain.write("shop/static/app.css", "a{}").write("blog/static/app.css", "b{}")
    plain.write("blog/templates/a.html", "{% static '/app.css' %}")
    plain.write("staticfiles/app.css", "b{}").write("staticfiles/gone.css", "")
    assert set(plain.ids()) == {
        "doctor.W002",
        "doctor.W050",
        "doctor.W051",  # the admin's files
        "doctor.W052",
        "doctor.W053",
        "doctor.W060",
        "doctor.I070",
    }


def test_a_model_with_a_file_and_no_media_root_is_found(plain):
    plain.add('INSTALLED_APPS.append("shop")').write("shop/__init__.py", "")
    plain.write(
        "shop/models.py",
        "from django.db import models\nclass Thing(models.Model):\n    file = models.FileField()\n",
    )
    assert plain.ids() == ["doctor.W020"]


MEDIA = 'MEDIA_URL = "media/"; MEDIA_ROOT = BASE_DIR / "uploads"'
LOADED = {
    "doctor.E055": ('STATICFILES_FINDERS = ["a.b.Nowhere"]', {}),
    "doctor.I070": (MEDIA, {}),
    "doctor.E071": (MEDIA, {"mysite/urls.py": "import nowhere_at_all"}),
}


@pytest.mark.parametrize("expected", LOADED)
def test_what_only_a_loaded_project_shows_is_found(plain, expected):
    lines, files = LOADED[expected]
    for path, text in files.items():
        plain.write(path, text)
    assert plain.add(lines).ids() == [expected]


def test_the_cause_is_named_once(plain):
    assert plain.add('MEDIA_URL = "static/"').ids() == ["doctor.E030"]


def test_what_django_finds_itself_is_told_too(plain):
    plain.add('STATICFILES_DIRS = [BASE_DIR / "static"]; STATIC_ROOT = BASE_DIR / "static"')
    plain.write("static/readme.txt", "")
    assert "staticfiles.E002" in plain.ids()


BROKEN = [
    ("x = (", "doctor.E097", "mysite/settings.py, line"),
    ("import a_package_that_nobody_has", "doctor.E096", "a_package_that_nobody_has"),
    ("import os; os.environ['THEIR_SECRET']", "doctor.E098", "THEIR_SECRET"),
    ("import os; os.environ['THEIR_SECRET']", "doctor.E098", "mysite/settings.py, line"),
    ("raise SystemExit('no key')", "doctor.E094", "no key"),
    ("import os; os._exit(3)", "doctor.E094", "status 3"),
    ('INSTALLED_APPS.append("nowhere")', "doctor.E096", "nowhere"),
    ("MIDDLEWARE = 5", "doctor.E099", "TypeError"),
]


@pytest.mark.parametrize(("lines", "expected", "words"), BROKEN)
def test_a_broken_project_is_a_result_with_advice(plain, lines, expected, words):
    [finding] = visit(plain.add(lines).folder, None).findings
    assert finding["id"] == expected
    assert words in finding["message"]
    assert finding["hint"]


def test_a_project_that_never_loads_is_stopped(plain):
    [finding] = visit(plain.add("import time; time.sleep(60)").folder, None, seconds=1).findings
    assert finding["id"] == "doctor.E093"


@pytest.fixture
def python_without_django(tmp_path):
    """This Python, started without its installed packages."""
    script = tmp_path / "python"
    script.write_text(f'#!/bin/sh\nexec "{sys.executable}" -S "$@"\n')
    script.chmod(0o755)
    return str(script)


def test_wrong_arguments_are_results_too(plain, tmp_path, python_without_django):
    def only(*arguments):
        [finding] = visit(*arguments).findings
        return finding["id"], finding["hint"]

    assert only(tmp_path / "nowhere", None)[0] == "doctor.E090"
    assert only(tmp_path, None)[0] == "doctor.E091"
    assert only(plain.folder, None, str(tmp_path / "no/python"))[0] == "doctor.E092"
    id_, hint = only(plain.folder, "config.settings")
    assert (id_, "--settings mysite.settings" in hint) == ("doctor.E091", True)
    id_, hint = only(plain.folder, None, python_without_django)
    assert (id_, "--python PATH" in hint) == ("doctor.E095", True)
    own = plain.write(".venv/bin/python", "").folder / ".venv/bin/python"
    assert f"--python {own}" in only(plain.folder, None, python_without_django)[1]


def test_findings_are_printed_with_their_fix_and_fail_the_command(plain, capsys):
    plain.add('STATIC_ROOT = "staticfiles"')
    with pytest.raises(SystemExit) as ended:
        call_command("doctor", project=plain.folder)
    assert ended.value.code == 1
    printed = capsys.readouterr().out
    assert "doctor.W026" in printed
    assert "BASE_DIR / 'staticfiles'" in printed
    assert "/symptoms/files-land-elsewhere/" in printed
    call_command("doctor", project=plain.folder, fail_level="ERROR")


def test_this_site_passes_in_development(tmp_path):
    result = manage("doctor", "--json", STATIC_ROOT=str(tmp_path / "staticfiles"))
    assert result.returncode == 0, result.stdout + result.stderr
    assert json.loads(result.stdout)["findings"] == []


def test_this_site_passes_in_production_before_collectstatic(tmp_path):
    environment = {**PRODUCTION, "STATIC_ROOT": str(tmp_path / "staticfiles")}
    before = manage("doctor", "--json", **environment)
    assert before.returncode == 0, before.stdout + before.stderr
    assert [finding["id"] for finding in json.loads(before.stdout)["findings"]] == ["doctor.I054"]
    check = manage("check", "--deploy", "--fail-level", "WARNING", **environment)
    assert check.returncode == 0, check.stderr
    assert "no issues" in check.stdout


@pytest.mark.usefixtures("sites")  # they have collected
def test_this_site_passes_in_production_after_collectstatic(static_root):
    after = manage("doctor", "--json", **PRODUCTION, STATIC_ROOT=str(static_root))
    assert after.returncode == 0, after.stdout + after.stderr
    assert json.loads(after.stdout)["findings"] == []


def test_only_the_clash_that_this_site_shows_is_allowed(settings):
    from doctor.examination import thorough

    settings.DOCTOR_KNOWN_CLASHES = []
    clashes = [finding for finding in thorough(case_of()) if finding.id == "doctor.W050"]
    assert [finding.message.partition(":")[0] for finding in clashes] == ["2 static files are called app.css"]


def test_the_checks_of_every_start_take_less_than_50_milliseconds():
    from time import perf_counter

    def once():
        begun = perf_counter()
        list(quick(case_of()))
        return perf_counter() - begun

    assert min(once() for _ in range(5)) < 0.05
