"""Single keys from a terminal, without waiting for Enter; and none where there is no terminal."""

import contextlib
import os
import sys
import time
from collections.abc import Iterator
from typing import Protocol

if sys.platform == "win32":
    import msvcrt
else:
    import select
    import signal
    import termios
    import tty

END = "\x04"  # what a closed terminal says


class Keyboard(Protocol):
    """Where keys come from."""

    def read(self, seconds: float) -> str:
        """The key that was pressed within that time, or ""."""
        ...


class NoKeyboard:
    """Waits, and is never pressed."""

    def read(self, seconds: float) -> str:
        time.sleep(seconds)
        return ""


@contextlib.contextmanager
def keyboard() -> Iterator[Keyboard]:
    """The terminal's keys; when the context is left, in whatever way, the terminal is as it was before."""
    if not (sys.stdin is not None and sys.stdin.isatty()):
        yield NoKeyboard()
    elif sys.platform == "win32":
        yield _WindowsKeyboard()
    else:
        descriptor = sys.stdin.fileno()
        before = termios.tcgetattr(descriptor)
        tty.setcbreak(descriptor)
        # After Ctrl-Z and fg the shell has given the terminal its own manners back.
        resumed = signal.signal(signal.SIGCONT, lambda *_: tty.setcbreak(descriptor))
        try:
            yield _PosixKeyboard(descriptor)
        finally:
            signal.signal(signal.SIGCONT, resumed)
            termios.tcsetattr(descriptor, termios.TCSADRAIN, before)


def understand_ansi() -> None:
    """Let a Windows console obey what clears the screen; every other terminal does by itself."""
    if sys.platform == "win32":
        import ctypes

        output = ctypes.windll.kernel32.GetStdHandle(-11)
        mode = ctypes.c_ulong()
        if ctypes.windll.kernel32.GetConsoleMode(output, ctypes.byref(mode)):
            ctypes.windll.kernel32.SetConsoleMode(output, mode.value | 4)  # ENABLE_VIRTUAL_TERMINAL_PROCESSING


if sys.platform == "win32":

    class _WindowsKeyboard:
        def read(self, seconds: float) -> str:
            deadline = time.monotonic() + seconds
            while not msvcrt.kbhit():
                if time.monotonic() >= deadline:
                    return ""
                time.sleep(0.02)
            key = msvcrt.getwch()
            if key in ("\x00", "\xe0"):  # a function key: its second half says which, and none is ours
                msvcrt.getwch()
                return ""
            return key

else:

    class _PosixKeyboard:
        def __init__(self, descriptor: int) -> None:
            self._descriptor = descriptor

        def read(self, seconds: float) -> str:
            readable, _, _ = select.select([self._descriptor], [], [], seconds)
            if not readable:
                return ""
            try:
                pressed = os.read(self._descriptor, 64).decode(errors="replace")
            except OSError:
                return END
            if pressed.startswith("\x1b"):  # an arrow or another key that sends several characters
                return ""
            return pressed[:1] or END
