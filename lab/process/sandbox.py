"""Limits for a child process, as far as the system permits: its resources, its name spaces and its life."""

import contextlib
import ctypes
import os
import signal
import socket
import struct
import sys

if sys.platform != "win32":
    import resource

LINUX = sys.platform == "linux"

CPU_SECONDS = 60  # of each process; the time-out of the whole experiment is lab.process.runner's
MEMORY_BYTES = 1536 * 1024 * 1024  # of address space, of which Python's and Django's code takes some 300 MB
FILE_BYTES = 64 * 1024 * 1024
OPEN_FILES = 256

FURTHER_PROCESSES = 1000  # of this user, beside all that run already; a browser that starts meanwhile counts too

ALARM_SECONDS = 75

_PR_SET_PDEATHSIG = 1
_PR_SET_CHILD_SUBREAPER = 36
_SIOCSIFFLAGS, _IFF_UP = 0x8914, 0x1
_CLONE_NEWNS, _CLONE_NEWUTS, _CLONE_NEWIPC, _CLONE_NEWNET = 0x00020000, 0x04000000, 0x08000000, 0x40000000

_libc = ctypes.CDLL(None, use_errno=True) if LINUX else None


def die_with_parent(parent: int) -> None:
    """Ask Linux to kill this process as soon as its parent ends; `parent` is that parent's process id.

    Elsewhere an alarm is set instead, which ends the process later than any time-out would.
    """
    if _libc is not None:
        _libc.prctl(_PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
        if os.getppid() != parent:  # it ended before the request was made
            os._exit(1)
    elif sys.platform != "win32":
        signal.signal(signal.SIGALRM, signal.SIG_DFL)
        signal.alarm(ALARM_SECONDS)


def adopt_orphans() -> None:
    """Make this process the parent of its children's orphans (Linux), so that it can see and end them."""
    if _libc is not None:
        _libc.prctl(_PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)


def limit_resources() -> None:
    """Set CPU, memory, file and core limits; a limit that the system refuses is left as it is."""
    if sys.platform == "win32":
        return
    for kind, limit in (
        (resource.RLIMIT_CPU, CPU_SECONDS),
        (resource.RLIMIT_AS, MEMORY_BYTES),
        (resource.RLIMIT_FSIZE, FILE_BYTES),
        (resource.RLIMIT_NOFILE, OPEN_FILES),
        (resource.RLIMIT_CORE, 0),
    ):
        with contextlib.suppress(ValueError, OSError):
            _, hard = resource.getrlimit(kind)
            limit = limit if hard == resource.RLIM_INFINITY else min(limit, hard)
            resource.setrlimit(kind, (limit, limit))


def limit_processes() -> None:
    """Let this user have only FURTHER_PROCESSES more than now, so that a fork bomb in a learner's project ends.

    On Linux only; root is not limited by this.
    """
    if sys.platform == "linux":
        user, tasks = os.getuid(), 0
        for folder in os.scandir("/proc"):
            if folder.name.isdigit():
                with contextlib.suppress(OSError):
                    status = os.stat(f"/proc/{folder.name}/task")  # noqa: PTH116 - strings: there are hundreds
                    tasks += status.st_nlink - 2 if status.st_uid == user else 0
        with contextlib.suppress(ValueError, OSError):
            _, hard = resource.getrlimit(resource.RLIMIT_NPROC)
            limit = tasks + FURTHER_PROCESSES
            limit = limit if hard == resource.RLIM_INFINITY else min(limit, hard)
            resource.setrlimit(resource.RLIMIT_NPROC, (limit, limit))


def leave_namespaces() -> bool:
    """Cut this process off from the network, System V IPC, mounts and host name. Return False if not permitted.

    An ordinary user may not do this, nor can macOS: what runs is this project's own code either way.
    """
    if _libc is None:
        return False
    if _libc.unshare(_CLONE_NEWNET | _CLONE_NEWNS | _CLONE_NEWIPC | _CLONE_NEWUTS) != 0:
        return False
    _raise_loopback()
    return True


def _raise_loopback() -> None:
    """Raise the loopback interface, which is down in a new network; Django's live server test cases listen on it."""
    import fcntl

    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as any_socket:
        request = struct.pack("16sH14x", b"lo", _IFF_UP)
        fcntl.ioctl(any_socket, _SIOCSIFFLAGS, request)
