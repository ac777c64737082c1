"""Every claim of the site, by where it is said: chapters, files, settings, the attack lab, S3, pitfalls, names."""

from lab.evidence.claim import Claim
from lab.evidence.claims.attacks import ATTACK_CLAIMS
from lab.evidence.claims.chapters import CHAPTER_CLAIMS
from lab.evidence.claims.files import FILE_CLAIMS
from lab.evidence.claims.names import NAME_CLAIMS
from lab.evidence.claims.pitfalls import TRAP_CLAIMS
from lab.evidence.claims.s3 import BUCKET_CLAIMS
from lab.evidence.claims.settings import SETTING_CLAIMS

__all__ = ["BY_NAME", "CLAIMS", "Claim"]

CLAIMS: tuple[Claim, ...] = (
    *CHAPTER_CLAIMS,
    *FILE_CLAIMS,
    *SETTING_CLAIMS,
    *ATTACK_CLAIMS,
    *BUCKET_CLAIMS,
    *TRAP_CLAIMS,
    *NAME_CLAIMS,
)
BY_NAME: dict[str, Claim] = {claim.name: claim for claim in CLAIMS}
