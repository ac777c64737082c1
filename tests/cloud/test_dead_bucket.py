"""A whole site, on PostgreSQL, whose bucket stops answering while many upload."""

import json
import statistics
import threading
import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.cloud.broken import BrokenS3
from tests.cloud.conftest import variables
from tests.gallery.images import camera_jpeg
from tests.gallery.servers import Server, Visitor

PHOTO = camera_jpeg(1, (200, 150))
UPLOADERS = 40  # of each process' connections to PostgreSQL there are ten


@pytest.fixture
def dying(tmp_path, static_root, postgresql):
    """A site, and its bucket, which is well until `good` is set to 0."""
    bucket = BrokenS3("stall", good=1_000_000)
    environ = variables(bucket.endpoint, postgresql.new_database(), DJANGO_SETTINGS_MODULE="mysite.settings.cloud")
    server = Server(tmp_path, static_root, **environ)
    server.manage("release")
    server.start()
    yield server, bucket
    server.kill()
    bucket.close()


def test_while_forty_wait_for_a_dead_bucket_the_pages_stay_quick_and_all_get_a_503(dying):
    server, bucket = dying
    crowd = [Visitor(server.port) for _ in range(UPLOADERS)]
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(Visitor.open_form, crowd))
    assert crowd[0].upload(("before.jpg", PHOTO))[0] == 201
    bucket.good = 0
    answers, pages = [], []
    over = threading.Event()

    def send(visitor):
        begun = time.monotonic()
        status, answer = visitor.upload(("lost.jpg", PHOTO))
        answers.append((status, answer["photos"][0]["message"], time.monotonic() - begun))

    def read():
        while not over.is_set():
            for path in ("/gallery/", "/gallery/1/", "/gallery/upload/"):
                begun = time.monotonic()
                assert Visitor(server.port).get(path)[0] == 200
                pages.append(time.monotonic() - begun)
            time.sleep(0.1)

    reader = threading.Thread(target=read)
    reader.start()
    with ThreadPoolExecutor(UPLOADERS) as pool:
        list(pool.map(send, crowd))
    over.set()
    reader.join()
    assert {status for status, _message, _took in answers} == {503}
    assert all("was not kept" in message for _status, message, _took in answers)
    assert len(server.photos()) == 1
    slowest = max(took for _status, _message, took in answers)
    print(
        f"503 after at most {slowest:.1f} s; {len(pages)} pages, "
        f"median {statistics.median(pages):.3f} s, slowest {max(pages):.2f} s"
    )
    assert statistics.median(pages) < 2
    assert slowest < 20  # 15, and what forty pictures take to decode while other things run here


def test_the_health_check_says_in_a_few_seconds_that_the_bucket_is_away(dying):
    server, bucket = dying
    bucket.good = 0
    for bucket.misbehave in ("stall", "trickle"):
        for _again in range(2):
            begun = time.monotonic()
            status, _headers, body = Visitor(server.port).get("/healthz")
            assert time.monotonic() - begun < 6
            assert status == 503
            assert json.loads(body) == {"database": "ok", "media": "does not answer", "static": "ok"}
