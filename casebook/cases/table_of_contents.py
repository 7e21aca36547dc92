"""The table of contents: which pages the book has, and in what order they are read."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from casebook.diagnostics import files
from casebook.diagnostics.data import Data
from casebook.diagnostics.document import Document, read
from casebook.diagnostics.fault import Fault, FaultError
from casebook.diagnostics.suggestions import nearest
from casebook.messages import message

NAME = "_toc.yml"
PAGES = (".md", ".ipynb", ".rst")
"""Kinds of files that can be a page."""

CASES = "Cases"
"""The caption of the part that lists the cases."""


def check_contents(book: Path) -> Iterator[Fault]:
    """Yield every entry of the table of contents without a page, and every case without an entry."""
    path = book / NAME
    try:
        document = read(path)
    except FaultError as error:
        yield from error.faults
        return
    if not isinstance(document.data, dict) or not isinstance(document.data.get("root"), str):
        yield Fault.of(document.where(), "contents-no-root")
        return
    pages = sorted(_pages(book))
    seen: dict[str, str] = {}
    for place, name in _entries(document.data):
        where = document.where(place)
        if not isinstance(name, str):
            yield Fault.of(where, "contents-not-a-file", name=repr(name))
            continue
        bare = name.removesuffix(Path(name).suffix) if Path(name).suffix in PAGES else name
        if bare not in pages:
            fault = Fault.of(where, "contents-no-page", page=name)
            near = nearest(bare, [page for page in pages if Path(page).parent == Path(bare).parent])
            yield replace(fault, right=message("error-near", near=near)) if near else fault
        if bare in seen:
            yield Fault.of(where, "contents-repeated", name=name, first=seen[bare])
        seen.setdefault(bare, where)
    for case in sorted(_cases(book)):
        if case not in seen:
            where = document.where(_place(document) or ())
            yield Fault.of(where, "contents-case-missing", case=case)


def add_case(book: Path, name: str) -> bool:
    """Add a case after the others, if it is not there yet; everything else in the file stays.

    Returns
    -------
    bool
        Whether the file was changed.

    Raises
    ------
    FaultError
        If the file cannot be read, or has no part of cases. It is left as it is.
    """
    document, place = place_of_cases(book)
    entry = f"cases/{name}"
    if entry in [each for _, each in _entries(document.data)]:
        return False

    def add(data: Any) -> None:
        for key in place:
            data = data[key]
        data.append({"file": entry})

    files.edit_yaml(document.path, add)
    return True


def place_of_cases(book: Path) -> tuple[Document, tuple[str | int, ...]]:
    """Return the table of contents, and the path of the list of cases in it.

    Raises
    ------
    FaultError
        If the file cannot be read, or has no part of cases.
    """
    document = read(book / NAME)
    place = _place(document)
    if place is None:
        raise FaultError([Fault.of(document.where(("parts",)), "contents-no-part", caption=CASES)])
    return document, place


def _place(document: Document) -> tuple[str | int, ...] | None:
    """Return the path of the list of cases, or None if there is none."""
    data = document.data
    parts = data.get("parts") if isinstance(data, dict) else None
    for place, part in enumerate(parts if isinstance(parts, list) else ()):
        if isinstance(part, dict) and part.get("caption") == CASES and isinstance(part.get("chapters"), list):
            return "parts", place, "chapters"
    return None


def _entries(data: Data, path: tuple[str | int, ...] = ()) -> Iterator[tuple[tuple[str | int, ...], Data]]:
    """Yield every file that is listed, with its path in the document."""
    if isinstance(data, list):
        for place, each in enumerate(data):
            yield from _entries(each, (*path, place))
    elif isinstance(data, dict):
        for key, each in data.items():
            if key in ("root", "file"):
                yield (*path, key), each
            else:
                yield from _entries(each, (*path, key))


def _pages(book: Path) -> Iterator[str]:
    for folder in ("book", "cases"):
        for path in (book / folder).rglob("*"):
            if path.suffix in PAGES:
                yield path.relative_to(book).with_suffix("").as_posix()


def _cases(book: Path) -> set[str]:
    """Return every case that has a file or a notebook."""
    return {f"cases/{path.stem}" for path in (book / "cases").glob("*") if path.suffix in (".yml", ".ipynb")}
