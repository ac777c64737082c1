"""A symptom: what somebody sees or pastes when static or media files go wrong."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Symptom:
    """`messages` are texts and sights as people paste them; `phrases` are ways in which people put it, for the search.

    `number` is its place in the list (1 to 58), `summary` one sentence that says what is wrong.
    """

    number: int
    slug: str
    title: str
    messages: tuple[str, ...]
    phrases: tuple[str, ...]
    summary: str
