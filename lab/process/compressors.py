"""Compressors that remember what they made of a content.

WhiteNoise compresses each of the admin's files in every collectstatic, which takes seconds. In the lab's processes
`import brotli` and `import gzip` find the modules that `stand_in` makes: what the installed libraries have, except that
a content which the library has compressed before is looked up. Django and WhiteNoise run as they are installed.
"""

import base64
import binascii
import gzip
import json
import sys
import zlib
from collections.abc import Callable, Iterable
from types import ModuleType
from typing import Any

import brotli

BROTLI, DEFLATE = "brotli", "deflate"  # brotli.compress(content); the body of a gzip file at its highest level
LEVEL = 9
LARGEST = 1024 * 1024  # bytes of a content; what is larger goes straight to the library


def _unbrotlied(result: bytes) -> bytes:
    """Raises brotli.error when it is not one whole stream of at most LARGEST bytes."""
    stream = brotli.Decompressor()
    content = bytes(stream.process(result, output_buffer_limit=LARGEST))
    if not stream.is_finished():
        raise brotli.error("not one whole stream")
    return content


def _inflated(result: bytes) -> bytes:
    """Raises zlib.error when it is not one whole stream of at most LARGEST bytes."""
    stream = zlib.decompressobj(-zlib.MAX_WBITS)
    content = stream.decompress(result, LARGEST)
    if not stream.eof or stream.unused_data:
        raise zlib.error("not one whole stream")
    return content


UNPACK: dict[str, Callable[[bytes], bytes]] = {BROTLI: _unbrotlied, DEFLATE: _inflated}


class Memory:
    """What the libraries returned, by the content that they were given. It grows only while it is `learning`, which it
    never is in a process that runs what a learner has written."""

    def __init__(self, *, learning: bool = False) -> None:
        self.learning = learning
        self._results: dict[tuple[str, bytes], bytes] = {}

    def __len__(self) -> int:
        return len(self._results)

    def result(self, kind: str, content: bytes, compress: Callable[[], bytes]) -> bytes:
        """Return what is remembered of this content, or else what `compress` returns."""
        result = self._results.get((kind, content))
        if result is None:
            result = compress()
            if self.learning:
                self._results[kind, content] = result
        return result

    def to_json(self) -> str:
        """Return the results alone: each tells by itself which content it belongs to."""
        results: dict[str, list[str]] = {kind: [] for kind in UNPACK}
        for (kind, _), result in self._results.items():
            results[kind].append(base64.b64encode(result).decode())
        return json.dumps(results)

    def add_json(self, text: str) -> None:
        """Add what `to_json` returned. A result is filed under what it unpacks to, so no text can give a content the
        result of another one. Raises ValueError, and adds nothing, when it is not such a text."""
        try:
            added = {
                (kind, UNPACK[kind](result)): result
                for kind, results in json.loads(text).items()
                for result in (base64.b64decode(encoded, validate=True) for encoded in results)
            }
        except (AttributeError, KeyError, TypeError, binascii.Error, brotli.error, zlib.error) as error:
            raise ValueError("not what the compressors remember") from error
        self._results.update(added)


MEMORY = Memory()  # of this process, and of those that are forked from it


class Deflater:
    """What gzip.GzipFile needs of a zlib.compressobj: it gives all that it has at the end."""

    def __init__(self, library: Any, memory: Memory) -> None:
        self._library = library
        self._memory = memory
        self._parts: list[bytes] | None = []  # None as soon as the library is at work
        self._size = 0

    def compress(self, data: Any) -> bytes:
        """Keep `data` for later; more than LARGEST goes to the library."""
        if self._parts is None:
            return self._compressed([data])
        self._parts.append(bytes(data))
        self._size += len(self._parts[-1])
        return self._start() if self._size > LARGEST else b""

    def flush(self, mode: int = zlib.Z_FINISH) -> bytes:
        """Return what is remembered of the whole content, or what the library makes of it now."""
        parts = self._parts
        if parts is None or mode != zlib.Z_FINISH:
            return self._start() + bytes(self._library.flush(mode))
        content = b"".join(parts)
        return self._memory.result(DEFLATE, content, lambda: self._start() + bytes(self._library.flush()))

    def _start(self) -> bytes:
        """Give the library what it has not had, in the parts in which it came."""
        parts, self._parts = self._parts or (), None
        return self._compressed(parts)

    def _compressed(self, parts: Iterable[Any]) -> bytes:
        return b"".join(self._library.compress(part) for part in parts)


def stand_in(memory: Memory = MEMORY) -> None:
    """Put modules that remember in the place of brotli and gzip, for all that is imported from now on."""

    def compress(string: bytes, *arguments: Any, **named: Any) -> bytes:
        def by_library() -> bytes:
            return bytes(brotli.compress(string, *arguments, **named))

        if arguments or named or not isinstance(string, bytes) or len(string) > LARGEST:
            return by_library()
        return memory.result(BROTLI, string, by_library)

    class GzipFile(gzip.GzipFile):
        compress: Any

        def __init__(
            self,
            filename: Any = None,
            mode: Any = None,
            compresslevel: int = LEVEL,
            fileobj: Any = None,
            mtime: Any = None,
        ) -> None:
            super().__init__(filename, mode, compresslevel, fileobj, mtime)
            if self.writable() and compresslevel == LEVEL:
                self.compress = Deflater(self.compress, memory)

    _replace(brotli, compress=compress)
    _replace(gzip, GzipFile=GzipFile)


def _replace(library: ModuleType, **parts: object) -> None:
    """Let `import` find a copy of the module with these parts; the module itself stays as it is."""
    copy = ModuleType(library.__name__, library.__doc__)
    copy.__dict__.update({**vars(library), **parts})
    sys.modules[library.__name__] = copy
