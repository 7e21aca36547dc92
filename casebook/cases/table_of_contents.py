"""The table of contents: the pages of the book in their order."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from casebook.diagnostics import files
from casebook.diagnostics.data import Data, KeyPath
from casebook.diagnostics.document import Document, read
from casebook.diagnostics.fault import Fault, FaultError
from casebook.diagnostics.suggestions import nearest
from casebook.messages import message

NAME = "_toc.yml"
PAGES = (".md", ".ipynb", ".rst")
"""The suffixes of files that can be pages."""

CASES = "Cases"
"""The caption of the part that lists the cases."""


def check_contents(book: Path) -> Iterator[Fault]:
    """Yield a fault for every entry of the table of contents without a page, and every case without an entry."""
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
    for key_path, name in _entries(document.data):
        where = document.where(key_path)
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
            where = document.where(_path_of_cases(document) or ())
            yield Fault.of(where, "contents-case-missing", case=case)


def add_case(book: Path, name: str) -> bool:
    """Add a case after the others unless it is listed already; the rest of the file is not changed.

    Returns
    -------
    bool
        Whether the file was changed.

    Raises
    ------
    FaultError
        If the file cannot be read, or has no part for cases. The file is not changed.
    """
    document, key_path = find_cases(book)
    entry = f"cases/{name}"
    if entry in [each for _, each in _entries(document.data)]:
        return False

    def add(data: Any) -> None:
        for key in key_path:
            data = data[key]
        data.append({"file": entry})

    files.edit_yaml(document.path, add)
    return True


def find_cases(book: Path) -> tuple[Document, KeyPath]:
    """Return the table of contents, and the path of the list of cases in it.

    Raises
    ------
    FaultError
        If the file cannot be read, or has no part for cases.
    """
    document = read(book / NAME)
    key_path = _path_of_cases(document)
    if key_path is None:
        raise FaultError([Fault.of(document.where(("parts",)), "contents-no-part", caption=CASES)])
    return document, key_path


def _path_of_cases(document: Document) -> KeyPath | None:
    """Return the path of the list of cases, or None if there is none."""
    data = document.data
    parts = data.get("parts") if isinstance(data, dict) else None
    for index, part in enumerate(parts if isinstance(parts, list) else ()):
        if isinstance(part, dict) and part.get("caption") == CASES and isinstance(part.get("chapters"), list):
            return "parts", index, "chapters"
    return None


def _entries(data: Data, path: KeyPath = ()) -> Iterator[tuple[KeyPath, Data]]:
    """Yield every listed file with its path in the document."""
    if isinstance(data, list):
        for index, each in enumerate(data):
            yield from _entries(each, (*path, index))
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
