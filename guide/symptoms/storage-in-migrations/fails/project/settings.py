import os

PRIVATE_ROOT = os.environ.get("PRIVATE_ROOT", str(BASE_DIR / "private"))
