"""What templates need of the exercises: their texts as HTML, and which belong to a chapter."""

from pathlib import Path

from django import template
from django.urls import reverse
from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from guide.chapters import BY_SLUG
from mysite.web.marked import with_code
from workshop.exercise import Exercise, ExerciseError, exercises, of_chapter
from workshop.invocation import with_commands

register = template.Library()


@register.filter
def paragraphs(text: str) -> SafeString:
    """Paragraphs and lists, between which the text has an empty line."""
    return mark_safe("\n".join(_block(part) for part in text.strip().split("\n\n")))  # noqa: S308 - of escaped blocks


def _block(text: str) -> SafeString:
    """A paragraph, or a list where every line begins with a dash."""
    lines = text.splitlines()
    if all(line.startswith(("- ", "  ")) for line in lines):
        items = " ".join(lines).removeprefix("- ").split(" - ")
        return format_html("<ul>{}</ul>", format_html_join("", "<li>{}</li>", ((with_code(item),) for item in items)))
    return format_html("<p>{}</p>", with_code(" ".join(text.split())))


@register.filter
def marked(text: str) -> SafeString:
    """A sentence with its code marked."""
    return with_code(text)


@register.filter
def commands(text: str, folder: Path | None) -> str:
    """Commands as they can be pasted, for the project in the folder; to run inside it where there is none yet."""
    return with_commands(text, folder)


@register.simple_tag
def chapter_of(exercise: Exercise) -> SafeString:
    """A link to the exercise's chapter in the guide; its bare name where the guide has none of that name."""
    chapter = BY_SLUG.get(exercise.chapter)
    if chapter is None:
        return conditional_escape(exercise.chapter)
    return format_html('<a href="{}">{}</a>', reverse("guide:chapter", args=[chapter.slug]), chapter.title)


@register.simple_tag
def exercises_of(chapter: str) -> list[Exercise]:
    """Those that name this chapter. An unfinished exercise breaks no chapter."""
    try:
        return of_chapter(chapter)
    except (ExerciseError, OSError):
        return []


@register.simple_tag
def all_exercises() -> list[Exercise]:
    """Every exercise in its order; none while one is unfinished."""
    try:
        return list(exercises())
    except (ExerciseError, OSError):
        return []
