"""The search: pasted errors, settings' names and questions in, pages of this site out, best first."""

from guide.search.documents import site_index
from which_file.why.index import Answer, Document, Recognised

__all__ = ["Answer", "Document", "Recognised", "search"]


def search(text: str) -> Answer:
    """The pages that fit, best first. Never raises, whatever the text."""
    return site_index().search(text)
