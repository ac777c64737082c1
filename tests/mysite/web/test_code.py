"""Code is coloured on the server, line by line, and what is copied from a page is what stands in the file."""

import html
import re

import pytest
from django.conf import settings

from mysite.web.code import LANGUAGES, code_block, code_lines, is_error


def copied(rendered):
    """What a browser puts on the clipboard."""
    return html.unescape(re.sub(r"<[^>]+>", "", rendered))


@pytest.mark.parametrize(
    "path",
    ["mysite/settings/base.py", "templates/base.html", "static/site/base.css", "deploy/nginx.conf", "pyproject.toml"],
)
def test_every_line_of_a_file_comes_out_as_it_went_in(path):
    text = (settings.BASE_DIR / path).read_text(encoding="utf-8")
    rendered = code_block(text, path, 1)
    assert copied(rendered) == text
    assert rendered.count('class="ln ') == len(text.splitlines())


def test_comments_strings_and_keywords_have_a_tone_each():
    line = str(code_lines('if x == "a":  # why', "a.py")[0].html)
    assert '<span class="p-k">if</span>' in line
    assert '<span class="p-c"># why</span>' in line
    assert line.count('class="p-s"') >= 1


def test_a_string_over_several_lines_is_coloured_in_each_of_them():
    lines = code_lines('"""One.\n\n    Two.\n"""\nx = 1', "a.py")
    assert [bool(re.search("p-[sc]", str(line.html))) for line in lines] == [True, False, True, True, False]


@pytest.mark.parametrize("path", ["a.py", "a.html", "a.unknown", "Dockerfile"])
def test_what_would_be_markup_is_escaped(path):
    rendered = "".join(str(line.html) for line in code_lines("<script>alert('&')</script>", path))
    assert "<script" not in rendered
    assert copied(rendered) == "<script>alert('&')</script>"


def test_a_line_wraps_deeper_than_it_began():
    assert [(line.indent, line.depth) for line in code_lines("a\n    b\n" + " " * 60 + "c", "a.py")] == [
        (0, 0),
        (4, 4),
        (60, 24),
    ]


def test_what_the_text_speaks_of_is_underlined_where_it_first_stands():
    html = code_block('alias /srv;\nalias = "a b"', "a.py", named="alias|a b")
    assert re.findall(r'class="[^"]*named">([^<]*)<', html) == ["alias", "a b"]
    assert copied(html) == copied(code_block('alias /srv;\nalias = "a b"', "a.py"))
    with pytest.raises(LookupError, match="elsewhere"):
        code_block("x = 1", "a.py", named="elsewhere")


@pytest.mark.parametrize("language", sorted(set(LANGUAGES.values())))
def test_every_language_has_a_lexer(language):
    ending = next(ending for ending, name in LANGUAGES.items() if name == language)
    assert code_lines("x = 1", f"a{ending}" if ending.startswith(".") else ending)


@pytest.mark.parametrize(
    ("line", "named"),
    [
        ("django.core.exceptions.ImproperlyConfigured: no", True),
        ("ValueError: Missing staticfiles manifest entry for 'a.css'", True),
        ("CommandError: 'static/a.css' could not be found", True),
        ("ERRORS:", True),
        ("?: (staticfiles.E002) The STATICFILES_DIRS setting", True),
        ("1 static file copied.", False),
    ],
)
def test_in_a_terminal_the_line_that_names_the_error_stands_out(line, named):
    assert is_error(line) is named
