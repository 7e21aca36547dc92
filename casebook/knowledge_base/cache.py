"""A cache of the parsed files of the knowledge, stored beside them as Python stores its compiled modules.

Parsing YAML takes most of the time of the first assessment in a process. The key of the cache is made from the bytes
of the file and the source of the reader, so a file is parsed again after any edit of either.
"""

from __future__ import annotations

import hashlib
import json
import sys
from contextlib import suppress
from functools import cache
from pathlib import Path

import ruamel.yaml

from casebook.diagnostics import document
from casebook.diagnostics.document import Document
from casebook.diagnostics.files import write


def parse(raw: bytes, path: Path) -> Document:
    """Return what `casebook.diagnostics.document.parse` returns, from the cache if the same bytes were parsed before.

    Nothing is cached if Python is set not to write compiled modules, if the folder of `path` cannot be written to,
    or in a browser, where files do not persist.

    Raises
    ------
    FaultError
        As raised by `casebook.diagnostics.document.parse`; faults are not cached.
    """
    cached = path.parent / "__pycache__" / f"{path.name}.json"
    key = hashlib.sha256(_reader() + raw).hexdigest()
    with suppress(OSError, ValueError, LookupError, TypeError):
        stored = json.loads(cached.read_bytes())
        if stored["key"] == key:
            return Document(path, stored["data"], {tuple(of): (line, column) for of, line, column in stored["marks"]})
    read = document.parse(raw, path)
    if not sys.dont_write_bytecode and sys.platform != "emscripten":
        marks = [(of, *mark) for of, mark in read.marks.items()]
        with suppress(OSError):
            cached.parent.mkdir(exist_ok=True)
            write(cached, json.dumps({"key": key, "data": read.data, "marks": marks}), replace=True)
    return read


@cache
def _reader() -> bytes:
    """Return a digest of the code that reads files, so that a change of it invalidates the cache."""
    return ruamel.yaml.__version__.encode() + Path(document.__file__).read_bytes()
