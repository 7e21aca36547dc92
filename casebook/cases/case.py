"""Loading of a case, and its binding to the knowledge that it was validated against."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from pathlib import Path
from typing import Any

from pydantic import PrivateAttr

from casebook.cases.patient import Patient
from casebook.cases.validation import case_faults
from casebook.diagnostics.document import Document, read
from casebook.diagnostics.fault import Fault, FaultError
from casebook.diagnostics.suggestions import did_you_mean
from casebook.inference.assessment import Assessment, engine
from casebook.knowledge_base import Knowledge, knowledge
from casebook.messages import message
from casebook.messages.words import with_hint
from casebook.models.case import Provenance, WrittenCase
from casebook.models.finding import Value

_INSTALLED = Path(__file__).resolve().with_name("installed")
"""The copies of the cases in an installed package. A checkout has none and reads `cases/` directly."""

FOLDERS = (Path(), Path("cases"), _INSTALLED if _INSTALLED.is_dir() else _INSTALLED.parents[2] / "cases")
"""The folders that are searched for a case, in this order."""


class Case(WrittenCase):
    """A worked case, bound to the knowledge that it was validated against.

    It is validated with that knowledge as its context: ``Case.model_validate(data, context=known)``.
    """

    _knowledge: Knowledge = PrivateAttr()

    def model_post_init(self, context: Any) -> None:
        """Store the knowledge that the case is validated against."""
        self._knowledge = context

    @property
    def knowledge(self) -> Knowledge:
        """The knowledge that the case was validated against."""
        return self._knowledge

    @cached_property
    def findings(self) -> dict[str, Value]:
        """The known findings: option ids by finding id, as `casebook.assess` takes them."""
        return self.known()

    @cached_property
    def patient(self) -> Patient:
        """The patient of a question about the case. An assumed finding is known here, but not stated by the source."""
        from_source = ("reported", "derived")
        recorded = ((finding.id, self.entry(finding.id)) for finding in self.knowledge.vocabulary)
        stated = {id: entry.value if entry.provenance in from_source else None for id, entry in recorded}
        return Patient(self.findings, stated)

    @cached_property
    def published(self) -> dict[str, dict[str, Any]]:
        """The value, provenance, note and sources of every finding, as JSON."""
        known = self.findings
        return {
            finding.id: {
                "value": known.get(finding.id),
                "provenance": entry.provenance,
                "note": entry.note,
                "source": [list(pair) for pair in entry.source.items()],
            }
            for finding, entry in ((finding, self.entry(finding.id)) for finding in self.knowledge.vocabulary)
        }

    def known(self, *provenances: Provenance) -> dict[str, Value]:
        """Return the known findings with one of the given provenances; with any provenance, if none is given."""
        offered = {
            id: entry.value for id, entry in self.recorded.items() if not provenances or entry.provenance in provenances
        }
        return self._assessed(offered)

    def what_if(self, id: str) -> dict[str, Value]:
        """Return the findings of the case after the changes of a what-if.

        Raises
        ------
        KeyError
            If the case has no such what-if; the message names the nearest.
        """
        changes = {entry.id: entry.set for entry in self.what_ifs}
        if id not in changes:
            what = message("case-no-what-if", case=self.id, id=repr(id))
            raise KeyError(with_hint(what, did_you_mean(id, changes)))
        return self._assessed({**self.findings, **changes[id]})

    def assess(self) -> Assessment:
        """Return the assessment of the findings of the case."""
        return engine(self.knowledge).assess(self.findings)

    def _assessed(self, offered: Mapping[str, Any]) -> dict[str, Value]:
        vocabulary = self.knowledge.vocabulary
        return vocabulary.assessed(vocabulary.state(offered))


def load_case(name: str | Path, known: Knowledge | None = None) -> Case:
    """Load a case and validate it against the knowledge.

    Parameters
    ----------
    name : str or Path
        The name of a case, such as ``colon-s1``, or the path of its YAML file.
    known : Knowledge, optional
        The knowledge to validate against; by default that of this casebook.

    Returns
    -------
    Case

    Raises
    ------
    FaultError
        If there is no such case, or the file has faults. The error lists every fault with its line.

    Examples
    --------
    >>> load_case("colon-s1").title
    'Colon cancer at S1'
    """
    return with_document(name, known)[0]


def with_document(name: str | Path, known: Knowledge | None = None) -> tuple[Case, Document]:
    """Return a case as `load_case` does, together with the document that it was parsed from."""
    document = read(_path(name))
    return case_of(document, document.path.stem, known), document


def case_of(document: Document, name: str | None = None, known: Knowledge | None = None) -> Case:
    """Return the case in a document; its id must be `name`, if a name is given.

    Raises
    ------
    FaultError
        With every fault of the document, each with its line.
    """
    known = known or knowledge()
    faults = list(case_faults(document, known, name))
    if faults:
        raise FaultError(faults)
    return Case.model_validate(document.data, context=known)


def _path(name: str | Path) -> Path:
    given = Path(name)
    if given.suffix in {".yml", ".yaml"} or given.is_file():
        return given
    for folder in FOLDERS:
        path = folder / f"{name}.yml"
        if path.is_file():
            return path
    names = {path.stem for folder in FOLDERS[1:] for path in folder.glob("*.yml")}
    raise FaultError([Fault(f"{name}", message("case-unknown"), did_you_mean(name, sorted(names)))])
