"""Every claim of the site, by where it is said: chapters, symptoms, settings, the attack lab, S3, pitfalls."""

from lab.evidence.claim import Claim
from lab.evidence.claims.attacks import ATTACK_CLAIMS
from lab.evidence.claims.chapters import CHAPTER_CLAIMS
from lab.evidence.claims.pitfalls import TRAP_CLAIMS
from lab.evidence.claims.s3 import BUCKET_CLAIMS
from lab.evidence.claims.settings import SETTING_CLAIMS
from lab.evidence.claims.symptoms import CURES

__all__ = ["BY_NAME", "CLAIMS", "Claim"]

CLAIMS: tuple[Claim, ...] = (
    *CHAPTER_CLAIMS,
    *CURES,
    *SETTING_CLAIMS,
    *ATTACK_CLAIMS,
    *BUCKET_CLAIMS,
    *TRAP_CLAIMS,
)
BY_NAME: dict[str, Claim] = {claim.name: claim for claim in CLAIMS}
