"""The filter `prose`, for sentences that come from Python files."""

from django import template

from mysite.web.marked import with_code

register = template.Library()
register.filter("prose", with_code)
