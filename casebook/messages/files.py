"""The files of the catalogue: those that a language is written in, and the one that it is compiled into."""

from __future__ import annotations

import hashlib
from pathlib import Path

FOLDER = Path(__file__).resolve().parents[1] / "knowledge" / "messages"
LANGUAGE = "en"


def sources(language: str = LANGUAGE, folder: Path = FOLDER) -> list[Path]:
    """Return the files that a language is written in."""
    return sorted((folder / language).glob("*.ftl"))


def compiled(language: str = LANGUAGE, folder: Path = FOLDER) -> Path:
    """Return the file that a language is compiled into."""
    return folder / f"{language}.json"


def fingerprint(files: list[Path]) -> str:
    """Return what changes with any of the files."""
    digest = hashlib.sha256()
    for file in files:
        digest.update(file.name.encode() + b"\0" + file.read_bytes().replace(b"\r\n", b"\n") + b"\0")
    return digest.hexdigest()[:16]
