"""What a child process does for the site: a job in, its result out, both as text."""

import sys
from pathlib import Path

from lab.checker.observe_folder import observe_folder
from lab.experiment import Experiment
from lab.probe.observe import observe
from lab.process.call import own_output
from lab.process.job import ExperimentJob, Job, Order
from lab.process.message import decode, encode
from lab.process.sandbox import limit_processes


def perform(job: Job, folder: Path) -> str:
    """Return the result of a job as text. Once per process; `folder` must not be there yet."""
    if isinstance(job, ExperimentJob):
        return observe(Experiment.from_mapping(job.knobs), folder).to_json()
    limit_processes()
    return encode(observe_folder(Path(job.source), job.plan, folder))


def main() -> None:
    """Read the order from standard input and write the result to standard output: for a fresh interpreter."""
    order = decode(Order, sys.stdin.read())
    with own_output() as output:
        output.write(perform(order.job, Path(sys.argv[1])))


if __name__ == "__main__":
    main()
