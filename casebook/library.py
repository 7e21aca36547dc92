"""The knowledge of the casebook: read from YAML, checked, bound together, and then immutable."""

from __future__ import annotations

import datetime
import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import lru_cache
from graphlib import CycleError, TopologicalSorter
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any, Literal, TypeVar

from pydantic import BaseModel, Field, ValidationError

from casebook import evidence
from casebook.conditions import ConditionError, Language, Tree
from casebook.instruments import Instrument
from casebook.reader import Document, Fault, FaultError, did_you_mean, faults_of, read
from casebook.rules import Action, Conflict, Outcome, Position, Principle, Rule, Tension
from casebook.scores import Score
from casebook.vocabulary import Finding, Group, Part, Source, Vocabulary

FOLDER = Path(__file__).with_name("knowledge")
"""Where the knowledge of this casebook lies."""

Model = TypeVar("Model", bound=BaseModel)


class Term(Part):
    """A name for a condition that several rules use."""

    id: str
    label: str
    is_: str = Field(alias="is")
    text: str = ""
    source: Source = {}


class Citation(Part):
    """How a source is named in short, and how well it was seen."""

    short: str
    read: datetime.date
    seen: Literal["verified", "secondary", "unverified"]
    note: str = ""


class Contradiction(Part):
    """Findings that cannot stand together in one patient."""

    id: str
    when: str
    text: str
    source: Source = {}


class Knowledge:
    """Everything clinical that the engine knows.

    Attributes
    ----------
    version : str
        Version of the package and a digest of every file read.
    groups : tuple of Group
    vocabulary : Vocabulary
    terms : tuple of Term
    scores : mapping of str to Score
    actions : mapping of str to Action
        In the order in which a plan lists them.
    rules : mapping of str to Rule
    conflicts : mapping of str to Conflict
    tensions : mapping of str to Tension
    principles : tuple of Principle
    sources : mapping of str to Citation
    instruments : mapping of str to Instrument
        In the order in which they are read; none of them is derived from findings.
    evidence : tuple of Figure
        What the sources measured.
    contradictions : tuple of (Contradiction, tree)
    overrides : mapping of action id to mapping of (winner, loser) to the id that says so
    folder : Path
    places : mapping of (kind, id) to “file:line:column”
    """

    folder: Path
    places: Mapping[tuple[str, str], str]
    version: str
    groups: tuple[Group, ...]
    vocabulary: Vocabulary
    terms: tuple[Term, ...]
    scores: Mapping[str, Score]
    actions: Mapping[str, Action]
    rules: Mapping[str, Rule]
    conflicts: Mapping[str, Conflict]
    tensions: Mapping[str, Tension]
    principles: tuple[Principle, ...]
    sources: Mapping[str, Citation]
    instruments: Mapping[str, Instrument]
    evidence: tuple[evidence.Figure, ...]
    contradictions: tuple[tuple[Contradiction, Tree], ...]
    overrides: Mapping[str, Mapping[tuple[str, str], str]]

    def outcomes(self, action: str) -> Iterator[tuple[Rule, Tree, Outcome]]:
        """Yield each rule clause that speaks of `action`, its condition and what it says."""
        for rule in self.rules.values():
            for clause in rule.clauses:
                if action in clause.then:
                    yield rule, clause.tree, clause.then[action]

    def statements(self, **about: str) -> list[Rule]:
        """Return the rules that only inform, of which `about` holds, e.g. ``score="sins"``."""
        return [rule for rule in self.rules.values() if rule.about and about.items() <= rule.about.items()]


def load(folder: str | Path = FOLDER) -> Knowledge:
    """Read and check a folder of knowledge.

    Parameters
    ----------
    folder : str or Path

    Returns
    -------
    Knowledge

    Raises
    ------
    FaultError
        With every fault found, each with file and line.
    """
    return _Loader(Path(folder)).load()


@lru_cache(maxsize=1)
def knowledge() -> Knowledge:
    """Return the knowledge of this casebook, read once."""
    return load()


class _Loader:
    """Reads one folder; gathers faults instead of stopping at the first."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.faults: list[Fault] = []
        self.places: dict[tuple[str, str], str] = {}
        self.origins: dict[tuple[str, str], tuple[Document, tuple[str | int, ...]]] = {}
        self.digest = hashlib.sha256()

    def load(self) -> Knowledge:
        result = Knowledge()
        result.folder, result.places = self.folder, self.places
        findings = self.document("findings.yml")
        result.groups = self.parts(findings, Group, "group", under=("groups",))
        found = self.parts(findings, Finding, "finding", under=("findings",))
        result.vocabulary = Vocabulary(found)
        result.terms = self.parts(self.document("terms.yml"), Term, "term")
        result.scores = self.scores()
        result.actions = self.keyed(self.parts(self.document("actions.yml"), Action, "action"))
        rules = [rule for path in self.files("rules/*.yml") for rule in self.parts(self.document(path), Rule, "rule")]
        result.rules = self.keyed(rules)
        result.conflicts = self.keyed(self.parts(self.document("conflicts.yml"), Conflict, "conflict"))
        tensions = [self.parts(self.document(path), Tension, "tension") for path in self.files("tensions.yml")]
        result.tensions = self.keyed(part for parts in tensions for part in parts)
        result.principles = self.parts(self.document("precedence.yml"), Principle, "principle")
        result.sources = self.sources()
        instruments = [
            self.parts(self.document(path), Instrument, "instrument") for path in self.files("instruments.yml")
        ]
        result.instruments = self.keyed(part for parts in instruments for part in parts)
        result.evidence = self.evidence(result)
        contradictions = self.parts(self.document("contradictions.yml"), Contradiction, "contradiction")
        self.finish_if_faulty()
        self.check_names(result, contradictions)
        self.bind(result, contradictions)
        self.finish_if_faulty()
        result.overrides = self.overrides(result)
        self.finish_if_faulty()
        result.version = f"{_package_version()}+{self.digest.hexdigest()[:8]}"
        return result

    # reading ---------------------------------------------------------------------------------

    def files(self, pattern: str) -> list[str]:
        return sorted(path.relative_to(self.folder).as_posix() for path in self.folder.glob(pattern))

    def document(self, name: str) -> Document:
        path = self.folder / name
        try:
            document = read(path)
            self.digest.update(path.read_bytes())
            return document
        except FaultError as error:
            self.faults.extend(error.faults)
            return Document(path, None, {})

    def parts(
        self, document: Document, model: type[Model], kind: str, under: tuple[str, ...] = ()
    ) -> tuple[Model, ...]:
        """Check the list of models at `under` in a document."""
        data: Any = document.data
        if data is None:
            return ()
        for key in under:
            if not isinstance(data, dict) or key not in data:
                self.faults.append(Fault(document.where(), f"“{key}” is missing", f"start the list with “{key}:”"))
                return ()
            data = data[key]
        if not isinstance(data, list):
            self.faults.append(
                Fault(document.where(under), f"a list of {kind}s is expected here", "start each with “- id: …”")
            )
            return ()
        result = []
        for index, entry in enumerate(data):
            part = self.part(document, model, entry, (*under, index))
            if part is not None and self.placed(kind, part.id, document, (*under, index)):
                result.append(part)
        return tuple(result)

    def part(self, document: Document, model: type[Model], data: Any, path: tuple[str | int, ...]) -> Model | None:
        try:
            return model.model_validate(data)
        except ValidationError as error:
            self.faults.extend(faults_of(error, document, path))
            return None

    def placed(self, kind: str, id: str, document: Document, path: tuple[str | int, ...] = ()) -> bool:
        """Note where something is defined; False, with a fault, if it was defined before."""
        where = document.where(path)
        before = self.places.setdefault((kind, id), where)
        if before != where:
            self.faults.append(Fault(where, f"{kind} {id} is defined a second time", f"the first is at {before}"))
            return False
        self.origins[kind, id] = document, path
        return True

    def scores(self) -> dict[str, Score]:
        result = {}
        for name in self.files("scores/*.yml"):
            document = self.document(name)
            score = None if document.data is None else self.part(document, Score, document.data, ())
            if score is not None and self.placed("score", score.id, document):
                result[score.id] = score
        # A score that never applies to these patients is named last.
        return dict(sorted(result.items(), key=lambda pair: pair[1].applies.when == "False"))

    def sources(self) -> dict[str, Citation]:
        document = self.document("sources.yml")
        if not isinstance(document.data, dict):
            if document.data is not None:
                self.faults.append(
                    Fault(
                        document.where(), "a mapping of sources is expected here", "start each with “key: {short: …}”"
                    )
                )
            return {}
        cited = {key: self.part(document, Citation, data, (key,)) for key, data in document.data.items()}
        self.places |= {("source", key): document.where((key,)) for key in cited}
        return {key: citation for key, citation in cited.items() if citation is not None}

    def evidence(self, known: Knowledge) -> tuple[evidence.Figure, ...]:
        result = []
        for name in self.files("evidence.csv"):
            path = self.folder / name
            self.digest.update(path.read_bytes())
            for line, figure in evidence.read(path, self.faults):
                self.places.setdefault(("evidence", figure.id), f"{path}:{line}:1")
                self.cited(f"{path}:{line}:1", figure.source | {figure.bibkey: "the study"}, known)
                result.append(figure)
        return tuple(result)

    @staticmethod
    def keyed(parts: Iterable[Any]) -> dict[str, Any]:
        return {part.id: part for part in parts}

    def finish_if_faulty(self) -> None:
        if self.faults:
            raise FaultError(self.faults)

    # checking --------------------------------------------------------------------------------

    def where(self, kind: str, id: str, *path: str | int) -> str:
        """Return the place of something that is defined, or of a part of it."""
        if (kind, id) not in self.origins:
            return str(self.folder)
        document, under = self.origins[kind, id]
        if path[:1] == ("clauses",) and (*under, "clauses") not in document.marks:
            path = path[2:]  # a rule with one clause is written without the list
        return document.where((*under, *path))

    def expect(self, where: str, what: str, id: str, known: Iterable[str]) -> None:
        if id not in known:
            self.faults.append(Fault(where, f"{id} is not {what}", did_you_mean(id, known)))

    def check_names(self, known: Knowledge, contradictions: tuple[Contradiction, ...]) -> None:
        groups = [group.id for group in known.groups]
        for finding in known.vocabulary:
            where = self.where("finding", finding.id)
            self.expect(where, "a group", finding.group, groups)
            self.cited(where, finding.source, known)
        for rule in known.rules.values():
            where = self.where("rule", rule.id)
            self.cited(where, rule.source, known)
            for action in rule.actions:
                self.expect(where, "an action", action, known.actions)
            for other in (*rule.exception_to, *rule.echoes):
                self.expect(where, "a rule", other, known.rules)
            for kind, names in (("score", known.scores), ("action", known.actions)):
                if kind in rule.about:
                    self.expect(where, f"a {kind}" if kind == "score" else "an action", rule.about[kind], names)
        for conflict in known.conflicts.values():
            self.check_conflict(conflict, known)
        for tension in known.tensions.values():
            where = self.where("tension", tension.id)
            self.cited(where, tension.tie.source, known)
            self.check_positions(where, tension.sides, known)
        for score in known.scores.values():
            self.cited(self.where("score", score.id, "source"), score.source, known)
            self.check_agreement(score, known)
            for name in ("use", "misuse", "reliability", "ambiguities", "conventions", "notes", "bands", "items"):
                for place, part in enumerate(getattr(score, name)):
                    self.cited(self.where("score", score.id, name, place, "source"), part.source, known)
        for kind, parts in (("principle", known.principles), ("contradiction", contradictions)):
            for part in parts:
                self.cited(self.where(kind, part.id), part.source, known)
        for instrument in known.instruments.values():
            for path, source in instrument.cited:
                self.cited(self.where("instrument", instrument.id, *path), source, known)
        for term in known.terms:
            self.cited(self.where("term", term.id), term.source, known)

    def check_conflict(self, conflict: Conflict, known: Knowledge) -> None:
        where = self.where("conflict", conflict.id)
        self.cited(where, conflict.authority, known)
        self.check_positions(where, conflict.positions, known)
        for action in conflict.actions:
            self.expect(where, "an action", action, known.actions)
        for score in conflict.scores:
            self.expect(where, "a score", score, known.scores)
        for preference in conflict.precedence:
            self.expect(where, "an action", preference.action, known.actions)
            for id in (*preference.prefer, *preference.over):
                self.expect(where, "a rule", id, known.rules)
                if id in known.rules and preference.action not in known.rules[id].actions:
                    self.faults.append(
                        Fault(where, f"{id} says nothing of {preference.action}", "take it out of this precedence")
                    )

    def check_positions(self, where: str, positions: Iterable[Position], known: Knowledge) -> None:
        for position in positions:
            self.cited(where, position.source, known)
            for id in position.rules:
                self.expect(where, "a rule", id, known.rules)

    def check_agreement(self, score: Score, known: Knowledge) -> None:
        """Check that a figure beside an item is the one in a line on reliability, where it stands again."""
        for place, item in enumerate(score.items):
            given = item.agreement
            if given is None:
                continue
            where = self.where("score", score.id, "items", place, "agreement")
            self.cited(where, given.source, known)
            lines = [line.text for line in score.reliability if given.source.items() <= line.source.items()]
            if not any(given.statistic in line and given.value in line for line in lines):
                self.faults.append(
                    Fault(
                        where,
                        f"{given.statistic} {given.value} of item {item.id} stands in no line on reliability",
                        "write the figure as the line with the same source does",
                    )
                )

    def cited(self, where: str, source: Source, known: Knowledge) -> None:
        for key, locator in source.items():
            self.expect(where, "a source of sources.yml", key, known.sources)
            if not locator.strip():
                self.faults.append(
                    Fault(where, f"{key} has no locator", "say where in the source, for example a section and line")
                )

    # binding ---------------------------------------------------------------------------------

    def bind(self, result: Knowledge, contradictions: tuple[Contradiction, ...]) -> None:
        language, plain = Language(result.vocabulary.by_id, result.scores), Language(result.vocabulary.by_id)
        for term in result.terms:
            self.attempt("term", term.id, lambda term=term: language.define(term.id, term.label, term.is_))
        # A term that cannot be read would be reported again by every rule that uses it.
        self.finish_if_faulty()
        for score in result.scores.values():
            self.attempt("score", score.id, lambda score=score: score.bind(result.vocabulary, language))
        for rule in result.rules.values():
            for place, clause in enumerate(rule.clauses):
                self.attempt(
                    "rule", rule.id, lambda clause=clause, place=place: clause.bind(language, "clauses", place)
                )
        self.finish_if_faulty()
        for conflict in result.conflicts.values():
            self.attempt("conflict", conflict.id, lambda conflict=conflict: conflict.bind(language, dict(result.rules)))
        for tension in result.tensions.values():
            self.attempt("tension", tension.id, lambda tension=tension: tension.bind(language, dict(result.rules)))
        trees = [
            (entry, self.attempt("contradiction", entry.id, lambda entry=entry: plain.read(entry.when, "when")))
            for entry in contradictions
        ]
        result.contradictions = tuple(trees)

    def attempt(self, kind: str, id: str, step: Callable[[], Any]) -> Any:
        try:
            return step()
        except ConditionError as error:
            self.faults.append(Fault(self.where(kind, id, *error.path), f"{kind} {id}: {error}"))
            return None

    def overrides(self, known: Knowledge) -> dict[str, dict[tuple[str, str], str]]:
        """Return, for each action, which rule yields to which, and what says so."""
        result: dict[str, dict[tuple[str, str], str]] = {action: {} for action in known.actions}
        for rule in known.rules.values():
            for action in rule.actions:
                for loser in rule.exception_to:
                    if action in known.rules[loser].actions:
                        result[action][rule.id, loser] = rule.id
        for conflict in known.conflicts.values():
            for preference in conflict.precedence:
                for winner in preference.prefer:
                    for loser in preference.over:
                        result[preference.action].setdefault((winner, loser), conflict.id)
        for action, edges in result.items():
            order: TopologicalSorter[str] = TopologicalSorter()
            for winner, loser in edges:
                order.add(loser, winner)
            try:
                order.prepare()
            except CycleError as error:
                circle = list(dict.fromkeys(error.args[1]))
                where = self.where("rule", circle[0])
                self.faults.append(
                    Fault(
                        where,
                        f"the precedence of {' over '.join(circle)} on {action} runs in a circle",
                        "take one of these out",
                    )
                )
        return result


def _package_version() -> str:
    try:
        return version("sacral-casebook")
    except PackageNotFoundError:
        return "0"
