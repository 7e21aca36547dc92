"""The editions to compare: read from a file, a folder, or a git revision."""

from __future__ import annotations

import io
import shutil
import subprocess
import tarfile
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from pydantic import ValidationError

from casebook.cases.case import FOLDERS
from casebook.diagnostics.document import Document, parse, read
from casebook.diagnostics.fault import Fault, FaultError
from casebook.diagnostics.suggestions import nearest
from casebook.diagnostics.validation import faults_of
from casebook.inference.assessment import Engine, engine
from casebook.knowledge_base import FOLDER, load
from casebook.messages import message
from casebook.models.case import WrittenCase

KNOWLEDGE = "casebook/knowledge"
CASES = "cases"


@dataclass(frozen=True)
class Edition:
    """The knowledge and the cases of one edition.

    Attributes
    ----------
    name : str
        The file, folder or revision from which the edition was read.
    engine : Engine
    cases : mapping of str to WrittenCase
        By their ids.
    alone : str
        The id of the only case to compare, if `name` is the file of a case; else empty.
    """

    name: str
    engine: Engine
    cases: Mapping[str, WrittenCase]
    alone: str = ""


def edition(name: str) -> Edition:
    """Return the edition of this name.

    Parameters
    ----------
    name : str
        The file of a case or of a part of the knowledge; a folder of cases, of knowledge, or
        of a whole book; else a revision in the git repository of the working folder. What a
        file or folder does not have is taken from this book.

    Raises
    ------
    FaultError
        If nothing has this name, or with every fault that prevents the edition from being read.
    """
    path = Path(name)
    if path.is_dir():
        return _of_folder(name, path, f"{path}/")
    if path.exists() or path.is_symlink():
        return _of_file(name, path)
    return _of_revision(name)


def _of_folder(name: str, folder: Path, shown: str) -> Edition:
    """Read a folder of any of the three kinds; faults name its files as `shown` followed by their paths."""
    book = folder / KNOWLEDGE
    if book.is_dir():
        return Edition(name, _engine(book, f"{shown}{KNOWLEDGE}/"), _cases(folder / CASES, f"{shown}{CASES}/"))
    if (folder / "findings.yml").is_file():
        return Edition(name, _engine(folder, shown), _own_cases())
    if any(folder.glob("*.yml")):
        return Edition(name, engine(), _cases(folder, shown))
    raise FaultError([Fault.of(f"{folder}:1:1", "revision-folder", knowledge=KNOWLEDGE, cases=CASES)])


def _of_file(name: str, path: Path) -> Edition:
    document = read(path)
    data = document.data
    if isinstance(data, dict) and {"vignette", "findings"} & data.keys() and "groups" not in data:
        case = _case(document)
        return Edition(name, engine(), {case.id: case}, alone=case.id)
    parts = {part.name: part.relative_to(FOLDER) for part in sorted(FOLDER.rglob("*.yml"))}
    if path.name not in parts:
        near = nearest(path.name, parts)
        fault = Fault.of(f"{path}:1:1", "revision-file", knowledge=KNOWLEDGE)
        raise FaultError([replace(fault, right=message("error-near", near=near)) if near else fault])
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary) / "knowledge"
        shutil.copytree(FOLDER, folder)
        part = folder / parts[path.name]
        shutil.copyfile(path, part)
        return Edition(name, _engine(folder, f"{FOLDER}/", {str(part): str(path)}), _own_cases())


def _of_revision(name: str) -> Edition:
    if _git("rev-parse", "--verify", "--quiet", "--end-of-options", f"{name}^{{commit}}") is None:
        raise FaultError([Fault.of(name, "revision-unknown")])
    listed = _git("ls-tree", "--name-only", name, "--", KNOWLEDGE, CASES)
    parts = (listed or b"").decode().split()
    archive = _git("archive", "--format=tar", name, "--", *parts) if KNOWLEDGE in parts else None
    if archive is None:
        raise FaultError([Fault.of(name, "revision-without-knowledge", knowledge=KNOWLEDGE)])
    with tempfile.TemporaryDirectory() as folder:
        with tarfile.open(fileobj=io.BytesIO(archive)) as tar:
            tar.extractall(folder, filter="data")
        return _of_folder(name, Path(folder), f"{name}:")


def _git(*words: str) -> bytes | None:
    """Return the output of a git command, or None if the command fails."""
    try:
        return subprocess.run(["git", *words], capture_output=True, check=True).stdout
    except FileNotFoundError:
        raise FaultError([Fault.of("git", "revision-no-git")]) from None
    except subprocess.CalledProcessError:
        return None


def _engine(folder: Path, shown: str, others: Mapping[str, str] | None = None) -> Engine:
    """Read knowledge; faults name its folder as `shown`, and single files as `others` maps them."""
    names = {**(others or {}), f"{folder}/": shown}

    def named(text: str) -> str:
        for real, instead in names.items():
            text = text.replace(real, instead)
        return text

    try:
        known = load(folder)
    except FaultError as error:
        raise FaultError(
            [Fault(named(fault.where), named(fault.what), named(fault.right)) for fault in error.faults]
        ) from None
    return Engine(replace(known, positions={key: named(where) for key, where in known.positions.items()}))


def _own_cases() -> dict[str, WrittenCase]:
    """Return the cases of this book: those of the working folder if it has some, else those beside the engine."""
    for folder in FOLDERS[1:]:
        if any(folder.glob("*.yml")):
            return _cases(folder, f"{folder}/")
    return {}


def _cases(folder: Path, shown: str) -> dict[str, WrittenCase]:
    cases: dict[str, WrittenCase] = {}
    faults: list[Fault] = []
    for path in sorted(folder.glob("*.yml")):
        try:
            case = _case(parse(path.read_bytes(), f"{shown}{path.name}"))
            cases[case.id] = case
        except FaultError as error:
            faults += error.faults
        except OSError as error:
            faults.append(Fault.of(f"{shown}{path.name}:1:1", "revision-unreadable", why=str(error.strerror)))
    if faults:
        raise FaultError(faults)
    return cases


def _case(document: Document) -> WrittenCase:
    """Return a case that has the right form; its findings need not be in the vocabulary, which the edit may change."""
    try:
        return WrittenCase.model_validate(document.data)
    except ValidationError as error:
        raise FaultError(faults_of(error, document)) from None
