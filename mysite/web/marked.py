"""Sentences with code in them, as HTML."""

import re

from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe


def with_code(text: str) -> SafeString:
    """`…` as code, and so everything between {% and %}; the rest escaped."""
    parts = re.split(r"`([^`]+)`|(\{%.*?%\})", text)
    marked: list[SafeString] = []
    for index in range(0, len(parts), 3):
        marked.append(conditional_escape(parts[index]))
        code = next((part for part in parts[index + 1 : index + 3] if part), None)
        if code:
            marked.append(format_html("<code>{}</code>", code))
    return mark_safe("".join(marked))  # noqa: S308 - every part is escaped above
