"""Claims about the names of files: how a project may name a static file, and which name a stored file gets."""

import re

from lab.evidence.claim import Claim, but
from lab.evidence.claims.files import MANIFEST
from lab.evidence.matchers import X, said
from lab.observation import Observation


def named(seen: Observation) -> set[str]:
    """Return the addresses that the experiment's lines end with."""
    lines = said(seen, "shell").stdout.splitlines()
    return {line.rpartition(" ")[2] for line in lines} if len(lines) == 5 else set()


NAME_CLAIMS = (
    Claim(
        "every-way-to-name-asks-the-storage",
        "With a hashed storage the static tag, the tag with `as` or with a variable, the function static() and a "
        "form’s class Media all give the same hashed name.",
        (X(**MANIFEST, variation="ways-to-name"),),
        lambda seen: bool(re.fullmatch(r"/static/app\.[0-9a-f]{12}\.css", "".join(named(seen)))),
        "Use whichever fits the place; none of them needs STATIC_URL.",
        foil=but(storage="plain"),
    ),
    Claim(
        "save-tells-the-name-that-was-used",
        "default_storage.save() gives back the name under which it stored the file, by default another one when the "
        "name is taken; open(), url() and delete() take that name.",
        (X(variation="files-of-the-program"),),
        lambda seen: (
            said(seen, "shell").stdout.splitlines()
            == [
                "asked for one name twice: two names",
                "open: b'seven again'",
                "url begins with MEDIA_URL: True",
                "after delete: [True, False]",
            ]
        ),
        "Keep what save() returned, not what you asked for.",
        foil=but(variation="files-of-the-program-overwritten", words="with allow_overwrite"),
    ),
)
