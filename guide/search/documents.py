"""What can be found on this site, and the index of it, which each process makes once."""

import functools
from collections.abc import Iterable

from django.urls import reverse

from guide.cases.case import cases
from guide.chapters import CHAPTERS
from guide.setting_list import SETTINGS, other_names
from lab.evidence.catalogue import CATALOGUE, FOILS
from which_file.why import elsewhere
from which_file.why.index import Document, Index
from which_file.why.log import logs


@functools.cache
def site_index() -> Index:
    return Index((*_symptoms(), *_settings(), *_chapters(), *_experiments()), elsewhere(), logs())


def _symptoms() -> Iterable[Document]:
    for slug, symptom in cases().items():
        url = reverse("guide:symptom", args=[slug])
        summary = symptom.summary.replace("`", "")
        yield Document("symptom", slug, symptom.title, url, symptom.messages, symptom.phrases, summary)


def _settings() -> Iterable[Document]:
    for setting in SETTINGS:
        url = reverse("guide:setting", args=[setting.name])
        summary = setting.purpose.replace("`", "")
        yield Document("setting", setting.name, setting.title, url, phrases=other_names(setting), summary=summary)


def _chapters() -> Iterable[Document]:
    for chapter in CHAPTERS:
        url = reverse("guide:chapter", args=[chapter.slug])
        yield Document("chapter", chapter.slug, chapter.title, url, summary=chapter.question)


def _experiments() -> Iterable[Document]:
    playground = reverse("lab:playground")
    for entry in CATALOGUE[: -len(FOILS)]:  # a foil would be found for the sentence that is false of it
        query = entry.experiment.query
        yield Document("experiment", entry.name, entry.title, f"{playground}?{query}" if query else playground)
