"""What the settings' pages tell people to write is run, and what they say of an answer is asked."""

import ast
import doctest
import os
import re
import subprocess
import sys
from importlib import metadata, util
from pathlib import Path

import django
import pytest
from django.conf import settings

from guide import defaults, installed
from guide.cases.base import base
from guide.cases.case import cases
from guide.reference import table
from guide.setting_list import BY_NAME, EXAMPLES, FOLDER, GROUPS, S3, SETTINGS, SettingError, option_table, read

pytestmark = pytest.mark.django_db
NEEDS = {"storages": ("django-storages", "S3"), "gunicorn": ("gunicorn", "gunicorn")}


def test_every_page_says_what_to_write_of_which_type_and_when():
    for setting in SETTINGS:
        assert setting.write, setting.name
        assert setting.type, setting.name
        assert setting.choose, setting.name


def test_every_page_has_evidence(subtests):
    """A claim, a doctest, a symptom that was run, or lines that were."""
    about = {name for case in cases().values() for name in case.settings}
    for setting in SETTINGS:
        with subtests.test(setting.name):
            shown = setting.claims or setting.tried or setting.name in about
            assert shown or any(write.lines for write in setting.write) or setting.table


def test_every_file_of_the_folder_is_in_a_group_and_every_group_has_a_title():
    assert {path.stem for path in FOLDER.glob("*.md")} == set(BY_NAME)
    assert len(set(GROUPS)) == len(set(GROUPS.values()))


def test_no_page_is_told_apart_by_capitals_alone():
    assert len({name.lower() for name in BY_NAME}) == len(BY_NAME)


@pytest.mark.parametrize("name", [setting.name for setting in SETTINGS if setting.tried])
def test_what_a_page_shows_of_a_session_is_what_python_answers(name):
    for needed, (_package, part) in NEEDS.items():
        if part in name:
            pytest.importorskip(needed)
    (session,) = re.findall(r"^```python\n(.*?)^```$", BY_NAME[name].tried, re.MULTILINE | re.DOTALL)
    told = []
    runner = doctest.DocTestRunner(optionflags=doctest.ELLIPSIS, verbose=False)
    runner.run(doctest.DocTestParser().get_doctest(session, {}, name, None, 0), out=told.append)
    assert not told, "".join(told)


# The files from which pages cut what to write


@pytest.fixture(scope="module")
def project(tmp_path_factory):
    """A fresh project with every example beside its settings.py."""
    folder = tmp_path_factory.mktemp("advice")
    for path, content in base("page").items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(content)
    for example in EXAMPLES.glob("*.py"):
        (folder / "project" / example.name).write_bytes(example.read_bytes())
    for name in ("assets", "tmp", "staticfiles", "root_files", "node_modules/htmx.org/dist"):
        (folder / name).mkdir(parents=True, exist_ok=True)
    (folder / "asset.css").write_text("a {}")
    return folder


def run(project, *arguments):
    environ = {name: os.environ[name] for name in ("PATH", "SYSTEMROOT", "TEMP", "TMP") if name in os.environ}
    names = ("SECRET_KEY", "BUCKET_KEY_ID", "BUCKET_SECRET", "CLOUDFRONT_KEY_ID", "CLOUDFRONT_KEY")
    environ |= {name: f"{name} of a test, long enough and of many different letters: 0123456789" for name in names}
    environ |= {"ALLOWED_HOSTS": "www.example.com,example.com"}
    command = [sys.executable, *arguments]
    return subprocess.run(command, cwd=project, env=environ, capture_output=True, encoding="utf-8", timeout=60)


NOT_YET = {"csp"} if django.VERSION < (6, 0) else set()  # Django 6.0 brought it
MODULES = sorted(
    path.stem
    for path in EXAMPLES.glob("*.py")
    if "DJANGO_SETTINGS_MODULE" in path.read_text("utf-8") and path.stem not in NOT_YET
)
STRICT = {"production", "bucket", "bucket_cdn", "bucket_elsewhere", "own_storage", "csp"}
SILENT = {"security.W021", "mail.E001"}  # the list of browsers, said to be for few; and startproject's e-mail on 6.1


@pytest.mark.parametrize("module", MODULES)
def test_a_project_with_the_advised_settings_passes_its_checks(project, module):
    if module.startswith("bucket"):
        pytest.importorskip("storages")
        pytest.importorskip("boto3")
    more = ["--deploy", "--fail-level", "WARNING"] if module in STRICT else ["--fail-level", "WARNING"]
    checked = run(project, "manage.py", "check", "--settings", f"project.{module}", *more)
    left = re.findall(r"\((\w+\.\w+)\)", checked.stderr)
    assert set(left) <= SILENT, checked.stderr
    assert checked.returncode == (1 if left else 0), checked.stdout + checked.stderr


WITH = "import os\nos.environ['DJANGO_SETTINGS_MODULE'] = 'project.{}'\n"
ASKED = """
import django
django.setup()
from django.core.management import call_command
call_command("collectstatic", interactive=False, verbosity=0, ignore_patterns=["admin"])
from django.test import Client
from django.contrib.staticfiles.storage import staticfiles_storage
address = staticfiles_storage.url("shop/shop.css")
response = Client(headers={"host": "www.example.com", "x-forwarded-proto": "https"}).get(address)
print(response.status_code, response["Cache-Control"], response["X-Content-Type-Options"], address)
print(Client(headers={"host": "www.example.com"}).get("/healthz").status_code)
print(Client(headers={"host": "forged.example", "x-forwarded-proto": "https"}).get(address).status_code)
print(Client(headers={"host": "forged.example", "x-forwarded-proto": "https"}).get("/").status_code)
print(Client(headers={"host": "www.example.com"}).get(address).status_code)
"""


def test_production_as_advised_serves_a_hashed_stylesheet_over_https_for_years(project):
    (project / "asked.py").write_text(WITH.format("production") + ASKED)
    asked = run(project, "asked.py")
    assert asked.returncode == 0, asked.stderr
    served, health, forged, page, plain = asked.stdout.splitlines()
    assert re.fullmatch(r"200 max-age=315360000, public, immutable nosniff /static/shop/shop\.\w{12}\.css", served)
    assert health == "404"  # asked for over HTTP, and not redirected
    assert plain == "301"
    assert (forged, page) == ("200", "400")  # WhiteNoise asks for no host, a page does


MODELS = """
import django
django.setup()
from django.core.management import call_command
call_command("makemigrations", "shop", verbosity=0)
from shop.models import Product
print(Product._meta.get_field("picture").generate_filename(None, "Me.JPG"))
print(Product._meta.get_field("invoice").storage.location)
"""


def test_the_advised_model_gives_random_names_and_its_migration_names_no_folder(project):
    before = (project / "shop/models.py").read_bytes()
    (project / "shop/models.py").write_bytes((EXAMPLES / "models.py").read_bytes())
    try:
        (project / "asked.py").write_text(WITH.format("special") + MODELS)
        asked = run(project, "asked.py")
        assert asked.returncode == 0, asked.stderr
        name, location = asked.stdout.splitlines()
        assert re.fullmatch(r"pictures/[0-9a-f]{32}\.jpg", name)
        assert Path(location) == Path("/srv/shop/private").absolute()
        (migration,) = (project / "shop/migrations").glob("0001*.py")
        assert "private_storage" in migration.read_text()
        assert "/srv/" not in migration.read_text()
    finally:
        (project / "shop/models.py").write_bytes(before)


def test_the_advised_storage_class_hashes_and_puts_its_manifest_beside_the_code(project):
    from django.test import override_settings

    namespace = {}
    with override_settings(BASE_DIR=project, STATIC_ROOT=project / "staticfiles"):
        exec(compile((EXAMPLES / "storage.py").read_text("utf-8"), "storage.py", "exec"), namespace)
        storage = namespace["StaticStorage"](location=project / "collected")
        storage.save_manifest()
        assert (project / "manifest-development.json").is_file()
        assert not (project / "collected/manifest-development.json").exists()
        assert not storage.manifest_strict


def test_the_advised_commands_are_known_to_their_servers(project):
    lines = [line for line in (EXAMPLES / "servers.sh").read_text("utf-8").splitlines() if not line.startswith("#")]
    for line in lines:
        program, *arguments = line.split()
        if util.find_spec(program) is None:
            continue
        if program == "gunicorn":
            config = ["-c", "from gunicorn.app.wsgiapp import run; run()", *arguments, "--check-config"]
            checked = run(project, *config)
            assert checked.returncode == 0, (line, checked.stderr)
        else:
            from granian.cli import cli

            options = {option for parameter in cli.params for option in parameter.opts}
            assert set(re.findall(r"--[\w-]+", line)) <= options


@pytest.mark.parametrize(
    ("name", "read_default"),
    [
        ("gunicorn-bind", lambda settings: settings["bind"].default[0]),
        ("gunicorn-timeout", lambda settings: str(settings["timeout"].default)),
        ("gunicorn-forwarded-allow-ips", lambda settings: settings["forwarded_allow_ips"].default),
        ("gunicorn-preload", lambda settings: "on" if settings["preload_app"].default else "off"),
    ],
)
def test_a_servers_default_is_the_installed_ones(name, read_default):
    config = pytest.importorskip("gunicorn.config")
    assert BY_NAME[name].default == read_default(config.Config().settings)


def test_the_default_length_of_a_file_fields_name_is_djangos():
    from django.db.models import FileField

    assert BY_NAME["FileField.max_length"].default == str(FileField().max_length)


def test_what_is_cut_sets_the_setting_and_nothing_else():
    for setting in SETTINGS:
        for write in setting.write:
            if write.file.endswith(".py") and write.lines and not write.inside and setting.group != S3:
                body = ast.parse("\n".join(write.lines)).body if not write.lines[-1].endswith(",") else []
                assert len([node for node in body if not isinstance(node, ast.Import | ast.ImportFrom)]) <= 1


def test_a_name_that_the_example_does_not_set_is_refused(tmp_path):
    page = tmp_path / "NOT_THERE.md"
    page.write_text('+++\npurpose = "x"\n\n[[write]]\nfor = "Production"\nfrom = "production.py"\n+++\n')
    with pytest.raises(SettingError, match=r"NOT_THERE\.md: the example does not set NOT_THERE"):
        read(page, "Static files")


# Defaults


def test_the_recorded_defaults_are_those_of_the_installed_django():
    series = f"{django.VERSION[0]}.{django.VERSION[1]}"
    assert dict(defaults.recorded()[series]) == defaults.texts(), "manage.py recorddefaults"


def test_a_page_says_where_two_djangos_have_two_defaults(client):
    assert defaults.by_series(BY_NAME["SECURE_CSP"]) == (("5.2", "not there"), ("6.1", "{}"))
    assert defaults.by_series(BY_NAME["DEBUG"]) == (("5.2 and 6.1", "False"),)
    assert "Default on Django 5.2 and 6.1" in client.get("/settings/DEBUG/").content.decode()


# Options of storages


def options_in(module):
    """Name -> (variables, default) of each option, as the source of django-storages writes them."""
    spec = util.find_spec("storages")
    if spec is None:
        pytest.skip("django-storages is not installed here")
    source = Path(next(iter(spec.submodule_search_locations)), module).read_text("utf-8")
    method = next(
        node
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.FunctionDef) and node.name == "get_default_settings"
    )
    found = next(node for node in ast.walk(method) if isinstance(node, ast.Dict))
    return {key.value: asked(value) for key, value in zip(found.keys, found.values, strict=True)}


def asked(value):
    """The variables that `setting("A", setting("B", default))` asks for, and the default."""
    variables = []
    if isinstance(value, ast.BoolOp):  # setting(…) or "https:"
        (first, last) = value.values
        return asked(first)[0], ast.unparse(last)
    while isinstance(value, ast.Call) and getattr(value.func, "id", "") == "setting":
        variables.append(value.args[0].value)
        value = value.args[1] if len(value.args) > 1 else ast.Constant(None)
    if isinstance(value, ast.Call) and getattr(value.func, "id", "") == "lookup_env":
        value = ast.Constant(None)
    return variables, ast.unparse(value)


@pytest.mark.parametrize("name", ["s3", "gcloud", "azure"])
def test_every_option_of_a_storage_has_a_row_with_both_names_its_default_and_its_trouble(name):
    options = option_table(name)
    installed_options = options_in(options.module)
    rows = {
        option.name: (list(option.variables), ast.unparse(ast.parse(option.default, mode="eval")))
        for option in options.options
    }
    assert rows == installed_options
    assert all(option.trouble for option in options.options)
    assert options.version == metadata.version("django-storages")


def test_the_page_of_all_options_shows_each_in_both_spellings(client):
    for page, name in (("S3Storage", "s3"), ("GoogleCloudStorage", "gcloud"), ("AzureStorage", "azure")):
        shown = client.get(f"/settings/{page}/").content.decode()
        for option in option_table(name).options:
            assert f'id="{option.name}"' in shown
            assert all(f"<code>{variable}</code>" in shown for variable in option.variables)


def test_a_page_of_an_s3_option_shows_its_other_name_and_a_default_without_django_storages(client, monkeypatch):
    monkeypatch.setattr(installed, "_s3_source", lambda: None)
    assert installed.default(BY_NAME["S3-querystring_expire"]).text == "3600"
    shown = client.get("/settings/S3-querystring_expire/").content.decode()
    assert "<code>AWS_QUERYSTRING_EXPIRE</code>" in shown
    assert "<code>3600</code>" in shown


# Links


def test_every_setting_that_a_symptoms_head_names_has_a_page():
    for slug, case in cases().items():
        assert set(case.settings) <= set(BY_NAME), slug


def test_a_page_lists_the_symptoms_whose_heads_name_it_and_no_other(client):
    for name in ("X_FRAME_OPTIONS", "STATIC_ROOT", "S3-custom_domain"):
        html = client.get(f"/settings/{name}/").content.decode()
        about = {slug for slug, case in cases().items() if name in case.settings}
        assert about
        assert set(re.findall(r'href="/symptoms/([\w-]+)/"', html)) == about


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("WHITENOISE_CHARSET", "refused-mime-type"),
        ("WHITENOISE_INDEX_FILE", "debug-off-static-404"),
        ("S3-endpoint_url", "acl-not-supported"),
        ("S3-bucket_name", "acl-not-supported"),
        ("S3-object_parameters", "stale-css-in-development"),
        ("FILE_UPLOAD_HANDLERS", "decompression-bomb"),
        ("DATA_UPLOAD_MAX_MEMORY_SIZE", "nginx-413"),
        ("DATA_UPLOAD_MAX_MEMORY_SIZE", "decompression-bomb"),
    ],
)
def test_a_setting_that_has_no_effect_on_a_trouble_does_not_lead_to_it(client, name, slug):
    assert f"/symptoms/{slug}/" not in client.get(f"/settings/{name}/").content.decode()


def test_no_link_of_a_page_leads_nowhere(client):
    for setting in SETTINGS:
        text = setting.choose + setting.note + setting.tried
        for target in re.findall(r"\]\(\.\./([^)/]+)/\)", text):
            assert target in BY_NAME, setting.name


# The pages' order, and the index


def test_a_page_says_first_what_to_write_then_when_then_the_rest(client):
    html = client.get("/settings/STATIC_ROOT/").content.decode()
    anchors = ("write", "choose", "facts", "shown", "wrong", "checks")
    places = [html.index(f'id="{anchor}"') for anchor in anchors] + [html.index("<summary>Who reads it")]
    assert places == sorted(places)


def test_a_page_shows_no_mode_that_has_nothing_to_say(client):
    unset = client.get("/settings/WHITENOISE_CHARSET/").content.decode()
    assert "On this site" not in unset
    both = client.get("/settings/MEDIA_ROOT/").content.decode()
    assert both.count('<div class="card">') == 1
    assert "In development" in both


def test_the_index_says_a_common_value_once_and_of_a_long_one_what_differs():
    rows = {row.setting.name: row for group in table(settings.BASE_DIR) for row in group.rows}
    assert rows["STATIC_URL"].both == "'static/'"
    assert not rows["CSRF_TRUSTED_ORIGINS"].differs  # one module sets the default, the other nothing
    assert (rows["DEBUG"].development, rows["DEBUG"].production) == ("True", "False")
    middleware = rows["MIDDLEWARE"]
    assert "WhiteNoiseMiddleware" in middleware.production
    assert "SessionMiddleware" not in middleware.production + middleware.development
    storages = rows["STORAGES"]
    assert "StaticFilesStorage" in storages.development
    assert storages.development != storages.production


def test_the_index_is_found_by_group_and_left_to_what_differs_without_a_script(client):
    whole = client.get("/settings/").content.decode()
    for anchor in GROUPS:
        assert f'href="#{anchor}"' in whole
        assert f'id="{anchor}"' in whole
    differing = client.get("/settings/", {"differs": "1"}).content.decode()
    assert 'href="/settings/DEBUG/"' in differing
    assert 'href="/settings/STATIC_URL/"' not in differing
    assert "&lt;not shown&gt;" in whole  # SECRET_KEY
