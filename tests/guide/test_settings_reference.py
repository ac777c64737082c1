import ast
import re
import sys
from concurrent.futures import ThreadPoolExecutor
from html import unescape
from importlib import import_module, util
from pathlib import Path

import django
import pytest
import whitenoise
from django.conf import global_settings, settings

from guide import installed, mode_settings, mode_values, reference
from guide.setting_list import ALSO, BY_NAME, S3, SETTINGS
from lab.evidence.claims import BY_NAME as CLAIMS

pytestmark = pytest.mark.django_db
BASE = Path(settings.BASE_DIR)

# Every setting that must have a page.
WANTED = """STATIC_URL STATIC_ROOT STATICFILES_DIRS STATICFILES_FINDERS StaticFilesConfig.ignore_patterns
STORAGES STORAGES-staticfiles STORAGES-staticfiles-OPTIONS STORAGES-default-OPTIONS MANIFEST_STRICT
ManifestStaticFilesStorage.manifest_name ManifestStaticFilesStorage.manifest_storage
ManifestStaticFilesStorage.max_post_process_passes ManifestStaticFilesStorage.keep_intermediate_files
ManifestStaticFilesStorage.support_js_module_import_aggregation ManifestStaticFilesStorage.patterns
STATICFILES_STORAGE DEFAULT_FILE_STORAGE MEDIA_URL MEDIA_ROOT FileField.upload_to FileField.max_length
FileField.storage FILE_UPLOAD_HANDLERS FILE_UPLOAD_MAX_MEMORY_SIZE FILE_UPLOAD_TEMP_DIR
FILE_UPLOAD_PERMISSIONS FILE_UPLOAD_DIRECTORY_PERMISSIONS DATA_UPLOAD_MAX_MEMORY_SIZE
DATA_UPLOAD_MAX_NUMBER_FILES DATA_UPLOAD_MAX_NUMBER_FIELDS DEBUG SECRET_KEY INSTALLED_APPS MIDDLEWARE
TEMPLATES TEMPLATES-builtins APPEND_SLASH LOGIN_URL IGNORABLE_404_URLS ALLOWED_HOSTS CSRF_TRUSTED_ORIGINS
FORCE_SCRIPT_NAME USE_X_FORWARDED_HOST USE_X_FORWARDED_PORT SECURE_PROXY_SSL_HEADER SECURE_SSL_REDIRECT
SECURE_REDIRECT_EXEMPT SECURE_HSTS_SECONDS SECURE_HSTS_INCLUDE_SUBDOMAINS SECURE_HSTS_PRELOAD
SECURE_CONTENT_TYPE_NOSNIFF X_FRAME_OPTIONS SECURE_REFERRER_POLICY SECURE_CROSS_ORIGIN_OPENER_POLICY
SECURE_CSP SECURE_CSP_REPORT_ONLY WHITENOISE_ROOT WHITENOISE_AUTOREFRESH WHITENOISE_USE_FINDERS
WHITENOISE_MAX_AGE WHITENOISE_INDEX_FILE WHITENOISE_MIMETYPES WHITENOISE_CHARSET WHITENOISE_ALLOW_ALL_ORIGINS
WHITENOISE_SKIP_COMPRESS_EXTENSIONS WHITENOISE_ADD_HEADERS_FUNCTION WHITENOISE_IMMUTABLE_FILE_TEST
WHITENOISE_STATIC_PREFIX WHITENOISE_KEEP_ONLY_HASHED_FILES S3Storage S3-bucket_name S3-region_name
S3-endpoint_url S3-location S3-access_key S3-secret_key S3-session_profile S3-signature_version
S3-addressing_style S3-client_config S3-custom_domain S3-url_protocol S3-querystring_auth
S3-querystring_expire S3-cloudfront_key_id S3-cloudfront_key S3-file_overwrite S3-default_acl
S3-object_parameters S3-gzip S3-max_memory_size S3-transfer_config GoogleCloudStorage AzureStorage
gunicorn-bind gunicorn-timeout gunicorn-forwarded-allow-ips gunicorn-preload granian-static-path-mount""".split()  # noqa: SIM905 - a list would take a hundred lines


def text(response):
    return unescape(response.content.decode())


def test_every_setting_of_the_subject_is_in_the_list():
    assert sorted(WANTED) == sorted(BY_NAME)


def test_every_setting_has_a_page_with_its_default_or_why_there_is_none(client, subtests):
    for name in WANTED:
        with subtests.test(name):
            page = client.get(f"/settings/{name}/")
            assert page.status_code == 200
            default = installed.default(BY_NAME[name])
            assert (default.text or default.missing) in text(page)


def test_another_name_of_a_setting_leads_to_its_page(client, subtests):
    for name in sorted(ALSO):
        with subtests.test(name):
            assert client.get(f"/settings/{name}/").headers["location"] == f"/settings/{ALSO[name].name}/"


def test_a_name_that_is_no_setting_is_a_404(client):
    assert client.get("/settings/NOTHING/").status_code == 404


def test_a_default_is_the_one_of_the_installed_django(subtests):
    for setting in SETTINGS:
        if setting.place or not hasattr(global_settings, setting.name):
            continue  # a part of a setting, which other tests look at, or a package's own
        with subtests.test(setting.name):
            assert ast.literal_eval(installed.default(setting).text) == getattr(global_settings, setting.name)


def test_whitenoise_defaults_are_those_of_a_middleware_without_any_setting():
    from whitenoise.middleware import WhiteNoiseMiddleware

    class Without:
        DEBUG = False
        STATIC_URL = "/static/"
        STATIC_ROOT = None
        FORCE_SCRIPT_NAME = None

    plain = WhiteNoiseMiddleware(None, settings=Without)
    for name, attribute in {
        "AUTOREFRESH": "autorefresh",
        "MAX_AGE": "max_age",
        "ALLOW_ALL_ORIGINS": "allow_all_origins",
        "CHARSET": "charset",
        "ADD_HEADERS_FUNCTION": "add_headers_function",
        "INDEX_FILE": "index_file",
        "USE_FINDERS": "use_finders",
        "STATIC_PREFIX": "static_prefix",
    }.items():
        shown = installed.default(BY_NAME[f"WHITENOISE_{name}"]).text
        from urllib.parse import urlparse

        assert eval(shown, {"settings": Without, "urlparse": urlparse}) == getattr(plain, attribute), name


def test_a_setting_that_this_django_does_not_know_says_so():
    for name in ("STATICFILES_STORAGE", "DEFAULT_FILE_STORAGE"):
        assert "removed in Django 5.1" in installed.default(BY_NAME[name]).missing
    assert bool(installed.default(BY_NAME["SECURE_CSP"]).missing) == (django.VERSION < (6, 0))


def test_a_page_about_s3_has_a_default_and_its_readers_where_django_storages_is_installed(subtests):
    for setting in (setting for setting in SETTINGS if setting.group == S3 and not setting.table):
        with subtests.test(setting.name):
            assert installed.default(setting).text
            if util.find_spec("storages"):
                assert installed.readers(setting)


S3_SOURCE = """\
class S3Storage:
    def get_default_settings(self):
        return {
            "bucket_name": setting("AWS_STORAGE_BUCKET_NAME"),
            "file_overwrite": setting("AWS_S3_FILE_OVERWRITE", True),
        }

    def save(self):
        return self.bucket_name
"""


def test_s3_defaults_are_read_from_the_source_of_django_storages(tmp_path, monkeypatch):
    (tmp_path / "s3.py").write_text(S3_SOURCE)
    monkeypatch.setattr(installed, "_s3_source", lambda: tmp_path / "s3.py")
    overwrite = installed.default(BY_NAME["S3-file_overwrite"])
    assert (overwrite.text, overwrite.type, overwrite.line.number) == ("True", "bool", 5)
    assert installed.default(BY_NAME["S3-bucket_name"]).text == "None"
    assert [line.number for line in installed.readers(BY_NAME["S3-bucket_name"])] == [9]


def test_each_line_that_a_page_names_is_there_and_names_the_setting(subtests):
    roots = [BASE, *(Path(entry) for entry in sys.path if entry)]

    def stands(line):
        found = next((root / line.path for root in roots if (root / line.path).is_file()), None)
        assert found, line
        return found.read_text(encoding="utf-8").splitlines()[line.number - 1].strip() == line.text

    for setting in SETTINGS:
        with subtests.test(setting.name):
            page = reference.entry(setting.name, BASE)
            lines = [line for line in (page.default.line, *page.readers, *(mode.line for mode in page.modes)) if line]
            assert all(stands(line) for line in lines)
            if not setting.place:
                name = setting.name.rpartition(".")[2]  # of an attribute of a class
                assert all(name in line.text or "getattr(" in line.text for line in page.readers)
                assert all(setting.name in mode.line.text for mode in page.modes if mode.line)


def parsed(source):
    """(name, line number) of what reads a setting in a module's code, as Python's own parser finds it."""
    for node in ast.walk(ast.parse(source)):
        match node:
            case ast.Attribute(ast.Name("settings"), name, ast.Load()):
                yield name, node.lineno
            case ast.Call(ast.Name("getattr"), [ast.Name("settings"), ast.Constant(name), *_]):
                yield name, node.lineno


@pytest.mark.parametrize("package", [django, whitenoise], ids=lambda package: package.__name__)
def test_the_lines_that_read_a_setting_are_those_that_pythons_parser_finds(package):
    variables = {setting.variable for setting in SETTINGS}
    found = 0
    for path in Path(package.__file__).parent.rglob("*.py"):
        source = path.read_text(encoding="utf-8")
        if "settings" in source:
            expected = {read for read in parsed(source) if read[0] in variables}
            assert set(installed.reads(source)) == expected, path
            found += len(expected)
    assert found >= 10


CODE = r"""
# settings.DEBUG
'''settings.DEBUG "and more'''
a = "settings.DEBUG", r'\\', settings.DEBUG, f"{settings.STATIC_URL}x", "#", settings.MEDIA_URL  # settings.DEBUG
settings.DEBUG = other.settings.DEBUG
b = settings.DEBUG == getattr(settings, "STATIC_ROOT", None)
"""


def test_what_stands_in_a_comment_or_a_string_reads_no_setting():
    found = list(installed.reads(CODE))
    assert found == [("DEBUG", 4), ("STATIC_URL", 4), ("MEDIA_URL", 4), ("DEBUG", 6), ("STATIC_ROOT", 6)]
    assert set(found) == set(parsed(CODE))


@pytest.mark.parametrize("mode", ["dev", "prod"])
def test_the_values_shown_are_those_of_the_settings_module(mode, monkeypatch):
    for name in ("STATIC_ROOT", "MEDIA_ROOT", "DATABASE_URL", "LOCAL_HTTP", "CSRF_TRUSTED_ORIGINS"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("SECRET_KEY", mode_values.MADE_UP["SECRET_KEY"])
    monkeypatch.setenv("ALLOWED_HOSTS", mode_values.MADE_UP["ALLOWED_HOSTS"])
    for loaded in [name for name in sys.modules if name.startswith("mysite.settings.")]:
        monkeypatch.delitem(sys.modules, loaded)  # another test may have imported it in another environment
    module = import_module(f"mysite.settings.{mode}")
    for name in ("STATIC_URL", "DEBUG", "SECURE_SSL_REDIRECT", "STATICFILES_FINDERS", "MIDDLEWARE", "STORAGES"):
        shown = mode_settings.current(BASE).value(BY_NAME[name], mode)
        if shown.text is None:
            assert not hasattr(module, name)
        else:
            assert eval(shown.text, {"BASE_DIR": BASE}) == getattr(module, name), name


def test_production_names_its_own_line_where_it_differs_and_bases_where_not():
    def line(name, mode):
        return mode_settings.current(BASE).value(BY_NAME[name], mode).line.path

    assert line("STORAGES-staticfiles", "dev") == "mysite/settings/base.py"
    assert line("STORAGES-staticfiles", "prod") == "mysite/settings/prod.py"
    assert line("MEDIA_URL", "prod") == "mysite/settings/base.py"
    assert mode_settings.current(BASE).value(BY_NAME["WHITENOISE_MAX_AGE"], "prod").text is None


def test_a_module_that_cannot_be_imported_is_said_to_be_so(tmp_path):
    folder = tmp_path / "mysite" / "settings"
    folder.mkdir(parents=True)
    for name, body in (("dev", "import nowhere_at_all"), ("prod", "raise ValueError('a secret is 1234')")):
        (folder / f"{name}.py").write_text(body)
    for package in (folder, folder.parent):
        (package / "__init__.py").touch()
    (tmp_path / "guide").symlink_to(BASE / "guide")
    modules = mode_settings.current(tmp_path)
    assert "nowhere_at_all is not installed" in modules.value(BY_NAME["DEBUG"], "dev").refused
    refused = modules.value(BY_NAME["DEBUG"], "prod").refused
    assert "ValueError" in refused
    assert "1234" not in refused


def test_secrets_inside_a_value_are_masked():
    value = {
        "OPTIONS": {"access_key": "AKIA123", "secret_key": "hush", "bucket_name": "photos"},
        "n": [("PASSWORD", 1)],
    }
    shown = repr(mode_values.written(value, BASE))
    assert "AKIA123" not in shown
    assert "hush" not in shown
    assert "photos" in shown


def test_no_page_shows_a_secret_or_a_folder_of_this_machine(client, monkeypatch):
    monkeypatch.setenv("SECRET_KEY", "a-secret-of-the-environment")
    for path in ("/settings/", *(f"/settings/{name}/" for name in WANTED)):
        shown = text(client.get(path))
        for secret in (settings.SECRET_KEY, "a-secret-of-the-environment", mode_values.MADE_UP["SECRET_KEY"]):
            assert secret not in shown, path
        assert str(BASE) not in shown, path
        assert str(Path(django.__path__[0]).parent) not in shown, path


def test_the_table_has_every_setting_and_marks_what_differs(client):
    shown = text(client.get("/settings/"))
    assert all(f'href="/settings/{name}/"' in shown for name in WANTED)
    rows = {row.setting.name: row.differs for group in reference.table(BASE) for row in group.rows}
    assert rows["DEBUG"]
    assert not rows["MEDIA_URL"]  # only the bucket has an address of its own, and its page says so
    assert not rows["STATICFILES_DIRS"]


def test_the_table_is_filtered_by_the_server_without_a_script(client):
    shown = text(client.get("/settings/", {"q": "whitenoise max"}))
    assert re.findall(r'href="/settings/(\w+)/"', shown) == ["WHITENOISE_MAX_AGE"]
    nothing = text(client.get("/settings/", {"q": "<b>no such</b>"}))
    assert "No setting has" in nothing
    assert client.get("/settings/", {"q": "a\0b"}).status_code == 200


def test_claims_and_checks_of_a_setting_exist(subtests):
    source = "".join(
        path.read_text(encoding="utf-8")
        for folder in ("core/checks", "contrib/staticfiles", "contrib/admin")
        for path in (Path(django.__path__[0]) / folder).rglob("*.py")
    )
    for setting in SETTINGS:
        with subtests.test(setting.name):
            assert set(setting.claims) <= set(CLAIMS)
            assert set(BY_NAME) >= {setting.name}
            since = () if setting.since != "6.0" or django.VERSION >= (6, 0) else setting.checks
            assert all(f'"{check}"' in source for check in setting.checks if check not in since)


def test_experiments_show_a_setting_at_two_values_or_more(subtests):
    for setting in (setting for setting in SETTINGS if setting.group != S3 and setting.claims):
        with subtests.test(setting.name):
            entry = reference.entry(setting.name, BASE)
            experiments = {experiment for shown in entry.shown for experiment, _ in shown.experiments}
            assert len(experiments | {turn.query for turn in entry.turns}) >= 2


CLOUD = """
import os
from mysite.settings.prod import *
from mysite.settings.prod import MIDDLEWARE, STORAGES
from mysite.environment import required

BUCKET = required("BUCKET_OF_TESTS", "the bucket")
OPTIONS = {"bucket_name": BUCKET, "file_overwrite": False}
STORAGES = {**STORAGES, "default": {"BACKEND": "x.Y", "OPTIONS": {**OPTIONS, "secret_key": "hush"}}}
if os.environ.get("NEVER") == "1":
    MIDDLEWARE = []
"""


@pytest.fixture
def cloud(tmp_path):
    """A project with a third settings module, which asks for a variable of its own."""
    for package in ("guide", "lab"):
        (tmp_path / package).symlink_to(BASE / package)
    folder = tmp_path / "mysite" / "settings"
    folder.mkdir(parents=True)
    for path in [*(BASE / "mysite").glob("*.py"), *(BASE / "mysite/settings").glob("*.py")]:
        (tmp_path / path.relative_to(BASE)).write_text(path.read_text(encoding="utf-8"), encoding="utf-8")
    (folder / "cloud.py").write_text(CLOUD)
    return tmp_path


def test_a_settings_module_that_asks_for_variables_is_shown_with_made_up_ones(cloud):
    assert mode_settings.current(cloud).modes == ("dev", "prod", "cloud")
    bucket = mode_settings.current(cloud).value(BY_NAME["S3-bucket_name"], "cloud")
    assert (bucket.text, bucket.refused) == ("'example'", "")
    assert bucket.from_environment
    assert bucket.line.text.startswith("OPTIONS = {")
    assert not mode_settings.current(cloud).value(BY_NAME["S3-file_overwrite"], "cloud").from_environment
    assert "hush" not in mode_settings.current(cloud).value(BY_NAME["STORAGES"], "cloud").text


def test_a_line_under_an_if_is_not_taken_for_the_one_that_sets_a_value(cloud):
    middleware = mode_settings.current(cloud).value(BY_NAME["MIDDLEWARE"], "cloud")
    assert middleware.line.path == "mysite/settings/prod.py"


def test_a_page_follows_the_settings_modules(cloud):
    before = reference.entry("S3-bucket_name", cloud).modes[-1]
    assert reference.entry("S3-bucket_name", cloud) is reference.entry("S3-bucket_name", cloud)
    (cloud / "mysite/settings/cloud.py").write_text("\n" + CLOUD.replace("BUCKET_OF_TESTS", "DATABASE_URL"))
    after = reference.entry("S3-bucket_name", cloud).modes[-1]
    assert before.text == "'example'"
    assert after.text == repr(mode_values.MADE_UP["DATABASE_URL"])
    assert after.line.number == before.line.number + 1
    (cloud / "mysite/settings/cloud.py").unlink()
    assert [mode.mode for mode in reference.entry("S3-bucket_name", cloud).modes] == ["dev", "prod"]


def test_visitors_who_come_at_once_wait_for_one_import(cloud):
    with ThreadPoolExecutor(8) as visitors:
        modules = list(visitors.map(lambda _: mode_settings.current(cloud), range(8)))
    assert len(set(modules)) == 1


def test_what_was_made_up_for_one_module_is_not_there_for_the_next(cloud):
    for mode, value in (("dev", "os.environ['A_VARIABLE']"), ("cloud", "os.environ.get('A_VARIABLE')")):
        source = f"import os\nfrom mysite.settings.base import *\nprint('imported')\nMEDIA_URL = {value}\n"
        (cloud / f"mysite/settings/{mode}.py").write_text(source)
    modules = mode_settings.current(cloud)
    assert modules.value(BY_NAME["MEDIA_URL"], "dev").text == "'example'"
    assert modules.value(BY_NAME["MEDIA_URL"], "cloud").text == "None"
