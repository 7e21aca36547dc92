"""The table of contents: which pages the book has, and in what order they are read."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from casebook.diagnostics import files
from casebook.diagnostics.document import Document, read
from casebook.diagnostics.fault import Fault, FaultError
from casebook.diagnostics.suggestions import nearest

NAME = "_toc.yml"
PAGES = (".md", ".ipynb", ".rst")
"""Kinds of files that can be a page."""

CASES = "Cases"
"""Caption of the part in which the cases stand."""


def check_contents(book: Path) -> Iterator[Fault]:
    """Yield every entry of the table of contents without a page, and every case without an entry."""
    path = book / NAME
    try:
        document = read(path)
    except FaultError as error:
        yield from error.faults
        return
    if not isinstance(document.data, dict) or not isinstance(document.data.get("root"), str):
        yield Fault(document.where(), "a table of contents is a mapping with root:", "start with format: and root:")
        return
    pages = sorted(_pages(book))
    seen: dict[str, str] = {}
    for place, name in _entries(document.data):
        where = document.where(place)
        if not isinstance(name, str):
            yield Fault(where, f"{name!r} is not the name of a file", "write file: cases/colon-s1")
            continue
        bare = name.removesuffix(Path(name).suffix) if Path(name).suffix in PAGES else name
        if bare not in pages:
            yield Fault(where, f"there is no page {name}", _right(bare, pages))
        if bare in seen:
            yield Fault(where, f"{name} stands here a second time", f"the first is at {seen[bare]}")
        seen.setdefault(bare, where)
    for case in sorted(_cases(book)):
        if case not in seen:
            where = document.where(_place(document) or ())
            yield Fault(where, f"the case {case} is not in the table of contents", f"add “- file: {case}”")


def _right(name: str, pages: list[str]) -> str:
    near = nearest(name, [page for page in pages if Path(page).parent == Path(name).parent])
    return f"did you mean {near}?" if near else "write the page, or take the entry out"


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
    """Return the table of contents and the path of the list in it in which the cases stand.

    Raises
    ------
    FaultError
        If the file cannot be read, or has no part of cases.
    """
    document = read(book / NAME)
    place = _place(document)
    if place is None:
        right = f"add “- caption: {CASES}” with a list of chapters"
        raise FaultError([Fault(document.where(("parts",)), "there is no part for cases", right)])
    return document, place


def _place(document: Document) -> tuple[str | int, ...] | None:
    """Return the path of the list in which the cases stand."""
    data = document.data
    for place, part in enumerate(data.get("parts") or () if isinstance(data, dict) else ()):
        if isinstance(part, dict) and part.get("caption") == CASES and isinstance(part.get("chapters"), list):
            return "parts", place, "chapters"
    return None


def _entries(data: Any, path: tuple[str | int, ...] = ()) -> Iterator[tuple[tuple[str | int, ...], Any]]:
    """Yield every file that is named, with its place."""
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
