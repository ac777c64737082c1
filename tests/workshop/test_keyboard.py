"""Single keys, and a terminal that is as it was afterwards."""

import os
import sys

import pytest

from workshop.keyboard import END, keyboard

if sys.platform == "win32":
    pytest.skip("there are no pseudo-terminals", allow_module_level=True)

import pty
import termios


@pytest.fixture
def terminal(monkeypatch):
    """(the far end, this end)."""
    master, slave = pty.openpty()
    with os.fdopen(slave, "r") as stdin:
        monkeypatch.setattr("sys.stdin", stdin)
        yield master, stdin.fileno()
    os.close(master)


def test_a_key_is_read_without_enter(terminal):
    master, _ = terminal
    with keyboard() as keys:
        assert keys.read(0) == ""
        os.write(master, b"h")
        assert keys.read(5) == "h"


@pytest.mark.parametrize("pressed", [b"\x1b[A", b"\x1bOP", b"\x1b"])
def test_arrows_and_function_keys_are_no_letters(terminal, pressed):
    master, _ = terminal
    with keyboard() as keys:
        os.write(master, pressed)
        assert keys.read(5) == ""


def test_a_closed_terminal_says_so(terminal):
    master, _ = terminal
    with keyboard() as keys:
        os.write(master, b"\x04")
        assert keys.read(5) == END


def test_after_an_exception_the_terminal_is_as_before(terminal):
    _, slave = terminal
    before = termios.tcgetattr(slave)
    manners = []

    def fail():
        manners.append(termios.tcgetattr(slave))
        raise RuntimeError

    with pytest.raises(RuntimeError), keyboard():
        fail()
    assert manners != [before]
    assert termios.tcgetattr(slave) == before


def test_without_a_terminal_no_key_is_pressed(monkeypatch):
    with open(os.devnull) as nothing:  # noqa: PTH123
        monkeypatch.setattr("sys.stdin", nothing)
        with keyboard() as keys:
            assert keys.read(0.01) == ""
