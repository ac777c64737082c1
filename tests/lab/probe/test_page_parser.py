from lab.probe.page_parser import Page, import_map, named

PAGE = """
<script type="importmap">{"imports": {"/static/b.js": "/static/b.123.js", "lib": "/static/lib.456.js"}}</script>
<script type="module" src="/static/a.js"></script>
"""
MODULE = 'import { b } from "./b.js";\nimport "./c.js";\nimport lib from "lib";\n'
BASE = "http://localhost:8000/static/a.js"


def test_a_module_imports_what_it_names_beside_itself():
    found = named("import", MODULE, BASE)
    assert found[:2] == ["http://localhost:8000/static/b.js", "http://localhost:8000/static/c.js"]


def test_the_pages_import_map_leads_a_module_elsewhere():
    imports = import_map(PAGE, "http://localhost:8000/")
    assert named("import", MODULE, BASE, imports=imports) == [
        "http://localhost:8000/static/b.123.js",
        "http://localhost:8000/static/c.js",
        "http://localhost:8000/static/lib.456.js",
    ]


def test_a_page_without_a_readable_import_map_has_none():
    for text in ("<p>none</p>", '<script type="importmap">{</script>', '<script type="importmap">[]</script>'):
        assert import_map(text, "http://localhost:8000/") == {}


def test_a_button_may_say_how_its_form_is_sent():
    page = Page('<form method="post"><button formenctype="multipart/form-data">Send</button></form>')
    assert page.forms[0].enctype == "multipart/form-data"
