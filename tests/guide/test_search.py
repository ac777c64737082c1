import io
import re
import time

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse

from guide import paste
from guide import search as searching
from guide.setting_list import SETTINGS as SETTING_LIST
from guide.symptoms import SYMPTOMS
from lab.evidence.catalogue import BY_NAME as CATALOGUE
from tests.guide.search_cases import AS_GIVEN, FORMS, LATER, SETTINGS, UNSEEN

pytestmark = pytest.mark.django_db


def first(text):
    results = searching.search(text)
    return (results[0].kind, results[0].id) if results else None


def missed(cases):
    return [(number, text) for number, text in cases if first(text) != ("symptom", number)]


def test_every_symptom_has_its_message_and_at_least_three_realistic_forms():
    numbers = {symptom.number for symptom in SYMPTOMS}
    assert set(AS_GIVEN) == set(FORMS) == set(LATER) == set(UNSEEN) == numbers
    assert all(len(forms) >= 3 for forms in FORMS.values())


def test_the_message_as_given_finds_its_symptom_first():
    assert len(missed(AS_GIVEN.items())) <= 1


def test_every_message_on_a_symptoms_page_finds_that_page_among_the_first_three():
    for symptom in SYMPTOMS:
        for message in symptom.messages:
            found = [result.id for result in searching.search(message)[:3] if result.kind == "symptom"]
            if not paste.read(message).telling:
                continue
            assert symptom.number in found or "404" in message or "500" in message, (symptom.number, message, found)


def test_ninety_of_a_hundred_realistic_forms_find_their_symptom_first():
    cases = [(number, text) for number, forms in FORMS.items() for text in forms]
    assert len(missed(cases)) <= len(cases) // 10


def test_forms_that_were_written_later_find_their_symptom_as_well():
    assert len(missed(LATER.items())) <= 5


def test_forms_that_the_search_was_never_tuned_on_find_their_symptom_as_well():
    assert len(missed(UNSEEN.items())) <= 5


@pytest.mark.parametrize(("text", "name"), SETTINGS.items())
def test_a_settings_name_finds_its_page_first(text, name):
    assert first(text) == ("setting", name)


@pytest.mark.parametrize(
    "question", ["how do I set {} in Django?", "what is {}", "settings.{}", "what should my {} be?"]
)
def test_a_question_that_is_about_a_setting_and_nothing_else_finds_its_page_first(question):
    for setting in SETTING_LIST:
        assert first(question.format(setting.name)) == ("setting", setting.name)


def test_a_catalogue_experiment_is_found_by_its_title():
    entry = CATALOGUE["uploads-beside-code"]
    assert ("experiment", entry.name) in [(result.kind, result.id) for result in searching.search(entry.title)]


def test_paths_line_numbers_and_project_names_do_not_count():
    one = paste.read(
        'File "/home/ada/shop/views.py", line 3, in x\n    y()\n'
        "ValueError: Missing staticfiles manifest entry for 'a.css'"
    )
    other = paste.read(
        'File "C:\\Users\\bob\\blog\\v.py", line 99, in x\n    y()\n'
        "ValueError: Missing staticfiles manifest entry for 'b.css'"
    )
    assert one.telling == other.telling
    assert one.run == other.run


def test_a_traceback_of_hundreds_of_frames_still_finds_its_last_line():
    frames = "".join(
        f'  File "/srv/app/lib/module{n}.py", line {n}, in call\n    upload(image, request)\n' for n in range(900)
    )
    text = (
        f"Traceback (most recent call last):\n{frames}ValueError: The 'photo' attribute has no file associated with it."
    )
    assert first(text) == ("symptom", 45)


HOSTILE = [
    "",
    " ",
    "\0",
    "a\0b",
    '"',
    "'",
    '" OR 1=1 --',
    "NEAR(a b)",
    "title:x AND (",
    "*",
    "^x",
    "a" * 200_000,
    "\ud800".encode("utf-8", "surrogatepass").decode("utf-8", "replace"),
    "{}[]()+-^~!@#$%&|\\/",
    "/" * 50_000,
    "<script>alert(1)</script>",
    "\u202e\u0000\uffff",
    'File "' * 5000,
    "a/b" * 20_000,
    "'" + "." * 30_000,
    "_" * 30_000,
    "ERROR test " * 4_000,
]


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_odd_and_hostile_text_gets_a_plain_answer_in_time(client, text):
    begun = time.perf_counter()
    page = client.post("/search/", {"q": text})
    answer = client.post("/search.json", {"q": text})
    assert (page.status_code, answer.status_code) == (200, 200)
    assert isinstance(answer.json()["results"], list)
    assert b"<script>alert" not in page.content
    assert time.perf_counter() - begun < 5


def test_the_json_answer_is_what_the_contract_says(client):
    answer = client.get("/search.json", {"q": "Missing staticfiles manifest entry for 'x.css'"})
    assert answer["Content-Type"] == "application/json"
    results = answer.json()["results"]
    assert results[0] == {
        "kind": "symptom",
        "id": 12,
        "title": next(symptom.title for symptom in SYMPTOMS if symptom.number == 12),
        "url": "/symptoms/missing-manifest-entry/",
    }
    assert {result["kind"] for result in results} <= {"symptom", "setting", "chapter", "experiment"}


def test_a_post_needs_no_csrf_token_and_finds_the_same_as_a_get():
    from django.test import Client

    client = Client(enforce_csrf_checks=True)
    query = {"q": "Origin checking failed"}
    assert client.post("/search.json", query).json() == client.get("/search.json", query).json()
    assert client.post("/search/", query).status_code == 200


@pytest.mark.parametrize("path", ["/search/", "/search.json"])
def test_the_search_has_no_other_methods(client, path):
    assert client.delete(path).status_code == 405


def test_nothing_asked_is_nothing_found(client):
    assert client.get("/search.json").json() == {"results": []}
    assert client.get("/search/").status_code == 200
    assert "Nothing fits" in client.get("/search/", {"q": "zxqj"}).content.decode()


def test_results_link_to_pages_of_this_site():
    for text in ("STATIC_ROOT", "uploads vanish", "WhiteNoise serves what was collected"):
        assert all(re.match(r"/(symptoms|settings|guide|lab)/", result.url) for result in searching.search(text))


def test_the_header_form_leads_to_the_search_page(rf):
    from django.template.loader import render_to_string

    form = render_to_string("guide/search_form.html")
    assert f'action="{reverse("guide:search")}"' in form
    assert 'name="q"' in form
    assert "<label" in form


def test_why_prints_the_page_for_an_error(capsys):
    call_command("why", "Missing staticfiles manifest entry for 'css/x.css'")
    assert "/symptoms/missing-manifest-entry/" in capsys.readouterr().out


def test_why_reads_a_traceback_from_standard_input(capsys, monkeypatch):
    monkeypatch.setattr("sys.stdin", io.StringIO("...\nAccessControlListNotSupported\n"))
    call_command("why")
    assert "/symptoms/acl-not-supported/" in capsys.readouterr().out


@pytest.mark.parametrize("text", ["", "zxqj"])
def test_why_says_so_when_there_is_nothing_to_say(monkeypatch, text):
    monkeypatch.setattr("sys.stdin", io.StringIO(text))
    with pytest.raises(CommandError):
        call_command("why")
