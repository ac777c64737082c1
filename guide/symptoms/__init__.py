"""The symptoms of trouble with static and media files, in groups."""

from guide.symptoms.seen import GROUPS
from guide.symptoms.symptom import Symptom

SYMPTOMS: tuple[Symptom, ...] = tuple(symptom for _title, symptoms in GROUPS for symptom in symptoms)
BY_SLUG: dict[str, Symptom] = {symptom.slug: symptom for symptom in SYMPTOMS}

__all__ = ["BY_SLUG", "GROUPS", "SYMPTOMS", "Symptom"]
