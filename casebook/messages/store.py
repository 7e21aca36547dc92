"""The compiled catalogue as a process holds it."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import Any, TypeAlias

from casebook.messages.files import FOLDER, LANGUAGE, compiled, fingerprint, sources

Pattern: TypeAlias = "str | Sequence[Part]"
"""A text, or its parts."""

Part: TypeAlias = "str | tuple[str] | tuple[str, Mapping[str, Pattern], str]"
"""A text; the name of an argument; or the name of one that selects, its variants, and the key of the default.

In the compiled files, which are JSON, and from the compiler these are lists."""


@cache
def catalogue() -> Mapping[str, Pattern]:
    """Return the pattern of each message, read once."""
    return load()


def load(language: str = LANGUAGE, folder: Path = FOLDER) -> Mapping[str, Pattern]:
    """Read the pattern of each message.

    The compiled file is used as long as it was made from the files beside it. Where it is stale they are compiled in
    memory, if the parser is installed: an edited text is seen at once in a notebook and in the preview.
    """
    kept = _read(language, folder)
    files = sources(language, folder)
    if files and kept["fingerprint"] != fingerprint(files):
        with suppress(ImportError):  # a browser has no parser
            from casebook.messages.compiler import compile_files

            return compile_files(files)
    return kept["messages"]


def stale(language: str = LANGUAGE, folder: Path = FOLDER) -> bool:
    """Return whether the files were edited since they were compiled."""
    files = sources(language, folder)
    return bool(files) and _read(language, folder)["fingerprint"] != fingerprint(files)


def _read(language: str, folder: Path) -> dict[str, Any]:
    return json.loads(compiled(language, folder).read_text(encoding="utf-8"))
