"""Names of files: the eye gets their ends, everybody else the whole."""

import re

from mysite.web.names import shortened


def test_a_random_name_is_cut_in_the_middle_and_stays_whole_as_text():
    name = "photos/16f70123456789abcdef0123456770ec.jpg"
    html = shortened(name)
    assert re.sub("<[^>]*>", "", html) == name
    assert re.sub("<span.*?</span>", "…", html) == "photos/16f7…70ec.jpg"


def test_a_hash_of_twelve_and_a_name_with_markup_stay_as_they_are():
    assert shortened("app.0123456789ab.css") == "app.0123456789ab.css"
    assert shortened("<b>.png") == "&lt;b&gt;.png"
