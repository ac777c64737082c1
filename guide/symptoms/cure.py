"""What a symptom's page says beside its evidence."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Cure:
    """Prose in which `backticks` mark code. `code` and `check` are blocks to copy; `settings` name pages of settings.

    What happens is said by the claim of the same name (lab.evidence.claims.symptoms) and seen in its experiments;
    `shown` names the claims that show whatever else the prose says of it. `limit` says in one
    sentence what this lab cannot show, where there is such a thing. `look` names the requests to show, where not all
    that differ matter; `series` is the Django on which it fails, where it does not on all.
    """

    why: str
    fix: str
    keep: str
    code: str = ""
    check: str = ""
    settings: tuple[str, ...] = ()
    limit: str = ""
    look: tuple[str, ...] = ()
    series: str = ""
    shown: tuple[str, ...] = ()
