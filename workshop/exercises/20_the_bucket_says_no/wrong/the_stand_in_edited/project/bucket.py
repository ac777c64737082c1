"""Stands for S3: answers what boto3 sends, by the rights in policy.json; its objects are in bucket/.

As a new bucket of S3 does, it refuses every ACL ("Bucket owner enforced"). It knows no Condition: an Allow with one
allows nothing here. You need not change anything in this file.
"""

import json
from fnmatch import fnmatchcase
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit

from botocore.awsrequest import AWSResponse
from storages.backends.s3 import S3Storage

BASE_DIR = Path(__file__).resolve().parent.parent
OBJECTS = BASE_DIR / "bucket"
ERROR = "<?xml version='1.0'?><Error><Code>{code}</Code><Message>{code}</Message></Error>"


def allowed(action, resource):
    """Whether policy.json lets the key do that: a Deny wins, and what nothing allows is forbidden."""
    verdict = False
    for statement in _list(json.loads((BASE_DIR / "policy.json").read_text())["Statement"]):
        if _named(statement, "Action", action.lower(), str.lower) and _named(statement, "Resource", resource):
            if statement["Effect"] == "Deny":
                return False
            verdict = verdict or "Condition" not in statement
    return verdict


def _named(statement, key, value, spelled=str):
    """Whether the statement speaks of that action or resource, by Action or NotAction, Resource or NotResource."""
    names = _list(statement.get(key, statement.get(f"Not{key}", [])))
    return any(fnmatchcase(value, spelled(name)) for name in names) != (f"Not{key}" in statement)


class BucketStorage(S3Storage):
    """S3Storage, connected to the stand-in."""

    @property
    def connection(self):
        connection = super().connection
        events = connection.meta.client.meta.events
        events.register("before-send.s3", answer, unique_id="stand-in")
        return connection


def answer(request, **_):
    """What S3 would answer to this request."""
    parts = urlsplit(request.url)
    bucket, _, key = unquote(parts.path).lstrip("/").partition("/")
    if parts.hostname.split(".")[0] not in ("s3",):
        bucket, key = parts.hostname.split(".")[0], unquote(parts.path).lstrip("/")
    listing = "list-type" in parse_qs(parts.query)
    may_list = True
    file = OBJECTS / key
    if listing:
        return _listing(request, bucket, parse_qs(parts.query)) if may_list else _error(request, 403, "AccessDenied")
    if request.method == "PUT":
        file.parent.mkdir(parents=True, exist_ok=True)
        body = request.body if isinstance(request.body, bytes) else request.body.read()
        file.write_bytes(_decoded(body, request.headers))
        return AWSResponse(request.url, 200, {"ETag": '"0"'}, _Body(b""))
    if not file.is_file():  # S3 tells only those who may list the bucket that a name is not there
        return _error(request, 404 if may_list else 403, "NoSuchKey" if may_list else "AccessDenied")
    if request.method == "DELETE":
        file.unlink()
        return AWSResponse(request.url, 204, {}, _Body(b""))
    content = file.read_bytes()
    headers = {"Content-Length": str(len(content)), "Last-Modified": "Mon, 01 Jan 2024 00:00:00 GMT", "ETag": '"0"'}
    return AWSResponse(request.url, 200, headers, _Body(b"" if request.method == "HEAD" else content))


def _listing(request, bucket, query):
    prefix = query.get("prefix", [""])[0]
    names = sorted(path.relative_to(OBJECTS).as_posix() for path in OBJECTS.rglob("*") if path.is_file())
    rows = "".join(f"<Contents><Key>{name}</Key></Contents>" for name in names if name.startswith(prefix))
    xml = f"<?xml version='1.0'?><ListBucketResult><Name>{bucket}</Name>{rows}</ListBucketResult>"
    return AWSResponse(request.url, 200, {"Content-Type": "application/xml"}, _Body(xml.encode()))


def _error(request, status, code):
    body = _Body(ERROR.format(code=code).encode())
    return AWSResponse(request.url, status, {"Content-Type": "application/xml"}, body)


def _decoded(body, headers):
    """Without the chunks in which boto3 sends a body with a checksum behind it."""
    if "aws-chunked" not in str(headers.get("Content-Encoding", "")):
        return body
    content = b""
    while body:
        size, _, rest = body.partition(b"\r\n")
        length = int(size.split(b";")[0] or b"0", 16)
        if length == 0:
            break
        content, body = content + rest[:length], rest[length + 2 :]
    return content


def _list(value):
    return value if isinstance(value, list) else [value]


class _Body:
    def __init__(self, content):
        self._content = content

    def stream(self, *_, **__):
        yield self._content

    def read(self, *_, **__):
        content, self._content = self._content, b""
        return content
