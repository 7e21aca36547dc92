"""The knowledge is recalled as it was read, and read anew after any edit."""

from __future__ import annotations

import os
import sys

import pytest

from casebook.diagnostics import document as reader
from casebook.diagnostics.fault import FaultError
from casebook.knowledge_base import FOLDER, cache

YAML = b'# Two findings\n- id: pain\n  options: [none, 1, 2.5, true, null]\n- {id: level, label: "S1"}\n'


@pytest.fixture
def file(tmp_path, monkeypatch):
    """A file of knowledge, of which nothing is kept yet, where Python keeps compiled modules."""
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    return tmp_path / "findings.yml"


@pytest.fixture
def times_read(monkeypatch):
    """The files that were read from YAML, not recalled."""
    read, parse = [], reader.parse
    monkeypatch.setattr(reader, "parse", lambda raw, path: read.append(path) or parse(raw, path))
    return read


def everything(document):
    return document.path, repr(document.data), dict(document.marks)


@pytest.mark.parametrize("part", sorted(FOLDER.rglob("*.yml")), ids=lambda path: path.name)
def test_every_file_of_the_knowledge_is_recalled_as_it_is_read(file, times_read, part):
    raw = part.read_bytes()
    first = cache.parse(raw, file)
    assert everything(cache.parse(raw, file)) == everything(first) == everything(reader.parse(raw, file))
    assert times_read[:-1] == [file], "the second was recalled"


def test_after_an_edit_a_file_is_read_anew(file):
    cache.parse(YAML, file)
    assert cache.parse(YAML.replace(b"2.5", b"3"), file).data[0]["options"][2] == 3
    assert cache.parse(YAML, file).data[0]["options"][2] == 2.5


def test_a_new_reader_trusts_nothing_that_an_older_one_read(file, times_read, monkeypatch):
    cache.parse(YAML, file)
    monkeypatch.setattr(cache, "_reader", lambda: b"another")
    cache.parse(YAML, file)
    assert times_read == [file, file]


@pytest.mark.parametrize("damage", [b"", b"\xff\xfe", b"{", b"[]", b"null", b"{}", b'{"key": "0"}'])
def test_what_is_kept_may_be_damaged(file, damage):
    first = cache.parse(YAML, file)
    (kept,) = (file.parent / "__pycache__").iterdir()
    kept.write_bytes(damage)
    assert everything(cache.parse(YAML, file)) == everything(first)


def test_a_fault_is_told_every_time(file):
    for _ in range(2):
        with pytest.raises(FaultError, match=r"findings\.yml:2:1: the key “a” is repeated here"):
            cache.parse(b"a: 1\na: 2\n", file)


def test_nothing_is_kept_where_python_keeps_nothing(file, monkeypatch):
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    cache.parse(YAML, file)
    assert list(file.parent.iterdir()) == []


def test_a_folder_that_cannot_be_written_to_is_read_all_the_same(file, monkeypatch):
    def refused(*_: object, **__: object) -> None:
        raise PermissionError(13, os.strerror(13))

    monkeypatch.setattr(cache, "write", refused)
    assert cache.parse(YAML, file).data[1] == {"id": "level", "label": "S1"}
