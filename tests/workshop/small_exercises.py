"""Two small exercises, made of the skeleton, whose checks take a tenth of a second."""

from pathlib import Path

from workshop.skeleton import make

FIRST = "01_first_page"
SECOND = "02_second_page"
PAGE = "templates/page.html"

_EXERCISE = '''\
title = "{title}"
task = "Give the page its stylesheet."
goal = """The page names a stylesheet that is not there. It is to have one."""
chapter = "naming-a-file"
open = ["templates/page.html"]
hints = ["Look at the name.", "It is another one.", "Write page.css in templates/page.html."]

[[step]]
serve = "runserver"
requests = [
    {{label = "page", get = "/"}},
    {{label = "css", get = "{{page.stylesheet}}"}},
]

[[claim]]
id = "{id}-page"
says = "The page is there."
expect = ["page.status is 200"]
advice = "Bring it back."

[[claim]]
id = "{id}-css"
says = "Its stylesheet is there."
expect = ["css.status is 200", "css.body contains teal"]
advice = "Compare the names."
symptom = "first-static-folder-404"
'''


def make_exercises() -> None:
    """In WORKSHOP_EXERCISES, which must be there."""
    for name in ("first_page", "second_page"):
        complete(make(name))


def complete(folder: Path) -> None:
    """What a skeleton lacks."""
    title = folder.name[3:].replace("_", " ").capitalize()
    (folder / "exercise.toml").write_text(_EXERCISE.format(title=title, id=folder.name[3:].replace("_", "-")))
    good = (folder / "start" / PAGE).read_text()
    broken = good.replace("page.css", "pages.css")
    (folder / "start" / PAGE).write_text(broken)
    attempts = {"solution": good, "wrong/tempting_1": good.replace("page.css", "Page.css"), "wrong/tempting_2": "<p>"}
    for attempt, text in attempts.items():
        (folder / attempt / PAGE).parent.mkdir(parents=True, exist_ok=True)
        (folder / attempt / PAGE).write_text(text)
        (folder / attempt / "why.md").write_text("Because of its name.\n")


def solve(folder: Path) -> None:
    """In a learner's folder."""
    page = folder / PAGE
    page.write_text(page.read_text().replace("pages.css", "page.css"))
