"""The filter `markdown`, for the texts of the settings' pages."""

from django import template

from guide.cases.markdown import block

register = template.Library()
register.filter("markdown", block)
