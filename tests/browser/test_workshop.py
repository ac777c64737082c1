"""Exercises solved as a learner solves them: the page, an editor, the page again; against real servers."""

import re
import shutil
import urllib.request
from pathlib import Path

import pytest
from playwright.sync_api import expect

from workshop.exercise import by_name

pytestmark = pytest.mark.browser

FIRST, LAST = by_name("1"), by_name("15")


def address(site, exercise):
    return f"{site.url}/workshop/{exercise.name.replace('_', '-')}/"


def save(path: Path, content: bytes) -> None:
    """As an editor does: into a temporary file, then a rename."""
    path.parent.mkdir(parents=True, exist_ok=True)
    half = path.with_name(f".{path.name}.swp")
    half.write_bytes(content)
    half.replace(path)


def solve(folder, exercise):
    for path, content in exercise.solution().changes.items():
        if content is None:
            (folder / path).unlink()
        else:
            save(folder / path, content)


@pytest.fixture
def folder(development):
    """An empty my_workshop/."""
    shutil.rmtree(development.my_workshop, ignore_errors=True)
    return development.my_workshop


@pytest.fixture
def without_scripts(browser):
    context = browser.new_context(java_script_enabled=False)
    yield context.new_page()
    context.close()


def came(page):
    return page.locator("#came")


def test_exercise_1_is_solved_without_scripts(without_scripts, development, folder):
    page = without_scripts
    page.goto(development.url + "/workshop/")
    page.get_by_role("link", name="Begin").click()
    expect(page).to_have_url(address(development, FIRST))
    page.get_by_role("button", name="Start").click()
    expect(page.get_by_text(str(folder / FIRST.name), exact=True)).to_be_visible()
    page.get_by_role("button", name="Check").click()
    expect(came(page)).to_have_text(re.compile("Not yet"))
    page.get_by_role("button", name="A hint").click()
    expect(page.locator(".hints li")).to_have_count(1)
    solve(folder / FIRST.name, FIRST)
    page.reload()
    expect(page.get_by_text("Your files have changed since.")).to_be_visible()
    page.get_by_role("button", name="Check").click()
    expect(came(page)).to_have_text("Passed")
    page.get_by_role("link", name="Compare with other ways").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(f"Solution: {FIRST.title}")
    page.goto(development.url + "/workshop/")
    expect(page.locator(".stop").first).to_contain_text("passed · 2 checks · 1 hint")
    proved = page.get_by_role("region", name="What you have proved")
    expect(proved.locator(".sentences li")).to_have_count(len(FIRST.claims))
    page.goto(address(development, FIRST) + "reset/")
    page.get_by_role("button", name="Reset the folder").click()
    expect(page.get_by_role("status").first).to_contain_text(str(folder / "backups" / FIRST.name))
    assert (folder / FIRST.name / "manage.py").is_file()


def test_exercise_1_is_solved_by_saving_alone(page, development, folder):
    page.goto(address(development, FIRST))
    page.get_by_role("button", name="Start").click()
    expect(page.get_by_role("button", name="Check")).to_be_visible(timeout=15_000)  # the start was looked at first
    page.evaluate("window.notReloaded = true")
    page.get_by_role("button", name="Check").click()
    expect(came(page)).to_have_text(re.compile("Not yet"), timeout=15_000)
    expect(page.locator("[data-status]")).to_contain_text("Not yet")
    for which in ("at the start", "at the last check"):
        seen = page.frame_locator(f"iframe[title='/library/, {which}']")
        expect(seen.get_by_role("heading", name="The library")).to_be_visible()
        assert seen.locator("body").evaluate("body => getComputedStyle(body).backgroundColor") != "rgba(0, 0, 0, 0)"
    page.get_by_label("Check when I save").check()
    expect(page.locator("[data-status]")).to_have_text("Waiting for you to save.")
    solve(folder / FIRST.name, FIRST)
    expect(came(page)).to_have_text("Passed", timeout=15_000)
    expect(page.get_by_role("region", name="What you have changed").locator("figure").first).to_be_visible()
    assert page.evaluate("window.notReloaded")
    expect(page.locator("[data-standing]")).to_have_text("passed")
    expect(page.locator(".bead[aria-current]")).to_contain_text("Whose app.css?, passed")
    expect(page.get_by_role("button", name="Leave it for later")).to_be_hidden()
    page.reload()
    expect(page.get_by_label("Check when I save")).to_be_checked()


def test_the_capstone_is_solved(page, development, folder):
    page.goto(address(development, LAST))
    page.get_by_role("button", name="Start").click()
    page.get_by_role("button", name="Check").click()
    expect(came(page)).to_have_text(re.compile("Not yet"), timeout=30_000)
    solve(folder / LAST.name, LAST)
    page.get_by_role("button", name="Check").click()
    expect(came(page)).to_have_text("Passed", timeout=30_000)
    expect(page.locator("#did-late")).to_contain_text("By way of the CDN")


SLOW = b"""
import pathlib, time
once = pathlib.Path(__file__).with_suffix(".once")
if not once.exists():
    once.touch()
    time.sleep(6)
"""


def test_a_check_under_way_keeps_no_page_waiting(page, development, folder):
    page.goto(address(development, FIRST))
    page.get_by_role("button", name="Start").click()
    settings = folder / FIRST.name / "project/settings.py"
    save(settings, settings.read_bytes() + SLOW)
    page.get_by_role("button", name="Check").click()
    expect(page.locator("[data-result]")).to_have_attribute("aria-busy", "true")
    for path in ("/workshop/", "/guide/", "/healthz"):
        with urllib.request.urlopen(development.url + path) as answer:
            assert answer.status == 200
    expect(page.locator("[data-result]")).to_have_attribute("aria-busy", "true", timeout=1)
    expect(came(page)).to_have_text(re.compile("Not yet"), timeout=20_000)


def test_production_shows_the_exercises_and_runs_nothing(page, production, development):
    page.goto(address(production, FIRST))
    expect(page.get_by_text("python3 start.py")).to_be_visible()
    expect(page.locator("main form[method=post]")).to_have_count(0)  # the search in the header is one
    expect(page.get_by_role("heading", name="What must be true in the end")).to_be_visible()
    page.get_by_role("main").get_by_role("link", name="This page in development").click()
    expect(page).to_have_url(address(development, FIRST))


def test_every_state_of_a_bench_is_accessible_narrow_and_quiet(browser, development, folder, axe):
    context = browser.new_context(viewport={"width": 360, "height": 800})
    page = context.new_page()
    said = []
    page.on("console", lambda message: said.append((page.url, message.text)))
    bench = address(development, FIRST)

    def look(*schemes):
        for scheme in schemes or ("light",):
            page.emulate_media(color_scheme=scheme)
            assert axe.violations(page) == "", f"{page.url}, {scheme}"
        assert page.evaluate("document.documentElement.scrollWidth") <= 360, page.url

    def check():
        page.goto(bench)
        page.get_by_role("button", name="Check").click()
        expect(page.locator("[data-status]")).to_contain_text(" s.", timeout=15_000)
        look("dark", "light")

    page.goto(bench)
    look()
    page.get_by_role("button", name="Start").click()
    look()
    check()
    save(folder / FIRST.name / "project/settings.py", b"DEBUG = (")
    check()
    shutil.copy(FIRST.start / "project/settings.py", folder / FIRST.name / "project/settings.py")
    solve(folder / FIRST.name, FIRST)
    check()
    page.goto(bench + "?projector=on")
    look()
    page.goto(bench + "?projector=off")
    for path in ("solution/", "reset/"):
        page.goto(bench + path)
        look()
    for path in ("", "progress/forget/"):
        page.goto(f"{development.url}/workshop/{path}")
        look()
    context.close()
    assert said == []
