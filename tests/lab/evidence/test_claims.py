"""Every claim of this site, asked of real Django: the Django that runs these tests, and both have to."""

import re

import pytest

from lab.evidence.claims import CLAIMS


@pytest.mark.parametrize("claim", CLAIMS, ids=lambda claim: claim.name)
def test_the_claim_holds(claim, observe_named):
    judgement = claim.judge(observe_named)
    assert judgement.holds, f"{claim.sentence}\n{claim.hint}\n{judgement.missing}"


def test_names_of_claims_are_unique_and_sentences_end():
    names = [claim.name for claim in CLAIMS]
    assert len(set(names)) == len(names)
    assert all(re.fullmatch(r"[a-z0-9-]+", name) for name in names)
    assert all(claim.sentence.endswith(".") and claim.hint for claim in CLAIMS)
