"""apt-get, the package manager of Debian and Ubuntu."""

import os
import shutil
import subprocess
from collections.abc import Callable, Sequence

Step = Callable[[str, Sequence[str]], bool]  # runs a command under a title, and returns whether it succeeded


def usable() -> bool:
    """Return whether packages can be installed here without a password."""
    return bool(shutil.which("apt-get")) and hasattr(os, "geteuid") and os.geteuid() == 0


def install(packages: Sequence[str], step: Step) -> bool:
    """Install Debian packages; return whether that succeeded."""
    command = [
        *("env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "install", "-y", "-qq", "--no-install-recommends"),
        *packages,
    ]
    title = f"{', '.join(packages)} with apt-get"
    # The package lists may be missing or old. Fetching them takes a while, so only when it does not go without.
    known = subprocess.run([*command, "--simulate"], capture_output=True, check=False).returncode == 0
    if known and step(title, command):
        return True
    return step("apt-get's package lists", ["apt-get", "update", "-qq"]) and step(title, command)
