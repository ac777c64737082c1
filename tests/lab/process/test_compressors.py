"""The compressors that remember return what the installed ones do, byte for byte."""

import gzip
import importlib
import io
import json
import sys

import brotli
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lab.process import compressors
from lab.process.compressors import BROTLI, DEFLATE, Memory

CONTENTS = st.one_of(st.binary(max_size=200), st.text("ab {}:;\n", max_size=2000).map(str.encode))
# What a program does with a gzip file: it writes, or it asks for what there is so far.
WRITES = st.lists(st.one_of(CONTENTS, st.just("flush")), max_size=5)


class Standing:
    """The modules that `import` finds after stand_in, and what they remember."""

    def __init__(self):
        self.memory = Memory(learning=True)
        installed = {name: sys.modules[name] for name in ("gzip", "brotli")}
        try:
            compressors.stand_in(self.memory)
            self.gzip, self.brotli = (importlib.import_module(name) for name in ("gzip", "brotli"))
        finally:
            sys.modules.update(installed)


STANDING = Standing()


def written(module, writes, **options):
    """A gzip file after these writes."""
    output = io.BytesIO()
    with module.GzipFile(filename="", mode="wb", fileobj=output, mtime=0, **options) as file:
        for write in writes:
            file.flush() if write == "flush" else file.write(write)
    return output.getvalue()


@given(WRITES, st.sampled_from([1, 6, 9]))
def test_a_gzip_file_has_the_same_bytes_however_it_is_written_and_the_second_time_too(writes, level):
    expected = written(gzip, writes, compresslevel=level)
    assert [written(STANDING.gzip, writes, compresslevel=level) for _ in range(2)] == [expected, expected]


@given(CONTENTS, st.sampled_from([{}, {"quality": 5}, {"lgwin": 10}]))
def test_brotli_returns_the_same_bytes_the_second_time_too(content, options):
    expected = brotli.compress(content, **options)
    assert [STANDING.brotli.compress(content, **options) for _ in range(2)] == [expected, expected]


@given(CONTENTS)
def test_what_was_compressed_can_be_read_again(content):
    assert STANDING.gzip.GzipFile(fileobj=io.BytesIO(written(STANDING.gzip, [content]))).read() == content
    assert STANDING.brotli.decompress(STANDING.brotli.compress(content)) == content


def test_what_is_too_large_to_remember_is_compressed_all_the_same():
    large = b"0123456789abcdef" * (compressors.LARGEST // 16)
    standing = Standing()
    assert written(standing.gzip, [large, b"and more"]) == written(gzip, [large, b"and more"])
    assert standing.brotli.compress(large + b"and more", quality=1) == brotli.compress(large + b"and more", quality=1)
    assert len(standing.memory) == 0


def test_the_installed_modules_stay_as_they_are():
    before = dict(vars(gzip)), dict(vars(brotli))
    standing = Standing()
    assert (dict(vars(gzip)), dict(vars(brotli))) == before
    assert (standing.gzip.GzipFile, standing.brotli.compress) != (gzip.GzipFile, brotli.compress)
    assert standing.gzip.decompress is gzip.decompress


def test_what_has_been_compressed_before_is_not_compressed_again():
    standing = Standing()
    written(standing.gzip, [b"a content"])
    standing.brotli.compress(b"a content")
    for kind in (BROTLI, DEFLATE):
        assert standing.memory.result(kind, b"a content", lambda: pytest.fail("compressed again"))


def test_what_a_process_compresses_is_forgotten_unless_it_is_to_learn():
    memory = Memory()
    assert memory.result(BROTLI, b"a content", lambda: b"compressed") == b"compressed"
    assert len(memory) == 0


def test_what_is_remembered_survives_as_text():
    standing, later = Standing(), Memory()
    body = written(standing.gzip, [b"a content"])
    packed = standing.brotli.compress(b"another content")
    later.add_json(standing.memory.to_json())
    assert later.result(BROTLI, b"another content", bytes) == packed
    assert later.result(DEFLATE, b"a content", bytes) in body
    assert len(later) == 2


def test_a_text_cannot_give_a_content_the_result_of_another_one():
    forged, memory = Memory(learning=True), Memory()
    forged.result(BROTLI, b"the admin's stylesheet", lambda: brotli.compress(b"something else"))
    memory.add_json(forged.to_json())
    assert memory.result(BROTLI, b"the admin's stylesheet", lambda: b"compressed now") == b"compressed now"


def packed(result):
    forged = Memory(learning=True)
    forged.result(BROTLI, b"", lambda: result)
    return forged.to_json()


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        '{"brotli": 7}',
        '{"brotli": ["?"]}',
        '{"another": ["YQ=="]}',
        '{"deflate": ["YQ=="]}',
        packed(b"no stream"),
        packed(brotli.compress(b"a content") + b"and more"),
        packed(brotli.compress(b"a content")[:-1]),
        packed(brotli.compress(b"a" * (5 * compressors.LARGEST))),
    ],
)
def test_a_text_that_is_damaged_is_refused_as_a_whole(text):
    memory = Memory()
    with pytest.raises(ValueError, match=r"not what the compressors remember|Expecting value"):
        memory.add_json(text)
    assert len(memory) == 0


def test_the_text_holds_results_and_no_contents():
    memory = Memory(learning=True)
    memory.result(BROTLI, b"a content", lambda: brotli.compress(b"a content"))
    assert set(json.loads(memory.to_json())) == {BROTLI, DEFLATE}
    assert "a content" not in memory.to_json()
