"""The attack lab: both sides are real, nothing hostile gets through the gallery, and nothing of it stays."""

import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from django.urls import reverse

from gallery import intake
from gallery.image_worker_pool import Busy, ImageWorkerPool
from gallery.models import Photo
from gallery.pictures import Limits
from guide import attacks
from guide.effects import effect
from lab.uploads import hostile

pytestmark = pytest.mark.django_db

NOSNIFF = {"x-content-type-options": "nosniff"}
every_attack = pytest.mark.parametrize("attack", attacks.ATTACKS, ids=lambda attack: attack.slug)


@pytest.fixture(autouse=True)
def _nothing_tried_yet(monkeypatch):
    monkeypatch.setattr(attacks, "TRIALS", attacks.Trials(attacks.gallery, patience=5))


@pytest.fixture
def media_root(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"
    return settings.MEDIA_ROOT


def test_every_sample_is_told_about_and_can_be_tried():
    assert {attack.slug for attack in attacks.ATTACKS} == set(hostile.BY_NAME)
    assert len(attacks.ATTACKS) == 13, "the pages say thirteen"


@every_attack
def test_the_gallery_refuses_a_sample_or_keeps_nothing_of_what_was_sent(attack, media_root):
    side = attacks.gallery(attack.sample)
    assert side.good, side
    assert not any(file.whole or file.carries for file in side.stored)
    if side.stored:
        assert dict(side.served.headers)["content-security-policy"] == "default-src 'none'; sandbox"
        assert not side.served.effect.harmful
    assert Photo.objects.count() == 0
    assert not media_root.exists()


@every_attack
def test_the_named_safeguards_are_the_ones_that_a_sample_meets(attack, monkeypatch):
    here = ImageWorkerPool(workers=0, limits=Limits(50_000_000, 256 * 1024 * 1024), seconds=4, patience=30)
    monkeypatch.setattr(intake, "worker_pool", lambda: here)
    entered = set()
    sys.setprofile(lambda frame, event, _: entered.add(frame.f_code) if event == "call" else None)
    try:
        attacks.gallery(attack.sample)
    finally:
        sys.setprofile(None)
    for safeguard in attack.safeguards:
        assert safeguard.function.__code__ in entered, safeguard.name


def test_a_safeguards_place_is_read_from_the_code():
    path, _, line = attacks.SIZE.place.partition(":")
    assert Path(path).read_text().splitlines()[int(line) - 1].startswith("def check_size(")


def test_the_lab_shows_which_form_let_a_picture_with_a_page_in():
    file_field, image_field, gallery = attacks.sides(attacks.BY_SLUG["picture-and-page"])
    assert [side.verdict for side in (file_field, image_field, gallery)] == [
        "kept as it came",
        "kept as it came",
        "re-encoded",
    ]
    assert file_field.stored[0].carries
    assert image_field.stored[0].carries


def test_a_page_under_a_name_that_reads_backwards_runs_only_from_the_file_field():
    harmful = [
        side.served is not None and side.served.effect.harmful
        for side in attacks.sides(attacks.BY_SLUG["name-turned-round"])
    ]
    assert harmful == [True, False, False]


def test_a_busy_gallery_is_a_503_that_is_not_remembered(client, monkeypatch):
    class Full:
        def read(self, _):
            raise Busy

    address = reverse("guide:attack", args=["half-a-photo"]) + "?again"  # with a query no page is kept
    with monkeypatch.context() as patch:
        patch.setattr(intake, "worker_pool", Full)
        busy = client.get(address)
    assert (busy.status_code, busy["Retry-After"]) == (503, "5")
    assert client.get(address).status_code == 200


def test_while_one_sample_takes_long_whoever_wants_another_is_not_kept_waiting(client, monkeypatch):
    begun, over = threading.Event(), threading.Event()

    def attempt(sample):
        if sample.name == "many-frames":
            begun.set()
            assert over.wait(30)
        return attacks.gallery(sample)

    def status(slug):
        return client.get(reverse("guide:attack", args=[slug]) + "?again").status_code  # with a query no page is kept

    trials = attacks.Trials(attempt, patience=0.01)
    monkeypatch.setattr(attacks, "TRIALS", trials)
    assert status("way-out") == 200
    with ThreadPoolExecutor(1) as somebody:
        slow = somebody.submit(trials.side, hostile.BY_NAME["many-frames"])
        assert begun.wait(30)
        assert status("half-a-photo") == 503
        assert status("way-out") == 200, "what is known needs no wait"
        over.set()
        assert slow.result().good
    assert status("half-a-photo") == 200


def test_the_pages_of_the_attack_lab_answer_and_an_unknown_sample_is_a_404(client):
    for address in (reverse("guide:attacks"), reverse("guide:all-attacks")):
        assert client.get(address).content.decode().count("/lab/attacks/") > len(attacks.ATTACKS)
    assert "refused" in client.get(reverse("guide:attack", args=["half-a-photo"])).content.decode()
    assert client.get("/lab/attacks/no-such-sample/").status_code == 404
    assert client.post(reverse("guide:attacks")).status_code == 405


def test_the_samples_payload_is_escaped_wherever_it_is_shown(client):
    for attack in attacks.ATTACKS:
        assert b"<script>alert" not in client.get(reverse("guide:attack", args=[attack.slug])).content


def test_a_strip_shows_the_beginning_and_the_payload_and_counts_what_it_leaves_out():
    attack = attacks.BY_SLUG["picture-and-page"]
    shown = "".join(run.letters for row in attack.strip for run in row.runs if run.kind == "payload")
    assert "<script>alert('a script in an upload')</script>".startswith(shown)
    whole = sum(row.skipped + sum(len(run.letters) for run in row.runs) for row in attack.strip)
    assert whole == len(attack.sample.upload.content)


@every_attack
def test_the_marked_bytes_are_those_that_the_words_speak_of(attack):
    content = attack.sample.upload.content
    for start, end, tells in attack.telling:
        told = content[start : end or None]
        if "claims" in tells:
            width, height = (int.from_bytes(told[place : place + 4], "big") for place in (0, 4))
            assert f"{width:,} by {height:,}" in tells
        elif "ends in" in tells:
            assert told != b"\xff\xd9"
        else:
            assert told == (b"/*" if "/*" in tells else b"\x2c")


def test_a_page_called_png_is_a_picture_by_name_and_a_page_by_content():
    assert [answer for _, answer, _ in attacks.BY_SLUG["page-called-png"].guesses] == [
        "image/png",
        "image/png",
        "an HTML page, whatever its name says",
    ]


def test_guesses_are_compared_with_what_each_form_kept(client):
    kept = [
        f"{attack.slug}.{number}"
        for attack in attacks.ATTACKS
        for number, side in enumerate(attacks.sides(attack), start=1)
        if side.kept
    ]
    cells = 3 * len(attacks.ATTACKS)
    right = client.get(reverse("guide:all-attacks"), {"guess": "1", "kept": kept}).content.decode()
    assert f"You guessed {cells} of {cells} as it happened" in right
    assert "you guessed that it" not in right
    wrong = client.get(reverse("guide:all-attacks"), {"guess": "1", "kept": kept[1:]}).content.decode()
    assert f"You guessed {cells - 1} of {cells} as it happened" in wrong
    assert wrong.count("you guessed that it does not keep it") == 1


# What headers decide


@pytest.mark.parametrize(
    ("headers", "harmful"),
    [
        ({"content-type": "text/html; charset=utf-8"}, True),
        ({"content-type": "text/html", **NOSNIFF}, True),
        ({"content-type": "image/svg+xml", **NOSNIFF}, True),
        ({"content-type": "image/svg+xml", "content-security-policy": "sandbox"}, False),
        ({"content-type": "image/svg+xml", "content-security-policy": "sandbox allow-scripts"}, True),
        ({"content-type": "image/svg+xml", "content-security-policy": "default-src 'self'"}, True),
        ({"content-type": "text/html", "content-disposition": 'attachment; filename="a.html"'}, False),
        ({"content-type": "image/png", **NOSNIFF}, False),
        ({"content-type": "application/octet-stream", **NOSNIFF}, False),
        ({"content-type": "application/octet-stream"}, False),
        ({}, True),
    ],
)
def test_the_headers_decide_whether_a_script_in_an_upload_runs(headers, harmful):
    assert effect(headers).harmful is harmful
