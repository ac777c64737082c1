"""A function called in another process, with fork and without."""

import os
from pathlib import Path

import pytest

from lab.observation import CommandStep, Fault
from lab.probe.django_setup import run_command
from lab.process import call as call_module
from lab.process.call import ProcessDied, call, start


@pytest.fixture(params=["fork", "fresh interpreter"])
def way(request, monkeypatch):
    if request.param != "fork":
        monkeypatch.setattr(call_module, "FORK", False)


@pytest.fixture
def project(tmp_path):
    (tmp_path / "manage.py").write_text("import os, sys\nprint(sys.argv[1:], os.environ['COLOUR'], os.getpid())\n")
    return tmp_path


@pytest.mark.usefixtures("way")
def test_a_call_gives_a_typed_result_of_another_process(project):
    done = call(run_command, project, ("manage.py", "go"), environment={"COLOUR": "red"})
    assert isinstance(done, CommandStep)
    assert done.stdout.startswith("['go'] red")
    assert str(os.getpid()) not in done.stdout


@pytest.mark.usefixtures("way")
def test_an_exception_of_the_project_is_part_of_the_result(project):
    (project / "manage.py").write_text("1 / 0\n")
    done = call(run_command, project, ("manage.py",))
    assert (done.exit, done.error) == (1, Fault("ZeroDivisionError", "division by zero"))


@pytest.mark.usefixtures("way")
def test_a_process_that_ends_itself_has_no_result(project):
    (project / "manage.py").write_text("import os\nos._exit(0)\n")
    with pytest.raises(ProcessDied, match=r"It ended with exit code 0\."):
        call(run_command, project, ("manage.py",))


@pytest.mark.usefixtures("way")
def test_two_calls_are_under_way_at_once(project):
    (project / "manage.py").write_text("import sys\nprint(sys.argv[1])\n")
    both = [start(run_command, project, ("manage.py", name)) for name in ("one", "two")]
    assert [pending.result().stdout.strip() for pending in both] == ["one", "two"]


def test_a_function_that_takes_other_arguments_is_not_called():
    with pytest.raises(TypeError):
        call(run_command, Path("/"))  # argv is missing
