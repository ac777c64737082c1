"""Watching, in a real pseudo-terminal and in a pipe."""

import contextlib
import json
import os
import re
import select
import signal
import subprocess
import sys
import time

import pytest

from lab.process.call import ROOT
from tests.lab.processes import eventually, marked
from tests.workshop.small_exercises import FIRST, PAGE, SECOND
from workshop.exercise import exercises
from workshop.snapshot import snapshot
from workshop.terminal import Teller
from workshop.watch import SETTLE_ROUNDS, Roll, Watch

posix = pytest.mark.skipif(sys.platform == "win32", reason="there are no pseudo-terminals")
CLEAR = "\x1b[H\x1b[J"


class Terminal:
    """A pseudo-terminal in which `watch` runs."""

    def __init__(self, learner, *words, columns=80, rows=40):
        import fcntl
        import pty
        import struct
        import termios

        self.mark = str(learner.folder.parent)  # in the environment of the fork server and its children, too
        environment = {**learner.environment, "TMPDIR": self.mark}
        for name in ("COLUMNS", "LINES"):
            environment.pop(name, None)
        self._master, self._slave = pty.openpty()
        fcntl.ioctl(self._slave, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
        self.before = termios.tcgetattr(self._slave)
        self.process = subprocess.Popen(
            learner.command("watch", *words),
            env=environment,
            cwd=ROOT,
            stdin=self._slave,
            stdout=self._slave,
            stderr=self._slave,
            preexec_fn=self._own_terminal,
        )
        self._raw = ""

    def _own_terminal(self):
        import fcntl
        import termios

        os.setsid()
        fcntl.ioctl(0, termios.TIOCSCTTY, 0)
        signal.signal(signal.SIGINT, signal.default_int_handler)

    def manners(self):
        import termios

        return termios.tcgetattr(self._slave)

    def types(self, keys):
        os.write(self._master, keys.encode())

    def read(self):
        while select.select([self._master], [], [], 0)[0]:
            self._raw += os.read(self._master, 65536).decode(errors="replace")

    def screen(self):
        """What was drawn since the last clearing, without colours."""
        self.read()
        return re.sub(r"\x1b\[[0-9;]*m", "", self._raw.rpartition(CLEAR)[2])

    def shows(self, text, seconds=20):
        assert eventually(lambda: text in self.screen(), seconds), self.screen()

    def end(self):
        code = self.process.wait(timeout=10)
        self.read()
        return code

    def close(self):
        if self.process.poll() is None:
            self.process.kill()
            self.process.wait()
        os.close(self._master)
        os.close(self._slave)


@pytest.fixture
def watching(learner):
    with contextlib.ExitStack() as stack:

        def watch(*words, **size):
            return stack.enter_context(contextlib.closing(Terminal(learner, *words, **size)))

        yield watch


@posix
def test_a_save_is_answered_on_one_screen_and_a_key_leads_on(learner, watching):
    terminal = watching(columns=100)
    terminal.shows("fails     Its stylesheet is there.")
    terminal.shows("Give the page its stylesheet.")
    terminal.shows("Keys: t task, l list, h hint, s solution, n next, r reset, c check, q quit")
    terminal.types("h")
    terminal.shows("Hint 1 of 3: Look at the name.")
    terminal.types("h")
    terminal.shows("Hint 2 of 3: It is another one.")
    began = time.monotonic()
    learner.solves()
    terminal.shows("Exercise 1, First page: passed.")
    assert time.monotonic() - began < 3  # about half a second on an idle machine
    terminal.shows("n: on to exercise 2, Second page.")
    terminal.types("n")
    terminal.shows("Exercise 2, Second page: not passed yet.")
    assert (learner.folder / SECOND).is_dir()
    terminal.types("q")
    assert terminal.end() == 0
    assert terminal.manners() == terminal.before
    assert learner.workshop.progress.of(FIRST).passed


@posix
def test_the_task_and_the_list_are_a_key_away_and_what_was_told_can_be_scrolled_back_to(watching):
    terminal = watching("1", columns=100)
    terminal.shows("not passed yet. 1 of 2 claims holds. 0 of 2 exercises passed.")
    assert "\x1b[3J" not in terminal._raw
    kept = terminal._raw.partition(CLEAR)[0]
    assert "The page names a stylesheet that is not there." in kept
    assert kept.count("\n") > 40  # scrolled out of the screen before it is cleared
    terminal.types("t")
    terminal.shows("It is to have one.")
    terminal.types("t")
    terminal.shows("fails     Its stylesheet is there.")
    terminal.types("l")
    terminal.shows(" 2  not begun  Second page")
    terminal.types("s")
    terminal.shows("Exercise 1 is not passed. Look at the solution anyway?")
    terminal.types("y")
    terminal.shows("The solution of exercise 1, First page")


@posix
def test_reset_asks_with_a_key(learner, watching):
    terminal = watching("1")
    terminal.shows("not passed yet.")
    learner.solves()
    terminal.shows("s: your way beside others.")
    terminal.types("r")
    terminal.shows("Start exercise 1 afresh? Your files are kept as a backup. y: yes, other keys: no.")
    terminal.types("x")
    terminal.shows("n: on to exercise 2")
    terminal.types("r")
    terminal.shows("y: yes")
    terminal.types("y")
    terminal.shows("Your files are now in")
    terminal.shows("not passed yet.")
    assert "pages.css" in (learner.folder / FIRST / PAGE).read_text()


@posix
def test_what_is_not_passed_is_left_only_when_that_is_meant(learner, watching):
    terminal = watching("1")
    terminal.shows("not passed yet.")
    terminal.types("n")
    terminal.shows("Exercise 1 is not passed. Go on to 2, Second page?")
    terminal.types("n")
    terminal.shows("Waiting for a file to be saved")
    assert not (learner.folder / SECOND).exists()


@posix
@pytest.mark.parametrize("name", ["SIGINT", "SIGTERM", "SIGHUP"])
def test_however_it_ends_the_terminal_is_as_before_and_no_process_is_left(watching, name):
    terminal = watching("1")
    terminal.shows("not passed yet.")
    assert terminal.manners() != terminal.before
    terminal.process.send_signal(getattr(signal, name))
    assert terminal.end() == 0
    assert terminal.manners() == terminal.before
    assert eventually(lambda: not marked(terminal.mark)), marked(terminal.mark)


@posix
def test_ctrl_c_while_a_check_runs_ends_the_project_too(learner, watching):
    learner.types("start", "1")
    with (learner.folder / FIRST / "project/settings.py").open("a") as settings:
        settings.write("\nwhile True: pass\n")
    terminal = watching("1")
    terminal.shows("Checking …")
    time.sleep(0.5)
    terminal.types("\x03")
    assert terminal.end() == 0
    assert terminal.manners() == terminal.before
    assert eventually(lambda: not marked(terminal.mark)), marked(terminal.mark)
    assert "Traceback" not in terminal.screen()


@posix
def test_after_a_pause_in_the_background_keys_are_heard_again(watching):
    import termios

    terminal = watching("1")
    terminal.shows("not passed yet.")
    termios.tcsetattr(terminal._slave, termios.TCSADRAIN, terminal.before)  # as a shell does at Ctrl-Z
    terminal.process.send_signal(signal.SIGCONT)
    assert eventually(lambda: terminal.manners() != terminal.before)
    terminal.types("q")
    assert terminal.end() == 0


@posix
def test_a_closed_terminal_ends_it(learner, watching):
    terminal = watching("1")
    terminal.shows("not passed yet.")
    terminal.types("\x04")  # Ctrl-D
    assert terminal.end() == 0


@posix
def test_on_a_small_screen_the_last_lines_are_the_keys(watching):
    terminal = watching("1", columns=60, rows=12)
    terminal.shows("Keys: t l h s n r c q")
    terminal.shows("… and more:")
    lines = terminal.screen().rstrip().split("\r\n")
    assert len(lines) < 12
    assert lines[-1].startswith("Keys:")


@contextlib.contextmanager
def piped(learner, *words):
    process = subprocess.Popen(
        learner.command("watch", *words),
        env=learner.environment,
        cwd=ROOT,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        yield process
    finally:
        process.terminate()
        process.wait(timeout=10)
        process.stdout.close()


def test_in_a_pipe_results_come_line_by_line(learner):
    learner.types("start", "1")
    with piped(learner, "1", "--json") as watch:
        assert json.loads(watch.stdout.readline())["passed"] is False
        learner.solves()
        assert json.loads(watch.stdout.readline())["passed"] is True
    assert watch.returncode == 0


def test_without_a_terminal_nothing_steers_one(learner):
    with piped(learner, "1") as watch:
        for line in watch.stdout:
            assert "\x1b" not in line
            if "Waiting for a file" in line:
                break


def test_a_file_that_is_written_in_two_goes_is_checked_when_it_is_whole(learner, monkeypatch):
    learner.types("start", "1")
    screen = Roll(lambda text: None)
    watch = Watch(learner.workshop, exercises(), screen, Teller(), learner.workshop.check)
    watch._begin(learner.first)
    watch._wanted = False
    page = learner.folder / FIRST / PAGE
    text = page.read_text()
    page.write_text(text[:40])
    pauses = []

    def sleep(_seconds):
        pauses.append(page.read_text())
        if len(pauses) == 1:
            page.write_text(text + "\n")

    monkeypatch.setattr("workshop.watch.time.sleep", sleep)
    watch._look()
    assert watch._wanted
    assert pauses == [text[:40], text + "\n"]  # it waited until nothing changed any more


def test_a_file_that_never_rests_does_not_keep_the_keys_from_being_heard(learner, monkeypatch):
    watch = Watch(learner.workshop, exercises(), Roll(lambda text: None), Teller(), learner.workshop.check)
    watch._begin(learner.first)
    log = learner.folder / FIRST / "server.log"
    log.write_text("")
    monkeypatch.setattr("workshop.watch.time.sleep", lambda _seconds: log.write_text(log.read_text() + "x"))
    watch._look()
    assert len(log.read_text()) == SETTLE_ROUNDS


def test_a_save_within_the_clocks_tick_and_with_the_same_size_is_noticed(tmp_path):
    file = tmp_path / "settings.py"
    file.write_text("DEBUG = 1")
    stamp = time.time_ns()
    os.utime(file, ns=(stamp, stamp))
    before = snapshot(tmp_path, {})
    file.write_text("DEBUG = 0")
    os.utime(file, ns=(stamp, stamp))
    assert snapshot(tmp_path, before) != before


def test_what_did_not_change_looks_the_same_and_is_not_read_again(tmp_path):
    file = tmp_path / "settings.py"
    file.write_text("DEBUG = 1")
    os.utime(file, (1_700_000_000, 1_700_000_000))
    before = snapshot(tmp_path, {})
    file.chmod(0)
    assert snapshot(tmp_path, before) == before


@pytest.mark.parametrize(
    "name", [".settings.py.swp", "settings.py~", ".#settings.py", "db.sqlite3", "__pycache__/a.pyc"]
)
def test_what_editors_and_python_leave_beside_is_no_save(tmp_path, name):
    before = snapshot(tmp_path, {})
    (tmp_path / name).parent.mkdir(exist_ok=True)
    (tmp_path / name).write_text("x")
    assert snapshot(tmp_path, before) == before


def test_a_folder_that_is_gone_has_no_files(tmp_path):
    assert snapshot(tmp_path / "gone", {}) == {}


def test_a_few_hundred_files_are_looked_at_in_a_blink(tmp_path):
    for number in range(400):
        (tmp_path / f"{number % 20}").mkdir(exist_ok=True)
        (tmp_path / f"{number % 20}/{number}.css").write_text("a {}")
    before = snapshot(tmp_path, {})
    took = []
    for _ in range(5):  # a machine with other work may stop this process in the middle of one
        began = time.perf_counter()
        assert snapshot(tmp_path, before) == before
        took.append(time.perf_counter() - began)
    assert min(took) < 0.2
