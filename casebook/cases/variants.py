"""Variants: cases that are made from others by changing findings, with a file that documents the changes."""

from __future__ import annotations

import io
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap
from ruamel.yaml.scalarstring import FoldedScalarString

from casebook.cases import table_of_contents as contents
from casebook.cases.authoring import NAME, WIDTH, check_title
from casebook.cases.case import Case, case_of
from casebook.cases.notebook import new_notebook
from casebook.diagnostics import files
from casebook.diagnostics.data import Data
from casebook.diagnostics.document import parse
from casebook.diagnostics.fault import Fault, FaultError
from casebook.knowledge_base import knowledge
from casebook.messages import message
from casebook.messages.words import apart
from casebook.models.case import Provenance
from casebook.models.finding import Finding, Value

SCHEMA = "casebook/knowledge/schemas/case.json"
PUBLISHED_PATIENTS = (
    "aims",
    "published_scores",
    "reading",
    "treatment",
    "outcome",
    "teaching_points",
    "what_ifs",
    "presenting",
    "questions",
)
"""The parts of a case that describe the published patient, and are dropped once findings were changed."""


@dataclass(frozen=True, slots=True)
class FindingChange:
    """A finding whose value differs from that of the case.

    Attributes
    ----------
    finding : str
    published, now : str, int or None
        Option ids; None is unknown.
    provenance : str
        The provenance of the value in the case.
    """

    finding: str
    published: Value | None
    now: Value | None
    provenance: Provenance


def changes(case: Case, findings: Mapping[str, Value]) -> list[FindingChange]:
    """Return every finding that differs from the case, in the order of the vocabulary."""
    return [
        FindingChange(id, entry["value"], findings.get(id), entry["provenance"])
        for id, entry in case.published.items()
        if entry["value"] != findings.get(id)
    ]


@dataclass(frozen=True)
class Variant:
    """A case under another name and with its own findings.

    Attributes
    ----------
    case : Case
        The case from which the variant is made.
    findings : mapping of finding id to option id
        The known findings; all others are unknown.
    id, title : str
    """

    case: Case
    findings: Mapping[str, Value]
    id: str
    title: str

    def text(self) -> str:
        """Return the YAML. A variant with a changed finding is a constructed case that names the published one."""
        changed = changes(self.case, self.findings)
        data = self.case.model_dump(mode="json", by_alias=True, exclude_defaults=True)
        data |= {"id": self.id, "title": self.title}
        if changed:
            data = {key: value for key, value in data.items() if key not in PUBLISHED_PATIENTS}
            data["teaches"] = message("variant-teaches", case=self.case.title)
            data["vignette"] = f"{self._made_from(changed)}\n\n{self.case.vignette.strip()}\n"
            for change in changed:
                data["findings"][change.finding] = self._recorded(change)
        order = ["id", "title", "teaches", "minutes", *(["constructed"] if changed else [])]
        ordered = {**{key: data.get(key, True) for key in order}, **{k: v for k, v in data.items() if k not in order}}
        written = io.StringIO()
        yaml = YAML()
        yaml.width = WIDTH
        yaml.version = (1, 2)
        yaml.dump(_laid_out(ordered), written)
        return written.getvalue().partition("---\n")[2]

    def _made_from(self, changed: list[FindingChange]) -> str:
        listed = apart([self._change(each) for each in changed])
        return message("variant-made-from", case=self.case.title, id=self.case.id, changes=listed)

    @staticmethod
    def _change(each: FindingChange) -> str:
        now, before = _label_of(each.now, each), _label_of(each.published, each)
        return message("variant-change", finding=_finding(each).label, now=now, before=before)

    def _recorded(self, change: FindingChange) -> dict[str, Any]:
        of = "constructed" if self.case.constructed else "published"
        if change.published is None:
            note = message("variant-note-not-reported", of=of)
        else:
            was = _label_of(change.published, change)
            note = message("variant-note", of=of, option=was, provenance=change.provenance)
        if change.now is None:
            return {"provenance": "not_reported", "note": note}
        return {"value": change.now, "provenance": "assumed", "note": note}


def save(variant: Variant, folder: str | Path = "cases", *, replace: bool = False) -> Path:
    """Write a variant as a case of its own: its file, and its notebook if there is none.

    In the folder of a book, the variant is also added to the table of contents.

    Parameters
    ----------
    variant : Variant
    folder : str or Path
        The folder of the cases; the working folder is used if it is the one that is named.
    replace : bool
        Whether a case of this name may be replaced. Its notebook is not changed.

    Returns
    -------
    Path
        The file of the case.

    Raises
    ------
    FaultError
        If the name or the title is not allowed, or the findings contradict each other; nothing is written.
    FileExistsError
        If there is such a case and it may not be replaced.
    OSError
        If the folder cannot be written to.
    """
    directory = _existing_folder(folder)
    if not NAME.fullmatch(variant.id):
        where = variant.id or message("variant-the-name")
        raise FaultError([Fault.of(where, "authoring-name-example", example="colon-s1-mechanical")])
    path = directory / f"{variant.id}.yml"
    if variant.id == variant.case.id:
        raise FaultError([Fault.of(f"{path}", "variant-same-case")])
    check_title(directory.resolve().parent, variant.id, variant.title)
    book = directory.resolve().parent
    schema = f"# yaml-language-server: $schema=../{SCHEMA}\n" if (book / SCHEMA).is_file() else ""
    text = schema + variant.text()
    case = case_of(parse(text.encode("utf-8"), path), variant.id)
    in_book = directory.resolve().name == "cases" and (book / contents.NAME).is_file()
    if in_book:  # read first, so that a fault in it does not leave a case that it does not list
        contents.find_cases(book)
    files.write(path, text, replace=replace)
    notebook = path.with_suffix(".ipynb")
    if not notebook.exists():
        files.write(notebook, new_notebook(case))
    if in_book:
        contents.add_case(book, variant.id)
    return path


def _existing_folder(folder: str | Path) -> Path:
    """Return the folder, which is the working folder of a notebook among the cases."""
    folder = Path(folder)
    if folder.is_dir():
        return folder
    here = Path.cwd()
    if folder == Path(here.name):
        return Path()
    raise FaultError([Fault.of(f"{folder}", "variant-no-folder", here=str(here))])


def _finding(change: FindingChange) -> Finding:
    return knowledge().vocabulary.by_id[change.finding]


def _label_of(value: Value | None, change: FindingChange) -> str:
    if value is None:
        return message("finding-not_assessed")
    return next(option.label for option in _finding(change).options if option.id == value)


def _laid_out(value: Data, key: str = "") -> object:
    """Return plain data in the layout of the other cases: long texts folded, citations and unknowns on one line."""
    if isinstance(value, dict):
        laid = CommentedMap({name: _laid_out(each, name) for name, each in value.items()})
        if key == "source" or value == {"provenance": "not_reported"}:
            laid.fa.set_flow_style()
        return laid
    if isinstance(value, list):
        return [_laid_out(each) for each in value]
    if isinstance(value, str) and len(value) > WIDTH - 20:
        return FoldedScalarString(value)
    return value
