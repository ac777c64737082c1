"""What looks for violations finds them also where it has found none before."""

import pytest

pytestmark = pytest.mark.browser

PAGE = """<!doctype html><html lang="en"><head><title>Page</title><style>
body {{ color: black; background: white }}
@media (prefers-color-scheme: dark) {{ body {{ color: white; background: black }} h1 {{ color: {dark} }} }}
</style></head><body><main><h1>Heading</h1>{more}</main></body></html>"""


def test_a_violation_in_dark_colours_alone_and_one_of_markup_on_a_page_seen_before_are_found(page, axe):
    right = PAGE.format(dark="white", more="<p>Words.</p>")
    page.set_content(right)
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        assert axe.violations(page) == ""
    page.set_content(PAGE.format(dark="#222", more="<p>Words.</p>"))
    page.emulate_media(color_scheme="light")
    assert axe.violations(page) == ""
    page.emulate_media(color_scheme="dark")
    assert "color-contrast" in axe.violations(page)
    assert "color-contrast" in axe.violations(page)  # what is wrong is not remembered
    page.set_content(PAGE.format(dark="white", more="<input>"))
    assert "label" in axe.violations(page)
