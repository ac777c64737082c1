"""All modes, really running: Django's live_server would serve media even with DEBUG off."""

import pytest

from tests.sites import Site


@pytest.fixture(scope="session")
def base_url(development: Site) -> str:
    """page.goto("/gallery/") means development."""
    return development.url
