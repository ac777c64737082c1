"""The attack lab: the same hostile uploads sent to the usual forms, in the lab, and to this site's own gallery.

Both sides are real. The lab's are experiments; the gallery's is a request with the same bytes that goes through its
upload handler, its form, its intake and its child process, into a folder that is thrown away. There are as many answers
as samples, and each is worked out once in the life of this process: asking again costs nothing.
"""

import contextlib
import inspect
import mimetypes
import re
import tempfile
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from hashlib import sha256
from http import HTTPStatus
from io import BytesIO
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from django.conf import settings
from django.core.handlers.wsgi import WSGIRequest
from django.urls import reverse
from django.utils.html import strip_tags
from django.views.static import serve

from gallery import containers, intake, models, pictures, renditions
from gallery.forms import UploadForm
from gallery.middleware import guarded
from gallery.storage import DurableFileSystemStorage
from guide.effects import DECIDING, Effect, effect
from guide.hexdump import Mark, Row, strip
from lab.engine import api
from lab.evidence.claims.attacks import FILE_FIELD, IMAGE_FIELD
from lab.experiment import Experiment
from lab.observation import Observation
from lab.uploads.hostile import BY_NAME as SAMPLES
from lab.uploads.hostile import Sample
from lab.uploads.multipart import CONTENT_TYPE, multipart

MEDIA = "/media/"
_ERRORS = re.compile(r'<ul class="errorlist"[^>]*>(.*?)</ul>', re.DOTALL)


class NotNow(Exception):
    """The gallery has no worker free, or no room: an answer for now that must not be kept."""


@dataclass(frozen=True)
class Safeguard:
    """A function of ours, with what it does in this case; its file and line are read from the code itself."""

    function: Callable[..., Any]
    does: str

    @property
    def name(self) -> str:
        return self.function.__qualname__

    @property
    def place(self) -> str:
        path = Path(inspect.getsourcefile(self.function) or "").relative_to(settings.BASE_DIR)
        return f"{path.as_posix()}:{self.function.__code__.co_firstlineno}"


@dataclass(frozen=True)
class Attack:
    """`sent` says what the file is, `hope` what the sender hopes for; `telling` are slices worth a look."""

    slug: str
    title: str
    sent: str
    hope: str
    safeguards: tuple[Safeguard, ...]
    telling: tuple[tuple[int, int, str], ...] = ()

    @property
    def sample(self) -> Sample:
        return SAMPLES[self.slug]

    @property
    def marks(self) -> tuple[Mark, ...]:
        """Return the bytes by which its format is told, those that tell more, and the payload."""
        content, payload = self.sample.upload.content, self.sample.payload
        marks = [Mark(0, len(start), tells) for start, tells in _BEGINNINGS if content.startswith(start)]
        for start, end, tells in self.telling:
            place = slice(start, end or None).indices(len(content))
            marks.append(Mark(place[0], place[1], tells))
        if payload and payload != content:
            at = content.index(payload)
            marks.append(Mark(at, at + len(payload), "The payload.", payload=True))
        return tuple(marks)

    @property
    def strip(self) -> tuple[Row, ...]:
        return strip(self.sample.upload.content, self.marks)

    @property
    def guesses(self) -> tuple[tuple[str, str, str], ...]:
        """Return what the file is taken for: (by what, the answer, who goes by it)."""
        upload = self.sample.upload
        name = mimetypes.guess_type(upload.name)[0] or "nothing known"
        return (
            ("Its name", name, "a server that hands it out, and an upload handler’s log"),
            ("What the sender declares", upload.content_type, "a form that reads content_type"),
            ("Its first bytes", by_content(upload.content), "Pillow, this site’s gallery, a browser that sniffs"),
        )


_BEGINNINGS = (
    (b"\x89PNG\r\n\x1a\n", "So begins a PNG."),
    (b"GIF89a", "So begins a GIF."),
    (b"\xff\xd8\xff", "So begins a JPEG."),
    (b"<!doctype html>", "So begins an HTML page."),
    (b"<svg", "So begins an SVG."),
)


def by_content(content: bytes) -> str:
    """Return what a file is by its bytes alone, as the gallery tells it."""
    try:
        found = containers.sort(content)
    except containers.Damaged as error:
        return f"a damaged picture: {error}"
    return found.file_format if found else pictures.likeness(content).partition(".")[0].removeprefix("This is ")


@dataclass(frozen=True)
class Stored:
    """A file that lies on disk afterwards. `whole`: the very bytes that were sent; `carries`: the payload is in it."""

    path: str
    size: int
    whole: bool
    carries: bool


@dataclass(frozen=True)
class Served:
    """How the first stored file is handed out: the headers that decide ("" for one not sent), and what they bring."""

    url: str
    status: int
    headers: tuple[tuple[str, str], ...]
    effect: Effect


@dataclass(frozen=True)
class Side:
    """What became of a sample in one place. `status` and `sentence` are its answer to the upload."""

    title: str
    status: int
    sentence: str
    stored: tuple[Stored, ...]
    served: Served | None
    query: str = ""

    @property
    def verdict(self) -> str:
        if self.status >= 500:
            return "crashed"
        if not self.stored:
            return "refused"
        return "kept as it came" if self.stored[0].whole else "re-encoded"

    @property
    def good(self) -> bool:
        return self.verdict in ("refused", "re-encoded")

    @property
    def kept(self) -> bool:
        """Return whether the file is stored as it was sent: what the matrix asks people to guess."""
        return self.verdict == "kept as it came"


FORMATS = Safeguard(containers.sort, "names the format by the file’s first bytes, and knows five of them.")
LIKENESS = Safeguard(pictures.likeness, "says what it is instead.")
SIZE = Safeguard(pictures.check_size, "compares the size that the header claims with the limit, before any decoder.")
PNG_PARTS = Safeguard(containers.sort_png, "keeps the parts that a decoder needs, and nothing behind the last.")
GIF_PARTS = Safeguard(containers.sort_gif, "keeps the head and the first frame: no comment, no other frame.")
JPEG_PARTS = Safeguard(containers.sort_jpeg, "walks through all parts to the end, which has to be there.")
COLOURS = Safeguard(pictures.to_srgb, "hands on pixels, and no metadata.")
ANEW = Safeguard(renditions.encoded, "writes new files from the pixels.")
OWN_NAME = Safeguard(models.stored_name, "gives the file a random name; of the visitor’s nothing becomes a path.")

ATTACKS = (
    Attack(
        "page-called-png",
        "A page called .png",
        "An HTML page with a script, called holiday.png and declared as image/png.",
        "The form looks at the name, and the browser at the content.",
        (FORMATS, LIKENESS),
    ),
    Attack(
        "name-turned-round",
        "A name that reads backwards",
        "The same page under a name with U+202E in it, the character that turns a text’s direction: on a screen it "
        "ends in lmth.png, in the server’s eyes in .html.",
        "Somebody approves a picture, and the server hands out a page.",
        (FORMATS, LIKENESS),
    ),
    Attack(
        "drawing-with-script",
        "A drawing with a script",
        "An SVG, which is a picture to a page that embeds it and a document to anyone who opens it by its address.",
        "Somebody opens it in a tab of its own.",
        (FORMATS, LIKENESS),
    ),
    Attack(
        "picture-and-page",
        "A picture that is a page as well",
        "A good PNG with HTML behind its end.",
        "Anyone who checks the picture finds a picture; the page waits for a server that names it otherwise.",
        (PNG_PARTS, ANEW, OWN_NAME),
    ),
    Attack(
        "picture-and-script",
        "A picture that is a program as well",
        "A GIF whose bytes are a JavaScript program too: its width opens a comment, its own comment closes it.",
        "A page’s policy allows scripts of its own host, and this one now lies there.",
        (GIF_PARTS, ANEW, OWN_NAME),
        ((6, 8, "The width. As characters it is /*, which opens a comment in JavaScript."),),
    ),
    Attack(
        "photo-with-place",
        "A photo that tells where it was taken",
        "A JPEG with GPS coordinates in its EXIF, as every phone writes them.",
        "No attack: here the visitor is the one who gets hurt, by everyone who downloads the photo.",
        (COLOURS, ANEW),
    ),
    Attack(
        "huge-picture",
        "900 megapixels in 68 bytes",
        "A PNG whose header claims 30,000 by 30,000 pixels.",
        "Anyone who decodes it makes room for all those pixels first.",
        (SIZE,),
        ((16, 24, "The size that it claims: 30,000 by 30,000 pixels."),),
    ),
    Attack(
        "large-picture",
        "156 megapixels in 68 bytes",
        "The same with 13,000 by 12,000 pixels, which is below the limit that Pillow sets by itself.",
        "A thumbnail is to be made of it, by several workers at once.",
        (SIZE,),
        ((16, 24, "The size that it claims: 13,000 by 12,000 pixels."),),
    ),
    Attack(
        "half-a-photo",
        "Half a photo",
        "A JPEG whose last bytes are missing, as after a broken connection.",
        "No attack either: a photo that nobody can show whole, kept for good.",
        (JPEG_PARTS,),
        ((-2, 0, "The last two bytes. A whole JPEG ends in ff d9."),),
    ),
    Attack(
        "many-frames",
        "5,000 frames",
        "An animated GIF, each frame a single pixel.",
        "Anyone who resizes it frame by frame is busy for a while.",
        (GIF_PARTS, ANEW),
        ((19, 20, "Each 2c begins a frame."),),
    ),
    Attack(
        "way-out",
        "A name that leads elsewhere",
        "A good picture called ../../manage.py.",
        "It lands on a file of the code.",
        (OWN_NAME,),
    ),
    Attack(
        "long-name",
        "A name too long for the disk",
        "A good picture whose name has 184 characters, which are 364 bytes; a disk takes 255.",
        "An error page, and a traceback in the log for each.",
        (OWN_NAME,),
    ),
    Attack(
        "called-app-css",
        "A stylesheet called app.css",
        "A stylesheet under the name of a static file.",
        "It takes the place of the site’s own.",
        (FORMATS, LIKENESS),
    ),
)
BY_SLUG = {attack.slug: attack for attack in ATTACKS}


FORMS = ("FileField", "ImageField", "This site’s gallery")


def sides(attack: Attack) -> tuple[Side, ...]:
    """The two forms of the lab, then the gallery. Raises the lab's Busy and ExperimentFailed, and NotNow."""
    return (
        _form(attack.sample, FORMS[0], FILE_FIELD),
        _form(attack.sample, FORMS[1], IMAGE_FIELD),
        TRIALS.side(attack.sample),
    )


# The usual forms


def _form(sample: Sample, title: str, experiment: Experiment) -> Side:
    seen = api.observe(experiment)
    answer, fetched = seen.request(sample.name), seen.request(f"{sample.name}-stored")
    if answer is None or answer.status is None:
        raise LookupError(f"{sample.name} was not sent")
    sentence = f"{answer.error.type}: {answer.error.message}" if answer.error else _errors(answer.excerpt)
    if fetched is None or fetched.status is None:
        return Side(title, answer.status, sentence, (), None, experiment.query)
    stored = _stored(seen, sample, unquote(fetched.url).removeprefix(MEDIA))
    served = _served(fetched.url, fetched.status, fetched.headers)
    return Side(title, answer.status, sentence, (stored,), served, experiment.query)


def _stored(seen: Observation, sample: Sample, path: str) -> Stored:
    file = next(file for file in seen.media_root if file.path == path)
    whole = file.sha256 == sha256(sample.upload.content).hexdigest()
    return Stored(path, file.bytes, whole, whole and bool(sample.payload))


def _errors(html: str) -> str:
    found = _ERRORS.search(html)
    return " ".join(strip_tags(found[1]).split()) if found else ""


# The gallery


class Trials:
    """Tries each sample once, and one at a time: the gallery's workers are there for visitors' photos."""

    def __init__(self, attempt: Callable[[Sample], Side], patience: float) -> None:
        self._attempt = attempt
        self._patience = patience  # seconds
        self._sides: dict[str, Side] = {}
        self._trying = threading.Lock()

    def side(self, sample: Sample) -> Side:
        """Return what became of the sample. Raises NotNow while another one takes long, and what the attempt raises."""
        if sample.name in self._sides:
            return self._sides[sample.name]
        if not self._trying.acquire(timeout=self._patience):
            raise NotNow("Another sample is being tried.")
        try:
            if sample.name not in self._sides:
                self._sides[sample.name] = self._attempt(sample)
            return self._sides[sample.name]
        finally:
            self._trying.release()


def gallery(sample: Sample) -> Side:
    """Return what the gallery does with a sample. Raises NotNow."""
    title = FORMS[2]
    request = _upload_request(sample)
    form = UploadForm(request.POST, request.FILES)
    if not form.is_valid():
        return Side(title, HTTPStatus.OK, " ".join(map(str, form.errors.get("image", []))), (), None)
    with tempfile.TemporaryDirectory() as folder:
        storage = DurableFileSystemStorage(location=folder, base_url=MEDIA, derived="")
        outcome = intake.rehearse(form.cleaned_data["image"][0], storage)
        if outcome.status >= 500:
            raise NotNow(outcome.message)
        if outcome.photo is None:
            return Side(title, outcome.status, outcome.message, (), None)
        stored = tuple(_looked_into(Path(folder), name, sample) for name in outcome.photo.file_names())
        served = _fetched(Path(folder), stored[0].path)
    return Side(title, outcome.status, "; ".join(outcome.photo.notes), stored, served)


TRIALS = Trials(gallery, patience=5.0)


def _upload_request(sample: Sample) -> WSGIRequest:
    """The POST that carries the sample to the gallery's form, but for the cookies."""
    body = multipart({}, {"image": sample.upload})
    return WSGIRequest(
        {
            "REQUEST_METHOD": "POST",
            "PATH_INFO": reverse("gallery:upload"),
            "SERVER_NAME": "localhost",
            "SERVER_PORT": "80",
            "CONTENT_TYPE": CONTENT_TYPE,
            "CONTENT_LENGTH": str(len(body)),
            "wsgi.input": BytesIO(body),
        }
    )


def _looked_into(folder: Path, name: str, sample: Sample) -> Stored:
    content = (folder / name).read_bytes()
    carries = bool(sample.payload) and sample.payload in content
    return Stored(name, len(content), content == sample.upload.content, carries)


def _fetched(folder: Path, name: str) -> Served:
    """The media route's answer, with what the gallery's middleware adds; deploy/nginx.conf adds the same."""
    url = f"{MEDIA}{name}"
    request = WSGIRequest({"REQUEST_METHOD": "GET", "PATH_INFO": url, "wsgi.input": BytesIO()})
    with contextlib.closing(guarded(serve(request, name, document_root=str(folder)))) as response:
        return _served(url, response.status_code, {key.lower(): value for key, value in response.items()})


def _served(url: str, status: int, headers: Mapping[str, str]) -> Served:
    return Served(url, status, tuple((name, headers.get(name, "")) for name in DECIDING), effect(headers))
