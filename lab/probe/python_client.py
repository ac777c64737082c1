"""The `python` of a shell line: a lab.probe.python_server runs its `manage.py …`, an ordinary Python all else.

A copy with a first line of its own stands in the folder of the server's socket, as a program. It runs isolated and
without `site`, and imports only what Python has built in, so that it starts in some milliseconds.
"""

import os
import sys


def main() -> None:
    if len(sys.argv) > 1 and sys.argv[1].endswith("manage.py") and sys.argv[2:3] != ["runserver"]:
        ended = ask(os.path.join(os.path.dirname(sys.argv[0]), "socket"))  # noqa: PTH118, PTH120 - pathlib takes longer
        if ended is not None:
            end_as(*ended)
    os.execv(sys.executable, [sys.executable, *sys.argv[1:]])  # noqa: S606


def ask(address: str) -> tuple[str, int] | None:
    """Return how the command ended: ("exit", its code) or ("signal", its number); None when it has not been run."""
    import _socket

    mask = os.umask(0)
    os.umask(mask)
    arguments = [os.fsencode(argument) for argument in sys.argv[1:]]
    environment = [name + b"=" + value for name, value in os.environb.items()]
    fields = [os.fsencode(os.getcwd()), b"%d" % mask, b"%d" % len(arguments), *arguments, *environment]  # noqa: PTH109
    order = b"\0".join(fields)
    streams = b"".join(number.to_bytes(4, sys.byteorder) for number in (0, 1, 2))
    try:
        server = _socket.socket(_socket.AF_UNIX, _socket.SOCK_STREAM)
        server.connect(address)
        server.sendmsg([len(order).to_bytes(4, "big")], [(_socket.SOL_SOCKET, _socket.SCM_RIGHTS, streams)])
        server.sendall(order)
        how, _, number = server.recv(32).decode().partition(" ")
    except OSError:
        return None
    return (how, int(number)) if number else None


def end_as(how: str, number: int) -> None:
    """End as the command has ended. Never returns."""
    if how == "signal":
        import signal

        if number != signal.SIGKILL:
            signal.signal(number, signal.SIG_DFL)
        os.kill(os.getpid(), number)
    os._exit(number)


if __name__ == "__main__":
    main()
