import functools
import io
import re
import statistics
import time
from collections import Counter
from itertools import permutations

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse

from guide import search as searching
from guide.cases.case import cases
from guide.search.documents import site_index
from guide.setting_list import ALSO, option_table
from guide.setting_list import SETTINGS as SETTING_LIST
from guide.which.tree import trees
from lab.evidence.catalogue import BY_NAME as CATALOGUE
from tests.guide.search_tuned import AFTER, AS_GIVEN, BEFORE, FORMS, LAST, LATER, SETTINGS, SHORT
from tests.guide.search_unseen import FURTHER, NEWEST, OTHER_THINGS, UNSEEN
from which_file.why import ELSEWHERE
from which_file.why.index import Document, Index
from which_file.why.query import clean, read, read_all

pytestmark = pytest.mark.django_db


@functools.cache
def answer_to(text):
    return searching.search(text)


def first(text):
    results = answer_to(text).results
    return (results[0].kind, results[0].id) if results else None


def each_with_its_slug(wordings):
    """Each slug with each of its wordings."""
    return [(slug, text) for slug, given in wordings.items() for text in ([given] if isinstance(given, str) else given)]


def missed(wordings):
    return [(slug, text) for slug, text in each_with_its_slug(wordings) if first(text) != ("symptom", slug)]


def unknown(wordings):
    return [text for _, text in each_with_its_slug(wordings) if not answer_to(text).known]


TUNED = [AS_GIVEN, FORMS, LATER, SHORT, LAST]
MEASURED = [UNSEEN, FURTHER, NEWEST]


def test_no_wording_is_about_a_symptom_that_is_gone():
    assert all(set(wordings) <= set(cases()) for wordings in (*TUNED, *MEASURED))


def test_every_symptom_is_found_by_its_title_and_by_nearly_all_of_its_phrases():
    for slug, symptom in cases().items():
        assert slug in [result.id for result in answer_to(symptom.title).results[:3]]
        found = [slug in [result.id for result in answer_to(text).results[:5]] for text in symptom.phrases[::3]]
        assert sum(found) >= len(found) * 0.7, slug


@pytest.mark.parametrize("wordings", TUNED, ids=["as given", "forms", "later", "short", "last"])
def test_ninety_three_of_a_hundred_wordings_that_the_search_was_tuned_on_find_their_symptom_first(wordings):
    assert len(missed(wordings)) <= len(each_with_its_slug(wordings)) * 7 // 100


def test_nine_of_ten_wordings_that_the_search_was_never_tuned_on_find_their_symptom_first():
    count = sum(len(each_with_its_slug(wordings)) for wordings in MEASURED)
    assert sum(len(missed(wordings)) for wordings in MEASURED) <= count // 10


def test_nineteen_of_twenty_wordings_about_a_symptom_are_known():
    for collections in (TUNED, MEASURED):
        count = sum(len(each_with_its_slug(wordings)) for wordings in collections)
        assert sum(len(unknown(wordings)) for wordings in collections) <= count // 20


def test_nine_of_ten_messages_about_other_things_are_said_to_be_unknown():
    known = [text for text in OTHER_THINGS if searching.search(text).known]
    assert len(OTHER_THINGS) >= 60
    assert len(known) <= len(OTHER_THINGS) // 10, known


def test_messages_about_other_things_stay_unknown_where_others_of_their_kind_are_not_in_the_index():
    lines = ELSEWHERE.read_text(encoding="utf-8").splitlines()
    for one, other in ((lines[::2], lines[1::2]), (lines[1::2], lines[::2])):
        index = Index(site_index().documents, one)
        assert sum(index.search(line).known for line in other) <= len(other) // 8


def test_no_message_is_both_measured_and_in_the_index():
    lines = set(ELSEWHERE.read_text(encoding="utf-8").splitlines())
    assert not lines & {line.strip() for text in OTHER_THINGS for line in text.splitlines()}
    phrases = {phrase.lower() for symptom in cases().values() for phrase in (*symptom.phrases, *symptom.messages)}
    texts = {text.lower() for wordings in MEASURED for _, text in each_with_its_slug(wordings)}
    assert len(texts & phrases) <= 2  # real messages, which both sides quote


def test_every_message_on_a_symptoms_page_finds_that_page_among_the_first_three():
    symptoms = [document for document in site_index().documents if document.kind == "symptom"]
    showing = Counter(run for symptom in symptoms for run in {read(message).run for message in symptom.messages})
    for symptom in symptoms:
        for message in symptom.messages:
            if not read(message).words:
                continue
            most = max(3, showing[read(message).run])  # several pages show "Not Found: /static/..."
            found = [result.id for result in searching.search(message).results if result.kind == "symptom"][:most]
            assert symptom.id in found or "404" in message or "500" in message, (symptom.id, message, found)


def test_an_error_is_found_and_known_in_the_middle_of_a_log_about_other_things():
    errors = [
        (slug, text) for slug, text in each_with_its_slug(FORMS) if re.search(r"Error|\b40\d\b|[Ff]ailed|denied", text)
    ]
    answers = [(slug, searching.search(f"{BEFORE}{text}\n{AFTER}")) for slug, text in errors]
    assert sum(answer.results[0].id != slug for slug, answer in answers) <= len(errors) // 10
    assert sum(not answer.known for _, answer in answers) <= len(errors) // 20
    assert not searching.search(BEFORE + AFTER).known


def traceback(message):
    frame = (
        '  File "/srv/app/lib/django/core/handlers/base.py", line {}, in _get_response\n    response = call(request)\n'
    )
    return "Traceback (most recent call last):\n" + "".join(map(frame.format, range(25))) + message


def test_of_two_tracebacks_the_last_one_counts():
    errors = [
        message
        for symptom in cases().values()
        for message in symptom.messages[:1]
        if re.match(r"[\w.]*(Error|Exception|Configured|Warning|Sent)\b.*:", message)
    ]
    pairs = list(permutations(errors, 2))[::7]
    during = "\n\nDuring handling of the above exception, another exception occurred:\n\n"
    found = [first(traceback(earlier) + during + traceback(last)) == first(traceback(last)) for earlier, last in pairs]
    assert len(pairs) >= 100
    assert sum(found) >= len(pairs) * 0.85


def test_a_chain_that_was_cut_off_after_its_first_error_is_about_that_error():
    text = traceback("ValueError: Missing staticfiles manifest entry for 'css/end.css'")
    cut = text + "\n\nDuring handling of the above exception, another exception occurred:\n\n" + traceback("")
    assert first(cut) == first(text) == ("symptom", "missing-manifest-entry")


@pytest.mark.parametrize(("text", "name"), SETTINGS.items())
def test_a_settings_name_finds_its_page_first(text, name):
    assert first(text) == ("setting", name)


@pytest.mark.parametrize(
    "question", ["how do I set {} in Django?", "what is {}", "settings.{}", "what should my {} be?"]
)
def test_a_question_that_is_about_a_setting_and_nothing_else_finds_its_page_first(question):
    for setting in SETTING_LIST:
        assert first(question.format(setting.name)) == ("setting", setting.name)


@pytest.mark.parametrize("question", ["{}", "what is {} for?"])
@pytest.mark.parametrize("table", ["s3", "gcloud", "azure"])
def test_a_question_that_names_a_variable_of_django_storages_finds_its_page_first(table, question):
    for option in option_table(table).options:
        for variable in option.variables:
            assert first(question.format(variable)) == ("setting", ALSO[variable].name)


def test_the_name_of_a_setting_goes_before_another_settings_second_name():
    assert first("SECRET_KEY") == ("setting", "SECRET_KEY")
    assert first("AWS_SECRET_ACCESS_KEY") == ("setting", "S3-secret_key")


def test_a_catalogue_experiment_is_found_by_its_title():
    entry = CATALOGUE["uploads-beside-code"]
    results = searching.search(entry.title).results
    assert ("experiment", entry.name) in [(result.kind, result.id) for result in results]


def test_paths_line_numbers_and_project_names_do_not_count():
    one = read_all(
        clean(
            'File "/home/ada/shop/views.py", line 3, in x\n    y()\n'
            "ValueError: Missing staticfiles manifest entry for 'a.css'"
        )
    )
    other = read_all(
        clean(
            'File "C:\\Users\\bob\\blog\\v.py", line 99, in x\n    y()\n'
            "ValueError: Missing staticfiles manifest entry for 'b.css'"
        )
    )
    assert one[0].run == other[0].run
    assert not {"ada", "bob", "shop", "blog", "99"} & {word for query in (*one, *other) for word in query.words}


def test_a_traceback_of_hundreds_of_frames_still_finds_its_last_line():
    frames = "".join(
        f'  File "/srv/app/lib/module{n}.py", line {n}, in call\n    upload(image, request)\n' for n in range(900)
    )
    text = (
        f"Traceback (most recent call last):\n{frames}ValueError: The 'photo' attribute has no file associated with it."
    )
    assert first(text) == ("symptom", "no-file-associated")
    assert first(" ".join(text.splitlines())) == ("symptom", "no-file-associated")  # as an input of one line leaves it


def test_a_question_takes_5_ms_of_processor_time_and_a_paste_of_ten_thousand_lines_20():
    searching.search("warm")
    questions = [text for wordings in (*TUNED, *MEASURED) for _, text in each_with_its_slug(wordings)]
    pastes = [
        BEFORE * 435,
        "".join(f"[{n}] GET /static/{n}.css 404 failed while reading {n * 7}\n" for n in range(10_000)),
    ]
    pastes += [traceback("x") * 190, "\n".join(FORMS["missing-manifest-entry"]) * 1500, "\n".join(questions) * 20]
    for texts, bar in ((questions, 5), (pastes * 4, 20)):
        spent = [-time.process_time()]
        for text in texts:
            searching.search(text)
            spent[-1] += time.process_time()
            spent.append(-time.process_time())
        # Another process on the same core slows this one: its caches and its other half are not ours alone.
        assert statistics.median(spent[:-1]) * 1000 < bar * 2


def test_the_index_takes_documents_from_anywhere():
    index = Index(
        [
            Document("symptom", "tap-drips", "The tap drips", "/tap/", ("drip, drip, drip",), ("water on the floor",)),
            Document(
                "setting", "PRESSURE", "PRESSURE", "/pressure/", phrases=("bar",), summary="How hard water comes."
            ),
        ],
        ["the lamp does not burn"],
    )
    assert [found.id for found in index.search("why is there water on my floors?").results] == ["tap-drips", "PRESSURE"]
    assert index.search("drip, drip, drip").known
    assert index.search("what is PRESSURE?").results[0].id == "PRESSURE"
    assert not index.search("lamp burns").known


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
    assert isinstance(answer.json()["known"], bool)
    assert b"<script>alert" not in page.content
    assert time.perf_counter() - begun < 5


def test_the_json_answer_is_what_the_contract_says(client):
    answer = client.get("/search.json", {"q": "Missing staticfiles manifest entry for 'x.css'"})
    assert answer["Content-Type"] == "application/json"
    assert list(answer.json()) == ["known", "results"]
    assert answer.json()["known"] is True
    results = answer.json()["results"]
    assert results[0] == {
        "kind": "symptom",
        "id": "missing-manifest-entry",
        "title": cases()["missing-manifest-entry"].title,
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
    assert client.get("/search.json").json() == {"known": False, "results": []}
    assert client.get("/search/").status_code == 200
    assert "Not known here" in client.get("/search/", {"q": "zxqj"}).content.decode()


def test_results_link_to_pages_of_this_site():
    for text in ("STATIC_ROOT", "uploads vanish", "WhiteNoise serves what was collected"):
        assert all(
            re.match(r"/(symptoms|settings|guide|lab)/", result.url) for result in searching.search(text).results
        )


def test_a_message_about_other_things_is_said_to_be_unknown_before_the_nearest_pages(client):
    query = {"q": "django.db.utils.OperationalError: no such table: auth_user"}
    assert client.get("/search.json", query).json()["known"] is False
    page = client.get("/search/", query).content.decode()
    assert page.index("Not known here") < page.index("The nearest pages")
    for way in (
        reverse("guide:symptoms"),
        reverse("guide:which", args=["css-is-gone"]),
        f'href="{reverse("guide:own-project")}"',
        "python -m which_file",
        "symptoms new",
    ):
        assert way in page[page.index("Not known here</h2>") :]


def test_the_header_form_leads_to_the_search_page(rf):
    from django.template.loader import render_to_string

    form = render_to_string("guide/search_form.html")
    assert f'action="{reverse("guide:search")}"' in form
    assert 'name="q"' in form
    assert "<label" in form


def test_no_search_box_cuts_what_is_pasted_and_none_loses_the_ends_of_lines(client):
    page = client.get("/search/").content.decode()
    boxes = re.findall(r'<(\w+)[^>]* name="q"[^>]*>', page)
    assert boxes == ["textarea"] * 3  # in the header, in its menu on a phone, on the page
    assert "maxlength" not in page
    assert re.findall(r'<form[^>]* method="(\w+)"[^>]* data-search', page) == ["post"] * 3


def test_a_paste_of_a_megabyte_is_answered_and_its_end_is_shown(client):
    text = traceback("x") * 180 + traceback("ValueError: Missing staticfiles manifest entry for 'end.css'")
    text += "\n" * (1_000_000 - len(text))
    answer = client.post("/search.json", {"q": text.strip()})
    assert answer.json()["results"][0]["id"] == "missing-manifest-entry"
    assert "end.css" in client.post("/search/", {"q": text.strip()}).content.decode()


def test_why_prints_the_page_for_an_error(capsys):
    call_command("why", "Missing staticfiles manifest entry for 'css/x.css'")
    assert "/symptoms/missing-manifest-entry/" in capsys.readouterr().out


def test_why_reads_a_traceback_from_standard_input(capsys, monkeypatch):
    monkeypatch.setattr("sys.stdin", io.StringIO("...\nAccessControlListNotSupported\n"))
    call_command("why")
    assert "/symptoms/acl-not-supported/" in capsys.readouterr().out


@pytest.mark.parametrize("text", ["", "  "])
def test_why_says_so_when_there_is_nothing_to_say(monkeypatch, text):
    monkeypatch.setattr("sys.stdin", io.StringIO(text))
    with pytest.raises(CommandError):
        call_command("why")


def test_why_says_first_that_a_message_is_about_other_things(capsys):
    with pytest.raises(SystemExit) as ended:
        call_command("why", "npm ERR! code ERESOLVE unable to resolve dependency tree of react")
    assert ended.value.code == 1
    assert capsys.readouterr().out.startswith("Not known here")


def test_the_recognised_line_of_a_paste_is_marked_in_it(client):
    text = traceback("ValueError: Missing staticfiles manifest entry for 'css/end.css'") + "\nGET /about/ 200\n"
    page = client.post("/search/", {"q": text}).content.decode()
    assert "<mark>ValueError: Missing staticfiles manifest entry for</mark> &#x27;css/end.css&#x27;" in page
    assert "GET /about/ 200" in page[page.index("<mark>") :]


EITHER = {"media-404-in-development", "media-404-in-production"}
FIRST_OF = {
    "CommandError: You must set settings.ALLOWED_HOSTS if DEBUG is False.": {"allowed-hosts-empty"},
    "You must set settings.ALLOWED_HOSTS if DEBUG is False.": {"allowed-hosts-empty"},
    "Invalid HTTP_HOST header: 'shop.test:8000'. You may need to add 'shop.test' to ALLOWED_HOSTS.": {
        "allowed-hosts-empty"
    },
    "django.core.exceptions.DisallowedHost: Invalid HTTP_HOST header: '10.0.0.7'. You may need to add '10.0.0.7' to "
    "ALLOWED_HOSTS.": {"allowed-hosts-empty"},
    "ModuleNotFoundError: No module named 'whitenoise'": {"debug-off-static-404"},
    "pictures dont show up after upload": EITHER,
    "image upload 404": EITHER,
}


@pytest.mark.parametrize(("text", "slugs"), FIRST_OF.items(), ids=range(len(FIRST_OF)))
def test_what_a_beginner_pastes_or_types_first_is_known(text, slugs):
    answer = answer_to(text)
    assert (answer.known, answer.results[0].id in slugs) == (True, True)


NOISES = [
    "web-1  | {}",
    "2025-03-11T10:02:11.120345Z {}",
    "2025-03-11T10:02:11.120345+00:00 app[web.1]: {}",
    "Mar 11 10:02:11 vm-12 gunicorn[912]: {}",
    "\x1b[31;1m{}\x1b[0m",
    "remote:        {}",
    "#12 3.456 {}",
    "> {}",
]


@pytest.mark.parametrize("noise", NOISES)
def test_what_a_log_puts_before_each_line_does_not_matter(noise):
    text = traceback("PermissionError: [Errno 13] Permission denied: '/app/staticfiles/admin'")
    noisy = "\n".join(map(noise.format, text.splitlines()))
    assert first(noisy) == first(text) == ("symptom", "static-root-permission-denied")
    recognised = answer_to(noisy).recognised
    assert recognised.line == text.splitlines()[-1]


PERMISSION = {
    "PermissionError: [Errno 13] Permission denied: '/app/staticfiles'": "static-root-permission-denied",
    "web-1  | PermissionError: [Errno 13] Permission denied: '/usr/src/app/media/products'": "media-permission-denied",
    "PermissionError: [Errno 13] Permission denied: '/static'": "files-land-elsewhere",
    '2025/03/11 10:02:11 [error] 31#31: *7 open() "/home/eve/site/staticfiles/x.css" failed (13: Permission denied), '
    'client: 203.0.113.5, server: example.com, request: "GET /static/x.css HTTP/1.1"': "nginx-403",
    "-rw------- 1 www-data www-data 3145728 photo.jpg, nginx: (13: Permission denied), small uploads are "
    "fine": "large-uploads-0600",
}


@pytest.mark.parametrize(("text", "slug"), PERMISSION.items(), ids=PERMISSION.values())
def test_permission_denied_leads_to_the_page_of_whoever_says_it(text, slug):
    assert first(text) == ("symptom", slug)


MISSES = {
    '[10/Oct/2025 12:00:01] "GET /static/shop/x.css HTTP/1.1" 404 179': "debug-off-static-404",
    '[10/Oct/2025 12:00:01] "GET /static/shop/x.css HTTP/1.1" 404 1795': "first-static-folder-404",
    '[10/Oct/2025 12:00:01] "GET /media/x.jpg HTTP/1.1" 404 2301': "media-404-in-development",
    'INFO:     172.18.0.1:41234 - "GET /static/shop/x.css HTTP/1.1" 404 Not Found': "gunicorn-no-static",
    '10.0.0.9 - - [10/Oct/2025:12:00:01 +0000] "GET /static/x.css HTTP/1.1" 404 179 "-" "M"': "gunicorn-no-static",
    '10.0.0.9 - - [10/Oct/2025:12:00:01 +0000] "GET /static/x.css HTTP/1.1" 404 153 "-" "M"': "nginx-open-no-such-file",
    '2025-10-10T12:00:01.1+00:00 heroku[router]: at=info method=GET path="/static/x.css" host=a.example dyno=web.1 '
    "status=404 bytes=179 protocol=https": "platform-never-collected",
}


@pytest.mark.parametrize(("text", "slug"), MISSES.items(), ids=range(len(MISSES)))
def test_a_line_about_a_missing_file_is_read_as_its_server_writes_it(text, slug):
    answer = answer_to(text)
    assert (answer.results[0].id, answer.known) == (slug, True)
    assert answer.recognised.found in text


@pytest.mark.parametrize(
    ("text", "tree"),
    [
        ("GET /static/shop/x.css 404", "static-404"),
        ("web-1  | WARNING 2025-10-10 12:00:01 log Not Found: /static/admin/css/login.css", "static-404"),
        ("GET http://localhost:8000/static/x.css net::ERR_ABORTED 404 (Not Found)", "static-404"),
        ("GET https://shop.example/media/x.jpg [HTTP/2 404 Not Found 31ms]", "media-404"),
        ('10.0.0.9 - - [10/Oct/2025:12:00:01 +0000] "GET /static/x.css HTTP/1.1" 404 77', "static-404"),
    ],
)
def test_a_bare_404_asks_which_server_answered(client, text, tree):
    page = client.post("/search/", {"q": text}).content.decode()
    asked = page[page.index("Which server answered?") : page.index("Best first")]
    assert re.findall(r'<li[^>]*><a href="/(?:symptoms|which)/', asked)
    assert trees()[tree].steps["start"].run.replace('"', "&quot;").partition(" ")[0] in asked


def test_a_known_paste_offers_the_questions_that_tell_its_causes_apart(client):
    page = client.post("/search/", {"q": "413 Request Entity Too Large"}).content.decode()
    assert 'href="/which/413/"' in page
    page = client.get("/search/").content.decode()
    assert 'href="/which/"' in page


def test_nothing_of_a_paste_is_kept(client, settings):
    text = "Traceback: PermissionError: [Errno 13] Permission denied: '/app/media/my-secret-name.png'"
    client.post("/search/", {"q": text})
    client.post("/search.json", {"q": text})
    assert "my-secret-name" not in repr(vars(site_index()))
    assert "my-secret-name" not in client.get("/search/").content.decode()
