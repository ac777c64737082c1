"""What is in a folder of photos."""

from pathlib import Path


def files_in(folder):
    """Names relative to the folder, sorted."""
    root = Path(folder)
    return sorted(path.relative_to(root).as_posix() for path in root.rglob("*") if path.is_file())
