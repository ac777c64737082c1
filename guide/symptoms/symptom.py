"""A symptom: what somebody sees or pastes when static or media files go wrong."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Symptom:
    """`messages` are texts and sights as people paste them; `words` are other ways to say it, for the search.

    `number` is its place in the list (1 to 58), `summary` one sentence that says what is wrong.
    """

    number: int
    slug: str
    title: str
    messages: tuple[str, ...]
    words: tuple[str, ...]
    summary: str
