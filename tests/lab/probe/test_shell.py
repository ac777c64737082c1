"""A `python manage.py …` of a shell line: the fork that runs it is to the line what an interpreter of its own is."""

import shutil
import sys

import pytest

from lab.checker.observe_folder import FolderResult
from lab.experiment.plan import parse
from lab.process.job import FolderJob
from lab.process.message import decode
from lab.process.runner import FORK
from workshop.skeleton import MANAGE, PAGE, SETTINGS, URLS

# A variable that an interpreter reads when it starts and that changes nothing here: with it, the line gets its own one.
OWN = "LC_COLLATE=C"
FORKED = "import sys; print('lab.probe.python_server' in sys.modules)"
SEEN = (
    "import os, sys; print(sys.path, sys.argv, sys.executable, sys.dont_write_bytecode, sys.stdout.encoding, "
    "sys.stdout.errors, sys.stdout.line_buffering, sys.stderr.errors, os.getcwd(), os.umask(0), "
    "sorted(os.environ.items() - {('LC_COLLATE', 'C')}), __import__('__main__').__file__, "
    "__import__('tempfile').gettempdir(), sys.stdin.read())"
)
LINES = (
    f'echo words | {{}} python manage.py shell -v 0 -c "{SEEN}"',
    "umask 027; cd project; A=1 {} python ../manage.py shell -v 0 -c "
    "\"import os; os.mkfifo('f'); os.system('stat -c %A f')\"; rm f",
    "{} python manage.py check",
    "{} python manage.py nonsense; echo $?",
    "{} python manage.py shell -v 0 -c 'raise ValueError(3)'; echo $?",
    "{} python manage.py shell -v 0 -c 'import sys; print(1); sys.exit(\"said\")'; echo $?",
    "{} python manage.py shell -v 0 -c 'import os; print(1, flush=True); os.kill(os.getpid(), 9)'; echo $?",
    "{} python manage.py shell -v 0 -c 'import atexit, threading; atexit.register(print, 2); "
    "threading.Timer(0.1, print, [1]).start()' > printed; cat printed",
    "{} python manage.py collectstatic --noinput | tail -1; {} python manage.py collectstatic --noinput < /dev/null",
)


@pytest.fixture(scope="module")
def run(tmp_path_factory, runner):
    """run(lines): the steps that come of them in a project."""
    folder = tmp_path_factory.mktemp("mine")
    files = {
        "manage.py": MANAGE,
        "project/__init__.py": "",
        "project/settings.py": SETTINGS,
        "project/urls.py": URLS,
        "static/page.css": "h1 { color: teal; }\n",
        "templates/page.html": PAGE,
    }
    for path, text in files.items():
        (folder / path).parent.mkdir(exist_ok=True)
        (folder / path).write_text(text)

    def carried_out(lines):
        plan = parse([{"shell": line, "label": f"line{number}"} for number, line in enumerate(lines)])
        return decode(FolderResult, runner.perform(FolderJob(str(folder), plan), 60)).observation.commands

    return carried_out


@pytest.mark.skipif(not FORK, reason="no fork here")
def test_a_line_prints_and_ends_as_it_does_with_an_interpreter_of_its_own(run):
    quick = run([line.replace("{} ", "") for line in LINES])
    own = run([line.replace("{}", OWN) for line in LINES])
    for line, ours, theirs in zip(LINES, quick, own, strict=True):
        assert (ours.exit, ours.stdout, ours.stderr) == (theirs.exit, theirs.stdout, theirs.stderr), line


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells how another process stands")
def test_a_line_gets_an_interpreter_of_its_own_wherever_a_fork_would_not_be_the_same(run):
    asks = f'python manage.py shell -v 0 -c "{FORKED}"'
    lines = [
        asks,
        f"{OWN} {asks}",
        f"PYTHONDEVMODE= {asks}",
        f'env -i PATH="$PATH" {asks}',
        f"ulimit -n 64; {asks}",
        f"nice -n 1 {asks}",
        f'python -B manage.py shell -v 0 -c "{FORKED}"',
        f"touch PIL.py; {asks}; rm PIL.py",
    ]
    assert [step.stdout.strip() for step in run(lines)] == ["True", *["False"] * (len(lines) - 1)]


@pytest.mark.skipif(shutil.which("sh") is None or sys.platform != "linux", reason="only Linux tells of another's end")
def test_what_ends_the_python_of_a_line_ends_its_command_too(run):
    waits = "python manage.py shell -v 0 -c 'import os, time; print(os.getpid(), flush=True); time.sleep(60)' > id"
    line = (
        f"{waits} & until test -s id; do sleep 0.1; done; kill -KILL $!; wait $!; echo $?; sleep 0.3; kill -0 $(cat id)"
    )
    (step,) = run([line])
    assert step.stdout == "137\n"
    assert step.exit == 1
