"""Development and one page more: the one that tests.benchmarks.pages compares the others with."""

from mysite.settings.dev import *  # noqa: F403

ROOT_URLCONF = "tests.benchmarks.hello_urls"
