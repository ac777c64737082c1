import sys

sys.modules["PIL"] = None
