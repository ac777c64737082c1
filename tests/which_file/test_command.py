"""The command goes to other projects, and to this site."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from which_file import checks, command, project
from which_file.examination import case_of, quick
from which_file.visit import visit

SITE = Path(__file__).resolve().parents[2]
PRODUCTION = {
    "SECRET_KEY": "a-key-for-this-test-only-that-is-long-and-varied-0123456789-abcdefghij",
    "ALLOWED_HOSTS": "example.org",
}
# Ids that single tests expect: here, and a clash and the trial in test_thorough.
ELSEWHERE = [
    "W019",
    "E090",
    "E091",
    "E092",
    "E093",
    "E095",
    "I100",
    "I101",
    "I102",
    "I105",
    "E103",
    "E104",
    "W050",
    "W059",
]
MEDIA = 'MEDIA_URL = "media/"; MEDIA_ROOT = BASE_DIR / "uploads"'


def run(*arguments, cwd=SITE, **environment):
    kept = {name: os.environ[name] for name in ("PATH", "SYSTEMROOT", "HOME") if name in os.environ}
    return subprocess.run(
        [sys.executable, "-m", "which_file", *map(str, arguments)],
        cwd=cwd,
        env={**kept, "PYTHONPATH": str(SITE), "PYTHONDONTWRITEBYTECODE": "1", **environment},
        capture_output=True,
        text=True,
        timeout=120,
    )


def go(folder, *settings, **options):
    return visit(folder, settings, python=options.pop("python", sys.executable), **options)


def test_an_untouched_startproject_needs_no_argument_has_no_finding_and_stays_untouched(plain):
    before = plain.files()
    # The environment belongs to another project: it neither breaks which-file nor chooses the settings here.
    result = run(
        "--format", "json", cwd=plain.folder, DJANGO_SETTINGS_MODULE="mysite.settings.prod", DATABASE_URL="x://"
    )
    assert result.returncode == 0, result.stdout + result.stderr
    answer = json.loads(result.stdout)
    assert answer["findings"] == []
    assert [one["name"] for one in answer["examined"]["settings"]] == ["mysite.settings", "mysite.settings (DEBUG off)"]
    assert set(answer) == {"which_file", "examined", "findings"}
    assert plain.files() == before


def test_mistakes_are_found_where_they_lie(plain):
    plain.add(
        'INSTALLED_APPS += ["shop", "blog", "which_file"]\n'
        'STATIC_ROOT = BASE_DIR / "staticfiles"; MIDDLEWARE.insert(1, "whitenoise.middleware.WhiteNoiseMiddleware")\n'
        'MEDIA_ROOT = BASE_DIR / "uploads"; MEDIA_URL = "media/"; STATICFILES_STORAGE = "x"'
    )
    for app in ("shop", "blog", "which_file"):  # theirs may well be called which_file, too
        plain.write(f"{app}/__init__.py", "print('hello')")
    plain.write("shop/static/app.css", "a{}").write("blog/static/app.css", "b{}")
    plain.write("blog/templates/a.html", "{% load static %}{% static '/app.css' %}")
    plain.write("staticfiles/app.css", "b{}").write("staticfiles/gone.css", "")
    assert set(plain.ids()) == {f"which_file.{id_}" for id_ in ("W002", "W050", "W051", "W060", "I070")}


LOADED = {
    "which_file.W020": (
        'INSTALLED_APPS.append("shop")',
        {
            "shop/__init__.py": "",
            "shop/models.py": "from django.db import models\nclass T(models.Model):\n    file = models.FileField()\n",
        },
    ),
    "which_file.E055": ('STATICFILES_FINDERS = ["a.b.Nowhere"]', {}),
    "which_file.I070": (MEDIA, {}),
    "which_file.E071": (MEDIA, {"mysite/urls.py": "import nowhere_at_all"}),
    "which_file.E030": ('MEDIA_URL = "static/"', {}),  # the cause is named once
}


@pytest.mark.parametrize("expected", LOADED)
def test_what_only_a_loaded_project_shows_is_found(plain, expected):
    lines, files = LOADED[expected]
    for path, text in files.items():
        plain.write(path, text)
    assert plain.add(lines).ids() == [expected]


BROKEN = [
    ("x = (", "which_file.E097", "mysite/settings.py, line"),
    ("import a_package_that_nobody_has", "which_file.E096", "a_package_that_nobody_has"),
    ("raise SystemExit('no key')", "which_file.E094", "no key"),
    ("import os; os._exit(3)", "which_file.E094", "status 3"),
    ('INSTALLED_APPS.append("nowhere")', "which_file.E096", "nowhere"),
    ("import os; int(os.environ['SIZE'] + 'x')", "which_file.E098", "SIZE"),
    ("MIDDLEWARE = 5", "which_file.E099", "TypeError"),
]


@pytest.mark.parametrize(("lines", "expected", "words"), BROKEN)
def test_a_broken_project_is_a_result_with_advice(plain, lines, expected, words):
    result = go(plain.add(lines).folder)
    [finding] = result.findings
    assert (finding["id"], result.examined) == (expected, False)
    assert words in finding["message"]
    assert finding["hint"]


def test_missing_variables_are_listed_all_at_once_and_an_env_file_gives_them(plain, tmp_path):
    plain.add(
        "import os\nfrom django.core.exceptions import ImproperlyConfigured\n"
        "SECRET_KEY = os.environ['THEIR_SECRET']\nHOSTS = os.getenv('THEIR_HOSTS').split(',')\n"
        "if 'THEIR_SIZE' not in os.environ: raise ImproperlyConfigured('Set the THEIR_SIZE environment variable')\n"
        "if os.environ.get('THEIR_MAIL'):\n    EMAIL_HOST = os.environ['THEIR_MAIL']\n"  # needed by nobody who has none
    )
    result = go(plain.folder)
    assert result.missing == ("THEIR_SECRET", "THEIR_HOSTS", "THEIR_SIZE")
    [finding] = result.findings
    assert (finding["id"], finding["level"], result.examined) == ("which_file.I100", "INFO", True)
    file = tmp_path / "production.env"
    file.write_text("# theirs\nexport THEIR_SECRET='a b'\nTHEIR_HOSTS=x,y\nTHEIR_SIZE=1 # MB\n")
    assert go(plain.folder, env_files=[file]).findings == ()


def test_a_database_that_cannot_be_reached_is_not_needed(plain):
    plain.add('DATABASES["default"]["ENGINE"] = "mysite.backend"').write("mysite/backend/__init__.py", "")
    message = "Error loading MySQLdb module."
    plain.write(
        "mysite/backend/base.py",
        f"from django.core.exceptions import ImproperlyConfigured\nraise ImproperlyConfigured('{message}')",
    )
    result = go(plain.folder)
    assert (result.examined, result.findings) == (True, ())


def test_manage_py_counts_for_its_path_and_its_variables(plain):
    (plain.folder / "src").mkdir()
    (plain.folder / "mysite").rename(plain.folder / "src/mysite")
    manage = plain.folder / "manage.py"
    manage.write_text(
        manage.read_text().replace(
            "    try:\n", "    sys.path.insert(0, 'src'); os.environ.setdefault('THEIR_SECRET', 'x')\n    try:\n", 1
        )
    )
    settings = plain.folder / "src/mysite/settings.py"
    settings.write_text(settings.read_text() + "import os; os.environ['THEIR_SECRET']\n")
    assert go(plain.folder).findings == ()


def test_every_settings_module_is_a_column_and_a_finding_names_its_own(plain):
    plain.write("mysite/settings_production.py", "from .settings import *\nDEBUG = False\nALLOWED_HOSTS = ['*']\n")
    result = go(plain.folder)
    assert [column.name for column in result.columns] == ["mysite.settings", "mysite.settings_production"]
    assert {one["id"]: one["settings"] for one in result.findings} == {
        "which_file.W047": ["mysite.settings_production"],
        "which_file.W072": ["mysite.settings_production"],
    }


def test_a_module_of_production_that_does_not_load_here_is_a_remark_and_debug_off_takes_its_place(plain):
    plain.write("mysite/settings_production.py", "from .settings import *\nimport a_package_of_the_server\n")
    result = go(plain.folder)
    assert [(one["id"], one["level"]) for one in result.findings] == [("which_file.I101", "INFO")]
    assert [column.loaded for column in result.columns] == [True, False, True]


def test_a_django_older_than_the_oldest_gets_one_plain_sentence(plain):
    plain.write("django/__init__.py", "VERSION = (2, 2)\ndef get_version(): return '2.2'\n")
    [finding] = go(plain.folder).findings
    assert finding["id"] == "which_file.E103"
    assert "Django 2.2" in finding["message"]


def test_a_source_file_that_git_ignores_is_found_and_a_built_folder_is_not(plain):
    plain.add('STATICFILES_DIRS = [BASE_DIR / "static", BASE_DIR / "built"]')
    plain.write("static/site.css", "").write("static/dist/bootstrap.css", "").write("built/app.css", "")
    plain.write(".gitignore", "dist/\nbuilt/\n")
    subprocess.run(["git", "init", "-q"], cwd=plain.folder, check=True)
    findings = [one for one in go(plain.folder).findings if "git" in one["message"]]
    assert [(one["id"], one["file"], one["line"]) for one in findings] == [("which_file.W059", ".gitignore", 1)]


def test_an_app_s_folder_that_a_pattern_for_another_one_swallows_is_found(plain):
    plain.add('INSTALLED_APPS.append("shop")').write("shop/__init__.py", "").write("shop/static/shop/a.css", "")
    plain.write(".gitignore", "static/\n")
    subprocess.run(["git", "init", "-q"], cwd=plain.folder, check=True)
    assert "which_file.W059" in plain.ids()


def test_debug_off_is_what_the_settings_file_decides_by(plain):
    plain.add("ALLOWED_HOSTS = ['example.org']\nif not DEBUG:\n    FILE_UPLOAD_PERMISSIONS = 0o666")
    found = {one["id"]: one["settings"] for one in go(plain.folder).findings}
    assert found["which_file.W046"] == ["mysite.settings (DEBUG off)"]


def test_a_project_that_never_loads_is_stopped(plain):
    [finding] = go(plain.add("import time; time.sleep(60)").folder, seconds=1).findings
    assert finding["id"] == "which_file.E093"


@pytest.fixture
def python_without_django(tmp_path):
    """This Python, started without its installed packages."""
    script = tmp_path / "python"
    script.write_text(f'#!/bin/sh\nexec "{sys.executable}" -S "$@"\n')
    script.chmod(0o755)
    return str(script)


def test_wrong_arguments_are_results_too(plain, tmp_path, python_without_django):
    def only(*arguments, **options):
        [finding] = go(*arguments, **options).findings
        return finding["id"], finding["hint"]

    assert only(tmp_path / "nowhere")[0] == "which_file.E090"
    (tmp_path / "empty").mkdir()
    assert only(tmp_path / "empty")[0] == "which_file.E104"
    assert only(plain.folder, python=str(tmp_path / "no/python"))[0] == "which_file.E092"
    id_, hint = only(plain.folder, "config.settings")
    assert (id_, "--settings mysite.settings" in hint) == ("which_file.E091", True)
    assert only(plain.folder, python=python_without_django)[0] == "which_file.E095"
    (plain.folder / "manage.py").write_text("import django")
    (plain.folder / "mysite/wsgi.py").unlink()
    (plain.folder / "mysite/asgi.py").unlink()
    (plain.folder / "mysite/settings.py").unlink()
    assert only(plain.folder)[0] == "which_file.E091"


def test_the_projects_own_environment_is_taken_without_being_named(plain, python_without_django):
    (plain.folder / ".venv").symlink_to(sys.prefix)
    assert visit(plain.folder).python == str(plain.folder / ".venv/bin/python")


def test_the_environment_that_a_tool_keeps_elsewhere_is_taken(plain, tmp_path, monkeypatch):
    (tmp_path / "kept/bin").mkdir(parents=True)
    (tmp_path / "kept/bin/python").symlink_to(sys.executable)
    poetry = tmp_path / "tools/poetry"
    poetry.parent.mkdir()
    poetry.write_text(f'#!/bin/sh\n[ "$*" = "env info --path" ] && echo {tmp_path / "kept"}\n')
    poetry.chmod(0o755)
    monkeypatch.setenv("PATH", str(poetry.parent), prepend=os.pathsep)
    monkeypatch.delenv("VIRTUAL_ENV", raising=False)

    plain.write("pyproject.toml", "[tool.poetry.dependencies]\n")  # a lock file is not always committed
    assert next(project.pythons(plain.folder, None)) == str(tmp_path / "kept/bin/python")
    (plain.folder / "pyproject.toml").unlink()
    plain.write(".pdm-python", f"{tmp_path / 'kept/bin/python'}\n")
    assert next(project.pythons(plain.folder, None)) == str(tmp_path / "kept/bin/python")


def test_a_folder_inside_a_project_leads_to_it_but_not_out_of_its_repository(plain):
    inside = plain.write("shop/static/shop/app.css", "").folder / "shop/static"
    assert project.find(inside) == plain.folder
    (plain.folder / "shop/.git").mkdir()
    assert project.find(inside) is None


def test_a_project_without_findings_is_told_who_serves_its_static_files_later(plain, capsys):
    ended, printed = status(plain.folder, capsys)
    assert (ended, "Nothing to do in development. Before you deploy: with DEBUG off nobody" in printed) == (0, True)
    ended, printed = status(plain.folder, capsys, "--production")  # now it matters
    assert (ended, "With DEBUG off nothing serves /static/" in printed) == (1, True)


def status(folder, capsys, *arguments):
    ended = command.main([str(folder), "--python", sys.executable, *arguments])
    return ended, capsys.readouterr().out


def test_the_formats_the_choice_and_the_baseline(plain, capsys, tmp_path):
    plain.add('STATIC_ROOT = "staticfiles"; MEDIA_URL = "media/"; MEDIA_ROOT = "uploads"')
    ended, printed = status(plain.folder, capsys)
    assert ended == 1
    assert printed.startswith("Who serves it?")
    assert "W026  mysite/settings.py:" in printed
    assert "BASE_DIR / 'staticfiles'" in printed
    ended, printed = status(plain.folder, capsys, "--select", "W026", "--format", "github")
    assert ended == 1
    assert printed.startswith("::warning file=")
    assert ",title=W026::STATIC_ROOT is the relative path" in printed
    ended, printed = status(plain.folder, capsys, "--format", "sarif")
    [run_] = json.loads(printed)["runs"]
    assert {"which_file.W026", "which_file.W027"} <= {one["ruleId"] for one in run_["results"]}
    ended, printed = status(plain.folder, capsys, "--format", "json", "--ignore", "W02", "--ignore", "W07,I07")
    assert (ended, json.loads(printed)["findings"]) == (0, [])
    baseline = tmp_path / "known.json"
    assert status(plain.folder, capsys, "--baseline", str(baseline))[0] == 0
    assert status(plain.folder, capsys, "--baseline", str(baseline))[0] == 0
    plain.add("FILE_UPLOAD_PERMISSIONS = None")
    ended, printed = status(plain.folder, capsys, "--baseline", str(baseline), "--format", "json")
    assert (ended, [one["id"] for one in json.loads(printed)["findings"]]) == (1, ["which_file.W040"])


def test_the_diff_of_fixes_applies_and_cures(plain, capsys):
    plain.add(
        'ALLOWED_HOSTS = ["example.org"]\nSTATIC_URL = "/static"\nSTATIC_ROOT = BASE_DIR / "staticfiles"\n'
        'STATICFILES_STORAGE = "whitenoise.storage.CompressedStaticFilesStorage"\nINSTALLED_APPS.append("shop")'
    )
    settings = plain.folder / "mysite/settings.py"
    settings.write_text(
        settings.read_text().replace(
            "MIDDLEWARE = [\n", 'MIDDLEWARE = [\n    "whitenoise.middleware.WhiteNoiseMiddleware",\n'
        )
    )
    plain.write("build.sh", "python manage.py collectstatic").write("shop/__init__.py", "")
    plain.write(
        "shop/templates/shop/a.html",
        "{% extends 'b.html' %}\n{% static '/admin/css/base.css' %}\n"
        '<form method="post"><input type=file name=a></form>\n',
    )
    plain.write("shop/templates/shop/c.html", "{% load static %}\n<link href='/static/admin/css/base.css'>\n")
    ended, patch = status(plain.folder, capsys, "--fix")
    assert ended == 1
    subprocess.run(["git", "apply"], input=patch, cwd=plain.folder, check=True, text=True, capture_output=True)
    ended, printed = status(plain.folder, capsys, "--format", "json")
    assert (ended, json.loads(printed)["findings"]) == (0, [])


def test_exit_2_is_for_what_could_not_be_examined_and_for_wrong_arguments(plain, capsys, tmp_path):
    assert status(tmp_path / "nowhere", capsys)[0] == 2
    assert status(plain.folder, capsys, "--settings", "no.such")[0] == 2
    assert status(plain.folder, capsys, "--select", "W999")[0] == 2
    assert status(plain.folder, capsys, "--env-file", "nowhere")[0] == 2
    with pytest.raises(SystemExit) as ended:
        command.main(["--format", "xml"])
    assert ended.value.code == 2


def test_the_list_has_every_check_and_one_can_be_explained(capsys):
    assert command.main(["--list"]) == 0
    printed = capsys.readouterr().out
    assert all(check.id.partition(".")[2] in printed for check in checks.CHECKS)
    assert command.main(["explain", "W072"]) == 0
    assert "nothing serves" in capsys.readouterr().out
    assert command.main(["explain", "W999"]) == 2


def test_this_site_passes_in_development(tmp_path):
    result = run("--settings", "mysite.settings.dev", "--format", "json", STATIC_ROOT=str(tmp_path / "staticfiles"))
    assert result.returncode == 0, result.stdout + result.stderr
    assert [one for one in json.loads(result.stdout)["findings"] if one["level"] != "INFO"] == []


@pytest.mark.usefixtures("sites")  # they have collected
def test_this_site_passes_in_production_after_collectstatic(static_root):
    environment = {**PRODUCTION, "STATIC_ROOT": str(static_root)}
    # This Python: beside .venv there may be another environment, whose Django these files were not collected with.
    result = run("--settings", "mysite.settings.prod", "--format", "json", "--python", sys.executable, **environment)
    assert result.returncode == 0, result.stdout + result.stderr
    check = subprocess.run(
        [sys.executable, "manage.py", "check", "--deploy", "--fail-level", "WARNING"],
        cwd=SITE,
        env={"PATH": os.environ["PATH"], **environment, "DJANGO_SETTINGS_MODULE": "mysite.settings.prod"},
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert check.returncode == 0, check.stderr
    assert "no issues" in check.stdout


def test_only_the_clash_that_this_site_shows_is_allowed(settings):
    from which_file.examination import thorough

    settings.WHICH_FILE_KNOWN_CLASHES = []
    clashes = [finding for finding in thorough(case_of()) if finding.id == "which_file.W050"]
    assert [finding.message.partition(":")[0] for finding in clashes] == ["2 static files are called app.css"]


def test_the_checks_of_every_start_take_less_than_50_milliseconds():
    from time import perf_counter

    def once():
        begun = perf_counter()
        list(quick(case_of()))
        return perf_counter() - begun

    assert min(once() for _ in range(5)) < 0.05
