"""Every claim of this site, asked of real Django: the Django that runs these tests, and both have to."""

import re

import pytest

from lab.evidence.claims import CLAIMS
from lab.evidence.neighbours import neighbours
from lab.evidence.records import Records
from lab.experiment import KNOBS

WIDE = re.compile(r"\b(never|always|every|nothing|only)\b", re.IGNORECASE)
WITH_FOIL = [claim for claim in CLAIMS if claim.foil]
WIDE_CLAIMS = [claim for claim in CLAIMS if claim.whatever]


@pytest.fixture(params=Records().all_series())
def recorded(request):
    return lambda experiment: Records().of(experiment, request.param)


@pytest.mark.parametrize("claim", CLAIMS, ids=lambda claim: claim.name)
def test_the_claim_holds(claim, observe_named):
    judgement = claim.judge(observe_named)
    assert judgement.holds, f"{claim.sentence}\n{claim.hint}\n{judgement.missing}"


@pytest.mark.parametrize("claim", WITH_FOIL, ids=lambda claim: claim.name)
def test_the_claim_holds_on_both_djangos_and_its_foil_on_neither(claim, recorded):
    """From the records, of which another test says that they still hold."""
    assert claim.judge(recorded).holds, claim.sentence
    foil = claim.judge_foil(recorded)
    assert not foil.holds, f"{claim.sentence}\nNot so {claim.foil_words}? It is."
    if claim.foil.turned.get("variation") == "none":
        assert not foil.missing.startswith("LookupError: no "), "it is false because nothing was asked"


def test_a_claim_has_a_foil_or_the_reason_why_it_has_none():
    assert [claim.name for claim in CLAIMS if (claim.foil is None) != bool(claim.no_foil)] == []
    assert len([claim for claim in CLAIMS if claim.no_foil]) <= 6


@pytest.mark.parametrize("claim", WITH_FOIL, ids=lambda claim: claim.name)
def test_a_foil_is_one_step_away_and_has_words_for_a_page(claim):
    turned = set(claim.foil.turned)
    assert len(turned) == 1 or len(turned - {"variation"}) == 1, "one knob, or a variation and what it stands for"
    assert claim.foil_words
    assert not claim.foil_words.endswith(".")
    if "variation" in turned:
        assert claim.foil.words, "no knob has the words for a variation"


def test_every_value_of_a_knob_has_words_for_a_sentence():
    for knob in KNOBS.values():
        if knob.name != "variation":
            assert [value.name for value in knob.values if not value.phrase] == [], knob.name


def test_a_sentence_that_says_never_or_every_names_knobs_that_it_leaves_open():
    assert [claim.name for claim in CLAIMS if WIDE.search(claim.sentence) and not claim.whatever] == []


@pytest.mark.parametrize("claim", WIDE_CLAIMS, ids=lambda claim: claim.name)
def test_a_wide_claim_holds_at_every_value_of_the_knobs_that_it_leaves_open(claim, observe):
    """Of the neighbours that start no server, which take some hundredths of a second each."""
    cheap = [one for one in neighbours(claim, claim.whatever) if not one.experiment.needs_server_process]
    assert cheap
    for one in cheap:
        judgement = claim.judge_with(
            claim.instead(one.experiment, one.place), lambda experiment: observe(**experiment.changed)
        )
        assert judgement.holds, f"{claim.sentence}\nNot so with {one.knob}={one.value}: {judgement.missing}"


def test_names_of_claims_are_unique_and_sentences_end():
    names = [claim.name for claim in CLAIMS]
    assert len(set(names)) == len(names)
    assert all(re.fullmatch(r"[a-z0-9-]+", name) for name in names)
    assert all(claim.sentence.endswith(".") and claim.hint for claim in CLAIMS)
