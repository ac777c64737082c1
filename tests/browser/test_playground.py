"""The playground with and without scripts, against the real lab."""

import re

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser

STATES = [
    "/lab/",
    "/lab/?apps=app2,app1&before=&guess=app1",
    "/lab/?project_static=collected",
    "/lab/?storage=manifest&debug=off",
    "/lab/?login_gate=above&whitenoise=last&debug=off&collect=yes",
    "/lab/?upload=svg",
    "/lab/recipes/",
    "/lab/who-serves-what/",
    "/lab/?no=knob",
]


@pytest.fixture
def playground(page, development):
    page.goto(development.url + "/lab/")
    return page


def heading(page):
    return page.locator("[data-result] h2")


def test_turning_a_knob_shows_the_new_result_without_a_reload(playground):
    playground.evaluate("window.notReloaded = true")
    expect(heading(playground)).to_have_text("The stylesheet is app1’s app.css")
    playground.get_by_label("INSTALLED_APPS").select_option("app2,app1")
    expect(heading(playground)).to_have_text("The stylesheet is app2’s app.css")
    assert playground.evaluate("window.notReloaded")
    expect(playground).to_have_url(re.compile(r"\?apps=app2,app1&before=$"))
    expect(playground.get_by_role("status").last).to_contain_text("app2’s app.css")


def test_the_result_says_what_the_one_knob_changed(playground):
    playground.get_by_label("DEBUG").select_option("off")
    changes = playground.get_by_role("region", name="What changed")
    expect(changes).to_contain_text("css, admin-css: status")
    expect(changes).to_contain_text("404")
    playground.get_by_label("DEBUG").select_option("on")
    expect(changes).to_contain_text("off → on")


def test_the_address_brings_the_whole_state_back(playground):
    playground.get_by_label("INSTALLED_APPS").select_option("app2")
    expect(heading(playground)).to_have_text("The stylesheet is app2’s app.css")
    playground.get_by_label("Each app keeps app.css in").select_option("namespaced")
    expect(playground).to_have_url(re.compile("layout=namespaced"))
    said = playground.get_by_role("region", name="What changed").inner_text()
    playground.reload()
    expect(playground.get_by_label("INSTALLED_APPS")).to_have_value("app2")
    assert playground.get_by_role("region", name="What changed").inner_text() == said


def test_a_prediction_is_asked_for_before_the_run_and_judged_after_it(playground):
    playground.get_by_label("Wait for my prediction").check()
    playground.get_by_label("DEBUG").select_option("off")
    expect(playground.locator("[data-status]")).to_contain_text("Choose a prediction")
    expect(heading(playground)).to_have_text("The stylesheet is app1’s app.css")
    playground.get_by_label("My prediction", exact=True).select_option(label="The stylesheet is app2’s app.css")
    expect(heading(playground)).to_have_text("The stylesheet returns 404")
    expect(playground.locator("[data-result] .guessed")).to_contain_text("Not what you predicted")


def test_the_preview_is_painted_by_the_browser_with_the_stylesheet_that_was_observed(page, development):
    page.goto(development.url + "/lab/?apps=app2")
    sentence = page.frame_locator("iframe.preview").locator("h1")
    expect(sentence).to_have_css("color", "rgb(77, 102, 0)")
    page.goto(development.url + "/lab/?apps=app2&debug=off")
    expect(sentence).to_have_css("color", "rgb(0, 0, 0)")


def test_without_scripts_the_form_runs_the_experiment(browser, development):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(development.url + "/lab/")
    page.get_by_label("INSTALLED_APPS").select_option("app2,app1")
    page.get_by_role("button", name="Run").click()
    expect(heading(page)).to_have_text("The stylesheet is app2’s app.css")
    assert page.url.endswith("/lab/?apps=app2,app1&before="), "not the short address"
    expect(page.get_by_role("region", name="What changed")).to_contain_text("css: source")
    page.get_by_role("link", name="Turn back: apps").click()
    expect(heading(page)).to_have_text("The stylesheet is app1’s app.css")
    expect(page.get_by_role("region", name="What changed")).to_contain_text("app2,app1 → app1,app2")
    page.get_by_label("Start from a named experiment").select_option(label="DEBUG off: every static file returns 404")
    page.get_by_role("button", name="Go").click()
    expect(heading(page)).to_have_text("The stylesheet returns 404")
    assert page.url.endswith("/lab/?debug=off")
    context.close()


def test_a_chip_turns_its_knob_back_without_a_reload(page, development):
    page.goto(development.url + "/lab/?debug=off&apps=app2")
    page.evaluate("window.notReloaded = true")
    page.get_by_role("link", name="Turn back: debug").click()
    expect(heading(page)).to_have_text("The stylesheet is app2’s app.css")
    expect(page.get_by_label("DEBUG")).to_have_value("on")
    assert page.evaluate("window.notReloaded")


def test_on_a_laptop_verdict_windows_and_trail_are_on_one_screen_and_on_a_phone_the_verdict_stays(browser, development):
    page = browser.new_page(viewport={"width": 1366, "height": 768})
    page.goto(development.url + "/lab/?server=gunicorn&before=")
    for shown in (heading(page), page.locator(".window.before"), page.locator(".window.now"), page.locator(".trail")):
        box = shown.bounding_box()
        assert box["y"] >= 0
        assert box["y"] + box["height"] <= 768
    knobs = page.locator(".knobs")
    assert knobs.evaluate("form => form.scrollHeight <= form.clientHeight"), "the knobs scroll in a box of their own"
    page.set_viewport_size({"width": 360, "height": 740})
    page.get_by_label("Upload a file").scroll_into_view_if_needed()
    expect(heading(page)).to_be_in_viewport()
    page.close()


def test_a_trail_that_stands_upright_on_a_phone_is_still_a_table_to_a_screen_reader(browser, development):
    page = browser.new_page(viewport={"width": 360, "height": 740})
    page.goto(development.url + "/lab/?server=gunicorn")
    heard = page.context.new_cdp_session(page).send("Accessibility.getFullAXTree")["nodes"]
    roles = {node["role"]["value"] for node in heard if not node["ignored"]}
    assert {"table", "row", "columnheader", "rowheader", "cell"} <= roles
    page.close()


@pytest.mark.parametrize("mode", ["development", "production"])
def test_every_state_of_the_playground_is_accessible_narrow_and_quiet(browser, request, axe, mode):
    site = request.getfixturevalue(mode)
    page = browser.new_page(viewport={"width": 360, "height": 800})
    said = []
    page.on("console", lambda message: said.append((page.url, message.text)))
    for path in STATES:
        page.goto(site.url + path)
        assert axe.violations(page) == "", path
        assert page.evaluate("document.documentElement.scrollWidth") <= 360, path
    page.close()
    assert [line for line in said if "404" not in line[1] and "400" not in line[1]] == []


def test_who_serves_what_is_measured_and_each_cell_leads_to_its_experiment(page, development):
    page.goto(development.url + "/lab/who-serves-what/")
    row = page.get_by_role("row", name=re.compile("gunicorn DEBUG on"))
    expect(row.get_by_role("cell")).to_have_text(
        [
            "✗ 404 for the stylesheet: gunicorn, DEBUG on nobody",
            "✓ 200 for the photo: gunicorn, DEBUG on the static() route",
            re.compile("ordinary URL pattern"),
        ]
    )
    row.get_by_role("link").first.click()
    expect(page.get_by_label("Server")).to_have_value("gunicorn")
    expect(heading(page)).to_have_text("The stylesheet returns 404")
