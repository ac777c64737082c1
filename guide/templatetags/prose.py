"""The filter `prose`, for sentences that come from Python files."""

from django import template

from guide.prose import prose

register = template.Library()
register.filter("prose", prose)
