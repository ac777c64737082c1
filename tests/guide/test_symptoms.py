"""The symptoms: all of them, each with a page, evidence from both Djangos, and no link that leads nowhere."""

import re

import pytest
from django.urls import Resolver404, resolve, reverse
from django.utils.html import escape

from guide.symptoms import BY_SLUG, GROUPS, SYMPTOMS
from guide.symptoms.cures import CURES
from guide.symptoms.page import page
from lab.evidence import claims
from lab.evidence.claims import symptoms
from lab.evidence.records import Records
from lab.experiment import Experiment
from mysite.web.marked import with_code

pytestmark = pytest.mark.django_db

each = pytest.mark.parametrize("symptom", SYMPTOMS, ids=lambda symptom: symptom.slug)


@pytest.fixture(scope="module")
def html():
    """The page of a symptom, asked for once."""
    from django.test import Client

    client, pages = Client(), {}

    def get(path):
        if path not in pages:
            response = client.get(path)
            assert response.status_code == 200, path
            pages[path] = response.content.decode()
        return pages[path]

    return get


def address(symptom):
    return reverse("guide:symptom", args=[symptom.slug])


def test_all_58_are_there_exactly_once_and_in_order():
    assert [symptom.number for symptom in SYMPTOMS] == list(range(1, 59))
    assert len(BY_SLUG) == 58


def test_every_symptom_has_a_cure_and_a_claim_and_there_are_no_others():
    assert list(BY_SLUG) == list(CURES) == [claim.name for claim in symptoms.CURES]


@each
def test_a_symptom_can_be_found_by_what_people_paste(symptom):
    assert symptom.messages
    assert all(message.strip() for message in symptom.messages)
    assert len(symptom.words) >= 4
    assert symptom.summary.endswith(".")


@each
@pytest.mark.parametrize("series", ["5.2", "6.1"])
def test_its_records_fail_and_work_as_its_claim_says(symptom, series):
    claim, records = claims.BY_NAME[symptom.slug], Records()
    observations = [records.of(experiment, series) for experiment in claim.experiments]
    assert None not in observations
    assert claim.holds(*observations), claim.sentence


@each
def test_its_page_shows_message_failure_cure_and_check(html, symptom):
    text = html(address(symptom))
    for anchor in ("reproduce", "why", "fix", "keep", "side-1", "side-2"):
        assert text.count(f'id="{anchor}"') == 1
    assert "It fails" in text
    assert "It works" in text
    assert text.count("<h1") == 1
    assert "Recorded 20" in text


@each
def test_both_sides_show_something(symptom):
    shown = page(symptom)
    for side in shown.sides:
        assert side.commands or side.answers or side.files or side.evidence.here.refused
    assert shown.fails.evidence.experiment != shown.works.evidence.experiment


@each
def test_its_links_lead_somewhere(html, symptom):
    text = html(address(symptom))
    for link in set(re.findall(r'href="(/[^"#]*)', text)):
        if link.startswith("/static/"):
            continue
        path, _, query = link.replace("&amp;", "&").partition("?")
        try:
            resolve(path)
        except Resolver404:
            pytest.fail(f"{link} leads nowhere")
        if path in ("/lab/", "/lab.json", "/lab.zip"):
            Experiment.from_pairs(pair.split("=", 1) for pair in query.replace("%3A", ":").split("&") if pair)


def test_the_index_names_every_symptom_and_every_group(html):
    text = html(reverse("guide:symptoms"))
    for symptom in SYMPTOMS:
        assert f'href="{address(symptom)}"' in text
    headings = re.findall(r"<h2 [^>]*>(.*?)</h2>", text)
    assert headings == ["Have your own project looked at", *(escape(title) for title, _ in GROUPS)]


def test_settings_that_a_symptom_names_have_a_page_where_there_are_pages_of_settings(client):
    for cure in CURES.values():
        assert cure.settings
        for name in cure.settings:
            try:
                resolve(f"/settings/{name}/")
            except Resolver404:
                continue
            assert client.get(f"/settings/{name}/").status_code == 200, name


def test_an_unknown_symptom_is_a_404(client):
    assert client.get("/symptoms/no-such-thing/").status_code == 404


def test_a_symptom_that_comes_on_one_django_only_shows_the_record_made_there():
    shown = page(BY_SLUG["commented-out-url"])
    assert shown.fails.evidence.series == "5.2"
    assert shown.fails.commands[0].exit == 1
    assert shown.works.commands[0].exit == 0
    assert any("6.1" in difference.other for difference in shown.elsewhere)


def test_prose_is_escaped_and_backticks_become_code():
    assert with_code("<b> `a < b`") == "&lt;b&gt; <code>a &lt; b</code>"


def test_the_pages_are_light_and_without_inline_scripts_or_styles(html):
    for path in [reverse("guide:symptoms"), *map(address, SYMPTOMS)]:
        text = html(path)
        assert len(text) < 40_000, path
        assert "<script" not in text
        assert "style=" not in text


def test_a_traceback_is_shown_without_its_frames_and_what_stands_above_it_stays():
    shown = page(BY_SLUG["size-limit-ignored"]).fails.commands[0].output
    assert shown.startswith("101 files: 400")
    assert shown.endswith("exceeded settings.DATA_UPLOAD_MAX_NUMBER_FILES.")
    assert len(shown.splitlines()) <= 8


def test_what_mends_it_is_read_from_the_two_projects():
    assert dict(page(BY_SLUG["request-files-empty"]).mended).keys() == {"templates/upload.html"}
    settings = dict(page(BY_SLUG["no-default-storage"]).mended)["project/settings.py"]
    assert '+    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},' in settings


def test_a_symptoms_number_leads_to_its_page(client):
    assert client.get("/symptoms/", {"n": "19"}).url == "/symptoms/refused-mime-type/"
    assert client.get("/symptoms/", {"n": "59"}).status_code == 404
    assert client.get("/symptoms/", {"n": "x"}).status_code == 404
