"""What the pages say of the doctor is what its checks say."""

import re

import pytest
from django.urls import reverse

from doctor.storages import examine
from guide import doctor_checks
from guide.setting_list import BY_NAME
from guide.symptoms import BY_SLUG, SYMPTOMS
from tests.doctor.test_quick import MISTAKES

pytestmark = pytest.mark.django_db


def ids(checks):
    return [check.id for check in checks]


def test_every_mistake_that_the_doctor_is_tested_with_is_known():
    planted = {found for found, _ in MISTAKES.values()}
    assert planted <= set(ids(doctor_checks.all_checks()))


def test_each_says_something_and_leads_to_a_symptom_or_to_none():
    numbers = {symptom.number for symptom in SYMPTOMS} | {None}
    for check in doctor_checks.all_checks():
        assert re.fullmatch(r"doctor\.[EWI]\d{3}", check.id)
        assert len(check.message.replace("…", "").split()) > 3, check
        assert check.hint
        assert check.symptom in numbers


def test_a_message_is_the_one_that_the_doctor_gives_with_dots_for_what_only_a_project_knows():
    class Case:
        def get(self, name, default=None):
            return {"STORAGES": {"staticfiles": {"BACKEND": "nowhere.Storage"}}}.get(name, default)

        def backend(self, alias):
            return "nowhere.Storage" if alias == "staticfiles" else ""

        def storage_options(self, alias):
            return {}

    given = {finding.id: finding.message for finding in examine(Case())}
    said = {check.id: check.message for check in doctor_checks.all_checks()}
    assert given.keys() == {"doctor.E001", "doctor.E005"}
    for id_, message in given.items():
        assert re.fullmatch(re.escape(said[id_]).replace("…", ".+"), message)


@pytest.mark.parametrize(
    ("name", "wanted"),
    [
        ("STORAGES", "doctor.E001"),
        ("STATICFILES_STORAGE", "doctor.W002"),
        ("MIDDLEWARE", "doctor.W010"),
        ("INSTALLED_APPS", "doctor.W012"),
        ("WHITENOISE_AUTOREFRESH", "doctor.W017"),
        ("MEDIA_ROOT", "doctor.E021"),
        ("STATIC_ROOT", "doctor.W052"),
        ("FILE_UPLOAD_DIRECTORY_PERMISSIONS", "doctor.E042"),
    ],
)
def test_a_settings_page_names_the_checks_that_guard_it(client, name, wanted):
    assert wanted in ids(doctor_checks.of_setting(BY_NAME[name]))
    assert f"<code>{wanted}</code>" in client.get(reverse("guide:setting", args=[name])).content.decode()


def test_no_check_is_named_where_it_guards_nothing():
    for name in ("WHITENOISE_MAX_AGE", "S3-object_parameters", "FORCE_SCRIPT_NAME"):
        assert doctor_checks.of_setting(BY_NAME[name]) == ()


@pytest.mark.parametrize("check", doctor_checks.all_checks(), ids=lambda check: f"{check.id} {check.message[:20]}")
def test_a_symptoms_page_names_the_checks_that_find_it(client, check):
    if check.symptom is not None:
        symptom = next(symptom for symptom in BY_SLUG.values() if symptom.number == check.symptom)
        page = client.get(reverse("guide:symptom", args=[symptom.slug])).content.decode()
        assert f"<code>{check.id}</code>" in page


def test_the_symptoms_say_how_to_have_a_project_looked_at(client):
    page = client.get(reverse("guide:symptoms")).content.decode()
    assert "manage.py doctor --project" in page
    assert f"knows {doctor_checks.count()} mistakes" in page
