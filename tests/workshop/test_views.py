"""The pages of the workshop: what they show, what they do, and for whom."""

import io
import json
import re
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.test import Client

from guide.chapters import BY_SLUG
from lab.engine import api
from lab.process.limiter import Busy
from tests.workshop import word_exercise
from tests.workshop.word_exercise import write
from workshop.exercise import by_name, exercises
from workshop.my_workshop import MyWorkshop
from workshop.picture import picture

pytestmark = pytest.mark.django_db

PAGE = "/workshop/01-the-word/"
POSTS = [f"{PAGE}start/", f"{PAGE}check/", f"{PAGE}skip/", f"{PAGE}hint/", f"{PAGE}reset/", f"{PAGE}solution/"]
POSTS += ["/workshop/progress/import/", "/workshop/progress/forget/"]


def text(response):
    return re.sub(r"\s+", " ", response.content.decode())


@pytest.fixture
def word(tmp_path, settings):
    """The exercise; it is the only one."""
    settings.WORKSHOP_EXERCISES = tmp_path / "exercises"
    word_exercise.make(settings.WORKSHOP_EXERCISES)
    exercises.cache_clear()
    yield by_name("1")
    exercises.cache_clear()


@pytest.fixture
def mine(tmp_path, settings):
    """The learner's folder; nothing is in it yet."""
    settings.WORKSHOP_DIR = tmp_path / "my workshop"
    return MyWorkshop(settings.WORKSHOP_DIR)


@pytest.fixture
def learner(word, mine, settings):
    """A client in development, on this machine."""
    settings.DEBUG = True
    return Client(headers={"host": "localhost:8000"})


@pytest.fixture
def begun(learner, mine, word):
    """The learner, who has started the exercise."""
    mine.start(word)
    return learner


# What may be seen


def test_the_way_shows_every_exercise_and_what_is_next(learner):
    page = text(learner.get("/workshop/"))
    assert "The word" in page
    assert "not begun" in page
    assert 'class="eyebrow">Next<' in page


def test_a_goal_that_names_a_command_has_it_filled_in_on_every_page_that_shows_it(learner, word):
    path = word.folder / "exercise.toml"
    path.write_text(path.read_text("utf-8").replace('goal = "', 'goal = "({manage} check) '), "utf-8")
    exercises.cache_clear()
    assert "(python manage.py check)" in text(learner.get("/workshop/"))
    assert "{manage" not in text(learner.get(PAGE))


def test_a_goal_is_text_with_its_code_marked_and_never_markup(learner):
    page = text(learner.get(PAGE))
    assert "<code>static/word.txt</code> says &lt;b&gt;no&lt;/b&gt;" in page


@pytest.mark.parametrize("slug", ["1", "01", "the-word", "the_word", "01_the_word"])
def test_other_names_of_an_exercise_lead_to_its_page(learner, slug):
    assert learner.get(f"/workshop/{slug}/").headers["Location"] == PAGE


@pytest.mark.parametrize("slug", ["2", "99", "nothing", "-"])
def test_an_exercise_that_is_not_there_is_404(learner, slug):
    assert learner.get(f"/workshop/{slug}/").status_code == 404


def test_a_chapter_names_its_exercises_at_its_end(learner):
    assert f'href="{PAGE}"' in text(learner.get("/guide/finders/"))
    assert "In the workshop" not in text(learner.get("/guide/nginx/"))


def test_every_exercise_belongs_to_a_chapter_of_the_guide():
    assert [one.name for one in exercises() if one.chapter not in BY_SLUG] == []


# Working on it


def test_start_copies_the_project_and_says_where_it_is(learner, mine, word):
    assert "01_the_word" in text(learner.get(PAGE))  # the place, before anything is there
    assert learner.post(f"{PAGE}start/").headers["Location"] == PAGE
    assert (mine.place(word) / "static/word.txt").read_text() == "no\n"
    page = text(learner.get(PAGE))
    assert f"{mine.place(word)}</code>" in page
    assert '<span class="sheet static">static/word.txt</span>' in page


def test_starting_twice_changes_nothing_of_the_learners(begun, mine, word):
    write(mine.place(word), "static/word.txt", "mine")
    begun.post(f"{PAGE}start/")
    assert (mine.place(word) / "static/word.txt").read_text() == "mine"


def test_a_check_is_answered_by_a_redirect_and_the_page_shows_what_came(begun):
    answer = begun.post(f"{PAGE}check/")
    assert (answer.status_code, answer.headers["Location"]) == (302, f"{PAGE}#result")
    page = text(begun.get(PAGE))
    assert "Not yet: 1 of 2 claims holds" in page
    assert "Another word is wanted." in page
    assert "Put it back." not in page  # the advice of the claim that holds
    assert 'href="/symptoms/first-static-folder-404/"' in page
    assert 'id="did-word"' in page  # the request, as the lab shows it
    assert "findstatic word.txt" in page


def test_the_page_says_when_files_have_changed_since_the_check_and_shows_the_diff(begun, mine, word):
    begun.post(f"{PAGE}check/")
    assert "have changed since" not in text(begun.get(PAGE))
    write(mine.place(word), "static/word.txt", "yes\n")
    page = text(begun.get(PAGE))
    assert "have changed since" in page
    assert "<del>-no</del> <ins>+yes</ins>" in page
    assert "changed: 1 line added, 1 removed" in page


def test_what_passes_is_proved_and_stays_so(begun, mine, word):
    write(mine.place(word), "static/word.txt", "yes\n")
    begun.post(f"{PAGE}check/")
    assert "Passed" in text(begun.get(PAGE))
    way = text(begun.get("/workshop/"))
    assert "1 exercise, 1 passed" in way
    assert "<li>The file arrives.</li><li>It says yes.</li>" in way
    assert "All exercises are passed." in way
    write(mine.place(word), "static/word.txt", "no\n")
    begun.post(f"{PAGE}check/")
    assert "1 passed" in text(begun.get("/workshop/"))


def test_the_script_gets_the_result_alone(begun):
    answer = begun.post(f"{PAGE}check/", headers={"x-fragment": "1"})
    assert answer.status_code == 200
    assert "<html" not in text(answer)
    assert "Not yet" in text(answer)


def test_a_check_in_the_terminal_shows_on_the_page(begun, mine, word):
    mine.check(word)
    assert "Not yet: 1 of 2" in text(begun.get(PAGE))


@pytest.mark.parametrize(
    ("path", "broken", "said"),
    [
        ("project/settings.py", "DEBUG = (", "SyntaxError"),
        ("project/settings.py", "import nothing_of_that_name", "ModuleNotFoundError"),
        ("manage.py", None, "manage.py is not there"),
    ],
)
def test_a_project_that_does_not_start_is_a_result_with_advice(begun, mine, word, path, broken, said):
    if broken is None:
        (mine.place(word) / path).unlink()
    else:
        write(mine.place(word), path, broken)
    assert begun.post(f"{PAGE}check/").status_code == 302
    page = text(begun.get(PAGE))
    assert "could not run to its end" in page
    assert said in page
    assert "runserver</code> starts." not in page


def test_state_changes_when_a_file_does_and_not_otherwise(begun, mine, word):
    before = begun.get(f"{PAGE}state/").json()
    assert begun.get(f"{PAGE}state/").json() == before
    write(mine.place(word), "static/word.txt", "yes\n")
    assert begun.get(f"{PAGE}state/").json() != before


def test_two_tabs_may_check_at_once(begun, mine, word):
    def check(_tab):
        return Client(headers={"host": "localhost:8000"}).post(f"{PAGE}check/").status_code

    with ThreadPoolExecutor(2) as tabs:
        assert list(tabs.map(check, range(2))) == [302, 302]
    assert mine.progress.of(word.name).checks == 2


def test_checking_what_was_not_begun_says_so(learner):
    answer = learner.post(f"{PAGE}check/", headers={"x-fragment": "1"})
    assert (answer.status_code, text(answer)) == (409, "Start the exercise first: its folder is not there.")


@pytest.mark.parametrize("fragment", [{}, {"x-fragment": "1"}])
def test_when_too_many_run_the_answer_is_503_with_retry_after(begun, monkeypatch, fragment):
    class Full:
        def enter(self):
            raise Busy(7)

    monkeypatch.setattr(api, "limiter", Full)
    answer = begun.post(f"{PAGE}check/", headers=fragment)
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "7")
    assert "try again in 7 seconds" in text(answer)


def test_hints_come_one_at_a_time_and_are_counted(begun, mine, word):
    assert "Look into it." not in text(begun.get(PAGE))
    begun.post(f"{PAGE}hint/")
    page = text(begun.get(PAGE))
    assert "Look into it." in page
    assert "Change it." not in page
    for _ in range(5):
        begun.post(f"{PAGE}hint/")
    assert "There are no more hints." in text(begun.get(PAGE))
    assert mine.progress.of(word.name).hints == 3


def test_the_solution_is_asked_for_twice_unless_the_exercise_is_passed(begun, mine, word):
    assert "Because" not in text(begun.get(f"{PAGE}solution/"))
    begun.post(f"{PAGE}solution/")
    page = text(begun.get(f"{PAGE}solution/"))
    assert "Because <code>yes</code> was wanted." in page
    assert "<ins>+yes</ins>" in page
    assert mine.progress.of(word.name).solution_shown


def test_a_passed_exercise_shows_its_solution_at_once(begun, mine, word):
    mine.progress.checked(word.name, (), passed=True)
    assert "Because" in text(begun.get(f"{PAGE}solution/"))


def test_reset_asks_first_keeps_a_backup_and_says_where(begun, mine, word):
    write(mine.place(word), "static/word.txt", "mine")
    begun.post(f"{PAGE}check/")
    assert "Start this exercise again?" in text(begun.get(f"{PAGE}reset/"))
    assert (mine.place(word) / "static/word.txt").read_text() == "mine"
    page = text(begun.post(f"{PAGE}reset/", follow=True))
    (backup,) = (mine.folder / "backups").iterdir()
    assert f"kept in {backup}" in page
    assert (backup / "static/word.txt").read_text() == "mine"
    assert (mine.place(word) / "static/word.txt").read_text() == "no\n"
    assert "Not checked yet" in page


# Progress as a file


def test_progress_goes_out_as_a_file_and_comes_back(begun, mine):
    begun.post(f"{PAGE}hint/")
    exported = begun.get("/workshop/progress.json")
    assert "attachment" in exported.headers["Content-Disposition"]
    assert "Forget the progress" in text(begun.get("/workshop/progress/forget/"))
    page = text(begun.post("/workshop/progress/forget/", follow=True))
    assert "backups" in page
    assert mine.progress.read() == {}
    page = text(begun.post("/workshop/progress/import/", {"file": io.BytesIO(exported.content)}, follow=True))
    assert "1 hint" in page
    assert mine.progress.of("01_the_word").hints == 1


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "it is empty"),
        (b"\xff\xfe\0\1", "it is not text"),
        (b"{", "it is not JSON"),
        (b"[" * 100_000, "it is not JSON"),
        (b"[]", "it is not a progress file of this workshop"),
        (json.dumps({"version": 2, "exercises": {}}).encode(), "it is not a progress file"),
        (json.dumps({"version": 1, "exercises": {"01_the_word": {"checks": "x"}}}).encode(), "checks of 01_the_word"),
        (json.dumps({"version": 1, "exercises": {"<b>": {"no": 1}}}).encode(), "what it says of &lt;b&gt; cannot"),
        (b" " * 1_000_001, "it is too long"),
        (b" " * 11_000_000, "it is too long"),
        (None, "Choose a file first."),
    ],
)
def test_nonsense_is_not_taken_and_the_page_says_why(begun, mine, content, said):
    begun.post(f"{PAGE}hint/")
    answer = begun.post("/workshop/progress/import/", {} if content is None else {"file": io.BytesIO(content)})
    assert answer.status_code == 400
    assert said in text(answer)
    assert mine.progress.of("01_the_word").hints == 1


@pytest.mark.parametrize("values", [{"hints": -1}, {"hints": 10**9}, {"checks": -5, "hints": 2}, {"held": ["x"] * 9}])
def test_strange_numbers_in_a_file_break_no_page(begun, values):
    data = {"version": 1, "exercises": {"01_the_word": values, "77_unknown": {}}}
    begun.post("/workshop/progress/import/", {"file": io.BytesIO(json.dumps(data).encode())})
    assert begun.get("/workshop/").status_code == 200
    assert begun.get(PAGE).status_code == 200
    assert begun.get(f"{PAGE}solution/").status_code == 200


def test_a_result_that_cannot_be_read_is_none(begun, mine):
    begun.post(f"{PAGE}check/")
    (kept,) = (mine.folder / ".results").iterdir()
    for content in ("{", "{}", '{"result": {}, "checked": "2026-01-01T00:00:00+00:00", "state": ""}', "[]"):
        kept.write_text(content)
        assert "Not checked yet" in text(begun.get(PAGE))


def test_a_folder_that_cannot_be_written_is_a_sentence(learner, mine):
    mine.folder.write_text("a file stands in its place")
    for answer in (learner.post(f"{PAGE}start/"), learner.get("/workshop/"), learner.get(PAGE)):
        assert answer.status_code == 503
        assert "The folder cannot be used" in text(answer)


def test_a_progress_file_that_is_not_text_is_put_aside(learner, mine):
    mine.folder.mkdir()
    (mine.folder / "progress.json").write_bytes(b"\xff\xfe\0{")
    assert "0 passed" in text(learner.get("/workshop/"))
    assert (mine.folder / "progress.json.broken").is_file()


def test_an_exercise_that_cannot_be_read_is_a_sentence_and_breaks_no_chapter(learner, word):
    (word.folder / "exercise.toml").write_text("title = 1")
    exercises.cache_clear()
    answer = learner.get("/workshop/")
    assert answer.status_code == 503
    assert "01_the_word:" in text(answer)
    assert learner.get("/guide/finders/").status_code == 200


# For whom


@pytest.mark.parametrize("path", POSTS)
def test_in_production_nothing_is_done(learner, mine, settings, path):
    settings.DEBUG = False
    assert learner.post(path).status_code == 403
    assert not mine.folder.exists()


def within_main(page):
    """Return what the page is about: the search in its header is a form of every page."""
    return page[page.index("<main") : page.index("</main")]


def test_in_production_the_exercise_is_there_to_read(begun, mine, word, settings):
    settings.DEBUG = False
    page = text(begun.get(PAGE))
    assert "It says yes." in page
    assert "Write yes." in page
    assert "python3 start.py" in page
    assert "workshop check 1" in page
    assert str(mine.folder) not in page
    assert 'method="post"' not in within_main(page)
    assert "Because" not in text(begun.get(f"{PAGE}solution/"))
    assert "Because" in text(begun.get(f"{PAGE}solution/?show=yes"))
    assert 'method="post"' not in within_main(text(begun.get("/workshop/")))


ELSEWHERE = [
    {"REMOTE_ADDR": "192.0.2.7"},
    {"REMOTE_ADDR": "::ffff:192.0.2.7"},
    {"REMOTE_ADDR": ""},
    {"headers": {"x-forwarded-for": "192.0.2.7"}},
    {"headers": {"forwarded": "for=192.0.2.7"}},
    {"headers": {"host": "workshop.example"}},
]


@pytest.mark.parametrize("request_", ELSEWHERE)
def test_from_another_machine_nothing_is_seen_or_done(begun, mine, settings, request_):
    settings.ALLOWED_HOSTS = ["*"]
    assert str(mine.folder) not in text(begun.get(PAGE, **request_))
    for path in POSTS:
        assert begun.post(path, **request_).status_code == 403
    assert begun.get(f"{PAGE}state/", **request_).status_code == 403
    assert begun.get("/workshop/progress.json", **request_).status_code == 403
    assert mine.progress.of("01_the_word").checks == 0


@pytest.mark.parametrize("address", ["127.0.0.1", "127.8.8.8", "::1", "::ffff:127.0.0.1"])
def test_every_address_of_this_machine_is_its_own(begun, address):
    assert begun.get(f"{PAGE}state/", REMOTE_ADDR=address).status_code == 200


@pytest.mark.parametrize("site", ["cross-site", "same-site", "none"])
def test_another_site_can_have_nothing_checked(begun, site):
    assert begun.post(f"{PAGE}check/", headers={"sec-fetch-site": site}).status_code == 403


@pytest.mark.parametrize("path", POSTS)
def test_without_the_csrf_token_nothing_is_done(begun, path):
    strict = Client(enforce_csrf_checks=True, headers={"host": "localhost:8000"})
    assert strict.post(path).status_code == 403


@pytest.mark.parametrize("path", [path for path in POSTS if path.endswith(("start/", "check/", "hint/", "import/"))])
def test_what_changes_something_is_never_a_get(begun, path):
    assert begun.get(path).status_code == 405


# The page as the check saw it


@pytest.mark.parametrize("which", ["start", "now"])
def test_the_page_at_the_start_and_now_is_shown_where_it_can_do_nothing(begun, mine, word, which):
    mine.look_at_start(word)
    mine.check(word)
    assert mine.picture(word, which) is None  # the small exercise has a file and no page
    answer = begun.get(f"/workshop/01-the-word/page/{which}/")
    assert answer.status_code == 404


def test_a_page_is_shown_with_its_own_stylesheet_and_without_its_scripts():
    facts = {
        "page": {
            "status": 200,
            "url": "/",
            "header.content-type": "text/html; charset=utf-8",
            "body": "<link rel=stylesheet href='/static/a.css'><link rel=stylesheet href='/static/gone.css'>"
            "<script>alert(1)</script><p onclick='alert(2)'>A page <img src=\"/static/a.svg\" alt=''>"
            "<img src='/static/gone.svg' alt=''>",
        },
        "css": {"status": 200, "url": "/static/a.css", "header.content-type": "text/css", "body": "p { color: teal }"},
        "svg": {"status": 200, "url": "/static/a.svg", "header.content-type": "image/svg+xml", "body": "<svg/>"},
        "later": {"status": 200, "url": "/static/a.css", "header.content-type": "text/css", "body": "p { color: red }"},
    }
    seen = picture("", facts)
    assert seen.label == "page"
    assert "<style>p { color: teal }</style>" in seen.html
    assert "red" not in seen.html
    assert "gone" not in seen.html
    assert "alert" not in seen.html
    assert 'src="data:image/svg+xml,%3Csvg/%3E"' in seen.html
    assert '<img src="data:,"' in seen.html  # broken, and no request that the frame's policy stops


def test_forgetting_all_forgets_what_was_seen_as_well(begun, mine, word):
    mine.check(word)
    assert mine.results.of(word.name) is not None
    begun.post("/workshop/progress/forget/")
    assert mine.results.of(word.name) is None


def test_what_is_left_for_later_says_so(begun, mine, word):
    answer = begun.post(f"{PAGE}skip/", follow=True)
    assert "is left for later" in text(answer)
    assert mine.progress.of(word.name).skipped
    assert "left for later" in text(begun.get("/workshop/"))
