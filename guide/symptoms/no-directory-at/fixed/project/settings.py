import sys

WHITENOISE_AUTOREFRESH = DEBUG or "test" in sys.argv  # in tests nothing has been collected
