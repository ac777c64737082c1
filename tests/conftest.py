"""What every test may use. Browser tests find their browser here, those with real servers find them in browser/."""

import functools
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import django
import pytest

from mysite.machine import browser
from mysite.machine.environment import Environment
from mysite.machine.needs import BROWSER, NGINX
from mysite.serving.nginx import find as find_nginx
from tests import left_out
from tests.sites import Site, Sites, side_by_side

# A browser calls home for updates, translations and safety lists; tests need none of it.
QUIET = (
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-default-apps",
    "--disable-domain-reliability",
    "--disable-sync",
    "--no-first-run",
    "--no-pings",
)
# Chrome gives a sandboxed frame a process of its own. Its headless shell does so only when asked; without that the
# page's console reports what axe sends to such a frame.
ISOLATED = "--site-per-process"

# What shares servers that take long to start: the running site, or the lab's fork server and its memory.
TOGETHER = {
    "tests/browser/": "the site",
    "tests/which_file/test_command.py": "the site",
    "tests/gallery/test_under_load.py": "the site",
    "tests/test_attacks.py": "the site",
    "tests/mysite/web/test_unread_body.py": "the site",
    "tests/mysite/serving/test_sidebyside.py": "the site",
    "tests/lab/": "the lab",
}

# Each of these tests stands alone, so whichever process is free takes the next.
APART = ("tests/guide/test_cases.py", "tests/workshop/test_exercises.py")
# What begins first, because it takes longest; what stands alone comes last and fills the gaps.
FIRST = ("the site", "tests/cloud/test_d", "tests/cloud/test_two_sites.py", "the lab", "tests/cloud/")


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Any:
    """Tests of one module, or of modules that share servers, stay together in one process. The longest begin.

    The group names of pytest-xdist 3.8 (`--dist=loadgroup`) go unheard in pytest 9.2.
    """
    from xdist.scheduler import LoadScopeScheduling

    class Together(LoadScopeScheduling):
        def _split_scope(self, nodeid: str) -> str:
            module = nodeid.partition("::")[0]
            if module in APART:
                return nodeid
            return next((group for start, group in TOGETHER.items() if module.startswith(start)), module)

        def _assign_work_unit(self, node: Any) -> None:
            self.workqueue.move_to_end(min(self.workqueue, key=_place), last=False)
            super()._assign_work_unit(node)

    return Together(config, log)


def _place(scope: str) -> int:
    """Return where a group stands in the order: those of FIRST, then all others, then what stands alone."""
    if scope.startswith(APART):
        return len(FIRST) + 1
    return next((place for place, start in enumerate(FIRST) if scope.startswith(start)), len(FIRST))


def pytest_xdist_auto_num_workers() -> int:
    """Return one process more than there are cores: many tests wait, for a server or for a time to pass."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    return (cores or 1) + 1


@functools.cache
def browser_executable() -> str | None:
    """Return the browser that start.py found, or that plain `pytest` finds here in the same way; None without any."""
    given = os.environ.get("BROWSER_EXECUTABLE")
    environment = Environment.current()
    return given if given is not None else browser.usable(environment.packages, environment.python)


def pytest_runtest_setup(item: pytest.Item) -> None:
    """Without a browser a test that needs one is left out before Playwright and the site are started for it."""
    if "playwright" in getattr(item, "fixturenames", ()) and browser_executable() is None:
        left_out.without(BROWSER)


def pytest_terminal_summary(terminalreporter: Any) -> None:
    """Says once what was left out and how to get it, instead of a line for each place that leaves tests out."""
    reasons = [report.longrepr[2] for report in terminalreporter.stats.get("skipped", [])]
    lines = left_out.summary(reasons)
    if lines:
        terminalreporter.section("left out on this machine")
        for line in lines:
            terminalreporter.write_line(line)


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    """Makes pytest-playwright start the browser that was found."""
    executable = browser_executable()
    chosen = {} if executable in (None, browser.PLAYWRIGHTS_OWN) else {"executable_path": executable}
    return {**browser_type_launch_args, **chosen, "args": [*browser_type_launch_args.get("args", ()), *QUIET, ISOLATED]}


@pytest.fixture(scope="session")
def axe() -> Any:
    """What looks for violations on pages."""
    from tests.axe import Axe  # only where there is a browser

    return Axe()


@pytest.fixture(scope="session")
def static_root(pytestconfig: pytest.Config) -> Path:
    """A STATIC_ROOT that outlives the run: sidebyside collects into it again only when a static file has changed.
    Processes of pytest-xdist share it, and `manage.py release` lets one of them do the work."""
    cache = pytestconfig.cache
    assert cache is not None
    return cache.mkdir("sidebyside") / f"staticfiles-{django.get_version()}"


@pytest.fixture(scope="session")
def sites(tmp_path_factory: pytest.TempPathFactory, static_root: Path) -> Iterator[Sites]:
    """All modes, started once for all tests that only look at them."""
    with side_by_side(tmp_path_factory.mktemp("sites"), static_root) as sites:
        sites.wait()
        yield sites


@pytest.fixture(scope="session")
def development(sites: Sites) -> Site:
    return sites.development


@pytest.fixture(scope="session")
def production(sites: Sites) -> Site:
    return sites.production


@pytest.fixture(scope="session")
def nginx(sites: Sites) -> Site:
    """Production behind nginx."""
    return sites.nginx or left_out.without(NGINX)


@pytest.fixture(scope="session")
def nginx_program() -> str:
    """Where nginx is."""
    return find_nginx() or left_out.without(NGINX)


@pytest.fixture(scope="session", autouse=True)
def _database_beside_playwrights_loop() -> Iterator[None]:
    """Playwright's sync API keeps an event loop running in this thread, and Django refuses its database beside one."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
        yield
