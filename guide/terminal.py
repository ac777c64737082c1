"""A command of an observation, as a terminal would show it."""

from dataclasses import dataclass

from lab.observation import CommandStep

LINES = 12  # of a command's output; the playground has all of it


@dataclass(frozen=True, slots=True)
class Command:
    """`script` is the code that was given to the shell, if any; `output` the last lines, a traceback without frames."""

    line: str
    script: str
    output: str
    exit: int


def shown(step: CommandStep) -> Command:
    words, script = step.argv, ""
    if "-c" in words:
        words, script = (*words[: words.index("-c")], "-c …"), words[words.index("-c") + 1]
    lines = [*step.stdout.splitlines(), *_without_frames(step.stderr.splitlines())]
    last = lines if len(lines) <= LINES else ["…", *lines[-LINES:]]
    return Command(" ".join(words), script, "\n".join(last).strip(), step.exit)


def differing(here: Command, there: Command) -> list[tuple[str, str]]:
    """Return the lines in which the other run differs, as ("gone" or "new", line): what it lacks, then what it adds."""
    mine, other = _all_lines(here), _all_lines(there)
    return [
        *(("gone", line) for line in mine if line.strip() and line not in other),
        *(("new", line) for line in other if line.strip() and line not in mine),
    ]


def _all_lines(command: Command) -> list[str]:
    return [*command.output.splitlines(), f"exit code {command.exit}"]


def _without_frames(lines: list[str]) -> list[str]:
    """A traceback without its frames: its first line, and what stands below the last frame."""
    heads = [number for number, line in enumerate(lines) if line.startswith("Traceback (most recent call last)")]
    if not heads:
        return lines
    frames = [number for number, line in enumerate(lines) if number > heads[0] and line.startswith("  ")]
    return [*lines[: heads[0] + 1], "  …", *lines[max(frames, default=heads[0]) + 1 :]]
