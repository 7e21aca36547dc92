"""The compiled catalogue, read once in a process."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import Any, TypeAlias

from casebook.messages.files import FOLDER, LANGUAGE, compiled, fingerprint, sources

Pattern: TypeAlias = "str | Sequence[Part]"
"""A text, or the parts of a message."""

Part: TypeAlias = "str | tuple[str] | tuple[str, Mapping[str, Pattern], str]"
"""A part of a message: a text; the name of an argument; or a selection, as the name of the argument that selects, its
variants, and the key of the default.

In the compiled files, which are JSON, and in the result of the compiler, these are lists.
"""


@cache
def catalogue() -> Mapping[str, Pattern]:
    """Return the pattern of each message; it is read once and then cached."""
    return load()


def load(language: str = LANGUAGE, folder: Path = FOLDER) -> Mapping[str, Pattern]:
    """Read the pattern of each message.

    The compiled file is used if it was made from the present source files. If it is stale and the parser is installed,
    the source files are compiled in memory, so that an edited text is shown at once in notebooks and the preview.
    """
    compiled_file = _read(language, folder)
    files = sources(language, folder)
    if files and compiled_file["fingerprint"] != fingerprint(files):
        with suppress(ImportError):  # the parser is not installed, as in a browser
            from casebook.messages.compiler import compile_files

            return compile_files(files)
    return compiled_file["messages"]


def stale(language: str = LANGUAGE, folder: Path = FOLDER) -> bool:
    """Return whether the files were edited since they were compiled."""
    files = sources(language, folder)
    return bool(files) and _read(language, folder)["fingerprint"] != fingerprint(files)


def _read(language: str, folder: Path) -> dict[str, Any]:
    return json.loads(compiled(language, folder).read_text(encoding="utf-8"))
