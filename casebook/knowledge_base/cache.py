"""The files of the knowledge as they were read before, kept beside them as Python keeps its compiled modules.

Composing YAML is most of what the first assessment of a process takes. What is kept goes by the bytes
of the file and by the reader itself: after any edit, a file is read anew.
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
    """Read YAML from bytes as `casebook.diagnostics.document.parse` does, or recall what it returned for the same bytes.

    Nothing is kept where Python keeps no compiled modules, where the folder of `path` cannot be
    written to, or in a browser, which forgets its files.

    Raises
    ------
    FaultError
        As `casebook.diagnostics.document.parse`; faults are not kept.
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
    """Return what changes when files would be read otherwise."""
    return ruamel.yaml.__version__.encode() + Path(document.__file__).read_bytes()
