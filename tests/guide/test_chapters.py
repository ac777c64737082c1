"""The guide's chapters: complete, linked, and every sentence about behaviour a claim."""

import ast
import json
import re
import subprocess
from functools import cache
from html import unescape
from textwrap import dedent
from urllib.parse import parse_qsl, urlsplit

import pytest
from django.template import Template
from django.urls import Resolver404, resolve

from guide import chapters, evidence, glossary
from guide.cases import markdown
from guide.predictions import wrong_without_words
from guide.source import excerpt_of
from lab.evidence import claims
from lab.evidence.claims.chapters import LESSONS
from lab.experiment import Experiment
from lab.playground import query

pytestmark = pytest.mark.django_db

SLUGS = [chapter.slug for chapter in chapters.CHAPTERS]
PAGES = [
    "/guide/",
    "/guide/how-to-read/",
    "/guide/starter/",
    "/guide/cheat-sheet/",
    "/guide/glossary/",
    *(f"/guide/{slug}/" for slug in SLUGS),
]

# What the guide has to cover, as a reader would look for it; each is somewhere in the chapters' text.
REQUIRED = (
    """
source file|static file|media file|version control|can’t be trusted|must never replace a static file|the admin’s
STATIC_URL|STATIC_ROOT|STATICFILES_DIRS|STATICFILES_FINDERS|STORAGES|MEDIA_URL|MEDIA_ROOT|FILE_UPLOAD_HANDLERS
FILE_UPLOAD_MAX_MEMORY_SIZE|DATA_UPLOAD_MAX_MEMORY_SIZE|FILE_UPLOAD_PERMISSIONS|FILE_UPLOAD_TEMP_DIR
collectstatic|--clear|--dry-run|findstatic|--first|runserver|--nostatic|--insecure|check --deploy
FileSystemFinder|AppDirectoriesFinder|FileSystemStorage|StaticFilesStorage|ManifestStaticFilesStorage
CompressedStaticFilesStorage|CompressedManifestStaticFilesStorage|django-storages|Spaces|endpoint_url|file_overwrite
post_process|minif|{% load static %}|{% static|get_static_prefix|get_media_prefix|hard-coded
DEBUG|WSGI|ASGI|Gunicorn|Uvicorn|nginx|WhiteNoise|CDN|SecurityMiddleware|Brotli|Cache-Control|immutable|nosniff
urlpatterns += static(|client_max_body_size|X-Forwarded-Proto|$http_host|alias|X-Accel-Redirect
Vite|esbuild|PostgreSQL|S3|bucket_name|custom_domain|StaticLiveServerTestCase|LiveServerTestCase|runserver_nostatic
STATICFILES_STORAGE|STATIC_URL is None|FileNotFoundError|WHITENOISE_MAX_AGE|SECURE_PROXY_SSL_HEADER|enctype
""".replace("\n", "|")
    .strip("|")
    .split("|")
)

BEHAVIOUR = re.compile(
    r"\b(raises|returns|responds|silently|throws|crashes|is ignored|are ignored|by default Django)\b"
)


@pytest.fixture
def html(client):
    return cache(lambda path: client.get(path).content.decode())


@cache
def text(slug):
    return chapters.text(chapters.BY_SLUG[slug])


@cache
def everything():
    return " ".join(words(text(slug).body) for slug in SLUGS).lower()


def words(body):
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", body)))


@pytest.mark.parametrize("path", PAGES)
def test_every_page_of_the_guide_answers_200_with_one_heading(client, path):
    response = client.get(path)
    assert response.status_code == 200
    assert response.content.count(b"<h1") == 1


@pytest.mark.parametrize("slug", SLUGS)
def test_what_stands_for_a_command_is_filled_in_and_an_exercise_is_told_in_whole_sentences(html, slug):
    page = html(f"/guide/{slug}/")
    assert "{manage" not in page
    for task in re.findall(r'<li><a href="/workshop/[^"]+">Exercise.*?</li>', page, re.DOTALL):
        assert words(task).strip().endswith(".")
        assert "…" not in task


def test_an_unknown_chapter_is_a_404(client):
    assert client.get("/guide/no-such-chapter/").status_code == 404


@pytest.mark.parametrize("slug", SLUGS)
def test_a_chapter_teaches_in_the_order_predict_see_why_break_own(slug):
    """At the end it has a summary, and says where to read on."""
    steps = ["predict", "see", "why", "break", "own", "sum", "more"]
    assert [section.step for section in text(slug).sections] == steps


@pytest.mark.parametrize("slug", SLUGS)
def test_a_chapter_explains_at_length_and_leads_on(slug):
    """Prose is what is neither claim nor code nor picture. At the end: three lines, then links out and to symptoms."""
    body = re.sub(r'<div class="claim".*?</details>\s*</div>', " ", text(slug).body, flags=re.DOTALL)
    prose = re.sub(r"<(pre|details|figure|table|form)\b.*?</\1>", " ", body, flags=re.DOTALL)
    assert 600 <= len(words(prose).split()) <= 1500
    (summary,) = re.findall(r'class="step step-sum".*?</section>', body, re.DOTALL)
    assert summary.count("<li>") == 3
    (further,) = re.findall(r'class="step step-more".*?</section>', body, re.DOTALL)
    assert "https://docs.djangoproject.com/en/stable/" in further
    assert len(re.findall(r'href="/symptoms/[^"]+"', body)) >= 3


@pytest.mark.parametrize("slug", SLUGS)
def test_a_chapter_asks_for_a_prediction_and_rests_on_claims(slug):
    body = text(slug).body
    assert "data-end" not in body
    assert 'class="predict' in body or 'class="turn"' in body
    assert len(set(text(slug).claims)) >= 3
    assert 'class="picture' in body


@pytest.mark.parametrize("slug", SLUGS)
def test_a_chapter_is_read_in_a_quarter_of_an_hour(slug):
    assert 4 <= chapters.outline(chapters.BY_SLUG[slug]).minutes <= 15


@pytest.mark.parametrize("slug", SLUGS)
def test_the_index_counts_the_claims_and_pictures_that_a_chapter_shows(slug):
    outline, body = chapters.outline(chapters.BY_SLUG[slug]), text(slug).body
    assert outline.claims == text(slug).claims
    outside = re.sub(r"<figure\b.*?</figure>", " ", body, flags=re.DOTALL)
    assert outline.pictures == body.count("<figure") + outside.count("<table") - outside.count(
        '<table class="compared"'
    )


@pytest.mark.parametrize("slug", SLUGS)
def test_no_claim_stands_twice_in_a_chapter(slug):
    names = text(slug).claims
    assert sorted(names) == sorted(set(names))


def test_every_lesson_of_the_lab_is_taught_in_a_chapter():
    taught = {name for slug in SLUGS for name in text(slug).claims}
    assert {claim.name for claim in LESSONS} - taught == set()


@pytest.mark.parametrize("term", REQUIRED)
def test_the_guide_covers(term):
    assert term.lower() in everything()


@pytest.mark.parametrize("slug", SLUGS)
def test_what_django_does_is_said_by_claims_and_not_by_prose(slug):
    body = re.sub(r'<details class="answer">.*?</summary>', " ", text(slug).body)
    body = re.sub(r'<div class="claim".*?</details>\s*</div>', " ", body, flags=re.DOTALL)
    prose = re.sub(r"<(pre|details|figure|table|form)\b.*?</\1>", " ", body, flags=re.DOTALL)
    prose = re.sub(r'<a href="/symptoms/.*?</a>', " ", prose)  # titles, which their own pages show
    assert not BEHAVIOUR.search(words(prose)), BEHAVIOUR.search(words(prose))


@pytest.mark.parametrize("path", PAGES)
def test_no_link_of_the_guide_is_dead(html, path):
    page = html(path)
    ids = set(re.findall(r'\bid="([^"]+)"', page))
    assert len(ids) == len(re.findall(r'\bid="([^"]+)"', page)), "an id stands twice"
    for href in map(unescape, re.findall(r'<a [^>]*href="([^"]+)"', page)):
        target = urlsplit(href)
        if target.netloc:
            continue
        if target.path:
            try:
                resolve(target.path)
            except Resolver404:
                pytest.fail(f"{path} links to {href}")
        if target.fragment:
            there = html(target.path) if target.path else page
            assert f'id="{target.fragment}"' in there, href
        pairs = parse_qsl(target.query, keep_blank_values=True)
        if target.path == "/lab/":
            query.parse(pairs)
        elif target.path in ("/lab.json", "/lab.zip"):
            Experiment.from_pairs(pairs)


def test_a_guess_is_answered_where_it_was_made_with_the_sentence_that_fixes_a_wrong_one(client):
    page = client.get("/guide/finders/", {"guess-default": "app2", "guess-apps-reversed": "app2"}).content.decode()
    first, second = re.findall(r'<form class="predict".*?</form>', page, re.DOTALL)[:2]
    assert "Not what you predicted." in first
    assert "searched from the top" in first
    assert "As you predicted." in second
    assert 'name="guess-default" value="app2"' in second, "the second form forgets the first answer"
    assert "You have answered 2 of 2 questions, 1 as it happened." in page
    assert '<details class="answer" open>' in page
    link = unescape(re.search(r'href="(/lab/\?[^"]*)"', first)[1])
    assert 'href="/guide/finders/#guess-default"' in client.get(link).content.decode(), "no way back"


def test_before_a_guess_the_answer_is_folded_and_an_answer_that_was_not_offered_is_ignored(client):
    for given in ({}, {"guess-default": "picture-shown"}):
        page = client.get("/guide/finders/", given).content.decode()
        assert '<details class="answer"><summary>' in page
        assert "data-verdict" not in page
        assert "You have answered" not in page


@pytest.mark.parametrize("slug", SLUGS)
def test_every_prediction_offers_what_really_comes_and_every_other_answer_has_a_sentence_of_its_own(slug):
    for asked in text(slug).predictions:
        assert asked.happened in asked.guesses
        assert len(asked.guesses) >= 3
        assert wrong_without_words(asked) == []


def test_the_choices_about_two_deploys_have_one_that_came(html):
    question = re.search(r'<fieldset class="predict predict-visits">.*?</fieldset>', html("/guide/caches/"), re.DOTALL)
    choices = re.findall(r"<summary>(.*?)</summary>\s*<p><strong>(.*?)</strong>(.*?)</p>", question[0], re.DOTALL)
    assert [names for names, verdict, _ in choices] == ["Ann alone", "Ben alone", "Ann and Ben", "Neither of them"]
    assert [names for names, verdict, _ in choices if verdict == "As you predicted."] == ["Neither of them"]
    assert all(
        words(told) == " Ann got the old one, from the browser; Ben got the old one, from the CDN."
        for *_, told in choices
    )


def test_where_the_records_differ_both_djangos_are_named(html):
    page = html("/guide/collectstatic/")
    assert re.search(r"On Django \d\.\d these lines differ:", page)
    assert re.search(r"seen on Django \d\.\d<", page)
    assert re.search(r"on your Django \d\.\d <code>.*?, on Django \d\.\d <code>", page)


def test_every_claim_has_records_on_both_djangos():
    for claim in claims.CLAIMS:
        for experiment in claim.experiments:
            found = evidence.evidence(experiment)
            assert {found.series, *(other.series for other in found.others)} == {"5.2", "6.1"}, claim.name


def test_an_experiment_without_a_name_is_no_evidence():
    for name in ("no-such-claim", "first-app-wins:3", "default:2"):
        with pytest.raises(evidence.NoEvidence):
            evidence.named(name)


# The glossary


def test_every_term_of_the_glossary_is_linked_from_a_chapter_and_leads_to_one():
    linked = {anchor for slug in SLUGS for anchor in re.findall(r'class="term" href="[^"]*#([^"]+)"', text(slug).body)}
    assert {term.anchor for term in glossary.TERMS} - linked == set()
    assert {term.chapter for term in glossary.TERMS} <= set(SLUGS)


def test_terms_stand_in_alphabetical_order():
    names = [term.name.lower() for term in glossary.TERMS]
    assert names == sorted(names)


@pytest.mark.parametrize("slug", SLUGS)
def test_a_term_is_linked_once_in_a_chapter(slug):
    linked = re.findall(r'class="term" href="([^"]+)"', text(slug).body)
    assert len(linked) == len(set(linked))


# Excerpts


def test_an_excerpt_ends_at_the_line_that_closes_its_first():
    code = "a = {\n    'x': {},\n}\nb = {\n}\n"
    assert [line for _, line in excerpt_of(code, "x.py", "a =", "}").lines] == ["a = {", "    'x': {},", "}"]


def test_an_excerpt_whose_marker_is_gone_raises():
    with pytest.raises(LookupError):
        excerpt_of("a\n", "x.py", "b")


def test_an_excerpt_of_comments_alone_raises():
    with pytest.raises(LookupError):
        excerpt_of("# What A is for.\nA = 1\n", "x.py", "# What", "A")


def test_an_excerpt_of_a_function_has_its_decorators():
    code = "@login_required\n@require_POST\ndef delete(request):\n    pass\n"
    assert excerpt_of(code, "x.py", "def delete", "pass").text == code.rstrip()


# Code that a chapter writes itself, where no file of a project has it

READERS = {
    "py": ast.parse,
    "json": json.loads,
    "html": lambda code: Template("{% load static %}" + code),
    "sh": lambda code: subprocess.run(["sh", "-n"], input=code, text=True, check=True),
}


def test_code_of_a_chapter_is_code_of_its_language():
    found = [
        READERS[language](dedent(code))
        for path in sorted((chapters.TEMPLATES / "guide/chapters").glob("*.md"))
        for language, code in re.findall(
            r"^ *```(\w+)[^\n]*\n(.*?)^ *```$", path.read_text("utf-8"), re.MULTILINE | re.DOTALL
        )
    ]
    assert found


def test_fenced_code_is_coloured_and_has_a_button_to_copy():
    html = markdown.template("```py\nx = {}\n```\n")
    assert "data-copy" in html
    assert 'class="ln i0"' in html
    assert "{" not in html
