"""Writing a file so that whoever reads it meets the old text or the new one, and nothing between."""

import os
import tempfile
from pathlib import Path


def write_whole(path: Path, text: str) -> None:
    """Its folder has to be there. Raises OSError."""
    descriptor, half = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}-")
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.write(text)
    Path(half).replace(path)
