"""The files of the catalogue: the sources of a language, and the file into which they are compiled."""

from __future__ import annotations

import hashlib
from pathlib import Path

FOLDER = Path(__file__).resolve().parents[1] / "knowledge" / "messages"
LANGUAGE = "en"


def sources(language: str = LANGUAGE, folder: Path = FOLDER) -> list[Path]:
    """Return the source files of a language."""
    return sorted((folder / language).glob("*.ftl"))


def compiled(language: str = LANGUAGE, folder: Path = FOLDER) -> Path:
    """Return the compiled file of a language."""
    return folder / f"{language}.json"


def fingerprint(files: list[Path]) -> str:
    """Return a digest of the files."""
    digest = hashlib.sha256()
    for file in files:
        digest.update(file.name.encode() + b"\0" + file.read_bytes().replace(b"\r\n", b"\n") + b"\0")
    return digest.hexdigest()[:16]
