"""What a child process does for its parent: a job is JSON, and so is what comes of it."""

import json
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from lab.checker.observe_folder import observe_folder
from lab.experiment import Experiment
from lab.probe.observe import observe
from lab.process.own_process import own_output
from lab.process.sandbox import limit_processes


def perform(job: Mapping[str, Any], folder: Path) -> str:
    """{"knobs": ...} is an experiment and gives an observation; {"source": a folder, "steps": ...} is a plan and gives
    what lab.checker.observe_folder.observe_folder does. Once per process; `folder` must not be there yet."""
    if "knobs" in job:
        return observe(Experiment.from_mapping(job["knobs"]), folder).to_json()
    limit_processes()
    return json.dumps(observe_folder(Path(job["source"]), job["steps"], folder))


def main() -> None:
    """For a cold subprocess: the job, with "folder", on standard input, the result on standard output."""
    job = json.load(sys.stdin)
    with own_output() as output:
        output.write(perform(job, Path(job["folder"])))


if __name__ == "__main__":
    main()
