"""What templates need of the exercises: their texts as HTML, and which belong to a chapter."""

from django import template
from django.urls import reverse
from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import SafeString

from guide.chapters import BY_SLUG
from mysite.web.marked import with_code
from workshop.exercise import Exercise, ExerciseError, exercises, of_chapter

register = template.Library()


@register.filter
def prose(text: str) -> SafeString:
    """Paragraphs, between which the text has an empty line."""
    paragraphs = (" ".join(part.split()) for part in text.strip().split("\n\n"))
    return format_html_join("\n", "<p>{}</p>", ((with_code(part),) for part in paragraphs))


@register.filter
def marked(text: str) -> SafeString:
    """A sentence with its code marked."""
    return with_code(text)


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
