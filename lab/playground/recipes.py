"""The page of recipes: named experiments, and variations with the experiments that show something with them."""

from dataclasses import dataclass

from lab.evidence import catalogue
from lab.evidence.claims import CLAIMS, Claim
from lab.experiment import Experiment
from lab.experiment.variations import VARIATIONS, Variation
from lab.project.files import SETTINGS


@dataclass(frozen=True, slots=True)
class Recipe:
    """An experiment to start from; `shows` is the sentence that it proves, or empty."""

    title: str
    query: str
    shows: str = ""


NAMED, BUCKETS, NGINX, UPLOADS, COLLECTED, SETTING, MORE = (
    "Named experiments",
    "Buckets",
    "nginx",
    "Uploads",
    "collectstatic and hashed names",
    "A single setting",
    "More",
)

# By variation, the first claim with an experiment of it.
SHOWN: dict[str, tuple[Claim, Experiment]] = {
    experiment.variation: (claim, experiment)
    for claim in reversed(CLAIMS)
    for experiment in reversed(claim.experiments)
}


def groups(wanted: str = "") -> tuple[tuple[str, tuple[Recipe, ...]], ...]:
    """Return the recipes by group; with `wanted`, those that have each of its words in title, name or sentence."""
    words = wanted.lower().split()
    found: dict[str, list[Recipe]] = {title: [] for title in (NAMED, COLLECTED, SETTING, UPLOADS, NGINX, BUCKETS, MORE)}
    for start in catalogue.STARTING_POINTS:
        found[NAMED].append(Recipe(start.title, start.experiment.query))
    for variation in VARIATIONS:
        found[_group(variation)].append(_recipe(variation))
    return tuple(
        (title, kept)
        for title, recipes in found.items()
        if (kept := tuple(recipe for recipe in recipes if _has(recipe, words)))
    )


def _group(variation: Variation) -> str:
    """Return the group that the variation's own data put it in."""
    needs = variation.needs
    if "storages" in variation.packages:
        return BUCKETS
    if variation.nginx or needs.get("server") == "nginx":
        return NGINX
    if needs.get("upload", "none") != "none" or "media_root" in needs:
        return UPLOADS
    if needs.get("collect", "no") != "no" or "manifest" in needs.get("storage", ""):
        return COLLECTED
    if variation.edits and {edit.path for edit in variation.edits} == {SETTINGS} and not variation.files:
        return SETTING
    return MORE


def _recipe(variation: Variation) -> Recipe:
    """Return the first experiment of a claim with that variation, or the plainest one that it fits."""
    if variation.name in SHOWN:
        claim, experiment = SHOWN[variation.name]
        return Recipe(variation.title, experiment.query, claim.sentence)
    return Recipe(variation.title, Experiment.from_mapping({**variation.needs, "variation": variation.name}).query)


def _has(recipe: Recipe, words: list[str]) -> bool:
    text = f"{recipe.title} {recipe.query} {recipe.shows}".lower()
    return all(word in text for word in words)
