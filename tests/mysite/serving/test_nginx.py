"""deploy/nginx.conf: sound as it stands, and still sound with other values in it."""

import os
import socket
import subprocess
import sys
import threading
import time
from dataclasses import replace
from pathlib import Path

import pytest

from mysite.serving import nginx, ports

ROOT = Path(__file__).resolve().parents[3]
FILE = ROOT / "deploy" / "nginx.conf"
CONF = FILE.read_text(encoding="utf-8")
VALUES = nginx.Values(
    listen="127.0.0.1:8002",
    upstream="127.0.0.1:8001",
    static_root=Path("/home/ann lee/staticfiles"),
    media_root=Path("/home/ann lee/uploads"),
    private_root=Path("/home/ann lee/uploads-private"),
    errors=Path("/home/ann lee/errors"),
)


def gixy(conf):
    return subprocess.run(
        [sys.executable, "-m", "gixy", "-c", str(ROOT / "deploy" / "gixy.cfg"), str(conf)],
        capture_output=True,
        text=True,
    )


def test_gixy_finds_nothing_in_the_file_that_people_copy():
    result = gixy(FILE)
    assert "No issues found" in result.stdout
    assert result.returncode == 0


def test_gixy_would_find_the_slash_that_is_missing(tmp_path):
    conf = tmp_path / "nginx.conf"
    conf.write_text(CONF.replace("location ^~ /static/ {", "location ^~ /static {"))
    assert "alias_traversal" in gixy(conf).stdout


@pytest.mark.parametrize("own_machine", [True, False])
def test_nginx_accepts_it_with_a_blank_in_every_path(nginx_program, tmp_path, own_machine):
    folder = tmp_path / "a folder"
    folder.mkdir()
    machine = nginx.OwnMachine(folder, nginx.own_user())
    conf = folder / "nginx.conf"
    conf.write_text(nginx.render(CONF, replace(VALUES, own_machine=machine)), encoding="utf-8")
    tried = subprocess.run([*nginx.command(nginx_program, conf), "-t"], capture_output=True, text=True)
    assert "test is successful" in tried.stderr, tried.stderr


def test_an_upload_that_nginx_has_no_room_for_is_503_with_a_page_and_the_next_one_gets_through(nginx_program, tmp_path):
    machine = nginx.OwnMachine(tmp_path, nginx.own_user())
    port = ports.free_run(2, start=30000 + os.getpid() % 10000)
    with socket.create_server((ports.HOST, port + 1)) as upstream:
        values = {"listen": f"{ports.HOST}:{port}", "upstream": f"{ports.HOST}:{port + 1}", "own_machine": machine}
        conf = tmp_path / "nginx.conf"
        conf.write_text(nginx.render(CONF, replace(VALUES, errors=ROOT / "deploy" / "errors", **values)))
        server = subprocess.Popen(nginx.command(nginx_program, conf), stderr=subprocess.DEVNULL)
        try:
            while ports.is_free(port):
                time.sleep(0.02)
            bodies = tmp_path / "client_body"
            bodies.rename(tmp_path / "away")  # to nginx the same as a full disk: no file can be written
            assert send(port).startswith(b"HTTP/1.1 503 ")
            assert b"No room at the moment" in send(port)
            (tmp_path / "away").rename(bodies)
            threading.Thread(target=answer_one, args=(upstream,)).start()
            assert send(port).startswith(b"HTTP/1.1 302 ")
        finally:
            server.terminate()
            server.wait()


def send(port):
    """What nginx answers to a body that is too large for its memory."""
    with socket.create_connection((ports.HOST, port), timeout=10) as connection:
        head = f"POST / HTTP/1.1\r\nHost: example.com\r\nConnection: close\r\nContent-Length: {1 << 18}\r\n\r\n"
        connection.sendall(head.encode() + bytes(1 << 18))
        return b"".join(iter(lambda: connection.recv(65536), b""))


def answer_one(upstream):
    connection, _address = upstream.accept()
    with connection, connection.makefile("rb") as request:
        while request.readline() not in (b"\r\n", b""):
            pass
        request.read(1 << 18)
        connection.sendall(b"HTTP/1.1 302 Found\r\nLocation: /\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")


@pytest.mark.parametrize("sign", ['"', "$", "\\", "\n"])
def test_a_path_that_nginx_has_no_way_to_say_is_refused_rather_than_guessed(sign):
    with pytest.raises(nginx.Unwritable):
        nginx.render(CONF, replace(VALUES, media_root=Path(f"/srv/{sign}uploads")))


def test_a_value_that_looks_like_another_one_is_left_alone():
    conf = nginx.render(CONF, replace(VALUES, static_root=Path("/srv/listen 80;/x"), listen="9000"))
    assert 'alias "/srv/listen 80;/x/";' in conf


def test_nothing_of_the_example_is_left_when_every_value_is_given():
    machine = nginx.OwnMachine(Path("/run/own"), None)
    conf = nginx.render(CONF, replace(VALUES, names="a.test", media_names="m.test", front="key", own_machine=machine))
    directives = [line.split(" # ")[0] for line in conf.splitlines() if not line.strip().startswith("#")]
    for example in ("/srv/site", "example.com", "listen 80", "/var/log", "www-data", "X-Front nginx"):
        assert not [line for line in directives if example in line], example


def test_media_on_an_origin_of_its_own_leaves_the_site():
    conf = nginx.render(CONF, replace(VALUES, media_on_the_site=False))
    assert conf.count("location ^~ /media/ {") == CONF.count("location ^~ /media/ {") - 1
    assert "X-Accel-Redirect" in conf


def test_a_line_that_the_renderer_no_longer_finds_is_named():
    with pytest.raises(ValueError, match="listen 80 default_server"):
        nginx.render(CONF.replace("listen 80 default_server;", "listen 81;"), VALUES)


def test_larger_requests_than_django_takes_as_one_batch_reach_it_and_no_larger_ones_than_it_reads(settings):
    limit = 64 * 1024 * 1024
    assert "client_max_body_size 64m;" in CONF
    assert "64 MB" in (ROOT / "deploy" / "errors" / "413.html").read_text()
    assert settings.MAX_BATCH_BYTES * 1.1 < limit < settings.MAX_BODY_BYTES


def test_the_two_servers_say_the_same_of_media():
    first, second = (part.split("location ~ ")[0] for part in CONF.split("location ^~ /media/ {")[1:])

    def said(text):
        return [words for line in text.splitlines() if (words := line.split("#")[0].split())]

    assert said(first) == said(second)
