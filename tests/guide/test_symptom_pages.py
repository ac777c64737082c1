"""The pages of the symptoms: the fix first, all of it; the runs; no link that leads nowhere."""

import re

import pytest
from django.urls import Resolver404, resolve, reverse
from django.utils.html import escape

from guide.cases.case import SIGHTS, SYMPTOMS, cases, groups
from guide.cases.page import page

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def pages():
    """Slug -> the HTML of its page; each is asked for once."""
    from django.test import Client

    client = Client()
    found = {}
    for slug in cases():
        response = client.get(f"/symptoms/{slug}/")
        assert response.status_code == 200, slug
        found[slug] = response.content.decode()
    return found


def test_the_message_and_the_fix_stand_before_the_runs_and_the_reason(pages):
    for slug, html in pages.items():
        places = [html.index(f'id="{anchor}"') for anchor in ("fix", "why")]
        assert html.index(escape(cases()[slug].messages[0])) < places[0] < places[1], slug
        if 'id="proof"' in html:
            assert places[0] < html.index('id="proof"') < places[1], slug


def test_both_runs_are_recorded_on_the_django_that_fails_and_differ():
    for slug, case in cases().items():
        shown = page(slug)
        assert shown.record is not None, slug
        assert shown.rows or case.commands("Keep it fixed"), slug


def test_no_link_of_a_page_leads_nowhere(pages):
    for slug, html in pages.items():
        main = html[html.index("<main") : html.index("</main")]
        for link in set(re.findall(r'href="(/[^"#?]*)', main)):
            try:
                resolve(link)
            except Resolver404:
                pytest.fail(f"{slug}: {link} leads nowhere")
        for link in re.findall(r'href="\.\./([\w-]+)/"', main):
            assert link in cases(), (slug, link)


def test_the_settings_chapters_and_claims_that_a_symptom_names_are_there(client):
    from guide.chapters import BY_SLUG
    from guide.setting_list import BY_NAME
    from lab.evidence.claims import BY_NAME as CLAIMS

    for slug, case in cases().items():
        assert set(case.settings) <= set(BY_NAME), slug
        assert set(case.chapters) <= set(BY_SLUG), slug
        assert set(case.claims) <= set(CLAIMS), slug


def test_pages_are_light_and_without_inline_scripts_or_styles(pages):
    for slug, html in pages.items():
        assert len(html) < 60_000, slug
        assert "style=" not in html, slug
        assert not re.search(r"<script(?! src=)", html), slug
        assert html.count("<h1") == 1, slug


def test_the_index_has_every_symptom_by_what_one_sees_and_by_subject(client):
    for query, titles in (("", SIGHTS.values()), ("?by=group", groups())):
        html = client.get(f"/symptoms/{query}").content.decode()
        for slug in cases():
            assert html.count(f'href="/symptoms/{slug}/"') == 1
        shown = [title for title in titles if f">{escape(title)}" in html]
        assert len(shown) >= 8


def test_the_index_is_filtered_without_a_script(client):
    html = client.get("/symptoms/", {"q": "traversal"}).content.decode()
    assert "/symptoms/nginx-alias-traversal/" in html
    assert "/symptoms/wrong-css-wins/" not in html
    assert "No symptom has" in client.get("/symptoms/", {"q": "xyzzy"}).content.decode()


def test_a_number_of_old_leads_to_its_page(client):
    assert client.get("/symptoms/", {"n": "19"}).url == "/symptoms/refused-mime-type/"
    for number in ("0", "59", "x", "²"):
        assert client.get("/symptoms/", {"n": number}).status_code == 404
    assert set((SYMPTOMS / "_numbers.txt").read_text().split()) <= set(cases())


def test_an_unknown_symptom_is_not_found(client):
    assert client.get("/symptoms/no-such-thing/").status_code == 404


def test_a_symptom_that_is_seen_on_one_django_only_shows_the_run_made_there():
    assert page("commented-out-url").record.series == "5.2"


def test_lines_that_change_are_marked_against_the_failing_project():
    settings = next(
        block
        for step in page("no-default-storage").steps
        for block in step.blocks
        if block.kind == "file" and block.path == "project/settings.py"
    )
    new = [line.text.strip() for line in settings.lines if line.change == "new"]
    assert any(line.startswith('"default":') for line in new)
    assert len(new) < len(settings.lines)


def test_the_symptoms_of_the_menu_lead_to_the_questions(client):
    assert reverse("guide:which-index") in client.get("/symptoms/").content.decode()
