import subprocess
import sys

import pytest
from django.conf import settings

from mysite import first_visit
from tests.sites import own_data


@pytest.mark.parametrize("entry_point", ["wsgi", "asgi"])
def test_views_and_template_tags_are_imported_before_the_first_request(entry_point, tmp_path):
    code = (
        f"import sys, mysite.{entry_point}\n"
        "print('guide.views' in sys.modules, 'guide.templatetags.chapter' in sys.modules)"
    )
    environ = {**own_data(tmp_path, tmp_path), "DJANGO_SETTINGS_MODULE": "mysite.settings.dev"}
    child = [sys.executable, "-c", code]
    printed = subprocess.run(
        child, cwd=settings.BASE_DIR, env=environ, capture_output=True, text=True, check=True
    ).stdout
    assert printed.split() == ["True", "True"]


def test_a_mistake_in_the_addresses_stops_the_start_not_the_first_visitor(settings):
    settings.ROOT_URLCONF = "tests.no_such_addresses"
    with pytest.raises(ModuleNotFoundError):
        first_visit.load()
