"""The guide as a reader uses it: predict, read on, come back."""

import pytest
from playwright.sync_api import expect

from guide.chapters import CHAPTERS

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("scripts", [True, False])
def test_a_prediction_is_answered_in_its_chapter_with_and_without_scripts(browser, development, scripts):
    context = browser.new_context(java_script_enabled=scripts)
    page = context.new_page()
    page.goto(development.url + "/guide/runserver/")
    question = page.locator("#guess-debug-off")
    question.get_by_label("The stylesheet is app1").check()
    question.get_by_role("button", name="Check my guess").click()
    expect(question.get_by_text("Not what you predicted.")).to_be_in_viewport()
    assert page.url.endswith("/guide/runserver/?guess-debug-off=app1#guess-debug-off")
    expect(page.locator("details.answer").first).to_have_attribute("open", "")
    expect(page.locator("[data-score]")).to_contain_text("1 of")
    question.get_by_role("link", name="Turn its knobs").click()
    page.get_by_role("link", name="Back to the chapter").click()
    expect(question).to_be_in_viewport()
    context.close()


def test_evidence_is_one_click_away(page, development):
    page.goto(development.url + "/guide/finders/#claim-first-app-wins")
    claim = page.locator("#claim-first-app-wins")
    claim.get_by_text("Evidence").click()
    expect(claim.get_by_role("link", name="Run it").first).to_be_visible()


def test_the_browser_keeps_which_chapters_were_read(page, production):
    page.goto(production.url + "/guide/")
    expect(page.locator("[data-progress]")).to_be_hidden()
    page.goto(production.url + "/guide/finders/")
    for _ in range(100):  # the policy against inline scripts forbids wait_for_function
        page.locator("[data-end]").scroll_into_view_if_needed()
        if page.evaluate("localStorage.getItem('guide:read')") == '["finders"]':
            break
        page.wait_for_timeout(50)
    page.goto(production.url + "/guide/")
    expect(page.locator("[data-progress-words]")).to_have_text(f"1 of {len(CHAPTERS)} chapters read")
    expect(page.locator("[data-chapter-entry=finders] [data-read]")).to_be_visible()
    page.get_by_role("button", name="Forget").click()
    expect(page.locator("[data-progress]")).to_be_hidden()


def test_a_chapter_is_light_on_the_wire(page, production):
    sizes = []
    page.on(
        "requestfinished",
        lambda request: sizes.append(sum(request.sizes()[k] for k in ("responseBodySize", "responseHeadersSize"))),
    )
    page.goto(production.url + "/guide/hashed-names/", wait_until="networkidle")
    assert len(sizes) <= 15
    assert sum(sizes) <= 100_000


def test_the_cheat_sheet_prints_on_one_page(page, production):
    page.goto(production.url + "/guide/cheat-sheet/")
    pdf = page.pdf(prefer_css_page_size=True)
    assert pdf.count(b"/Type /Page\n") == 1
