"""Validation of a whole book in one run: knowledge, cases, notebooks, table of contents and questions."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from casebook.cases import table_of_contents as contents
from casebook.cases.case import case_of
from casebook.cases.notebook import check_notebook
from casebook.cases.validation import shape_faults
from casebook.diagnostics.document import Document, read
from casebook.diagnostics.fault import Fault, FaultError
from casebook.inference.rulebook_store import is_current, path_of
from casebook.knowledge_base import FOLDER, Knowledge, knowledge
from casebook.messages import store
from casebook.quiz.questions import SUFFIX, check_chapter, question_faults


def check(files: Sequence[Path] = (), book: Path = Path()) -> list[Fault]:
    """Return the faults of files or, if none are given, of everything that a book consists of.

    Parameters
    ----------
    files : sequence of Path
        Cases, notebooks of cases, folders of them, the table of contents, questions of chapters, parts of the
        knowledge.
    book : Path
        The folder of the book.

    Returns
    -------
    list of Fault
        Each with file, line and column. If the knowledge itself has faults, the other files are still
        checked, but the findings of cases cannot be compared with the vocabulary.
    """
    known: Knowledge | None = None
    faults: list[Fault] = []
    try:
        known = knowledge()
    except FaultError as error:
        faults += error.faults
    if not files:
        return [*faults, *_check_messages(), *_check_rulebook(known), *_check_book(book, known)]
    for file in files:
        faults += _check_file(file, known)
    return faults


def _check_messages() -> Iterator[Fault]:
    if store.stale():
        yield Fault.of(f"{store.compiled()}:1:1", "check-messages-stale")


def _check_rulebook(known: Knowledge | None) -> Iterator[Fault]:
    if known is not None and not is_current(known):
        yield Fault.of(f"{path_of(known)}:1:1", "check-rulebook-stale")


def _check_book(book: Path, known: Knowledge | None) -> Iterator[Fault]:
    cases = book / "cases"
    if not cases.is_dir():
        yield Fault.of(f"{cases}:1:1", "check-no-folder")
        return
    yield from check_cases(cases, known)
    yield from contents.check_contents(book)
    yield from _check_chapters(book, known)


def _check_chapters(book: Path, known: Knowledge | None) -> Iterator[Fault]:
    """Yield the faults of the chapters' questions; no two pages may share a name, under which answers are stored."""
    named = {name: book / "cases" / f"{name}.yml" for name in _names(book / "cases")}
    for path in sorted((book / "book").rglob(f"*{SUFFIX}")):
        first = named.setdefault(path.name.removesuffix(SUFFIX), path)
        if first != path:
            yield Fault.of(f"{path}:1:1", "check-same-name", first=str(first))
        yield from check_chapter(path, known)


def _check_file(file: Path, known: Knowledge | None) -> Iterator[Fault]:
    if file.is_dir() and any(file.glob("*.yml")):
        yield from check_cases(file, known)
    elif file.name == contents.NAME:
        yield from contents.check_contents(file.parent)
    elif file.suffix == ".ipynb":
        yield from check_notebook(file, _names(file.parent))
    elif file.name.endswith(SUFFIX):
        yield from check_chapter(file, known)
    elif not (file.is_file() and file.resolve().is_relative_to(FOLDER)):  # the knowledge was read before
        yield from _check_case(file, known)[1]


def check_cases(folder: Path, known: Knowledge | None) -> Iterator[Fault]:
    """Yield the faults of the cases of a folder and of their notebooks; without knowledge, only those of form."""
    names = _names(folder)
    titles: dict[str, str] = {}
    for path in sorted(folder.glob("*.yml")):
        document, faults = _check_case(path, known)
        yield from faults
        if document and isinstance(document.data, dict) and isinstance(title := document.data.get("title"), str):
            first = titles.setdefault(title, path.stem)
            if first != path.stem:
                yield Fault.of(document.where(("title",)), "check-same-title", title=title, other=first)
        notebook = path.with_suffix(".ipynb")
        if notebook.exists() or notebook.is_symlink():
            yield from check_notebook(notebook, names)
        else:
            yield Fault.of(f"{path}:1:1", "check-no-notebook", notebook=notebook.name)
    for path in sorted(folder.glob("*.ipynb")):
        if path.stem not in names:
            yield Fault.of(f"{path}:1:1", "check-no-case-file", file=f"{path.stem}.yml")


def _check_case(path: Path, known: Knowledge | None) -> tuple[Document | None, list[Fault]]:
    document = None
    try:
        document = read(path)
        if known is None:
            return document, list(shape_faults(document))
        return document, list(question_faults(case_of(document, path.stem), document))
    except FaultError as error:
        return document, list(error.faults)


def _names(folder: Path) -> set[str]:
    return {path.stem for path in folder.glob("*.yml")}
