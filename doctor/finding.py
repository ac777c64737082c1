"""One mistake: what is wrong, what to change, and the symptom by which people notice it."""

from dataclasses import dataclass

from django.core import checks

LEVELS = {"DEBUG": checks.DEBUG, "INFO": checks.INFO, "WARNING": checks.WARNING, "ERROR": checks.ERROR}
_BY_LETTER = {"I": "INFO", "W": "WARNING", "E": "ERROR"}


@dataclass(frozen=True)
class Finding:
    """`id` is `doctor.` with I, W or E for the level and a number; `symptom` is the number of this site's symptom."""

    id: str
    message: str
    hint: str
    symptom: int | None = None

    @property
    def level(self) -> str:
        return _BY_LETTER[self.id.rpartition(".")[2][0]]

    @property
    def advice(self) -> str:
        return f"{self.hint} See /symptoms/?n={self.symptom}" if self.symptom else self.hint

    def as_message(self) -> checks.CheckMessage:
        """The same as one of Django's own check messages."""
        return checks.CheckMessage(LEVELS[self.level], self.message, hint=self.advice, id=self.id)
