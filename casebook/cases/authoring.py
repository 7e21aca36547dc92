"""Writing a new case: the required information, and its files."""

from __future__ import annotations

import io
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq
from ruamel.yaml.scalarstring import FoldedScalarString

from casebook.cases import table_of_contents as contents
from casebook.cases.case import Case, case_of
from casebook.cases.notebook import new_notebook
from casebook.diagnostics import files
from casebook.diagnostics.document import parse, read
from casebook.diagnostics.fault import Fault, FaultError
from casebook.knowledge_base import Knowledge, knowledge
from casebook.messages import message
from casebook.models.case import Provenance, WrittenCase

NAME = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
WIDTH = 110


@dataclass(frozen=True)
class Draft:
    """The information from which a new case is written.

    Attributes
    ----------
    id, title, teaches, vignette, treatment, outcome : str
        Treatment and outcome are empty in a constructed case.
    minutes : int
    source : str
        The citation key of the patient's publication, or of what a constructed case teaches.
    locator : str
        The position in the source, such as a page.
    aims : tuple of str
        Learning objectives; none, or two to four.
    constructed : bool
        Whether the case is constructed for teaching.
    findings : mapping of finding id to a mapping of value, provenance and note
        All other findings are not reported.
    """

    id: str
    title: str
    teaches: str
    minutes: int
    source: str
    locator: str
    vignette: str
    treatment: str = ""
    outcome: str = ""
    aims: tuple[str, ...] = ()
    constructed: bool = False
    findings: Mapping[str, Mapping[str, Any]] = field(default_factory=dict[str, Mapping[str, Any]])

    def text(self) -> str:
        """Return the YAML of the case."""
        known = knowledge()
        sections = {"treatment": self.treatment, "outcome": self.outcome}
        sections = {name: text for name, text in sections.items() if text}
        case = CommentedMap(id=self.id, title=self.title, teaches=self.teaches, minutes=self.minutes)
        if self.aims:
            case["aims"] = CommentedSeq(self.aims)
        if self.constructed:
            case["constructed"] = True
        case["source"] = self._cited()
        case["vignette"] = FoldedScalarString(_lines(self.vignette))
        case["findings"] = self._findings(known)
        for name, text in sections.items():
            case[name] = CommentedMap(text=text, source=self._cited())
        case["presenting"] = self._steps()
        case["sources"] = CommentedSeq([self.source])
        case["sources"].fa.set_flow_style()
        for name in ("vignette", "findings", *list(sections)[:1], "sources"):
            case.yaml_set_comment_before_after_key(name, before="\n")
        case.yaml_set_comment_before_after_key("presenting", before=f"\n{message('authoring-steps')}")
        yaml = YAML()
        yaml.width = WIDTH
        yaml.version = (1, 2)
        written = io.StringIO()
        yaml.dump(case, written)
        return _SCHEMA + written.getvalue().partition("---\n")[2]

    def _cited(self) -> CommentedMap:
        cited = CommentedMap({self.source: self.locator})
        cited.fa.set_flow_style()
        return cited

    def _steps(self) -> CommentedSeq:
        steps = CommentedSeq()
        for step in WrittenCase.model_construct(**{name: getattr(self, name) for name in _SHOWN}).steps:
            entry = CommentedMap(show=step.show, minutes=step.minutes)
            entry.fa.set_flow_style()
            steps.append(entry)
        return steps

    def _findings(self, known: Knowledge) -> CommentedMap:
        findings = CommentedMap()
        group = ""
        for finding in known.vocabulary:
            given = self.findings.get(finding.id)
            entry = CommentedMap({"provenance": "not_reported"})
            if given is None:
                entry.fa.set_flow_style()
            else:
                entry = CommentedMap({key: value for key, value in given.items() if value != ""})
                if given["provenance"] != "assumed":
                    entry["source"] = self._cited()
            findings[finding.id] = entry
            if finding.group != group:
                group = finding.group
                label = next(each.label for each in known.groups if each.id == group)
                findings.yaml_set_comment_before_after_key(finding.id, before=label.lower(), indent=2)
        for id in self.findings:
            known.vocabulary.finding(id)
        return findings


_SHOWN = ("aims", "treatment", "outcome")
EXAMPLE = "colon-s1"
_SCHEMA = "# yaml-language-server: $schema=../casebook/knowledge/schemas/case.json\n"


def _lines(text: str) -> str:
    """Return text as one paragraph with a line break at the end."""
    return " ".join(text.split()) + "\n"


def finding(text: str, provenance: Provenance) -> tuple[str, dict[str, Any]]:
    """Read one finding as typed: “pain=mechanical”, or “pain=mechanical: reason” if it is assumed.

    Raises
    ------
    FaultError
        If the text does not have this form.
    FindingError
        If there is no such finding or option.
    """
    given, _, note = text.partition(":")
    id, equals, option = (part.strip() for part in given.partition("="))
    if not equals or not option:
        raise FaultError([Fault.of(text, "authoring-finding")])
    vocabulary = knowledge().vocabulary
    value = vocabulary.assessed(vocabulary.state({id: option}))[id]
    if provenance == "assumed" and not note.strip():
        raise FaultError([Fault.of(text, "authoring-no-reason", id=id, text=given.strip())])
    return id, {"value": value, "provenance": provenance, "note": note.strip()}


def check_name(book: Path, name: str) -> None:
    """Raise FaultError unless the name is allowed for a new case."""
    if not NAME.fullmatch(name):
        plain = re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")
        raise FaultError(
            [
                Fault.of(name, "authoring-name", name=plain)
                if plain
                else Fault.of(name, "authoring-name-example", example=EXAMPLE)
            ]
        )
    if not (book / "cases").is_dir():
        raise FaultError([Fault.of(f"{book / 'cases'}", "authoring-no-folder")])


def check_title(book: Path, name: str, title: str) -> None:
    """Raise FaultError if another case has the title."""
    for path in sorted((book / "cases").glob("*.yml")):
        try:
            data = read(path).data
        except FaultError:
            continue  # `casebook check` reports this fault
        other = data.get("title") if isinstance(data, dict) else None
        if path.stem != name and isinstance(other, str) and other.casefold() == title.casefold():
            raise FaultError([Fault.of(f"{path}", "authoring-same-title", title=other)])


def case_from(draft: Draft, book: Path) -> Case:
    """Return the case of a draft; raise FaultError with all its faults."""
    path = book / "cases" / f"{draft.id}.yml"
    return case_of(parse(draft.text().encode("utf-8"), path), draft.id)


def write(draft: Draft, book: Path, *, replace: bool = False) -> list[Path]:
    """Write the case, its notebook, and its entry in the table of contents.

    Returns
    -------
    list of Path
        The files that were written.

    Raises
    ------
    FaultError
        If the case has faults, or the table of contents cannot be read; nothing is written.
    FileExistsError
        If one of the files exists and may not be replaced.
    OSError
        If a file cannot be written.
    """
    case = case_from(draft, book)
    path = book / "cases" / f"{draft.id}.yml"
    notebook = path.with_suffix(".ipynb")
    for each in (path, notebook) if not replace else ():
        if each.exists():
            raise FileExistsError(17, message("file-exists"), str(each))
    # The table of contents is read first, so that a fault in it does not leave a case that it does not list.
    contents.find_cases(book)
    files.write(path, draft.text(), replace=replace)
    files.write(notebook, new_notebook(case), replace=replace)
    added = contents.add_case(book, draft.id)
    return [path, notebook, *([book / contents.NAME] if added else [])]
