"""Development, with the exercises and the learner's folder that a test's environment names."""

import os

from mysite.settings.dev import *  # noqa: F403

WORKSHOP_EXERCISES = os.environ["TEST_EXERCISES"]
WORKSHOP_DIR = os.environ["TEST_WORKSHOP"]
