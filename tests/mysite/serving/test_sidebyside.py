"""`manage.py sidebyside` as a process: what it serves, what it says, and that it leaves nothing behind."""

import contextlib
import os
import re
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.request
from collections.abc import Callable
from pathlib import Path

import pytest

from mysite.serving import ports, sidebyside
from mysite.serving.children import GRACE_SECONDS, Child
from tests.free_ports import free_port
from tests.sites import ROOT, Sites, side_by_side

needs_posix = pytest.mark.skipif(sys.platform == "win32", reason="sends POSIX signals")


def test_development_names_static_files_plainly_and_production_by_their_hash(sites: Sites) -> None:
    assert re.search(r"/app\.css\b", read(f"{sites.development.url}/app1/"))
    assert re.search(r"/app\.[0-9a-f]{12}\.css\b", read(f"{sites.production.url}/app1/"))


def test_every_address_is_printed_with_a_line_on_it(sites: Sites) -> None:
    eventually(lambda: "Ctrl-C stops" in sites.log.read_text())
    printed = sites.log.read_text()
    served = {"development": sites.development, "production": sites.production, "nginx": sites.nginx}
    for mode, site in served.items():
        if site is None:
            assert "nginx is not installed" in printed
            continue
        assert re.search(rf"^{mode} +{re.escape(site.url)}/ +\S+", printed, re.MULTILINE)


def test_each_mode_knows_the_address_of_the_other(sites: Sites) -> None:
    assert f"{sites.production.url}/app1/" in read(f"{sites.development.url}/app1/")
    assert f"{sites.development.url}/app1/" in read(f"{sites.production.url}/app1/")


@needs_posix
def test_control_c_stops_all_and_leaves_no_process(tmp_path: Path, static_root: Path) -> None:
    with side_by_side(tmp_path, static_root) as sites:
        sites.wait()
        family = descendants(sites.process.pid)
        sites.process.send_signal(signal.SIGINT)
        assert sites.process.wait(timeout=GRACE_SECONDS + 5) == 0
        assert len(family) >= 6 + 3 * bool(sites.nginx)  # supervisors, runserver and its reloader, servers and workers
        assert not alive(family)
    assert "Traceback" not in sites.log.read_text()


@needs_posix
def test_killing_the_parent_leaves_no_process_five_seconds_later(tmp_path: Path, static_root: Path) -> None:
    with side_by_side(tmp_path, static_root) as sites:
        sites.wait()
        family = descendants(sites.process.pid)
        sites.process.kill()
        eventually(lambda: not alive(family), seconds=5)


def test_a_busy_port_is_named_with_a_free_one_and_no_traceback() -> None:
    busy = free_port(len(sidebyside.MODES) + 1)
    with socket.create_server((ports.HOST, busy)):
        command = [sys.executable, "manage.py", "sidebyside", "--port", str(busy)]
        result = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert result.returncode == 1
    assert f"Port {busy} is already in use" in result.stderr
    assert "Traceback" not in result.stderr
    suggestion = re.search(r"--port (\d+)", result.stderr)
    assert suggestion is not None
    assert ports.complaint(int(suggestion[1]), 2) is None


def test_the_port_after_it_counts_too() -> None:
    busy = free_port(2) + 1
    with socket.create_server((ports.HOST, busy)):
        assert f"Port {busy} is already in use" in (ports.complaint(busy - 1, 2) or "")


@pytest.mark.parametrize("port", [0, -1, 65535, 70000])
def test_a_port_that_does_not_exist_is_called_out_of_range(port: int) -> None:
    assert "out of range" in (ports.complaint(port, 2) or "")


def test_the_secret_key_is_made_once_and_read_by_its_owner_alone(tmp_path: Path) -> None:
    path = tmp_path / ".secret_key"
    key = sidebyside.secret_key(path)
    assert len(key) >= 50
    assert sidebyside.secret_key(path) == key
    assert [entry.name for entry in tmp_path.iterdir()] == [".secret_key"]
    if sys.platform != "win32":
        assert path.stat().st_mode & 0o777 == 0o600


def test_a_half_written_secret_key_is_made_anew(tmp_path: Path) -> None:
    path = tmp_path / ".secret_key"
    path.write_text("half")
    assert len(sidebyside.secret_key(path)) >= 50


def test_all_modes_get_the_same_key_and_only_production_is_told_that_http_is_meant() -> None:
    environments = sidebyside.environ({"development": 1, "production": 2}, "key")
    assert {environment["SECRET_KEY"] for environment in environments.values()} == {"key"}
    assert environments["production"]["LOCAL_HTTP"] == "1"
    assert {environment["MODE_PORTS"] for environment in environments.values()} == {"development=1,production=2"}


def test_a_failed_collectstatic_is_told_and_development_goes_on(tmp_path: Path) -> None:
    said = serve_a_stub(tmp_path, collect="import sys; print('no such file'); sys.exit(3)")
    eventually(lambda: "collectstatic failed, so production has not started (exit code 3)" in said.text)
    assert " production | no such file" in said.text
    assert said.pair_is_serving()
    said.stop()


def test_without_nginx_one_line_says_so_and_the_others_serve(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sidebyside.nginx, "find", lambda: None)
    server = (
        "import http.server as h; H = type('H', (h.BaseHTTPRequestHandler,), "
        "{'do_GET': lambda self: (self.send_response(200), self.end_headers())}); "
    )
    monkeypatch.setattr(
        sidebyside, "granian", lambda port: ["-c", f"{server}h.HTTPServer(('{ports.HOST}', {port}), H).serve_forever()"]
    )
    said = serve_a_stub(tmp_path, collect="pass")
    eventually(lambda: "nginx is not installed" in said.text)
    assert sum("nginx" in line for line in said.text.splitlines()) == 1
    assert said.pair_is_serving()
    said.stop()


def test_the_ports_that_are_needed_depend_on_what_can_run(monkeypatch: pytest.MonkeyPatch) -> None:
    for found, modes, needed in (("/usr/sbin/nginx", 3, 3), (None, 2, 2)):
        monkeypatch.setattr(sidebyside.nginx, "find", lambda found=found: found)
        assert len(sidebyside.modes()) == modes
        assert sidebyside.ports_needed(media_origin=False) == needed
        assert sidebyside.ports_needed(media_origin=True) == 4


def test_every_start_draws_another_secret_between_nginx_and_production() -> None:
    first, second = (sidebyside.environ({"production": 1}, "key") for _ in range(2))
    assert first["production"]["TRUSTED_FRONT"] == first["nginx"]["TRUSTED_FRONT"]
    assert first["production"]["TRUSTED_FRONT"] != second["production"]["TRUSTED_FRONT"]
    assert "TRUSTED_FRONT" not in first["development"] or "TRUSTED_FRONT" in os.environ


def test_when_development_ends_by_itself_everything_ends(tmp_path: Path) -> None:
    said = serve_a_stub(tmp_path, collect="import time; time.sleep(60)", develop="raise SystemExit(5)")
    eventually(lambda: said.ended is not None)
    assert "development ended by itself (exit code 5)" in (said.ended or "")
    said.stop()


@needs_posix
def test_a_command_that_ignores_polite_requests_is_ended_with_its_children(tmp_path: Path) -> None:
    stubborn = (
        "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); print('up', flush=True); time.sleep(60)"
    )
    parent = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {stubborn!r}])"
    lines: list[str] = []
    child = Child([sys.executable, "-c", parent], cwd=tmp_path, env=os.environ, write=lines.append)
    eventually(lambda: lines == ["up"])
    supervisor = child._process.pid
    family = [supervisor, *descendants(supervisor)]  # not all of this process: the site runs below it, too
    begun = time.monotonic()
    child.stop()
    assert time.monotonic() - begun < GRACE_SECONDS + 2
    eventually(lambda: not alive(family))  # they are killed; on a busy machine it takes them a moment to be gone


@needs_posix
def test_the_exit_code_of_a_command_comes_through_its_supervisor(tmp_path: Path) -> None:
    child = Child([sys.executable, "-c", "raise SystemExit(7)"], cwd=tmp_path, env=os.environ, write=print)
    assert child.wait() == 7


class Stub:
    """SideBySide over a manage.py that only pretends, run in a thread."""

    def __init__(self, root: Path) -> None:
        self.text = ""
        self.ended: str | None = None
        port = free_port(2)
        self._pair = sidebyside.SideBySide(root, sys.executable, port, "key", say=self._note)
        self._thread = threading.Thread(target=self._serve, daemon=True)
        self._thread.start()

    def _note(self, line: str) -> None:
        self.text += line + "\n"

    def _serve(self) -> None:
        self.ended = self._pair.serve(prepare=())

    def pair_is_serving(self) -> bool:
        return self.ended is None

    def stop(self) -> None:
        self._pair.stop()
        self._thread.join(timeout=10)


def serve_a_stub(root: Path, *, collect: str, develop: str = "import time; time.sleep(60)") -> Stub:
    (root / "manage.py").write_text(
        f"import sys\nexec({{'runserver': {develop!r}, 'release': {collect!r}}}[sys.argv[1]])\n"
    )
    return Stub(root)


def read(url: str) -> str:
    with urllib.request.urlopen(url, timeout=20) as response:
        text: str = response.read().decode()
    return text


def eventually(holds: Callable[[], bool], seconds: float = 20) -> None:
    end = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < end, "it did not come true in time"
        time.sleep(0.05)


def processes() -> dict[int, tuple[int, str]]:
    """Every process with its parent and its state. Not from `ps` where /proc tells: a bare Debian has no ps."""
    if Path("/proc/self/stat").exists():
        found = {}
        for stat in Path("/proc").glob("[0-9]*/stat"):
            with contextlib.suppress(OSError):  # it ended while we looked
                state, parent = stat.read_text().rsplit(")", 1)[1].split()[:2]
                found[int(stat.parent.name)] = (int(parent), state)
        return found
    listing = subprocess.run(["ps", "-A", "-o", "pid=,ppid=,stat="], capture_output=True, text=True, check=True).stdout
    return {int(pid): (int(parent), state) for pid, parent, state in (line.split() for line in listing.splitlines())}


def descendants(pid: int) -> list[int]:
    now = processes()
    found = [pid]
    for known in found:  # grows while it is read
        found.extend(child for child, (parent, _) in now.items() if parent == known)
    return found[1:]


def alive(pids: list[int]) -> list[int]:
    """Those that still run. A zombie does not: it only waits for somebody to read its exit code."""
    now = processes()
    return [pid for pid in pids if pid in now and not now[pid][1].startswith("Z")]
