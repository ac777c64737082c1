"""What takes reading files: clashes, STATIC_ROOT, templates."""

import pytest

from which_file import collected, templates, trial
from which_file.collected import Found

MANIFEST = (
    'STATIC_ROOT = BASE_DIR / "staticfiles"; DEBUG = False\n'
    'STORAGES = {"default": {"BACKEND": "django.core.files.storage.FileSystemStorage"}, '
    '"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.ManifestStaticFilesStorage"}}'
)
PLAIN = (
    'STATIC_ROOT = BASE_DIR / "staticfiles"\n'
    'STORAGES = {"default": {"BACKEND": "django.core.files.storage.FileSystemStorage"}, '
    '"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}'
)


def test_a_clash_names_the_winner_and_every_loser(tmp_path):
    found = [Found("app.css", tmp_path / place / "app.css") for place in ("first", "second", "third")]
    [finding] = collected.clashes(found, (), tmp_path)
    assert finding.id == "which_file.W050"
    assert "first/app.css wins" in finding.message
    assert "second/app.css, third/app.css" in finding.message


def test_a_clash_that_is_meant_is_no_finding_but_every_other_still_is(tmp_path):
    found = [Found(path, tmp_path / place / path) for place in ("a", "b") for path in ("app.css", "site.js")]
    [finding] = collected.clashes(found, ["app.css"], tmp_path)
    assert "site.js" in finding.message


@pytest.fixture
def one_file(plain):
    plain.add(PLAIN).write("static/site.css", "a{}")
    return plain, [Found("site.css", plain.folder / "static/site.css")]


def test_a_static_root_that_nobody_has_filled_yet_does_not_drift(one_file):
    plain, found = one_file
    assert list(collected.drift(plain.case(), found)) == []
    (plain.folder / "staticfiles").mkdir()
    assert list(collected.drift(plain.case(), found)) == []


DRIFTS = [
    ({"site.css": "a{}"}, []),
    ({"site.css": "a{}", "site.css.gz": "", "site.0123456789ab.css": "", "staticfiles.json": "{}"}, []),
    ({"site.css": "b{}"}, ["which_file.W052"]),
    ({"site.css": "a{}", "gone.css": ""}, ["which_file.W053"]),
    ({"gone.css": ""}, ["which_file.W051"]),  # one collectstatic --clear cures both
    ({"site.0123456789ab.css": ""}, ["which_file.W051"]),
]


@pytest.mark.parametrize(("files", "ids"), DRIFTS)
def test_static_root_drifts_by_content_not_by_time(one_file, files, ids):
    plain, found = one_file
    for path, text in files.items():
        plain.write(f"staticfiles/{path}", text)
    assert [finding.id for finding in collected.drift(plain.case(), found)] == ids


def test_what_a_build_may_have_put_into_static_root_is_not_called_left_over(one_file):
    plain, found = one_file
    plain.write("staticfiles/site.css", "a{}").write("staticfiles/bundle.js", "").write("package.json", "{}")
    assert list(collected.drift(plain.case(), found)) == []


COLLECTED = [([], ["which_file.I054"]), (["site.css"], ["which_file.W054"]), (["site.css", "staticfiles.json"], [])]


@pytest.mark.parametrize(("files", "ids"), COLLECTED)
def test_hashed_storage_needs_its_manifest_when_debug_is_off(plain, files, ids):
    plain.add(MANIFEST)
    for name in files:
        plain.write(f"staticfiles/{name}", "")
    assert [finding.id for finding in collected.manifest(plain.case())] == ids


def test_a_trial_that_is_not_finished_in_time_says_so(plain):
    plain.add(MANIFEST)
    with pytest.raises(trial.Cut):
        list(trial.collect(plain.case(), [Found("site.css", plain.write("a.css", "").folder / "a.css")], 0))


@pytest.mark.parametrize("kind", ["CompressedStaticFilesStorage", "CompressedManifestStaticFilesStorage"])
def test_a_trial_with_whitenoises_storage_compresses_nothing_and_finds_the_same(plain, kind):
    django = "django.contrib.staticfiles.storage.ManifestStaticFilesStorage"
    plain.add(MANIFEST.replace(django, f"whitenoise.storage.{kind}"))
    css = plain.write("site.css", "a { background: url(gone.png) }" + " " * 2000).folder / "site.css"
    failures = [failure.target for failure in trial.collect(plain.case(), [Found("site.css", css)], 20)]
    assert failures == (["gone.png"] if "Manifest" in kind else [])
    storage = trial.storage_in(plain.case(), str(plain.folder))
    css.write_text("a { color: teal }" + " " * 2000)
    list(storage.post_process({"site.css": (storage, "site.css")}))
    assert {path.suffix for path in plain.folder.glob("site*")} == {".css"}


TEXTS = [
    ("<link href=\"{% static 'site.css' %}\"> {% static 'dir/' %} {% static name %}", []),
    ("<link href=\"{% static '/site.css' %}\">", ["which_file.W060"]),
    ('<link rel="stylesheet"\n  href="/static/site.css">', ["which_file.W061"]),
    ("<img src=/static/a.png>", ["which_file.W061"]),
    ("<img src='/static/a.png'>", ["which_file.W061"]),
    ("<link href=\"{% static 'site.css?v=1' %}\">", ["which_file.W062"]),
    ("<link href=\"{% static 'Site.css' %}\">", ["which_file.W063"]),
    ("{# <img src='/static/a.png'> #}<!-- <img src='/static/a.png'> -->", []),
    ("{% comment %}{% static '/a' %}{% endcomment %}{% verbatim %}{% static '/a' %}{% endverbatim %}", []),
    ("<p>Never write /static/site.css</p> &lt;img src='/static/a.png'&gt; <a href='/statics/'>x</a>", []),
]


@pytest.mark.parametrize(("text", "ids"), TEXTS)
def test_templates_name_static_files_by_the_tag(plain, text, ids):
    plain.add('TEMPLATES[0]["DIRS"] = [BASE_DIR / "templates"]').write(
        "templates/page.html", "{% load static %}" + text
    )
    findings = list(templates.examine(plain.case(), {"site.css"}.__contains__))
    assert [finding.id for finding in findings] == ids


def test_a_finding_in_a_template_names_file_and_line(plain):
    plain.add('INSTALLED_APPS.append("shop")').write(
        "shop/templates/shop/a.html", "{% load static %}\n\n{% static '/x.css' %}"
    )
    [finding] = templates.examine(plain.case(), {"site.css"}.__contains__)
    assert (finding.file, finding.line) == ("shop/templates/shop/a.html", 3)


def test_templates_of_installed_packages_are_not_the_projects(plain):
    plain.add('INSTALLED_APPS.append("venv/site-packages/x")')
    plain.write("venv/site-packages/x/templates/a.html", "{% static '/x.css' %}")
    assert list(templates.examine(plain.case(), {"site.css"}.__contains__)) == []
