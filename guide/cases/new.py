"""The folder of a new symptom, with everything in it that is still to be said."""

import json
import sys
from pathlib import Path

from guide.cases.case import CaseError

SKELETON = """\
+++
title = {title}
group = "…"                     # the heading it stands under; see: python manage.py symptoms list
sight = "404"                   # what one sees: 404 403 400 500 old unstyled refused exposed slow quiet
summary = "One sentence: why it happens."
messages = [
    {message},
]
phrases = ["how people say it", "in other words", "and once more"]
settings = []                   # names of settings' pages
base = "page"                   # bare: startproject alone · page: an app with a page · upload: and a form for files
fails = ["css.status is 404"]   # what the failing project shows
fixed = ["css.status is 200"]   # what the fixed one shows

[[step]]                        # what is done with both; docs/exercises.md lists the steps
serve = "runserver"
requests = [
    {{label = "page", get = "/"}},
    {{label = "css", get = "{{page.stylesheet}}"}},
]
+++

## Fix

### Say what to do, then show the whole block

{{{{ project/settings.py }}}}

## Check

```console
$ python manage.py check
```

## Keep it fixed

A command that complains about the failing project and is quiet about the fixed one.

```console
$ python manage.py check
```

## Why

Two short paragraphs.
"""


def make(folder: Path, message: str) -> Path:
    """Make the folder and return it; an empty `message` is read from standard input.

    Raises CaseError when the folder is there already.
    """
    if folder.exists():
        raise CaseError(f"{folder.name} is there already")
    text = message or ("" if sys.stdin.isatty() else sys.stdin.read())
    lines = [line.strip() for line in text.splitlines() if line.strip()] or ["the message, as people paste it"]
    (folder / "fails").mkdir(parents=True)
    (folder / "fixed" / "project").mkdir(parents=True)
    (folder / "fixed" / "project" / "settings.py").write_text('STATIC_ROOT = BASE_DIR / "staticfiles"\n')
    # A traceback's last line is its message.
    skeleton = SKELETON.format(title=_toml(lines[-1][:80]), message=_toml(lines[-1]))
    (folder / "symptom.md").write_text(skeleton, encoding="utf-8")
    return folder


def _toml(text: str) -> str:
    """Return the text as a TOML string, which a JSON string is as well."""
    return json.dumps(text, ensure_ascii=False)
