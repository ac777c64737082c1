"""The chapters of the guide in learning order; the text of each is guide/templates/guide/chapters/<slug>.md.

It is Markdown with the tags of templatetags/chapter.py.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from django.template import Context, Template
from django.urls import reverse
from django.utils.html import strip_tags
from django.utils.safestring import SafeString

from guide.cases import markdown
from guide.predictions import Prediction
from lab.evidence.claims import BY_NAME as BY_CLAIM

TEMPLATES = Path(__file__).resolve().parent / "templates"
WORDS_A_MINUTE = 180
MINUTES_A_PICTURE = 0.4  # with the words in it

STEPS = {
    "predict": "Predict",
    "see": "What Django did",
    "why": "Why",
    "break": "Break it",
    "own": "In your own project",
    "sum": "In three lines",
    "more": "Read on",
}


@dataclass(frozen=True)
class Chapter:
    """`question` is what the reader can answer afterwards; `part` is a heading of the index."""

    slug: str
    title: str
    question: str
    part: str

    @property
    def template(self) -> str:
        """The path of the text below guide/templates/."""
        return f"guide/chapters/{self.slug}.md"


@dataclass(frozen=True)
class Section:
    """A step of a chapter, for its table of contents."""

    anchor: str
    step: str
    title: str

    @property
    def step_name(self) -> str:
        return STEPS[self.step]


@dataclass
class Notes:
    """What the tags of one page write down while it is rendered; `given` are the guesses, `path` is the page's."""

    given: Mapping[str, str] = field(default_factory=dict)
    path: str = ""
    predictions: list[Prediction] = field(default_factory=list)
    sections: list[Section] = field(default_factory=list)
    terms: set[str] = field(default_factory=set)
    claims: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Text:
    """A rendered chapter."""

    body: SafeString
    sections: tuple[Section, ...]
    claims: tuple[str, ...]
    predictions: tuple[Prediction, ...] = ()

    @property
    def answered(self) -> int:
        """Return how many of its questions have a guess."""
        return sum(asked.chosen is not None for asked in self.predictions)

    @property
    def right(self) -> int:
        """Return how many of these guesses are right."""
        return sum(asked.right for asked in self.predictions)


@dataclass(frozen=True)
class Outline:
    """What can be told of a chapter without rendering it: how long reading takes, pictures, and its claims' names."""

    minutes: int
    pictures: int
    claims: tuple[str, ...]


GROUND, DEVELOPMENT, PRODUCTION, MEDIA, SHIP = (
    "The basics",
    "Static files in development",
    "Static files in production",
    "Media files",
    "Putting it together",
)

CHAPTERS = (
    Chapter(
        "three-kinds-of-files",
        "Three kinds of files",
        "What is a static file, what is a media file, and why are they kept apart?",
        GROUND,
    ),
    Chapter(
        "naming-a-file",
        "Naming a file in a template",
        "Why write {% static 'app.css' %} and not /static/app.css?",
        GROUND,
    ),
    Chapter(
        "finders",
        "Finders: whose app.css?",
        "Two apps ship a file of the same name. Which one is served, and who decides?",
        DEVELOPMENT,
    ),
    Chapter(
        "runserver",
        "Static files under runserver",
        "Why does everything work on my machine, and what makes it work?",
        DEVELOPMENT,
    ),
    Chapter(
        "who-serves-what",
        "Who serves what?",
        "I turned DEBUG off, and the CSS is gone. Who was serving it?",
        PRODUCTION,
    ),
    Chapter(
        "collectstatic",
        "collectstatic",
        "What does collectstatic copy, what does it leave alone, and when is it wrong?",
        PRODUCTION,
    ),
    Chapter(
        "hashed-names",
        "Hashed names",
        "What turns app.css into app.0123456789ab.css, and why should I want that?",
        PRODUCTION,
    ),
    Chapter(
        "what-stops-a-build",
        "What stops a build",
        "collectstatic worked until I switched to hashed names. Which file is wrong?",
        PRODUCTION,
    ),
    Chapter(
        "storages",
        "Storage classes",
        "Which class stores which kind of file, and how do I write a custom one?",
        PRODUCTION,
    ),
    Chapter(
        "whitenoise",
        "WhiteNoise",
        "How does one line of MIDDLEWARE serve every static file, and where must it stand?",
        PRODUCTION,
    ),
    Chapter(
        "nginx", "nginx", "What does a whole nginx configuration for static and media files look like?", PRODUCTION
    ),
    Chapter(
        "caches",
        "Browser, CDN, server",
        "Who still has the old stylesheet after a deploy, and for how long?",
        PRODUCTION,
    ),
    Chapter("uploads", "Uploads in development", "Where does an uploaded photo go, and who shows it again?", MEDIA),
    Chapter(
        "media-in-production",
        "Media files in production",
        "Who serves uploads when DEBUG is off, and what may they never do?",
        MEDIA,
    ),
    Chapter(
        "hostile-uploads",
        "Hostile uploads",
        "What can a stranger put into an upload form, and what stops it?",
        MEDIA,
    ),
    Chapter(
        "object-storage",
        "S3 and its relatives",
        "How do uploads move to object storage, and what has to be set?",
        MEDIA,
    ),
    Chapter(
        "build-tools",
        "Vite, esbuild and minifiers",
        "What has to happen before collectstatic, and how is it plugged in?",
        SHIP,
    ),
    Chapter(
        "deployment",
        "A complete deployment",
        "PostgreSQL, Gunicorn and nginx: which file goes where, in which order?",
        SHIP,
    ),
)
BY_SLUG = {chapter.slug: chapter for chapter in CHAPTERS}


def neighbours(chapter: Chapter) -> tuple[Chapter | None, Chapter | None]:
    """The chapters before and after."""
    place = CHAPTERS.index(chapter)
    return (CHAPTERS[place - 1] if place else None, CHAPTERS[place + 1] if place + 1 < len(CHAPTERS) else None)


def source(path: str) -> str:
    """Return the source of a text of the guide as a Django template, also where it is written in Markdown."""
    words = (TEMPLATES / path).read_text(encoding="utf-8")
    return "{% load chapter %}" + markdown.template(words) if path.endswith(".md") else words


@cache
def _compiled(template: str, _changed: int) -> Template:
    """Return the template of a text, compiled once until the file is changed."""
    return Template(source(template))


def render(template: str, given: Mapping[str, str] | None = None, path: str = "") -> Text:
    """Render a text of the guide, with what its tags wrote down; `given` are the reader's guesses."""
    notes = Notes(given or {}, path)
    body = _compiled(template, (TEMPLATES / template).stat().st_mtime_ns).render(Context({"notes": notes}))
    return Text(body, tuple(notes.sections), tuple(notes.claims), tuple(notes.predictions))


@cache
def text(chapter: Chapter) -> Text:
    """The chapter's text, rendered once in the life of this process."""
    return render(chapter.template, path=reverse("guide:chapter", args=[chapter.slug]))


# Tags that draw one.
PICTURES = "way ways race races trees modes servers test_cases waterfall headers terminal code ours starter compare"
_PICTURE = re.compile(rf"<(figure|table)\b|{{%\s*({PICTURES.replace(' ', '|')})\b")
_TAG = re.compile(r"{%\s*(\w+)(.*?)%}", re.DOTALL)
_QUOTED = re.compile(r'"([^"]*)"')


def outline(chapter: Chapter) -> Outline:
    """Return the outline of a chapter, from its source: rendering them all for the index takes half a second."""
    text = source(chapter.template)
    names, shown = [], []
    for tag in _TAG.finditer(text):
        words = _QUOTED.findall(tag[2])
        if tag[1] == "claim":
            names.append(words[0])
            shown.append(BY_CLAIM[words[0]].sentence)
        elif not _PICTURE.match(tag[0]):
            shown += words[-1:]  # a step's title, a term as the sentence has it
    prose = re.sub(r"<(pre|details|table)\b.*?</\1>", " ", _TAG.sub(" ", text), flags=re.DOTALL)
    count = len(" ".join((strip_tags(prose), *shown)).split())
    pictures = len(_PICTURE.findall(text))
    return Outline(max(1, round(count / WORDS_A_MINUTE + pictures * MINUTES_A_PICTURE)), pictures, tuple(names))
