"""What somebody pasted, as the words that tell something: paths, line numbers and other people's names fall away.

The search reads its own entries and the visitor's text with the same function, so both sides speak alike.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

MOST_CHARACTERS = 40_000  # of a longer paste the beginning and the end are read, which is where messages stand

LONGEST_WORD = 300
_LONG_WORD = re.compile(rf"\S{{{LONGEST_WORD},}}")
_LONG_LINE = re.compile(r"([^\n]{1500})")

# Words that stand in every question and so tell nothing.
STOP = frozenset(
    """a about after again also am an and any anyone are as at be because been but by can cannot could did do does
    doesn done dont each either else etc even ever every for from get gets getting give given go goes got had has have
    having help hello hi how however i if in into is isn it its itself just keep keeps know let like m make makes me
    mine my need no nor now of off on once one only or other our out over own please problem put really s same see seem
    seems set should show shows since so some something still such t than thank thanks that the their them then there
    these they thing this those though to too tried try trying up us use used uses using ve very want was way we well
    were what when where which while who whole why will with won would yes yet you your http https www com org example
    django python line info most recent call last py self request response none true false
    """.split()  # noqa: SIM905 - a list of these would take fifty lines
)

# One word for words that mean the same in these questions. Longer phrases first.
SAME = {
    "stylesheet": "css",
    "stylesheets": "css",
    "style": "css",
    "styles": "css",
    "styling": "css",
    "styled": "css",
    "unstyled": "nocss",
    "javascript": "js",
    "picture": "image",
    "pictures": "image",
    "photo": "image",
    "photos": "image",
    "img": "image",
    "images": "image",
    "pic": "image",
    "pics": "image",
    "avatar": "image",
    "jpg": "image",
    "jpeg": "image",
    "png": "image",
    "gif": "image",
    "webp": "image",
    "heic": "image",
    "prod": "production",
    "dev": "development",
    "locally": "local",
    "localhost": "local",
    "dir": "folder",
    "directory": "folder",
    "directories": "folder",
    "folders": "folder",
    "uploading": "upload",
    "uploads": "upload",
    "uploaded": "upload",
    "uploader": "upload",
    "submitted": "submit",
    "hashing": "hash",
    "hashed": "hash",
    "hashes": "hash",
    "fingerprint": "hash",
    "minio": "s3",
    "boto3": "s3",
    "boto": "s3",
    "botocore": "s3",
    "amazonaws": "s3",
    "digitaloceanspaces": "s3",
    "aws": "s3",
    "spaces": "s3",
    "cloudfront": "cdn",
    "cloudflare": "cdn",
    "fastly": "cdn",
    "akamai": "cdn",
    "bunny": "cdn",
    "remove": "delete",
    "removes": "delete",
    "removed": "delete",
    "removing": "delete",
    "broken": "break",
    "breaks": "break",
    "vanished": "vanish",
    "vanishes": "vanish",
    "disappear": "vanish",
    "disappears": "vanish",
    "disappeared": "vanish",
    "disappearing": "vanish",
    "gone": "vanish",
    "lost": "vanish",
    "loses": "vanish",
    "lose": "vanish",
    "wiped": "vanish",
    "restarting": "restart",
    "redeploy": "deploy",
    "redeployed": "deploy",
    "deployment": "deploy",
    "deployed": "deploy",
    "release": "deploy",
    "rollout": "deploy",
    "stale": "old",
    "outdated": "old",
    "previous": "old",
    "older": "old",
    "forbidden": "403",
    "unreadable": "403",
    "denied": "403",
    "movie": "video",
    "mp4": "video",
    "webm": "video",
    "mov": "video",
    "m4v": "video",
    "mp3": "audio",
    "woff": "font",
    "woff2": "font",
    "ttf": "font",
    "otf": "font",
    "typeface": "font",
    "unittest": "test",
    "pytest": "test",
    "testing": "test",
    "ages": "slow",
    "forever": "slow",
    "slower": "slow",
    "minutes": "slow",
    "hangs": "hang",
    "duplicate": "same_name",
    "duplicates": "same_name",
    "collision": "clash",
    "collide": "clash",
    "conflict": "clash",
    "conflicts": "clash",
    "conflicting": "clash",
    "overridden": "override",
    "overwrites": "overwrite",
    "overwriting": "overwrite",
    "overwritten": "overwrite",
    "overwrote": "overwrite",
    "clobbers": "overwrite",
    "replaces": "replace",
    "reordered": "reorder",
    "swapped": "reorder",
    "swap": "reorder",
    "sideways": "rotate",
    "upside": "rotate",
    "heavy": "large",
    "big": "large",
    "huge": "large",
    "larger": "large",
    "bigger": "large",
    "tiny": "small",
    "capital": "uppercase",
    "capitals": "uppercase",
    "capitalised": "uppercase",
    "casing": "case",
    "staging": "production",
    "live": "production",
    "vps": "server",
    "hosting": "platform",
    "paas": "platform",
    "ubuntu": "linux",
    "debian": "linux",
    "macos": "mac",
    "macbook": "mac",
    "config": "configuration",
    "modules": "module",
    "virus": "malicious",
    "hacker": "malicious",
    "attacker": "malicious",
    "auth": "login",
    "authenticated": "login",
    "authentication": "login",
    "logged": "login",
    "logging": "login",
    "signin": "login",
    "anonymous": "login",
    "visible": "shown",
    "displayed": "shown",
    "displaying": "shown",
    "display": "shown",
    "showing": "shown",
    "appear": "shown",
    "appearing": "shown",
    "load": "shown",
    "loading": "shown",
    "loaded": "shown",
    "loads": "shown",
    "serve": "served",
    "serves": "served",
    "serving": "served",
    "collectionstatic": "collectstatic",
    "collected": "collectstatic",
    "collects": "collectstatic",
    "collecting": "collectstatic",
    "collect": "collectstatic",
    "container": "docker",
    "containers": "docker",
    "dockerfile": "docker",
    "kubernetes": "docker",
    "k8s": "docker",
    "podman": "docker",
    "compose": "docker",
    "dyno": "platform",
    "heroku": "platform",
    "railway": "platform",
    "render": "platform",
    "pythonanywhere": "platform",
    "azure": "platform",
    "vercel": "platform",
    "beanstalk": "platform",
    "dokku": "platform",
    "coolify": "platform",
    "koyeb": "platform",
}

PHRASES = (
    (re.compile(r"\bnot found\b", re.I), " 404 "),
    (
        re.compile(r"\b(?:no|without(?: any)?|lost (?:its|all|the|all its)|missing) (?:css|styles?|styling)\b", re.I),
        " nocss ",
    ),
    (
        re.compile(
            r"\b(?:page|site|admin|login|dashboard)s? (?:is|are|looks?|comes?|shows?)(?: up| completely| totally)? "
            r"(?:plain|ugly|bare|unstyled|raw)(?: html)?\b",
            re.I,
        ),
        " nocss ",
    ),
    (re.compile(r"\b(?:too large|too big)\b", re.I), " toolarge "),
    (re.compile(r"\b(?:entity|content|payload) too large\b", re.I), " 413 toolarge "),
    (re.compile(r"\binternal server error\b", re.I), " 500 internalservererror "),
    (re.compile(r"\bserver error\b", re.I), " 500 "),
    (re.compile(r"\bpermission denied\b", re.I), " permissiondenied "),
    (re.compile(r"\bbad request\b", re.I), " 400 badrequest "),
    (re.compile(r"\bdebug\s*(?:=|is|set to|to)?\s*(?:false|off|0)\b", re.I), " DEBUG debugoff "),
    (re.compile(r"\b(?:turn(?:ed|ing)?|switch(?:ed|ing)?) (?:off )?debug(?: off)?\b", re.I), " DEBUG debugoff "),
    (re.compile(r"\b(?:disabled?|disabling) debug\b", re.I), " DEBUG debugoff "),
    (re.compile(r"\bdebug\s*(?:=|is|set to|to)?\s*(?:true|on|1)\b", re.I), " DEBUG debugon "),
    (re.compile(r"\b(?:upper|capital)[- ]?(?:case|letters?)\b", re.I), " uppercase "),
    (re.compile(r"\b(?:case)[- ]?(?:sensitiv\w+|insensitiv\w+)\b", re.I), " case uppercase "),
    (re.compile(r"\bdot[- ]?files?\b|\bhidden files?\b", re.I), " dotfile "),
    (re.compile(r"\bsource[- ]?maps?\b|sourceMappingURL", re.I), " sourcemap "),
    (re.compile(r"\bmiddle ware\b", re.I), " middleware "),
    (re.compile(r"\bwhite noise\b", re.I), " whitenoise "),
    (re.compile(r"\bcollect static\b", re.I), " collectstatic "),
    (re.compile(r"\brun server\b", re.I), " runserver "),
    (re.compile(r"\bstatic root\b", re.I), " STATIC_ROOT "),
    (re.compile(r"\bmedia root\b", re.I), " MEDIA_ROOT "),
    (re.compile(r"\bstatic url\b", re.I), " STATIC_URL "),
    (re.compile(r"\bmedia url\b", re.I), " MEDIA_URL "),
    (re.compile(r"\binstalled apps\b", re.I), " INSTALLED_APPS "),
    (re.compile(r"\bsecret key\b", re.I), " SECRET_KEY "),
    (re.compile(r"\bprivate (?:window|tab|mode)\b|\bincognito\b", re.I), " login "),
)  # fmt: skip

# What can be seen in a paste without being a word of it.
SIGHTS = (
    (re.compile(r"entry for ['\"‘“]/|\{%\s*static\s+['\"]/", re.I), "leadingslash"),
    (
        re.compile(r"^(?:ERROR|FAIL|FAILED)\b.*\btest|::test_|\btest_\w+|\bRan \d+ tests?|TestCase", re.I | re.M),
        "intests",
    ),
    (re.compile(r"-rw-------|\b0?o?600\b|\brw-------"), "mode0600"),
    (re.compile(r"\.map\b", re.I), "sourcemap"),
    (re.compile(r"X-Amz-|AWSAccessKeyId=|[?&]Signature=", re.I), "signedurl"),
    (re.compile(r"[?&]next=|/login\b", re.I), "loginredirect"),
    (re.compile(r"static\.\.|media\.\./|assets\.\./", re.I), "aliastraversal"),
    (re.compile(r"/\*[^*]*url\(", re.I), "commentedurl"),
    (
        re.compile(
            r"[/'\"](?:[a-z_-]*[A-Z][\w-]*\.(?:css|js|png|jpe?g|svg|gif)|[\w-]+\.(?:PNG|JPE?G|CSS|JS|SVG|GIF))\b"
        ),
        "uppercasename",
    ),
    (re.compile(r"/static/\S*\.[0-9a-f]{8,12}\.\w+"), "hashedname"),
    (re.compile(r"\b(?:/|https?://)\S*static/\S+[^\n]*\b404\b|404[^\n]*/static/", re.I), "static404"),
    (re.compile(r"/media/\S+[^\n]*\b404\b|404[^\n]*/media/", re.I), "media404"),
    (re.compile(r"^INFO:\s+[\d.]+:\d+ - \"", re.M), "uvicornlog"),
    (re.compile(r"^\[\d\d/\w{3}/\d{4} [\d:]{8}\] \"", re.M), "runserverlog"),
    (re.compile(r"\[\d+\] \[INFO\]|\[INFO\] Listening"), "gunicornlog"),
    (re.compile(r"\[error\] \d+#\d+:|nginx/\d"), "nginxlog"),
    (re.compile(r"\b13: permission denied", re.I), "nginxdenied"),
)  # fmt: skip

_FRAME = re.compile(r'^\s*(?:File ".*", line \d+.*|[\^~]+\s*|\s*\|\s*File .*)$')
_RAISED = re.compile(r"^\s*(?:[A-Za-z_][\w.]*\.)?[A-Z]\w*(?:Error|Exception|Warning|Sent|TooBig|Exit|DoesNotExist)\b")
_URL = re.compile(r"\b(?:https?|wss?)://([^\s/'\"<>)]+)([^\s'\"<>)]*)", re.I)
_MIME = re.compile(r"\b(text|application|image|font|video|audio)/([a-z][\w.+-]*)", re.I)
_PATH = re.compile(r"(?:[A-Za-z]:|~|\.{0,2})?(?:[/\\][\w.@%+~-]+)+[/\\]?|[\w.@%+-]+(?:[/\\][\w.@%+~-]+)+[/\\]?")
_WORD = re.compile(r"[A-Za-z_][A-Za-z0-9_]*|\d+")
_CAMEL = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\d+")
_NUMBERS = frozenset({"200", "206", "301", "302", "304", "400", "403", "404", "413", "416", "500", "502", "644", "755"})
_EXTENSION = re.compile(r"\.([A-Za-z][A-Za-z0-9]{0,11})$")

# Folders and files that mean the same in every project; all other parts of a path are somebody's own names.
_KNOWN = frozenset(
    """static staticfiles assets media uploads admin login upload whitenoise storages boto3 botocore nginx gunicorn
    uvicorn pil fonts staticfiles.json manage.py settings.py db.sqlite3 mime.types dockerfile docker-compose.yml
    nginx.conf urls.py favicon.ico robots.txt .well-known .htaccess tests storage handlers asgi wsgi asgi.py wsgi.py
    invoices private documents""".split()  # noqa: SIM905
)
_HOSTS = ("cdn", "cloudfront", "amazonaws", "digitaloceanspaces", "s3", "storage.googleapis")


@dataclass(frozen=True, slots=True)
class Paste:
    """`telling` are the words of what was raised, logged or asked, `rest` those of a traceback's frames; `run` is the
    telling text word for word, for comparing it with known messages, `sights` what can be seen besides words."""

    telling: tuple[str, ...]
    rest: tuple[str, ...]
    run: tuple[str, ...]
    sights: tuple[str, ...]


def read(text: str) -> Paste:
    """Never raises, whatever the text."""
    text = _shortened(text.replace("\0", " ").replace("\r", "\n"))
    telling, rest = _split(text)
    seen = _sights(telling)
    words = [*_words(telling), *seen]
    known = set(words)
    return Paste(
        tuple(dict.fromkeys(words)),
        tuple(dict.fromkeys(word for word in _words(rest) if word not in known)),
        tuple(stem(word.lower()) for word in _WORD.findall(_without_names(telling))),
        tuple(seen),
    )


def _sights(text: str) -> list[str]:
    """The names of what can be seen in a text, MIME types among them."""
    types = [_mime_word(mime).strip() for mime in _MIME.finditer(text)]
    return [*types, *(sight for pattern, sight in SIGHTS if pattern.search(text))]


def stem(word: str) -> str:
    """`serving`, `served`, `serves` as one: cut rather than understood, and the same on both sides."""
    if len(word) <= 3 or "_" in word or not word.isalpha():
        return word
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith("s") and not word.endswith(("ss", "us", "is")):
        word = word[:-1]
    for ending in ("ing", "ed"):
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            word = word[: -len(ending)]
            if word[-1] == word[-2] and word[-1] not in "lsz":
                word = word[:-1]
            break
    return word[:-1] if word.endswith("e") and len(word) > 3 else word


def _shortened(text: str) -> str:
    """Beginning and end of a long text, with no word and no line so long that a pattern would take its time over it."""
    if len(text) > MOST_CHARACTERS:
        text = text[: MOST_CHARACTERS // 2] + "\n" + text[-MOST_CHARACTERS // 2 :]
    text = _LONG_WORD.sub(lambda word: word[0][:LONGEST_WORD], text)
    return _LONG_LINE.sub(r"\1\n", text)


def _split(text: str) -> tuple[str, str]:
    """The telling lines and the others. Without a traceback every line tells."""
    lines = list(dict.fromkeys(line.strip("\n") for line in text.split("\n") if line.strip()))
    if not any(_FRAME.match(line) for line in lines):
        return "\n".join(lines), ""
    telling, rest, after_frame = [], [], False
    for line in lines:
        if _FRAME.match(line):
            rest.append(line)
            after_frame = True
        elif after_frame and line.startswith((" ", "\t")) and not _RAISED.match(line):
            rest.append(line)  # the source line below a frame
        else:
            telling.append(line)
            after_frame = False
    return "\n".join(telling), "\n".join(rest)


def _words(text: str) -> Iterable[str]:
    for pattern, meaning in PHRASES:
        text = pattern.sub(meaning, text)
    text = _MIME.sub(_mime_word, text)
    text = _URL.sub(_url_words, text)
    text = _PATH.sub(_path_words, text)
    for found in _WORD.findall(text):
        yield from _forms(found)


def _forms(found: str) -> Iterable[str]:
    """A word as the index knows it; of an identifier its parts as well."""
    lower = found.lower()
    if lower in STOP or (lower.isdigit() and lower not in _NUMBERS) or len(lower) == 1:
        return
    if "_" in lower.strip("_"):
        yield lower.strip("_")
        if lower.startswith("mime_"):
            return
        parts = lower.split("_")
    else:
        yield stem(SAME.get(lower, lower))
        parts = [part.lower() for part in _CAMEL.findall(found)] if not found.islower() and not found.isupper() else []
        parts = parts if len(parts) > 1 else []
    for part in parts:
        if len(part) > 1 and part not in STOP and not part.isdigit():
            yield stem(SAME.get(part, part))


def _mime_word(mime: re.Match[str]) -> str:
    """`text/html` as one word, which no path is taken for."""
    return " " + re.sub(r"\W", "_", f"mime_{mime[0]}".lower()) + " "


def _url_words(url: re.Match[str]) -> str:
    host = url[1].lower()
    hints = [hint for hint in _HOSTS if hint in host]
    local = ["localhost"] if host.startswith(("localhost", "127.0.0.1", "0.0.0.0", "[::1]")) else []  # noqa: S104
    return " ".join(["", *hints, *local, *_parts(url[2]), ""])


def _path_words(path: re.Match[str]) -> str:
    text = path[0]
    parts = re.split(r"[/\\]", text.strip("/\\"))
    plain = text[0].isalpha() and len(parts) <= 3 and not any("." in part for part in parts)
    if plain and not text.endswith(("/", "\\")) and text[1:2] != ":":
        return " " + " ".join(parts) + " "  # css/js, Windows/macOS: words with a slash between them
    return " ".join(["", *_parts(text), ""])


def _parts(path: str) -> Iterable[str]:
    """The parts of a path that mean something in every project, and the extension."""
    path, _, query = path.partition("?")
    parts = [part for part in re.split(r"[/\\]", path) if part]
    for part in parts:
        lower = part.lower()
        if lower in _KNOWN:
            yield re.sub(r"\W", " ", part)
        elif lower.startswith(".well"):
            yield "dotfile"
    if parts and (extension := _EXTENSION.search(parts[-1])):
        yield extension[1]
    yield from (word for word in re.findall(r"[A-Za-z][A-Za-z-]+(?==)", query))


def _without_names(text: str) -> str:
    """The text without what differs from project to project: quoted names, addresses, paths, numbers."""
    text = _URL.sub(" ", text)
    text = re.sub(r"0x[0-9a-f]+", " ", text, flags=re.I)
    text = re.sub(r"(['\"‘’“”`])[^'\"‘’“”`\n]{0,200}[./\\][^'\"‘’“”`\n]{0,200}\1", " ", text)
    return _PATH.sub(" ", text)
