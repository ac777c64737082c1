"""What the files for a deployment say: nginx, images, platforms. They are read, never run."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from . import checks
from .case import Case, line_of, named, read
from .collected import short
from .finding import Finding, found

NAMES = re.compile(
    r"(?i)^(?:.*dockerfile.*|.*compose.*\.ya?ml|procfile.*|.*\.dockerfile|render\.ya?ml|fly(?:\.\w+)?\.toml|"
    r"railway\.(?:json|toml)|nixpacks\.toml|app\.(?:json|ya?ml)|vercel\.json|.*nginx.*|.*\.conf(?:\.\w+)?|caddyfile.*|"
    r"makefile|justfile|taskfile\.ya?ml|.*\.sh|start|entrypoint|.*\.service|.*\.ya?ml|.*\.toml|heroku\.yml|readme.*|.*\.md|"
    r"fabfile\.py|tasks\.py|release.*|package\.json|runtime\.txt|uwsgi.*|.*\.config|captain-definition|cloudbuild\.json|"
    r"pa_\w+\.py|supervisord.*)$"
)
SERVERS = re.compile(r"\b(gunicorn|uvicorn|granian|daphne|hypercorn|waitress-serve|uwsgi|mod_wsgi)\b")
STAND_IN = re.compile(r"(?i)dummy|change|build|insecure|placeholder|unused|xxx|not-?used|test")
NO_CONFIGURATION = (".py", ".md", ".rst", ".html", ".txt", ".json")
PLATFORMS = {
    "procfile": "Heroku (Procfile)",
    "heroku.yml": "Heroku (heroku.yml)",
    "render.yaml": "Render",
    "render.yml": "Render",
    "fly.toml": "Fly.io",
    "railway.json": "Railway",
    "railway.toml": "Railway",
    "vercel.json": "Vercel",
    "app.yaml": "App Engine",
}


@dataclass(frozen=True)
class Location:
    """A `location` of nginx, or what stands for it on a platform. `serves` is its alias, or its root with the path."""

    prefix: str
    serves: str
    server: str
    file: Path
    line: int
    alias: str = ""
    expires: str = ""


@dataclass(frozen=True)
class Deploy:
    """What is known from the files in the project. `collects` names a file that runs collectstatic, or is None."""

    texts: tuple[tuple[Path, str], ...] = field(repr=False)
    locations: tuple[Location, ...] = ()
    collects: Path | None = None
    platforms: tuple[tuple[str, Path], ...] = ()

    def serving(self, address: str) -> Location | None:
        """The location that answers an address, by the longest prefix."""
        fitting = [one for one in self.locations if address and address.startswith(one.prefix.rstrip("/") + "/")]
        return max(fitting, key=lambda one: len(one.prefix), default=None)

    @property
    def deploys(self) -> Path | None:
        """A file that starts the project for others to use, or None."""
        for file, text in self.texts:
            starts = is_image(file) or _platform(file) or file.suffix in (".sh", ".service", ".yml", ".yaml")
            if starts and SERVERS.search(bare(text)):
                return file
        return next((file for _, file in self.platforms), None)

    @property
    def built(self) -> bool:
        """Whether an image collects while it is built."""
        return any(is_image(file) and re.search(r"RUN\b.*collectstatic", text) for file, text in self.texts)


def read_all(files: Sequence[Path]) -> Deploy:
    """Read every file that may be about a deployment."""
    texts = []
    for file in files:
        if NAMES.match(file.name) or file.parent.name in ("bin", ".ebextensions"):
            text = read(file, most=300_000)
            if text:
                texts.append((file, text))
    locations = [location for file, text in texts for location in _locations(file, text)]
    collects = next((file for file, text in texts if _runs_collectstatic(text)), None)
    platforms = [(platform, file) for file, _ in texts if (platform := _platform(file))]
    return Deploy(tuple(texts), tuple(locations), collects, tuple(platforms))


NEAR = re.compile(
    r"(?i)^(deploy\w*|docker|compose|nginx|ops|infra\w*|conf(ig)?s?|scripts?|bin|\.platform|\.ebextensions)$"
)


def around(root: Path, folder: Path) -> list[Path]:
    """The files above the project's folder that may be about its deployment: in `root`, and in folders for it there."""
    try:
        entries = sorted(root.iterdir())
    except OSError:
        return []
    found = [one for one in entries if one.is_file()]
    for place in entries:
        if place.is_dir() and place != folder and NEAR.match(place.name):
            found += [one for one in sorted(place.rglob("*")) if one.is_file()][:300]
    return found


def is_deployment(file: Path) -> bool:
    """Whether a file says how the project is started elsewhere: an image, a compose file, a platform, a service."""
    name = file.name.lower()
    return (
        is_image(file)
        or is_compose(file)
        or bool(_platform(file))
        or file.suffix in (".service", ".sh")
        or name.startswith("uwsgi")
    )


def _platform(file: Path) -> str:
    name = file.name.lower()
    if re.fullmatch(r"fly(\.\w+)?\.toml", name):
        return PLATFORMS["fly.toml"]
    return PLATFORMS.get(name, "")


def is_image(file: Path) -> bool:
    return "dockerfile" in file.name.lower()


def is_compose(file: Path) -> bool:
    return "compose" in file.name.lower()


def _runs_collectstatic(text: str) -> bool:
    """Whether a file that machines read runs it, or one for people tells them to."""
    return bool(re.search(r"collectstatic|\bmanage\.py release\b|distill-local", bare(text)))


def bare(text: str) -> str:
    """Without lines that are comments."""
    return re.sub(r"(?m)^\s*(#|//).*$", "", text)


# nginx and its relatives


def _locations(file: Path, text: str) -> Iterator[Location]:
    if re.search(r"\blocation\s", text) and file.suffix not in NO_CONFIGURATION:
        yield from _nginx(file, text)
    name = file.name.lower()
    if re.fullmatch(r"fly(\.\w+)?\.toml", name):
        for block in re.finditer(r"\[\[statics\]\](.*?)(?=\n\s*\[|\Z)", text, re.DOTALL):
            prefix = re.search(r"url_prefix\s*=\s*[\"']([^\"']+)", block[1])
            path = re.search(r"guest_path\s*=\s*[\"']([^\"']+)", block[1])
            if prefix and path:
                yield Location(prefix[1], path[1], "Fly.io's statics", file, line_of(text, block.start()))
    if name in ("app.yaml", "app.yml"):
        for match in re.finditer(r"-\s*url:\s*[\"']?(/[\w-]+)\S*\s+static_dir:\s*[\"']?([\w./-]+)", text):
            yield Location(match[1], match[2], "App Engine", file, line_of(text, match.start()))
    if name.startswith("caddyfile"):
        for match in re.finditer(
            r"(?:handle_path|handle|route)\s+(/[\w-]+/?)\*?\s*\{[^}]*?file_server", text, re.DOTALL
        ):
            root = re.search(r"root\s+(?:\*\s+)?(\S+)", match[0])
            yield Location(match[1], root[1] if root else "", "Caddy", file, line_of(text, match.start()))
    for match in re.finditer(r"(?m)^\s*Alias\s+(/[\w-]+/?)\s+\"?([^\s\"]+)", text):
        yield Location(match[1], match[2], "Apache", file, line_of(text, match.start()))
    # uWSGI's own: a file of its settings, or an option of the command that starts it.
    for match in re.finditer(r"(?m)(?:^\s*|--)static-map2?[\s=]+[\"']?(/[\w-]+/?)=([\w./-]+)", text):
        yield Location(match[1], match[2], "uWSGI", file, line_of(text, match.start()))
    if file.parent.name == ".ebextensions":
        for match in re.finditer(r"(?m)^\s*(/[\w-]+/?):\s*[\"']?([\w./-]+)", text):
            yield Location(match[1], match[2], "Elastic Beanstalk's nginx", file, line_of(text, match.start()))


_LOCATION = re.compile(r"\blocation\s+(?:(=|\^~|~\*?)\s+)?(\S+)\s*\{")


def _blocks(text: str) -> Iterator[tuple[re.Match[str], str, int]]:
    """Each location with its block and the place where that begins."""
    for match in _LOCATION.finditer(text):
        depth, end = 1, match.end()
        while depth and end < len(text):
            depth += {"{": 1, "}": -1}.get(text[end], 0)
            end += 1
        yield match, text[match.end() : end - 1], match.end()


def _nginx(file: Path, text: str) -> Iterator[Location]:
    text = re.sub(r"#[^\n]*", lambda comment: " " * len(comment[0]), text)
    for match, block, begins in _blocks(text):
        prefix = match[2].lstrip("^").rstrip("$")
        alias = re.search(r"\balias\s+([^;]+);", block)
        root = re.search(r"\broot\s+([^;]+);", block)
        if not alias and not root:
            continue
        served = alias[1].strip("\"' ") if alias else f"{root[1].strip().rstrip('/')}/{prefix.strip('/')}"  # type: ignore[index]
        expires = re.search(r"\bexpires\s+([^;]+);", block) or re.search(r"max-age=\w+", block)
        yield Location(
            prefix,
            served,
            "nginx",
            file,
            line_of(text, begins + alias.start()) if alias else line_of(text, match.start()),
            alias[1].strip("\"' ") if alias and match[1] not in ("~", "~*") else "",
            expires[0] if expires else "",
        )


def examine(case: Case, deploy: Deploy, missing: Sequence[str] = (), *, collected: bool = False) -> Iterator[Finding]:
    """`missing` are variables that the settings ask for; `collected` says that STATIC_ROOT has files already."""
    yield from _aliases(case, deploy)
    yield from _body_size(case, deploy)
    yield from _at_the_root(case, deploy)
    for file, text in deploy.texts:
        yield from _types_and_headers(case, file, text)
        yield from _runserver(case, deploy, file, text)
        if is_image(file):
            yield from _image(case, file, text, missing)
        if is_compose(file):
            yield from _volumes(case, deploy, file, text)
    yield from _nobody_collects(case, deploy, collected=collected)
    yield from _disk(case, deploy)


def _at(case: Case, file: Path, line: int) -> tuple[str, int]:
    return short(file, case.folder), line


def _aliases(case: Case, deploy: Deploy) -> Iterator[Finding]:
    sources = {path.name for path in case.static_dirs()} | {"static" for _ in case.own_apps()}
    root = case.static_root
    static = str(case.get("STATIC_URL") or "").strip("/")
    for one in deploy.locations:
        at = _at(case, one.file, one.line)
        if one.alias and one.prefix.endswith("/") != one.alias.endswith("/"):
            name = one.prefix.strip("/")
            harm = (
                f"looks for {one.alias}app.css"
                if one.prefix.endswith("/")
                else f"gives out files beside it, through {one.prefix}../"
            )
            yield found(
                checks.ALIAS_WITHOUT_SLASH,
                at=at,
                location=one.prefix,
                alias=one.alias,
                harm=harm,
                better=f"/{name}/",
                fixed=f"{one.alias.rstrip('/')}/",
            )
        ends = one.prefix.strip("/")
        if one.server == "nginx" and not one.alias and ends and one.serves.endswith(f"/{ends}/{ends}"):
            roots = [str(place).rstrip("/") for place in (root, case.media_root) if place]
            if not any(place.endswith(f"/{ends}/{ends}") for place in roots):
                above = one.serves[: -len(f"/{ends}/{ends}")] or "/"
                yield found(
                    checks.ROOT_DOUBLED,
                    at=at,
                    location=one.prefix,
                    folder=one.serves,
                    better=f"{above.rstrip('/')}/{ends}" + one.prefix[len(one.prefix.rstrip("/")) :],
                    above=above,
                )
        served = Path(one.serves.rstrip("/")).name
        if root is not None and one.prefix.strip("/") == static and served != root.name and served in sources:
            here = case.folder / served
            if one.server != "nginx" or not here.is_dir() or here == root:
                continue
            yield found(checks.NGINX_SERVES_SOURCES, at=at, alias=one.serves, root=short(root, case.folder))


def _body_size(case: Case, deploy: Deploy) -> Iterator[Finding]:
    """The limit may stand in any file: nginx.conf includes what is in conf.d."""
    if not case.file_fields or any("client_max_body_size" in text for _, text in deploy.texts):
        return
    for file, text in deploy.texts:
        if file.suffix in NO_CONFIGURATION or not _LOCATION.search(text):
            continue
        passed = re.search(r"(?m)^[^#\n]*\b(?:proxy|uwsgi)_pass\s", text)
        if passed:
            at = _at(case, file, line_of(text, passed.end()))
            yield found(checks.NO_BODY_SIZE, at=at, fields=named(case.file_fields, 3))
            return


def _at_the_root(case: Case, deploy: Deploy) -> Iterator[Finding]:
    """`MEDIA_ROOT = "/media/"`, where nothing says that the folder is mounted there."""
    for name in ("MEDIA_ROOT", "STATIC_ROOT"):
        place = str(case.get(name) or "").rstrip("/")
        if place.count("/") != 1 or not place.startswith("/"):
            continue
        if place[1:] in ("media", "static", "staticfiles", "uploads") and not any(
            re.search(rf"(?m)^(?!.*\blocation\b).*{place}\b", text)
            for file, text in deploy.texts
            if file.suffix not in (".md", ".txt")
        ):
            yield found(checks.ROOT_OF_THE_MACHINE, setting=name, path=place, name=repr(place[1:]))


def _types_and_headers(case: Case, file: Path, text: str) -> Iterator[Finding]:
    if file.suffix in NO_CONFIGURATION or not re.search(r"\b(location|server)\b[^{};]*\{", text):
        return
    bare = re.sub(r"#[^\n]*", lambda comment: " " * len(comment[0]), text)
    http = re.search(r"\bhttp\s*\{", bare)
    if http and not re.search(r"mime\.types|\btypes\s*\{", bare):
        yield found(checks.NGINX_WITHOUT_TYPES, at=_at(case, file, line_of(bare, http.start())))
    outside = bare
    for _, block, _ in _blocks(bare):
        outside = outside.replace(block, "")
    wide = {name.lower() for name in re.findall(r"\badd_header\s+([\w-]+)", outside)}
    for match, block, _ in _blocks(bare):
        own = {name.lower() for name in re.findall(r"\badd_header\s+([\w-]+)", block)}
        lost = (wide - own) & {"x-content-type-options", "strict-transport-security"}
        if own and lost and re.search(r"\b(alias|root)\s", block):
            yield found(
                checks.HEADERS_DROPPED,
                at=_at(case, file, line_of(bare, match.start())),
                location=match[2],
                names=named(sorted(lost)),
            )


# Images and platforms


def _runserver(case: Case, deploy: Deploy, file: Path, text: str) -> Iterator[Finding]:
    name = file.name.lower()
    if re.search(r"dev|local|test", name) or not (
        _platform(file) or is_image(file) or re.search("compose.*prod", name)
    ):
        return
    for number, line in enumerate(text.splitlines(), 1):
        if not re.search(r"manage\.py[\"',\s]+runserver", line) or line.lstrip().startswith("#"):
            continue
        if is_image(file) and (not re.match(r"\s*(CMD|ENTRYPOINT)", line) or _served_otherwise(deploy)):
            continue
        yield found(checks.RUNSERVER_DEPLOYED, at=_at(case, file, number))
        return


def _served_otherwise(deploy: Deploy) -> bool:
    """Whether a compose file decides what the image runs."""
    return any(is_compose(file) and re.search(r"\bcommand:", text) for file, text in deploy.texts)


def _image(case: Case, file: Path, text: str, missing: Sequence[str]) -> Iterator[Finding]:
    given: set[str] = set()
    for number, line in enumerate(text.splitlines(), 1):
        for name, value in re.findall(r"^\s*ENV\s+(\w+)[= ]\s*(\S*)", line):
            given.add(name)
            secret = re.search(r"SECRET|PASSWORD|ACCESS_KEY$|TOKEN", name)
            if secret and value and "$" not in value and not STAND_IN.search(value):
                yield found(checks.SECRET_IN_IMAGE, at=_at(case, file, number), name=name)
        given.update(re.findall(r"^\s*ARG\s+(\w+)=", line))
        if re.search(r"^\s*RUN\b.*collectstatic", line):
            lacking = [name for name in missing if name not in given and not re.search(rf"\b{name}=", line)]
            if lacking and "COPY .env" not in text and "|| true" not in line:
                yield found(
                    checks.BUILD_LACKS_VALUES,
                    at=_at(case, file, number),
                    names=named(lacking),
                    assignment=" ".join(f"{name}=…" for name in lacking),
                )


def _volumes(case: Case, deploy: Deploy, file: Path, text: str) -> Iterator[Finding]:
    root = case.static_root
    at_start = re.search(r"collectstatic", text) or any(
        re.search(r"collectstatic", words)
        for name, words in deploy.texts
        if name.suffix in (".sh", "")
        and not is_image(name)
        and not name.name.lower().startswith(("readme", "makefile"))
    )
    if root is None or not deploy.built or at_start:
        return
    for number, line in enumerate(text.splitlines(), 1):
        match = re.match(r"\s*-\s*[\"']?([\w.-]+):(/[\w./-]+)", line)
        if match and Path(match[2]).name == root.name:
            yield found(checks.VOLUME_HIDES, at=_at(case, file, number), folder=match[2])
            return


def _nobody_collects(case: Case, deploy: Deploy, *, collected: bool) -> Iterator[Finding]:
    """Heroku's buildpack, App Platform and Divio collect by themselves, where nothing turns that off."""
    if case.static_root is None or deploy.collects or collected or "bucket" in case.traits("staticfiles"):
        return
    starts = deploy.deploys
    if starts is None:
        return
    if _platform(starts).startswith("Heroku") and not any("DISABLE_COLLECTSTATIC" in text for _, text in deploy.texts):
        return
    cure = (
        "Write RUN python manage.py collectstatic --noinput into the image."
        if is_image(starts)
        else "Add python manage.py collectstatic --noinput to what is run before the server starts."
    )
    yield found(checks.NOBODY_COLLECTS, at=_at(case, starts, 1), file=short(starts, case.folder), cure=cure)


def _disk(case: Case, deploy: Deploy) -> Iterator[Finding]:
    if not (case.keeps_uploads or case.file_fields) or case.media_root is None or case.get("DEBUG"):
        return
    for platform, file in deploy.platforms:
        text = dict(deploy.texts)[file]
        if platform == "Render" and re.search(r"(?m)^\s*disk:", text):
            continue
        if platform == "Fly.io" and "[mounts]" in text.replace("[[mounts]]", "[mounts]"):
            continue
        if platform == "Railway":
            continue  # its volumes are set in the dashboard
        disk = {"Render": "add a disk: in render.yaml", "Fly.io": "add [mounts] in fly.toml"}.get(
            platform, "in a service that keeps files"
        )
        yield found(checks.DISK_VANISHES, at=_at(case, file, 1), platform=platform, disk=disk)
        return
