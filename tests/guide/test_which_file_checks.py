"""The pages of the settings and of the symptoms name the checks of the doctor's table."""

import pytest
from django.urls import reverse

from guide.cases.case import cases
from guide.guards import guard, table
from guide.setting_list import BY_NAME
from which_file import checks

pytestmark = pytest.mark.django_db


def ids(listed):
    return [id_ for id_, _text in listed]


def test_each_check_leads_to_a_symptom_and_to_settings_that_have_a_page():
    for check in checks.CHECKS:
        assert check.symptom is None or check.symptom in cases(), check
        assert set(check.settings) <= set(BY_NAME), check
        assert set(check.variants) <= set(check.settings), check


@pytest.mark.parametrize(
    ("name", "wanted"),
    [
        ("STORAGES", "which_file.E001"),
        ("STATICFILES_STORAGE", "which_file.W002"),
        ("MIDDLEWARE", "which_file.W010"),
        ("INSTALLED_APPS", "which_file.W012"),
        ("WHITENOISE_AUTOREFRESH", "which_file.W017"),
        ("MEDIA_ROOT", "which_file.E021"),
        ("STATIC_ROOT", "which_file.W052"),
        ("FILE_UPLOAD_DIRECTORY_PERMISSIONS", "which_file.E042"),
    ],
)
def test_a_settings_page_names_the_checks_that_guard_it(client, name, wanted):
    assert wanted in ids(checks.about_setting(name))
    assert f"<code>{wanted}</code>" in client.get(reverse("guide:setting", args=[name])).content.decode()


def test_no_check_is_named_where_it_guards_nothing():
    for name in ("WHITENOISE_MAX_AGE", "S3-object_parameters", "X_FRAME_OPTIONS"):
        assert checks.about_setting(name) == []


def test_a_symptoms_page_names_the_checks_that_find_it(client, subtests):
    for slug in sorted({check.symptom for check in checks.CHECKS if check.symptom}):
        with subtests.test(slug):
            page = client.get(reverse("guide:symptom", args=[slug])).content.decode()
            for id_ in ids(checks.about_symptom(slug)):
                assert f"<code>{id_}</code>" in page


def test_the_symptoms_say_how_to_have_a_project_looked_at(client):
    page = client.get(reverse("guide:symptoms")).content.decode()
    assert "python -m which_file ../yours" in page
    assert f"knows {len(checks.MISTAKES)} mistakes" in page


def test_an_address_that_the_doctor_once_gave_still_leads_to_the_symptom(client):
    assert client.get(reverse("guide:symptoms"), {"n": "30"})["Location"] == "/symptoms/no-default-storage/"


def test_each_symptom_has_a_check_that_sees_its_cause_or_a_reason_why_none_can():
    for slug in cases():
        one = guard(slug)
        assert bool(one.ours or one.djangos) != bool(one.reason), slug


def test_the_table_of_guards_names_symptoms_and_checks_that_there_are_and_repeats_none():
    seen, unseen = table()["seen"], table()["unseen"]
    assert {*seen, *unseen} <= set(cases())
    assert not set(seen) & set(unseen)
    for slug, named in seen.items():
        for id_ in named:
            check = checks.by_id(id_) if "." not in id_ else None
            assert ("." in id_) or (check is not None and check.symptom != slug), (slug, id_)


def test_the_page_of_a_symptom_says_which_check_guards_it_or_why_none_does(client):
    def text(slug):
        return client.get(reverse("guide:symptom", args=[slug])).content.decode()

    assert "which_file.W113" in text("image-without-url")
    assert "<code>fields.E210</code>" in text("pillow-not-installed")
    assert "Whether a bucket takes ACLs is a setting of the bucket." in text("acl-not-supported")
