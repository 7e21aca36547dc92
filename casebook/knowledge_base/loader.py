"""Loading of the knowledge from YAML; all faults are collected and reported together."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel, ValidationError

from casebook.diagnostics.data import Data, KeyPath
from casebook.diagnostics.document import Document, bytes_of, parse
from casebook.diagnostics.fault import Fault, FaultError
from casebook.diagnostics.validation import faults_of, markup_faults, named
from casebook.distribution.version import __version__
from casebook.knowledge_base import cache
from casebook.knowledge_base.conditions import bound
from casebook.knowledge_base.model import Knowledge
from casebook.knowledge_base.origins import DRAWING, FIRST_LINE, Origins, first_view
from casebook.knowledge_base.overrides import overrides
from casebook.knowledge_base.references import References
from casebook.models import evidence
from casebook.models.citation import Citation
from casebook.models.contradiction import Contradiction
from casebook.models.drawing import Drawing
from casebook.models.emergency import Emergencies
from casebook.models.evidence import Figure
from casebook.models.expression import Language
from casebook.models.finding import Entry, Finding, Group, Shown, Vocabulary
from casebook.models.instrument import Instrument
from casebook.models.rule import Action, Conflict, Principle, Rule, Tension
from casebook.models.scope import Switch
from casebook.models.score import Score
from casebook.models.synonym import Spelling, Synonym
from casebook.models.term import Term
from casebook.models.theorem import Theorem

FOLDER = Path(__file__).parents[1] / "knowledge"
"""The folder of the knowledge of this casebook."""

Model = TypeVar("Model", bound=BaseModel)
Named = TypeVar("Named", bound=Entry)

INERT = frozenset({"drawing", "source", "instrument", "spelling", "synonym", "theorem"})
"""Kinds of entries on which no assessment depends."""

PROSE = frozenset(
    [
        "agreement",
        "ambiguities",
        "audit",
        "authority",
        "convention",
        "conventions",
        "definition",
        "help",
        "label",
        "misuse",
        "name",
        "note",
        "otherwise",
        "phrase",
        "question",
        "reading",
        "reliability",
        "resolution",
        "source",
        "text",
        "title",
        "use",
    ]
)
"""Keys with prose only. All other keys are part of the fingerprint, so a new key is never overlooked."""


def load(folder: str | Path = FOLDER) -> Knowledge:
    """Read and validate a folder of knowledge.

    Parameters
    ----------
    folder : str or Path

    Returns
    -------
    Knowledge

    Raises
    ------
    FaultError
        With all faults, each with file, line and column.
    """
    return Loader(Path(folder)).load()


@lru_cache(maxsize=1)
def knowledge() -> Knowledge:
    """Return the knowledge of this casebook; it is read once and then cached."""
    return load()


class Loader:
    """Reads one folder and collects its faults instead of stopping at the first."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.origins = Origins(folder)
        self.digest = hashlib.sha256()
        self.essence = hashlib.sha256()

    def load(self) -> Knowledge:
        """Return the validated knowledge with compiled conditions; raise FaultError with all faults."""
        known = self.read()
        References(self.origins, known).check()
        known = bound(known, self.origins)
        self.origins.raise_if_faulty()
        known = replace(known, overrides=overrides(known, self.origins))
        self.origins.raise_if_faulty()
        return known

    def read(self) -> Knowledge:
        """Return the content of the files, before names and conditions are validated."""
        findings = self.document("findings.yml", "group", "finding")
        groups = self._parts(findings, Group, "group", under=("groups",))
        vocabulary = Vocabulary(self._parts(findings, Finding, "finding", under=("findings",)))
        first_view, of_scores = self._first_view(findings), self._of_scores(findings)
        terms = self._listed("terms.yml", Term, "term")
        scores = self._scores()
        synonyms, spellings = self._synonyms()
        return Knowledge(
            folder=self.folder,
            positions=self.origins.positions,
            groups=groups,
            vocabulary=vocabulary,
            first_view=first_view,
            of_scores=of_scores,
            terms=terms,
            scores=scores,
            readings={},
            actions=self._keyed(self._listed("actions.yml", Action, "action")),
            rules=self._keyed(rule for path in self._files("rules/*.yml") for rule in self._listed(path, Rule, "rule")),
            conflicts=self._keyed(self._listed("conflicts.yml", Conflict, "conflict")),
            tensions=self._keyed(self._optional("tensions.yml", Tension, "tension")),
            principles=self._listed("precedence.yml", Principle, "principle"),
            sources=self._sources(),
            instruments=self._keyed(self._optional("instruments.yml", Instrument, "instrument")),
            evidence=self.evidence(),
            contradictions=self._listed("contradictions.yml", Contradiction, "contradiction"),
            scopes=self._optional("scopes.yml", Switch, "switch"),
            emergencies=self._emergencies(),
            theorems=self._optional("theorems.yml", Theorem, "theorem"),
            drawing=self._drawing(),
            synonyms=synonyms,
            spellings=spellings,
            language=Language(vocabulary.by_id, scores),
            overrides={},
            # The digest is complete only after every file was read.
            fingerprint=self.essence.hexdigest()[:16],
            version=f"{__version__}+{self.digest.hexdigest()[:8]}",
        )

    def _optional(self, name: str, model: type[Named], kind: str) -> tuple[Named, ...]:
        """Read a file that a folder of knowledge may lack."""
        return tuple(part for path in self._files(name) for part in self._listed(path, model, kind))

    def _files(self, pattern: str) -> list[str]:
        return sorted(path.relative_to(self.folder).as_posix() for path in self.folder.glob(pattern))

    def document(self, name: str, *kinds: str) -> Document:
        """Read a file that defines entries of the given kinds."""
        path = self.folder / name
        try:
            raw = bytes_of(path)
            self.digest.update(raw)
            # Copies and other editions are read only once, so they are not cached.
            document = (cache.parse if self.folder == FOLDER else parse)(raw, path)
        except FaultError as error:
            self.origins.faults.extend(error.faults)
            self.origins.broken |= dict.fromkeys(kinds)
            return Document(path, None, {})
        self.origins.faults.extend(markup_faults(document))
        if not INERT & {*kinds}:
            self.essence.update(json.dumps([name, _without_prose(document.data)]).encode())
        return document

    def _listed(self, name: str, model: type[Named], kind: str) -> tuple[Named, ...]:
        return self._parts(self.document(name, kind), model, kind)

    def _parts(
        self, document: Document, model: type[Named], kind: str, under: tuple[str, ...] = ()
    ) -> tuple[Named, ...]:
        """Validate the list of entries at `under` in a document; return those that are valid."""
        data = document.data
        if data is None:
            if kind not in self.origins.broken:
                self.origins.unread(kind, Fault.of(document.where(), "knowledge-list-empty", kind=kind))
            return ()
        for key in under:
            if not isinstance(data, dict) or key not in data:
                self.origins.unread(kind, Fault.of(document.where(), "knowledge-key-missing", key=key))
                return ()
            data = data[key]
        if not isinstance(data, list):
            self.origins.unread(kind, Fault.of(document.where(under), "knowledge-list-expected", kind=kind))
            return ()
        result: list[Named] = []
        for index, entry in enumerate(data):
            part = self.part(document, model, entry, (*under, index), kind)
            if part is not None and self.origins.define(kind, part.id, document, (*under, index)):
                result.append(part)
        return tuple(result)

    def part(
        self, document: Document, model: type[Model], data: Data, path: KeyPath, kind: str, id: str = ""
    ) -> Model | None:
        """Return an entry as its model, or None, with a fault, if it is invalid."""
        id = id or (str(data.get("id", "")) if isinstance(data, dict) else "")
        self.origins.names[kind, id] = named(data) or id
        try:
            return model.model_validate(data)
        except ValidationError as error:
            self.origins.faults.extend(faults_of(error, document, path, model, named(data) or id))
            broken = self.origins.broken.setdefault(kind, set())
            if not id:
                self.origins.broken[kind] = None
            elif broken is not None:
                broken.add(id)
            return None

    def _scores(self) -> dict[str, Score]:
        result: dict[str, Score] = {}
        for name in self._files("scores/*.yml"):
            document = self.document(name, "score")
            score = None
            if document.data is not None:
                score = self.part(document, Score, document.data, (), "score")
            elif "score" not in self.origins.broken:
                self.origins.unread("score", Fault.of(document.where(), "knowledge-score-empty"))
            if score is not None and self.origins.define("score", score.id, document):
                result[score.id] = score
        # A score that never applies to these patients is listed last.
        return dict(sorted(result.items(), key=lambda pair: (pair[1].applies.when == "False", pair[1].order)))

    def _sources(self) -> dict[str, Citation]:
        document = self.document("sources.yml", "source")
        if not isinstance(document.data, dict):
            if "source" not in self.origins.broken:
                self.origins.unread("source", Fault.of(document.where(), "knowledge-sources-expected"))
            return {}
        cited = {key: self.part(document, Citation, data, (key,), "source", key) for key, data in document.data.items()}
        self.origins.positions |= {("source", key): document.where((key,)) for key in cited}
        return {key: citation for key, citation in cited.items() if citation is not None}

    def _first_view(self, document: Document) -> tuple[Shown, ...]:
        data = document.data.get("first_view", list[Data]()) if isinstance(document.data, dict) else list[Data]()
        if not isinstance(data, list):
            self.origins.faults.append(Fault.of(document.where(("first_view",)), "knowledge-findings-expected"))
            return ()
        parts = [
            self.part(document, Shown, entry, ("first_view", index), "shown", first_view(index))
            for index, entry in enumerate(data)
        ]
        for index in range(len(parts)):
            self.origins.locate("shown", str(index), document, ("first_view", index))
        return tuple(part for part in parts if part is not None)

    def _of_scores(self, document: Document) -> tuple[str, ...]:
        data = document.data.get("of_scores") if isinstance(document.data, dict) else None
        self.origins.locate("of_scores", "", document, ("of_scores",))
        return tuple(map(str, data)) if isinstance(data, list) else ()

    def _synonyms(self) -> tuple[tuple[Synonym, ...], tuple[Spelling, ...]]:
        """Read what a search finds besides the words that are typed; a folder of knowledge need not have it."""
        for name in self._files("synonyms.yml"):
            document = self.document(name, "synonym", "spelling")
            synonyms = self._parts(document, Synonym, "synonym", under=("synonyms",))
            return synonyms, self._parts(document, Spelling, "spelling", under=("spellings",))
        return (), ()

    def _emergencies(self) -> Emergencies:
        for name in self._files("emergencies.yml"):
            document = self.document(name, "emergencies")
            if document.data is not None:
                self.origins.locate("emergencies", FIRST_LINE, document, ())
                found = self.part(document, Emergencies, document.data, (), "emergencies", FIRST_LINE)
                if found is not None:
                    self.origins.positions |= {
                        ("state", state.id): document.where(("states", index))
                        for index, state in enumerate(found.states)
                    }
                    return found
        return Emergencies()

    def _drawing(self) -> Drawing:
        for name in self._files("figure.yml"):
            document = self.document(name, "drawing")
            if document.data is not None:
                self.origins.locate("drawing", DRAWING, document)
                return self.part(document, Drawing, document.data, (), "drawing", DRAWING) or Drawing()
        return Drawing()

    def evidence(self) -> tuple[Figure, ...]:
        """Return what the sources measured."""
        figures: list[Figure] = []
        for name in self._files("evidence.csv"):
            path = self.folder / name
            for line, figure in evidence.read(path, self.origins.faults):
                self.origins.positions.setdefault(("evidence", figure.id), f"{path}:{line}:1")
                figures.append(figure)
            self.digest.update(path.read_bytes())
        return tuple(figures)

    @staticmethod
    def _keyed(parts: Iterable[Named]) -> dict[str, Named]:
        return {part.id: part for part in parts}


def _without_prose(data: Data) -> Data:
    if isinstance(data, dict):
        return {key: _without_prose(each) for key, each in data.items() if key not in PROSE}
    return [_without_prose(each) for each in data] if isinstance(data, list) else data
