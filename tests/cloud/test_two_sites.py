"""Two site processes behind nginx that share PostgreSQL and a bucket, as in deploy/compose.yaml."""

import contextlib
import re
import threading
import time

import pytest

from mysite.machine.needs import NGINX
from mysite.serving import nginx, ports
from tests.cloud.conftest import Bucket, fetch, variables
from tests.cloud.services import PATIENCE, Nginx
from tests.free_ports import free_port
from tests.gallery.images import camera_jpeg
from tests.gallery.servers import Server, Visitor
from tests.left_out import without
from tests.sites import ROOT

PHOTO = camera_jpeg(6, (800, 600))


class Cluster:
    """Whatever of it has started ends with `ends`, also when the rest does not start."""

    def __init__(self, folder, static_root, environ, bucket, ends):
        if nginx.find() is None:
            without(NGINX)
        self.bucket = bucket
        self.sites = []
        for name in ("one", "two"):
            (folder / name).mkdir()
            site = Server(folder / name, static_root, **environ)
            ends.callback(site.kill)
            if not self.sites:
                site.manage("release")
                site.manage("makebucket")
            site.start()
            self.sites.append(site)
        self.port = free_port()
        conf = nginx.render((ROOT / "deploy/nginx.conf").read_text(), self.values(folder, static_root))
        self.nginx = Nginx(folder, conf)
        ends.callback(self.nginx.stop)
        end = time.monotonic() + PATIENCE
        while not ports.answers(self.port):
            assert time.monotonic() < end, self.nginx.lines
            time.sleep(0.05)

    def values(self, folder, static_root):
        return nginx.Values(
            listen=f"{ports.HOST}:{self.port}",
            upstream=",".join(f"{ports.HOST}:{site.port}" for site in self.sites),
            static_root=static_root,
            media_root=folder / "none",
            private_root=folder / "none",
            errors=ROOT / "deploy" / "errors",
            own_machine=nginx.OwnMachine(folder, nginx.own_user()),
        )

    def photos(self):
        return {int(pk): names for pk, names in self.sites[0].photos().items()}


@pytest.fixture(scope="module")
def cluster(tmp_path_factory, static_root, postgresql, s3):
    folder = tmp_path_factory.mktemp("cluster")
    environ = variables(s3.endpoint, postgresql.new_database(), S3_BUCKET="shared")
    environ |= {"DJANGO_SETTINGS_MODULE": "mysite.settings.cloud"}
    with contextlib.ExitStack() as ends:
        yield Cluster(folder, static_root, environ, Bucket("shared", s3.endpoint), ends)


def visitor_at(port):
    visitor = Visitor(port)
    visitor.open_form()
    return visitor


def number_of(answer):
    return int(answer["photos"][0]["url"].split("/")[2])


def objects_of(photos):
    return sorted(f"media/{name}" for names in photos.values() for name in names)


def test_what_one_site_takes_the_other_shows(cluster):
    one, two = (visitor_at(site.port) for site in cluster.sites)
    status, answer = one.upload(("seen-everywhere.jpg", PHOTO))
    assert status == 201
    status, _headers, page = two.get(answer["photos"][0]["url"])
    assert status == 200
    picture = re.search(rb'<img src="([^"]+)"', page)[1].decode()
    assert fetch(picture)[0] == 200


def test_a_session_goes_on_at_the_other_site(cluster):
    one = visitor_at(cluster.sites[0].port)
    status, answer = one.upload(("mine.jpg", PHOTO), private=True)
    assert status == 201
    stranger = visitor_at(cluster.sites[1].port)
    two = Visitor(cluster.sites[1].port)
    two.cookies = one.cookies
    url = answer["photos"][0]["url"]
    assert two.get(url)[0] == 200
    assert stranger.get(url)[0] == 404
    file = re.search(rb'<img src="([^"]+)"', two.get(url)[2])[1].decode()
    status, headers, _body = two.get(file)
    assert status == 302
    assert fetch({name.lower(): value for name, value in headers.items()}["location"])[0] == 200


def test_through_nginx_both_sites_take_photos(cluster):
    answers = [visitor_at(cluster.port).upload(("any.jpg", PHOTO)) for _ in range(4)]
    assert {status for status, _ in answers} == {201}
    assert set(map(number_of, (answer for _, answer in answers))) <= set(cluster.photos())


def test_nothing_is_kept_on_the_machines_of_the_sites(cluster):
    assert visitor_at(cluster.port).upload(("any.jpg", PHOTO))[0] == 201
    for site in cluster.sites:
        assert not site.media_root.exists()
        assert not (site.folder / "db.sqlite3").exists()


def test_fifty_readers_at_once_do_not_run_out_of_connections(cluster):
    statuses = []

    def read():
        for path in ("/gallery/", "/", "/gallery/upload/"):
            statuses.append(Visitor(cluster.port).get(path)[0])

    threads = [threading.Thread(target=read) for _ in range(50)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert statuses == [200] * 150


def test_a_number_beyond_any_row_is_a_404_and_no_overflow(cluster):
    visitor = Visitor(cluster.port)
    assert [visitor.get(f"/gallery/{number}/")[0] for number in (2**31, 2**63, 10**30)] == [404] * 3


def test_a_site_killed_under_uploads_has_lost_nothing_it_acknowledged_and_the_other_goes_on(cluster):
    crowd = [visitor_at(cluster.port) for _ in range(8)]
    acknowledged, failed = [], []
    over = threading.Event()

    def send(visitor):
        while not over.is_set():
            try:
                status, answer = visitor.upload(("load.jpg", PHOTO))
            except (OSError, ValueError):  # nginx's own page for a site that died over the upload
                failed.append(visitor)
                continue
            if status == 201:
                acknowledged.append(number_of(answer))

    threads = [threading.Thread(target=send, args=(visitor,)) for visitor in crowd]
    for thread in threads:
        thread.start()
    while len(acknowledged) < 10:
        time.sleep(0.01)
    cluster.sites[1].kill()
    before = len(acknowledged)
    end = time.monotonic() + PATIENCE
    while len(acknowledged) < before + 10:
        assert time.monotonic() < end
        time.sleep(0.01)
    reader = Visitor(cluster.port)
    assert {reader.get("/gallery/")[0] for _ in range(10)} == {200}
    over.set()
    for thread in threads:
        thread.join()
    photos = cluster.photos()
    assert set(acknowledged) <= set(photos)
    there = set(cluster.bucket.names())
    public = {pk: names for pk, names in photos.items() if f"media/{names[0]}" in there}
    assert set(acknowledged) <= set(public)
    assert set(objects_of(public)) <= there
    audit = cluster.sites[0].manage("media", "audit", "--fix", "--grace", "0", check=False)
    assert audit.returncode == 0, audit.stdout + audit.stderr
    assert "row without file" not in audit.stdout
    assert set(acknowledged) <= set(cluster.photos())
    cluster.sites[1].start()
    assert visitor_at(cluster.sites[1].port).upload(("after.jpg", PHOTO))[0] == 201
    print(f"{len(acknowledged)} acknowledged, {len(failed)} cut off by the kill")


def test_after_all_that_rows_and_objects_still_fit(cluster):
    audit = cluster.sites[0].manage("media", "audit", "--grace", "0", check=False)
    assert audit.returncode == 0, audit.stdout
    assert "everything fits" in audit.stdout
