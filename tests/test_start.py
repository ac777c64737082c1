"""start.py: what it remembers, how it recovers, and what it says when something is missing."""

import ast
import json
import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import start
from mysite.machine.needs import BROWSER, NGINX


@pytest.fixture
def commands(monkeypatch: pytest.MonkeyPatch) -> list[list[str]]:
    """The commands that start.py would have run; making an environment leaves only its Python."""
    seen: list[list[str]] = []

    def pretend(title: str, argv: list[str]) -> None:
        seen.append(argv)
        if "venv" in argv:
            python = start.Venv(Path(argv[-1])).python
            python.parent.mkdir(parents=True)
            python.touch()

    monkeypatch.setattr(start, "run", pretend)
    monkeypatch.setattr("shutil.which", lambda name, **_: None)
    return seen


def venv_made(commands: list[list[str]]) -> bool:
    return any("venv" in argv for argv in commands)


def installed(commands: list[list[str]]) -> list[str]:
    return [argv[-1] for argv in commands if "install" in argv]


def test_the_first_start_makes_an_environment_and_the_second_does_nothing(
    tmp_path: Path, commands: list[list[str]]
) -> None:
    venv = start.Venv(tmp_path / ".venv")
    venv.ensure(start.REQUIREMENTS)
    assert venv_made(commands)
    assert installed(commands) == ["requirements.txt"]
    commands.clear()
    start.Venv(tmp_path / ".venv").ensure(start.REQUIREMENTS)
    assert commands == []


def test_tests_add_their_requirements_and_serving_afterwards_installs_nothing(
    tmp_path: Path, commands: list[list[str]]
) -> None:
    venv = start.Venv(tmp_path / ".venv")
    venv.ensure(start.REQUIREMENTS)
    commands.clear()
    venv.ensure(start.TEST_REQUIREMENTS)
    assert not venv_made(commands)
    assert installed(commands) == ["requirements-dev.txt"]
    commands.clear()
    venv.ensure(start.REQUIREMENTS)
    venv.ensure(start.TEST_REQUIREMENTS)
    assert commands == []


def test_changed_requirements_are_installed_into_the_same_environment(
    tmp_path: Path, commands: list[list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    venv = start.Venv(tmp_path / ".venv")
    venv.ensure(start.REQUIREMENTS)
    commands.clear()
    monkeypatch.setattr(start, "fingerprint", lambda name: "changed")
    venv.ensure(start.REQUIREMENTS)
    assert not venv_made(commands)
    assert installed(commands) == ["requirements.txt"]


def test_an_environment_that_was_never_finished_is_made_anew(
    tmp_path: Path, commands: list[list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    venv = start.Venv(tmp_path / ".venv")

    def no_network(title: str, argv: list[str]) -> None:
        if "install" in argv:
            raise start.StepError("ERROR: Could not find a version that satisfies … (from versions: none)")
        complete(title, argv)

    complete = start.run
    with monkeypatch.context() as patch:
        patch.setattr(start, "run", no_network)
        with pytest.raises(start.SetupError, match="check the network"):
            venv.ensure(start.REQUIREMENTS)
    commands.clear()
    leftover = venv.folder / "half-made"
    leftover.touch()
    venv.ensure(start.REQUIREMENTS)
    assert venv_made(commands)
    assert not leftover.exists()


def spoil_stamp(venv: start.Venv) -> None:
    (venv.folder / "start-stamp.json").write_text('{"interp')


def lose_interpreter(venv: start.Venv) -> None:
    venv.python.unlink()
    venv.python.symlink_to(venv.folder / "gone")


def change_python(venv: start.Venv) -> None:
    stamp = venv.folder / "start-stamp.json"
    stamp.write_text(json.dumps({**json.loads(stamp.read_text()), "interpreter": "another Python"}))


@pytest.mark.parametrize("spoil", [spoil_stamp, lose_interpreter, change_python])
def test_an_environment_that_cannot_be_trusted_is_made_anew(
    tmp_path: Path, commands: list[list[str]], spoil: Callable[[start.Venv], None]
) -> None:
    venv = start.Venv(tmp_path / ".venv")
    venv.ensure(start.REQUIREMENTS)
    spoil(venv)
    commands.clear()
    venv.ensure(start.REQUIREMENTS)
    assert venv_made(commands)


def test_a_moved_folder_gets_a_new_environment(tmp_path: Path, commands: list[list[str]]) -> None:
    start.Venv(tmp_path / "here").ensure(start.REQUIREMENTS)
    (tmp_path / "here").rename(tmp_path / "there")
    commands.clear()
    start.Venv(tmp_path / "there").ensure(start.REQUIREMENTS)
    assert venv_made(commands)


def test_uv_is_used_where_it_is_and_pip_where_uv_fails(
    tmp_path: Path, commands: list[list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    pretend = start.run

    def uv_without_network(title: str, argv: list[str]) -> None:
        if argv[0] == "/bin/uv" and "install" in argv:
            commands.append(argv)
            raise start.StepError("no network")
        pretend(title, argv)

    monkeypatch.setattr("shutil.which", lambda name, **_: "/bin/uv")
    monkeypatch.setattr(start, "run", uv_without_network)
    venv = start.Venv(tmp_path / ".venv")
    venv.ensure(start.REQUIREMENTS)
    assert [argv[0] for argv in commands] == ["/bin/uv", "/bin/uv", str(venv.python)]


def test_a_python_without_the_venv_package_is_told_how_to_get_it(
    tmp_path: Path, commands: list[list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None if name == "ensurepip" else object())
    with pytest.raises(start.SetupError, match=r"sudo apt install python3\.\d+-venv"):
        start.Venv(tmp_path / ".venv").ensure(start.REQUIREMENTS)
    assert commands == []


def test_an_old_python_can_read_the_file_and_says_what_is_needed(monkeypatch: pytest.MonkeyPatch) -> None:
    """Read with the grammar of 3.7, the oldest that ast still knows; the version check stands before all imports."""
    source = Path(start.__file__).read_text(encoding="utf-8")
    body = ast.parse(source, feature_version=(3, 7)).body
    statements = [type(node).__name__ for node in body[:3]]
    assert statements == ["Expr", "Import", "If"]
    check = compile(ast.Module(body[:3], type_ignores=[]), "start.py", "exec")
    monkeypatch.setattr(sys, "version_info", (3, 10, 1))
    with pytest.raises(SystemExit, match=r"needs Python 3\.11 or newer; this is Python 3\.10"):
        exec(check, {})


def test_a_busy_port_is_told_before_anything_is_installed(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, commands: list[list[str]], capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("signal.signal", lambda number, handler: None)
    monkeypatch.setenv("START_VENV", str(tmp_path / ".venv"))
    monkeypatch.setattr("mysite.serving.ports.complaint", lambda port, count: f"Port {port} is busy. Try --port 8010")
    assert start.main(["--port", "8000"]) == 1
    assert "Try --port 8010" in capsys.readouterr().err
    assert commands == []


def test_a_failing_step_shows_its_last_lines_and_what_to_try() -> None:
    with pytest.raises(start.StepError) as error:
        start.run("A step", [sys.executable, "-c", "print('No space left on device'); raise SystemExit(1)"])
    assert "No space left" in error.value.tail()
    assert "make room" in start.advice(error.value.output)


def test_a_failing_migration_does_not_keep_the_site_from_starting(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def fail(title: str, argv: list[str]) -> None:
        raise start.StepError("SyntaxError: invalid syntax")

    monkeypatch.setattr(start, "run", fail)
    start.migrate(start.Venv(Path(".venv")))
    assert "SyntaxError" in capsys.readouterr().err


@pytest.fixture
def pytest_call(monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    """What start.py would have called pytest with; it finds a browser and, first of all, nothing missing."""
    asked: dict[str, Any] = {}

    def answer(argv: list[str], env: dict[str, str], check: bool) -> "subprocess.CompletedProcess[str]":
        asked.update(argv=argv, env=env)
        return subprocess.CompletedProcess(argv, 3)

    monkeypatch.setattr("signal.signal", lambda number, handler: None)
    monkeypatch.setattr(start.Venv, "ensure", lambda self, requirements: None)
    monkeypatch.setattr(start, "install_missing", lambda environment, step: [])
    monkeypatch.setattr(start.browser, "find", lambda packages: "/usr/bin/chrome")
    monkeypatch.setattr("subprocess.run", answer)
    monkeypatch.delenv("BROWSER_EXECUTABLE", raising=False)
    return asked


def test_the_browser_and_the_arguments_reach_pytest(pytest_call: dict[str, Any]) -> None:
    assert start.main(["test", "-k", "home", "-x"]) == 3
    assert pytest_call["argv"][1:] == ["-m", "pytest", *start.SIDE_BY_SIDE, "-k", "home", "-x"]
    assert pytest_call["env"]["BROWSER_EXECUTABLE"] == "/usr/bin/chrome"
    assert os.getcwd() == str(start.ROOT)  # noqa: PTH109 (the very thing that pytest will read)
    start.main(["test", "tests/test_start.py::test_one"])
    assert pytest_call["argv"][1:] == ["-m", "pytest", "tests/test_start.py::test_one"]


def test_what_cannot_be_installed_is_said_in_one_line_and_the_tests_are_run_all_the_same(
    pytest_call: dict[str, Any], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(start, "install_missing", lambda environment, step: [NGINX, BROWSER])
    assert start.main(["test"]) == 3
    assert [line for line in capsys.readouterr().out.splitlines() if line] == [
        "Not on this machine: nginx, Chromium or Chrome. Tests that need one are left out; the last lines say how to "
        "get it."
    ]
    assert "BROWSER_EXECUTABLE" not in pytest_call["env"]


def test_an_attempt_that_fails_is_one_line_without_what_the_command_printed(
    capsys: pytest.CaptureFixture[str],
) -> None:
    fails = "import sys, time; print('Error: ENOTFOUND', flush=True); time.sleep(1); sys.exit('  at GetAddrInfo')"
    assert not start.attempt("Chromium from Playwright", [sys.executable, "-c", fails])
    printed = capsys.readouterr().out
    assert re.fullmatch(r"Chromium from Playwright … \d s\s+Chromium from Playwright: failed in \d\.\d s\n", printed)


def test_before_there_is_an_environment_start_py_imports_the_standard_library_alone() -> None:
    """And nothing of tests/, which a download of the site may lack."""
    listed = "import sys; sys.path.insert(0, '.'); import start; print(*sys.modules)"
    argv = [sys.executable, "-S", "-c", listed]
    imported = subprocess.run(argv, cwd=start.ROOT, check=True, capture_output=True, text=True).stdout.split()
    assert {name.partition(".")[0] for name in imported} - sys.stdlib_module_names == {"__main__", "start", "mysite"}
