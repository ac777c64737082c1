"""Each mistake, written below the settings that startproject makes, is found, and nothing else is."""

import sys

import pytest

from guide.cases.case import cases
from which_file import examination

DEFAULT = '"default": {"BACKEND": "django.core.files.storage.FileSystemStorage"}'
STATIC = '"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}'
MEDIA = 'MEDIA_URL = "media/"; MEDIA_ROOT = BASE_DIR / "uploads"\n'
COLLECTED = 'STATIC_ROOT = BASE_DIR / "staticfiles"\n'
WHITENOISE = '"whitenoise.middleware.WhiteNoiseMiddleware"'
S3 = '{"BACKEND": "storages.backends.s3.S3Storage", "OPTIONS": {"bucket_name": "site", "custom_domain": %s}}'

BUCKET = f"""STORAGES = {{{STATIC}, "default": {{"BACKEND": "storages.backends.s3.S3Storage", "OPTIONS": {{%s}}}}}}"""
MISTAKES = {
    "STORAGES without default": ("which_file.E001", f"STORAGES = {{{STATIC}}}"),
    "STATICFILES_STORAGE": (
        "which_file.W002",
        'STATICFILES_STORAGE = "whitenoise.storage.CompressedStaticFilesStorage"',
    ),
    "DEFAULT_FILE_STORAGE": ("which_file.W003", 'DEFAULT_FILE_STORAGE = "django.core.files.storage.FileSystemStorage"'),
    "a storage without a backend": ("which_file.E004", f'STORAGES = {{{DEFAULT}, {STATIC}, "other": {{}}}}'),
    "a storage that is not there": (
        "which_file.E005",
        f'STORAGES = {{{DEFAULT}, "staticfiles": {{"BACKEND": "whitenoise.storages.Compressed"}}}}',
    ),
    "a storage that its module lacks": (
        "which_file.E005",
        f'STORAGES = {{{DEFAULT}, "staticfiles": {{"BACKEND": "whitenoise.storage.CompressedManifestStorage"}}}}',
    ),
    "upload storage for static": (
        "which_file.E006",
        f'STORAGES = {{{DEFAULT}, "staticfiles": {{"BACKEND": "django.core.files.storage.FileSystemStorage"}}}}',
    ),
    "static storage for uploads": (
        "which_file.E007",
        f'STORAGES = {{{STATIC}, "default": {{"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}}}',
    ),
    "WhiteNoise above security": ("which_file.W010", f"MIDDLEWARE.insert(0, {WHITENOISE})"),
    "WhiteNoise third": ("which_file.W011", f"MIDDLEWARE.insert(2, {WHITENOISE})"),
    "WhiteNoise last": ("which_file.W011", f"MIDDLEWARE.append({WHITENOISE})"),
    "nostatic below staticfiles": (
        "which_file.W012",
        f'INSTALLED_APPS.append("whitenoise.runserver_nostatic"); MIDDLEWARE.insert(1, {WHITENOISE})',
    ),
    "nostatic below staticfiles, and no WhiteNoise": (
        "which_file.W012",
        'INSTALLED_APPS.append("whitenoise.runserver_nostatic")',
    ),
    "a gate second": ("which_file.W013", f'MIDDLEWARE[1:1] = ["mysite.x.LoginGateMiddleware", {WHITENOISE}]'),
    "a gate first": (
        "which_file.W013",
        f'MIDDLEWARE.insert(1, {WHITENOISE}); MIDDLEWARE.insert(0, "mysite.x.RequireLoginMiddleware")',
    ),
    "nostatic without WhiteNoise": ("which_file.W014", 'INSTALLED_APPS.insert(0, "whitenoise.runserver_nostatic")'),
    "WhiteNoise twice": ("which_file.W015", f"MIDDLEWARE[1:1] = [{WHITENOISE}, {WHITENOISE}]"),
    "staticfiles not installed": (
        "which_file.W016",
        f'{COLLECTED}INSTALLED_APPS.remove("django.contrib.staticfiles")',
    ),
    "autorefresh in production": (
        "which_file.W017",
        f"{COLLECTED}DEBUG = False; WHITENOISE_AUTOREFRESH = True; MIDDLEWARE.insert(1, {WHITENOISE})",
    ),
    "a limit that is none": ("which_file.W119", "FILE_UPLOAD_MAX_MEMORY_SIZE = 500 * 1024 * 1024"),
    "an admin theme below the admin": ("which_file.W134", 'INSTALLED_APPS.append("jazzmin")'),
    "a sub-path": ("which_file.W139", 'FORCE_SCRIPT_NAME = "/shop"; STATIC_URL = "/static/"'),
    "MEDIA_ROOT unset": ("which_file.W020", 'MEDIA_URL = "media/"'),
    "MEDIA_ROOT in STATIC_ROOT": (
        "which_file.E021",
        f'{COLLECTED}MEDIA_URL = "media/"; MEDIA_ROOT = STATIC_ROOT / "media"',
    ),
    "MEDIA_ROOT is STATIC_ROOT": ("which_file.E021", f'{COLLECTED}MEDIA_URL = "media/"; MEDIA_ROOT = str(STATIC_ROOT)'),
    "location in STATIC_ROOT": (
        "which_file.E021",
        f'{COLLECTED}STORAGES = {{{STATIC}, "default": {{"BACKEND": "django.core.files.storage.FileSystemStorage", '
        '"OPTIONS": {"location": STATIC_ROOT / "media"}}}',
    ),
    "STATIC_ROOT in MEDIA_ROOT": ("which_file.E022", f'{MEDIA}STATIC_ROOT = MEDIA_ROOT / "static"'),
    "MEDIA_ROOT in STATICFILES_DIRS": (
        "which_file.E023",
        'STATICFILES_DIRS = [BASE_DIR / "static"]; MEDIA_URL = "media/"; MEDIA_ROOT = BASE_DIR / "static/media"',
    ),
    "MEDIA_ROOT around a prefixed STATICFILES_DIRS": (
        "which_file.E023",
        'STATICFILES_DIRS = [("x", BASE_DIR / "files/static")]; MEDIA_URL = "media/"; MEDIA_ROOT = BASE_DIR / "files"',
    ),
    "MEDIA_ROOT in an app": (
        "which_file.E023",
        'INSTALLED_APPS.append("mysite"); MEDIA_URL = "media/"; MEDIA_ROOT = BASE_DIR / "mysite/static/uploads"',
    ),
    "MEDIA_ROOT is the project": ("which_file.E024", 'MEDIA_URL = "media/"; MEDIA_ROOT = BASE_DIR'),
    "MEDIA_ROOT above the project": ("which_file.E024", 'MEDIA_URL = "media/"; MEDIA_ROOT = BASE_DIR.parent'),
    "STATIC_ROOT is the project": ("which_file.E025", "STATIC_ROOT = BASE_DIR"),
    "relative STATIC_ROOT": ("which_file.W026", 'STATIC_ROOT = "staticfiles"'),
    "relative MEDIA_ROOT": ("which_file.W027", 'MEDIA_URL = "media/"; MEDIA_ROOT = "uploads"'),
    "STATIC_ROOT in an app": (
        "which_file.E028",
        'INSTALLED_APPS.append("mysite"); STATIC_ROOT = BASE_DIR / "mysite/static"',
    ),
    "STATIC_ROOT in STATICFILES_DIRS": (
        "which_file.E028",
        'STATICFILES_DIRS = [BASE_DIR / "static"]; STATIC_ROOT = BASE_DIR / "static/collected"',
    ),
    "database among uploads": (
        "which_file.E029",
        f'{MEDIA}DATABASES["default"]["NAME"] = MEDIA_ROOT / "db.sqlite3"',
    ),
    "one address": ("which_file.E030", f'{MEDIA}MEDIA_URL = "/static/"'),
    "media within static": ("which_file.E031", f'{MEDIA}MEDIA_URL = "static/media/"'),
    "static within media": ("which_file.E031", f'{MEDIA}STATIC_URL = "/media/static/"'),
    "media at the root": ("which_file.E031", f'{MEDIA}MEDIA_URL = "/"'),
    "no STATIC_URL": ("which_file.E033", "STATIC_URL = None"),
    "no STATIC_ROOT for WhiteNoise": ("which_file.W034", f"DEBUG = False; MIDDLEWARE.insert(1, {WHITENOISE})"),
    "WHITENOISE_ROOT is the project": ("which_file.E035", "WHITENOISE_ROOT = BASE_DIR"),
    "WHITENOISE_ROOT is MEDIA_ROOT": ("which_file.W036", f"{MEDIA}WHITENOISE_ROOT = MEDIA_ROOT"),
    "no permissions": ("which_file.W040", "FILE_UPLOAD_PERMISSIONS = None"),
    "decimal permissions": ("which_file.E041", "FILE_UPLOAD_PERMISSIONS = 644"),
    "folders without x": ("which_file.E042", "FILE_UPLOAD_DIRECTORY_PERMISSIONS = 0o644"),
    "no handlers": ("which_file.E043", "FILE_UPLOAD_HANDLERS = []"),
    "a handler that is not there": ("which_file.E044", 'FILE_UPLOAD_HANDLERS = ["mysite.nowhere.Handler"]'),
    "no limit of files": ("which_file.W045", "DATA_UPLOAD_MAX_NUMBER_FILES = None"),
    "signed addresses on S3": ("which_file.W008", f'STORAGES = {{{DEFAULT}, "staticfiles": {S3 % None}}}'),
    "uploads overwrite on S3": ("which_file.W048", BUCKET % '"file_overwrite": True'),
    "private and unsigned on S3": ("which_file.W049", BUCKET % '"default_acl": "private", "querystring_auth": False'),
    "one bucket for both": (
        "which_file.E009",
        'STORAGES = dict.fromkeys(["default", "staticfiles"], ' + S3 % '"cdn.example"' + ")",
    ),
}


@pytest.fixture(autouse=True)
def _django_storages(tmp_path, monkeypatch):
    """A package of that name, also where it is not installed: the checks look for its modules and import none."""
    for folder in ("storages", "storages/backends"):
        (tmp_path / "packages" / folder).mkdir(parents=True)
        (tmp_path / "packages" / folder / "__init__.py").touch()
    (tmp_path / "packages/storages/backends/s3.py").write_text("class S3Storage: ...")
    monkeypatch.syspath_prepend(tmp_path / "packages")
    installed = _taken_out("storages")
    yield
    _taken_out("storages")
    sys.modules.update(installed)


def _taken_out(package):
    """The loaded modules of the package, which is then as if it had never been imported."""
    names = [name for name in sys.modules if name.partition(".")[0] == package]
    return {name: sys.modules.pop(name) for name in names}


def found(plain, lines):
    return [finding.id for finding in examination.quick(plain.add(lines).case())]


def test_a_plain_project_has_no_finding(plain):
    assert found(plain, "") == []


@pytest.mark.parametrize(("expected", "lines"), MISTAKES.values(), ids=MISTAKES)
def test_a_mistake_is_found_under_its_own_id_alone(plain, expected, lines):
    assert found(plain, lines) == [expected]


@pytest.mark.parametrize(
    "lines",
    [
        MEDIA + COLLECTED,
        'INSTALLED_APPS.insert(0, "jazzmin"); FORCE_SCRIPT_NAME = "/shop"; STATIC_URL = "/shop/static/"',
        'FORCE_SCRIPT_NAME = "/shop"; STATIC_URL = "static/"',
        f"STORAGES = {{{DEFAULT}, {STATIC}}}",
        f"{COLLECTED}DEBUG = False; MIDDLEWARE.insert(1, {WHITENOISE})",
        # A policy that is to hold for static files, too, has to stand above WhiteNoise.
        f'MIDDLEWARE[1:1] = ["csp.middleware.CSPMiddleware", "corsheaders.middleware.CorsMiddleware", {WHITENOISE}]',
        # Django's own waits for the view, which a static file never gets to.
        f"MIDDLEWARE.insert(1, {WHITENOISE}); "
        'MIDDLEWARE.insert(0, "django.contrib.auth.middleware.LoginRequiredMiddleware")',
        f'MIDDLEWARE.insert(1, {WHITENOISE}); MIDDLEWARE.insert(0, "mysite.x.GatewayTimingMiddleware")',
        f'MIDDLEWARE.insert(1, {WHITENOISE}); MIDDLEWARE.append("mysite.x.LoginGateMiddleware")',
        f'INSTALLED_APPS.insert(0, "whitenoise.runserver_nostatic"); MIDDLEWARE.insert(1, {WHITENOISE})',
        'STATIC_URL = "https://cdn.example/"; ' + MEDIA,
        MEDIA + 'MEDIA_URL = "https://media.example/"',
        # These two are Django's own to find.
        'STATICFILES_DIRS = [BASE_DIR / "static"]; STATIC_ROOT = BASE_DIR / "static"',
        f"STORAGES = {{{DEFAULT}}}",
        "FILE_UPLOAD_PERMISSIONS = 0o640; FILE_UPLOAD_DIRECTORY_PERMISSIONS = 0o2750",
        'WHITENOISE_ROOT = BASE_DIR / "root"; ' + MEDIA,
    ],
)
def test_what_is_right_is_left_in_peace(plain, lines):
    assert found(plain, lines) == []


def test_a_middleware_is_a_gate_by_what_its_code_does_more_than_by_its_name():
    from which_file.order import is_gate

    assert is_gate("tests.which_file.gates.Doorman")
    assert is_gate("tests.which_file.gates.LoginMiddleware")
    assert is_gate("tests.which_file.gates.login_gate")
    assert not is_gate("tests.which_file.gates.LastLoginMiddleware")
    assert not is_gate("tests.which_file.gates.LoginAtTheView")


def test_before_django_4_2_the_old_settings_count_and_storages_does_not(plain, monkeypatch):
    monkeypatch.setattr("django.VERSION", (3, 2, 25))
    assert found(plain, f"STORAGES = {{{DEFAULT}}}\nSTATICFILES_STORAGE = 'whitenoise.storages.X'") == [
        "which_file.W019",
        "which_file.E005",
    ]


def test_every_finding_has_a_fix_and_leads_to_a_symptom(plain):
    for number, (_, lines) in enumerate(MISTAKES.values()):
        settings = plain.folder / "mysite/settings.py"
        before = settings.read_text()
        for finding in examination.quick(plain.add(lines).case()):
            assert finding.message.endswith("."), number
            assert finding.hint.endswith("."), finding.hint
            assert finding.check.symptom is None or finding.check.symptom in cases()
            assert f"/checks/{finding.id[-4:]}/" in finding.as_message().hint
        settings.write_text(before)
