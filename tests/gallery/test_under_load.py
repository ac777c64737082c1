"""A real production server under many uploads at once, killed in the middle, and with a full disk."""

import errno
import os
import socket
import statistics
import subprocess
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.gallery.folders import files_in
from tests.gallery.images import camera_jpeg
from tests.gallery.servers import Server, Visitor, multipart
from tests.left_out import ROOT_ONLY

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="kills process groups")

PHOTO = camera_jpeg(6, (800, 600))


@pytest.fixture
def server(tmp_path, sites):
    """Uses what `sites` collected: the static files are the same."""
    sites.wait()
    server = Server(tmp_path, sites.production.static_root)
    server.start()
    yield server
    server.kill()


def visitors(server, count):
    crowd = [Visitor(server.port) for _ in range(count)]
    with ThreadPoolExecutor(16) as pool:
        list(pool.map(Visitor.open_form, crowd))
    return crowd


def test_a_hundred_uploads_at_once_are_a_hundred_rows_with_all_their_files_and_nothing_else(server):
    crowd = visitors(server, 100)
    times = []

    def send(visitor):
        begun = time.monotonic()
        answer = visitor.upload(("same-name.jpg", PHOTO))
        times.append(time.monotonic() - begun)
        return answer

    pages = []
    over = threading.Event()

    def read():
        while not over.is_set():
            begun = time.monotonic()
            assert Visitor(server.port).get("/gallery/")[0] == 200
            pages.append(time.monotonic() - begun)

    reader = threading.Thread(target=read)
    reader.start()
    with ThreadPoolExecutor(100) as pool:
        answers = list(pool.map(send, crowd))
    over.set()
    reader.join()
    assert {status for status, _ in answers} == {201}
    photos = server.photos()
    acknowledged = {int(answer["photos"][0]["url"].split("/")[2]) for _, answer in answers}
    assert acknowledged == set(map(int, photos))
    assert files_in(server.media_root) == sorted(name for names in photos.values() for name in names)
    assert server.manage("media", "audit", "--grace", "0").returncode == 0
    print(f"uploads: median {statistics.median(times):.2f} s, slowest {max(times):.2f} s")
    print(f"{len(pages)} pages meanwhile, slowest {max(pages):.2f} s")


def test_a_server_killed_under_load_has_lost_nothing_it_acknowledged_and_left_no_half_file(server):
    crowd = visitors(server, 24)
    acknowledged = []

    def send(visitor):
        try:
            for number in range(50):
                status, answer = visitor.upload((f"{number}.jpg", PHOTO))
                if status == 201:
                    acknowledged.append(int(answer["photos"][0]["url"].split("/")[2]))
        except (OSError, ValueError):
            return  # the server is gone

    threads = [threading.Thread(target=send, args=(visitor,)) for visitor in crowd]
    for thread in threads:
        thread.start()
    while len(acknowledged) < 10:
        time.sleep(0.01)
    server.kill()
    for thread in threads:
        thread.join()
    server.start()
    photos = {int(pk): names for pk, names in server.photos().items()}
    assert set(acknowledged) <= set(photos)
    there = set(files_in(server.media_root))
    assert {name for names in photos.values() for name in names} <= there  # no row without its files
    audit = server.manage("media", "audit", "--fix", "--grace", "0")
    assert audit.returncode == 0, audit.stdout
    assert server.manage("media", "audit", "--grace", "0").returncode == 0
    assert files_in(server.media_root) == sorted(name for names in photos.values() for name in names)
    visitor = Visitor(server.port)
    visitor.open_form()
    assert visitor.upload(("after.jpg", PHOTO))[0] == 201


def test_a_visitor_who_hangs_up_in_the_middle_leaves_nothing(server):
    visitor = visitors(server, 1)[0]
    body, boundary = multipart(visitor.token, [("half.jpg", PHOTO)])
    head = (
        f"POST /gallery/upload/ HTTP/1.1\r\nHost: 127.0.0.1:{server.port}\r\nContent-Length: {len(body)}\r\n"
        f"Content-Type: multipart/form-data; boundary={boundary}\r\n"
        f"Cookie: csrftoken={visitor.cookies['csrftoken']}\r\n\r\n"
    )
    with socket.create_connection(("127.0.0.1", server.port)) as connection:
        connection.sendall(head.encode() + body[: len(body) // 2])
    time.sleep(0.5)
    assert not server.photos()
    assert files_in(server.media_root) == []


def test_fifty_slow_uploads_leave_the_pages_quick(server):
    visitor = visitors(server, 1)[0]
    body, boundary = multipart(visitor.token, [("slow.jpg", PHOTO)])
    head = (
        f"POST /gallery/upload/ HTTP/1.1\r\nHost: 127.0.0.1:{server.port}\r\nContent-Length: {len(body)}\r\n"
        f"Content-Type: multipart/form-data; boundary={boundary}\r\n\r\n"
    )
    slow = [socket.create_connection(("127.0.0.1", server.port)) for _ in range(50)]
    try:
        for connection in slow:
            connection.sendall(head.encode() + body[:1000])
        begun = time.monotonic()
        assert visitor.get("/gallery/")[0] == 200
        assert time.monotonic() - begun < 10  # a generous bound: these machines do other things too
    finally:
        for connection in slow:
            connection.close()


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason=ROOT_ONLY)
def test_a_full_disk_is_answered_507_leaves_nothing_and_heals_without_a_restart(tmp_path, sites):
    sites.wait()
    server = Server(tmp_path, sites.production.static_root)
    server.media_root.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=256k", "tmpfs", str(server.media_root)]
    if subprocess.run(mount, capture_output=True, check=False).returncode != 0:
        pytest.skip("may not mount a disk here")
    try:
        server.start()
        filler = server.media_root / "filler"
        with filler.open("wb") as file, pytest.raises(OSError, match=os.strerror(errno.ENOSPC)):
            file.write(bytes(1 << 20))
        visitor = visitors(server, 1)[0]
        status, answer = visitor.upload(("no-room.jpg", PHOTO))
        assert status == 507
        assert "no room left" in answer["photos"][0]["message"]
        assert files_in(server.media_root) == ["filler"]
        assert not server.photos()
        filler.unlink()
        assert visitor.upload(("room.jpg", PHOTO))[0] == 201
        server.kill()
    finally:
        subprocess.run(["umount", "-l", str(server.media_root)], check=False)
