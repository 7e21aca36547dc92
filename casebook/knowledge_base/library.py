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

from casebook.diagnostics.document import Document, bytes_of, parse
from casebook.diagnostics.fault import Fault, FaultError
from casebook.diagnostics.suggestions import did_you_mean
from casebook.diagnostics.validation import faults_of, markup_faults, named
from casebook.knowledge_base import cache
from casebook.models import evidence
from casebook.models.contradiction import Contradiction
from casebook.models.emergency import DERIVED, FIXED, Emergencies
from casebook.models.expression import ConditionError, Language, Tree
from casebook.models.finding import Finding, Group, Part, Shown, Source, Vocabulary
from casebook.models.instrument import Instrument
from casebook.models.rule import Action, Conflict, Outcome, Position, Principle, Rule, Tension
from casebook.models.scope import Switch
from casebook.models.score import Score
from casebook.models.theorem import PlanLanguage, Theorem

FOLDER = Path(__file__).parents[1] / "knowledge"
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
    contradictions : tuple of Contradiction
    scopes : tuple of Switch
        What withdraws entries from a plan.
    emergencies : Emergencies
        The states of a patient, and what is said of them first.
    first_view : tuple of Shown
        Findings that a reader meets first, in that order; empty where all are.
    of_scores : tuple of str
        Findings that are shown with the scores for which alone they are asked.
    theorems : tuple of Theorem
        What is proved of the plan of every patient.
    language : Language
        In which conditions over these findings, terms and scores are read.
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
    contradictions: tuple[Contradiction, ...]
    scopes: tuple[Switch, ...]
    emergencies: Emergencies
    first_view: tuple[Shown, ...]
    of_scores: tuple[str, ...]
    theorems: tuple[Theorem, ...]
    language: Language
    overrides: Mapping[str, Mapping[tuple[str, str], str]]

    def outcomes(self, action: str) -> Iterator[tuple[Rule, Tree, Outcome]]:
        """Yield each rule clause that speaks of `action`, its condition and what it says."""
        for rule in self.rules.values():
            for clause in rule.clauses:
                if action in clause.then:
                    yield rule, clause.tree, clause.then[action]

    def language_of_plans(self) -> PlanLanguage:
        """Return the language in which conditions on plans and states are read too."""
        states = {state.id: state.trees[0] for state in self.emergencies.states if state.id not in FIXED}
        return PlanLanguage(self.language, self.actions, states)

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
        self.names: dict[tuple[str, str], str] = {}
        self.broken: dict[str, set[str] | None] = {}
        self.digest = hashlib.sha256()

    def load(self) -> Knowledge:
        result = Knowledge()
        result.folder, result.places = self.folder, self.places
        findings = self.document("findings.yml", "group", "finding")
        result.groups = self.parts(findings, Group, "group", under=("groups",))
        found = self.parts(findings, Finding, "finding", under=("findings",))
        result.vocabulary = Vocabulary(found)
        result.first_view = self.first_view(findings)
        result.of_scores = self.of_scores(findings)
        result.terms = self.listed("terms.yml", Term, "term")
        result.scores = self.scores()
        result.actions = self.keyed(self.listed("actions.yml", Action, "action"))
        result.rules = self.keyed(
            rule for path in self.files("rules/*.yml") for rule in self.listed(path, Rule, "rule")
        )
        result.conflicts = self.keyed(self.listed("conflicts.yml", Conflict, "conflict"))
        result.tensions = self.keyed(
            part for path in self.files("tensions.yml") for part in self.listed(path, Tension, "tension")
        )
        result.principles = self.listed("precedence.yml", Principle, "principle")
        result.sources = self.sources()
        result.instruments = self.keyed(
            part for path in self.files("instruments.yml") for part in self.listed(path, Instrument, "instrument")
        )
        result.evidence = self.evidence(result)
        result.contradictions = self.listed("contradictions.yml", Contradiction, "contradiction")
        result.scopes = tuple(part for path in self.files("scopes.yml") for part in self.listed(path, Switch, "switch"))
        result.emergencies = self.emergencies()
        result.theorems = tuple(
            part for path in self.files("theorems.yml") for part in self.listed(path, Theorem, "theorem")
        )
        self.check_names(result)
        self.bind(result)
        self.finish_if_faulty()
        result.overrides = self.overrides(result)
        self.finish_if_faulty()
        result.version = f"{_package_version()}+{self.digest.hexdigest()[:8]}"
        return result

    # reading ---------------------------------------------------------------------------------

    def files(self, pattern: str) -> list[str]:
        return sorted(path.relative_to(self.folder).as_posix() for path in self.folder.glob(pattern))

    def document(self, name: str, *kinds: str) -> Document:
        """Read a file that defines things of the given kinds."""
        path = self.folder / name
        try:
            raw = bytes_of(path)
            self.digest.update(raw)
            # Copies and other editions are read once.
            document = (cache.parse if self.folder == FOLDER else parse)(raw, path)
        except FaultError as error:
            self.faults.extend(error.faults)
            self.broken |= dict.fromkeys(kinds)
            return Document(path, None, {})
        self.faults.extend(markup_faults(document))
        return document

    def listed(self, name: str, model: type[Model], kind: str) -> tuple[Model, ...]:
        return self.parts(self.document(name, kind), model, kind)

    def parts(
        self, document: Document, model: type[Model], kind: str, under: tuple[str, ...] = ()
    ) -> tuple[Model, ...]:
        """Check the list of models at `under` in a document."""
        data: Any = document.data
        if data is None:
            if kind not in self.broken:
                self.unread(kind, document.where(), f"this file of {kind}s is empty", "write [] if there are none")
            return ()
        for key in under:
            if not isinstance(data, dict) or key not in data:
                self.unread(kind, document.where(), f"“{key}” is missing", f"start the list with “{key}:”")
                return ()
            data = data[key]
        if not isinstance(data, list):
            self.unread(kind, document.where(under), f"a list of {kind}s is expected here", "start each with “- id: …”")
            return ()
        result = []
        for index, entry in enumerate(data):
            part = self.part(document, model, entry, (*under, index), kind)
            if part is not None and self.placed(kind, part.id, document, (*under, index)):
                result.append(part)
        return tuple(result)

    def unread(self, kind: str, where: str, what: str, right: str) -> None:
        """Note that no name of a kind can be judged, because what defines them cannot be read."""
        self.faults.append(Fault(where, what, right))
        self.broken[kind] = None

    def part(
        self, document: Document, model: type[Model], data: Any, path: tuple[str | int, ...], kind: str, id: str = ""
    ) -> Model | None:
        id = id or (str(data.get("id", "")) if isinstance(data, dict) else "")
        self.names[kind, id] = named(data) or id
        try:
            return model.model_validate(data)
        except ValidationError as error:
            self.faults.extend(faults_of(error, document, path, model, named(data) or id))
            broken = self.broken.setdefault(kind, set())
            if not id:
                self.broken[kind] = None
            elif broken is not None:
                broken.add(id)
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
            document = self.document(name, "score")
            score = None
            if document.data is not None:
                score = self.part(document, Score, document.data, (), "score")
            elif "score" not in self.broken:
                self.unread("score", document.where(), "this file is empty", "start with id: and label:")
            if score is not None and self.placed("score", score.id, document):
                result[score.id] = score
        # A score that never applies to these patients is named last.
        return dict(sorted(result.items(), key=lambda pair: pair[1].applies.when == "False"))

    def sources(self) -> dict[str, Citation]:
        document = self.document("sources.yml", "source")
        if not isinstance(document.data, dict):
            if "source" not in self.broken:
                right = "start each with “key: {short: …}”"
                self.unread("source", document.where(), "a mapping of sources is expected here", right)
            return {}
        cited = {key: self.part(document, Citation, data, (key,), "source", key) for key, data in document.data.items()}
        self.places |= {("source", key): document.where((key,)) for key in cited}
        return {key: citation for key, citation in cited.items() if citation is not None}

    def first_view(self, document: Document) -> tuple[Shown, ...]:
        data = document.data.get("first_view", []) if isinstance(document.data, dict) else []
        if not isinstance(data, list):
            self.faults.append(Fault(document.where(("first_view",)), "a list of findings is expected here"))
            return ()
        parts = [
            self.part(document, Shown, entry, ("first_view", place), "shown", f"first view {place + 1}")
            for place, entry in enumerate(data)
        ]
        for place in range(len(parts)):
            self.origins["shown", str(place)] = document, ("first_view", place)
        return tuple(part for part in parts if part is not None)

    def of_scores(self, document: Document) -> tuple[str, ...]:
        data = document.data.get("of_scores", []) if isinstance(document.data, dict) else []
        self.origins["of_scores", ""] = document, ("of_scores",)
        return tuple(map(str, data)) if isinstance(data, list) else ()

    def emergencies(self) -> Emergencies:
        for name in self.files("emergencies.yml"):
            document = self.document(name, "emergencies")
            if document.data is not None:
                self.origins["emergencies", "first line"] = document, ()
                found = self.part(document, Emergencies, document.data, (), "emergencies", "first line")
                if found is not None:
                    self.places |= {
                        ("state", state.id): document.where(("states", place))
                        for place, state in enumerate(found.states)
                    }
                    return found
        return Emergencies()

    def evidence(self, known: Knowledge) -> tuple[evidence.Figure, ...]:
        result = []
        for name in self.files("evidence.csv"):
            path = self.folder / name
            for line, figure in evidence.read(path, self.faults):
                where = f"{path}:{line}:1"
                self.places.setdefault(("evidence", figure.id), where)
                for key, locator in (figure.source | {figure.bibkey: "the study"}).items():
                    self.cited_at(where, f"{figure.study} ({figure.id})", key, locator, known)
                result.append(figure)
            if path.is_file():
                self.digest.update(path.read_bytes())
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

    def about(self, kind: str, id: str) -> str:
        return f"{kind} {self.names.get((kind, id), id)}"

    def expect(self, where: str, about: str, kind: str, id: str, known: Iterable[str]) -> None:
        """Note a fault unless `id` is the name of something of a kind, even of something broken."""
        broken = self.broken.get(kind, set())
        if id not in known and broken is not None and id not in broken:
            what = _KINDS[kind]
            self.faults.append(Fault(where, f"{about}: {id} is not {what}", did_you_mean(id, known)))

    def check_names(self, known: Knowledge) -> None:
        groups = [group.id for group in known.groups]
        for finding in known.vocabulary:
            self.name("finding", finding.id, ("group",), "group", finding.group, groups)
            self.cited("finding", finding.id, ("source",), finding.source, known)
        for rule in known.rules.values():
            self.check_rule(rule, known)
        for conflict in known.conflicts.values():
            self.check_conflict(conflict, known)
        for tension in known.tensions.values():
            self.cited("tension", tension.id, ("tie", "source"), tension.tie.source, known)
            self.check_positions("tension", tension.id, "sides", tension.sides, known)
        for score in known.scores.values():
            self.cited("score", score.id, ("source",), score.source, known)
            self.check_agreement(score, known)
            for name in ("use", "misuse", "reliability", "ambiguities", "conventions", "notes", "bands", "items"):
                for place, part in enumerate(getattr(score, name)):
                    self.cited("score", score.id, (name, place, "source"), part.source, known)
        for kind, parts in (
            ("principle", known.principles),
            ("contradiction", known.contradictions),
            ("term", known.terms),
            ("switch", known.scopes),
        ):
            for part in parts:
                self.cited(kind, part.id, ("source",), part.source, known)
        for action in known.actions.values():
            for name in ("use", "misuse"):
                if remark := getattr(action, name):
                    self.cited("action", action.id, (name, "source"), remark.source, known)
        for switch in known.scopes:
            for place, action in enumerate((*switch.actions, *switch.stances)):
                path = ("actions", place) if place < len(switch.actions) else ("stances", action)
                self.name("switch", switch.id, path, "action", action, known.actions)
        self.check_first_view(known)
        self.check_emergencies(known)
        for instrument in known.instruments.values():
            for path, source in instrument.cited:
                at = path if path[-1] == "source" else (*path, "source")
                self.cited("instrument", instrument.id, at, source, known)

    def check_first_view(self, known: Knowledge) -> None:
        for place, shown in enumerate(known.first_view):
            ids = [(("finding",), shown.finding)]
            if shown.folded:
                ids += [(("with", "findings", each), id) for each, id in enumerate(shown.folded.findings)]
            for path, id in ids:
                self.name("shown", str(place), path, "finding", id, known.vocabulary.by_id)

        for place, id in enumerate(known.of_scores):
            self.name("of_scores", "", (place,), "finding", id, known.vocabulary.by_id)

    def check_emergencies(self, known: Knowledge) -> None:
        given = known.emergencies
        actions = [*given.order, *(given.later.actions if given.later else ()), *([given.call] if given.call else [])]
        actions += [action for each in given.sentences() for action in (*each.plan, *each.asks)]
        for action in dict.fromkeys(actions):
            self.name("emergencies", "first line", (), "action", action, known.actions)
        for each in given.sentences():
            for key, locator in each.source.items():
                self.cited_at(self.where("emergencies", "first line"), "first line", key, locator, known)
        if not given.states:
            return
        missing = [id for id in (*DERIVED, *FIXED) if id not in {state.id for state in given.states}]
        if missing:
            what = f"the state {missing[0]} is missing from the states of a patient"
            self.faults.append(Fault(self.where("emergencies", "first line"), what, f"add - id: {missing[0]}"))

    def check_rule(self, rule: Rule, known: Knowledge) -> None:
        self.cited("rule", rule.id, ("source",), rule.source, known)
        for place, clause in enumerate(rule.clauses):
            for action in clause.then:
                path = ("clauses", place, "then", action)
                self.name("rule", rule.id, path, "action", action, known.actions)
        for name in ("exception_to", "echoes"):
            for place, other in enumerate(getattr(rule, name)):
                self.name("rule", rule.id, (name, place), "rule", other, known.rules)
        for kind, names in (("score", known.scores), ("action", known.actions)):
            if kind in rule.about:
                self.name("rule", rule.id, ("about", kind), kind, rule.about[kind], names)

    def check_conflict(self, conflict: Conflict, known: Knowledge) -> None:
        id = conflict.id
        self.cited("conflict", id, ("authority",), conflict.authority, known)
        self.check_positions("conflict", id, "positions", conflict.positions, known)
        for place, action in enumerate(conflict.actions):
            self.name("conflict", id, ("actions", place), "action", action, known.actions)
        for place, score in enumerate(conflict.scores):
            self.name("conflict", id, ("scores", place), "score", score, known.scores)
        for place, preference in enumerate(conflict.precedence):
            path = ("precedence", place)
            self.name("conflict", id, (*path, "action"), "action", preference.action, known.actions)
            for name in ("prefer", "over"):
                for each, rule in enumerate(getattr(preference, name)):
                    at = (*path, name, each)
                    self.name("conflict", id, at, "rule", rule, known.rules)
                    if rule in known.rules and preference.action not in known.rules[rule].actions:
                        what = f"{self.about('conflict', id)}: {rule} says nothing of {preference.action}"
                        self.faults.append(
                            Fault(self.where("conflict", id, *at), what, "take it out of this precedence")
                        )

    def check_positions(self, kind: str, id: str, name: str, positions: Iterable[Position], known: Knowledge) -> None:
        for place, position in enumerate(positions):
            self.cited(kind, id, (name, place, "source"), position.source, known)
            for each, rule in enumerate(position.rules):
                self.name(kind, id, (name, place, "rules", each), "rule", rule, known.rules)

    def check_agreement(self, score: Score, known: Knowledge) -> None:
        """Check that a figure beside an item is the one in a line on reliability, where it stands again."""
        for place, item in enumerate(score.items):
            given = item.agreement
            if given is None:
                continue
            path = ("items", place, "agreement")
            self.cited("score", score.id, (*path, "source"), given.source, known)
            lines = [line.text for line in score.reliability if given.source.items() <= line.source.items()]
            if not any(given.statistic in line and given.value in line for line in lines):
                figure = f"{given.statistic} {given.value} of item {item.id}"
                self.faults.append(
                    Fault(
                        self.where("score", score.id, *path),
                        f"{self.about('score', score.id)}: {figure} stands in no line on reliability",
                        "write the figure as the line with the same source does",
                    )
                )

    def name(
        self, kind: str, id: str, path: tuple[str | int, ...], expected: str, name: str, known: Iterable[str]
    ) -> None:
        self.expect(self.where(kind, id, *path), self.about(kind, id), expected, name, known)

    def cited(self, kind: str, id: str, path: tuple[str | int, ...], source: Source, known: Knowledge) -> None:
        for key, locator in source.items():
            self.cited_at(self.where(kind, id, *path, key), self.about(kind, id), key, locator, known)

    def cited_at(self, where: str, about: str, key: str, locator: str, known: Knowledge) -> None:
        self.expect(where, about, "source", key, known.sources)
        if not locator.strip():
            right = "say where in the source, for example a section and line"
            self.faults.append(Fault(where, f"{about}: {key} has no locator", right))

    # binding ---------------------------------------------------------------------------------

    def bind(self, result: Knowledge) -> None:
        if {"finding", "term", "score"} & self.broken.keys():
            return  # every condition that names what is broken would be reported again
        language, plain = Language(result.vocabulary.by_id, result.scores), Language(result.vocabulary.by_id)
        result.language = language
        unread = len(self.faults)
        for term in result.terms:
            self.attempt("term", term.id, lambda term=term: language.define(term.id, term.label, term.is_))
        if len(self.faults) > unread:
            return
        for score in result.scores.values():
            self.attempt("score", score.id, lambda score=score: score.bind(result.vocabulary, language))
        for rule in result.rules.values():
            for place, clause in enumerate(rule.clauses):
                self.attempt(
                    "rule", rule.id, lambda clause=clause, place=place: clause.bind(language, "clauses", place)
                )
        whole = not self.faults
        for conflict in result.conflicts.values():
            if conflict.when or whole:  # else it stands for its rules
                self.attempt(
                    "conflict", conflict.id, lambda conflict=conflict: conflict.bind(language, dict(result.rules))
                )
        for tension in result.tensions.values() if whole else ():
            self.attempt("tension", tension.id, lambda tension=tension: tension.bind(language, dict(result.rules)))
        for contradiction in result.contradictions:
            self.attempt("contradiction", contradiction.id, lambda each=contradiction: each.bind(plain))
        for switch in result.scopes:
            self.attempt("switch", switch.id, lambda each=switch: each.bind(language))
        self.attempt("emergencies", "first line", lambda: result.emergencies.bind(language))
        for place, shown in enumerate(result.first_view):
            if shown.when:
                self.attempt("shown", str(place), lambda each=shown: language.read(each.when, "when"))
        for finding in result.vocabulary:
            if finding.doubt:
                self.attempt(
                    "finding", finding.id, lambda each=finding: language.read(each.doubt.when, "doubt", "when")
                )
            if finding.shown_where:
                self.attempt("finding", finding.id, lambda each=finding: plain.read(each.shown_where, "shown_where"))

        if not self.faults:
            self.bind_theorems(result)

    def bind_theorems(self, known: Knowledge) -> None:
        """Read the conditions of theorems once, so that a fault in one is told with its place."""
        language = known.language_of_plans()
        for theorem in known.theorems:
            for place, text in enumerate(theorem.never):
                self.attempt("theorem", theorem.id, lambda text=text, place=place: language.read(text, "never", place))
            self.attempt("theorem", theorem.id, lambda each=theorem: language.read(each.apart, "apart"))
            for name, kind, names in (
                ("falls", "action", known.actions),
                ("findings", "finding", known.vocabulary.by_id),
            ):
                for place, id in enumerate(getattr(theorem, name)):
                    self.name("theorem", theorem.id, (name, place), kind, id, names)

    def attempt(self, kind: str, id: str, step: Callable[[], Any]) -> Any:
        try:
            return step()
        except ConditionError as error:
            self.faults.append(Fault(self.where(kind, id, *error.path), f"{self.about(kind, id)}: {error}"))
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
                what = f"the precedence of {' over '.join(circle)} on {action} runs in a circle"
                where = self.where("rule", circle[0], "exception_to")
                self.faults.append(Fault(where, f"{self.about('action', action)}: {what}", "take one of these out"))
        return result


_KINDS = {
    "action": "an action",
    "finding": "a finding",
    "group": "a group",
    "rule": "a rule",
    "score": "a score",
    "source": "a source of sources.yml",
}


def _package_version() -> str:
    try:
        return version("sacral-casebook")
    except PackageNotFoundError:
        return "0"
