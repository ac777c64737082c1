"""Gives the collectstatic of a shell line what was compressed before, as lab.process.compressors describes it.

lab.probe.shell puts this folder into PYTHONPATH. Python imports this module when it starts.
"""

import os
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
VARIABLE = "LAB_COMPRESSED"  # the file that has it


def remember(file: Path) -> None:
    """Let `import` find compressors that remember the results in `file`; nothing else of this site stays importable."""
    root = str(HERE.parents[2])
    sys.path.insert(0, root)
    try:
        from lab.process import compressors

        compressors.MEMORY.add_json(file.read_text(encoding="utf-8"))
        compressors.stand_in()
    finally:
        sys.path.remove(root)


sys.path[:] = [path for path in sys.path if path != str(HERE)]
if VARIABLE in os.environ and "collectstatic" in sys.orig_argv:
    remember(Path(os.environ[VARIABLE]))
