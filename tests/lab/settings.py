"""The site's development settings with a cache of the test's own."""

import os

from mysite.settings.dev import *  # noqa: F403

LAB_CACHE_DIR = os.environ["LAB_TEST_CACHE"]
