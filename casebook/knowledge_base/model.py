"""The knowledge of the casebook as a whole, immutable."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from casebook.models.citation import Citation
from casebook.models.contradiction import Contradiction
from casebook.models.drawing import Drawing
from casebook.models.emergency import FIXED, Emergencies
from casebook.models.evidence import Figure
from casebook.models.expression import Language, Tree
from casebook.models.finding import Group, Shown, Vocabulary
from casebook.models.instrument import Instrument
from casebook.models.rule import Action, Conflict, Outcome, Principle, Rule, Tension
from casebook.models.scope import Switch
from casebook.models.score import Score
from casebook.models.score_reading import ScoreReading
from casebook.models.synonym import Spelling, Synonym
from casebook.models.term import Term
from casebook.models.theorem import PlanLanguage, Theorem


@dataclass(frozen=True, eq=False)
class Knowledge:
    """All clinical knowledge of the engine.

    Attributes
    ----------
    version : str
        The version of the package and a digest of all files.
    fingerprint : str
        A digest of the files without their prose: of everything on which an assessment depends.
    groups : tuple of Group
    vocabulary : Vocabulary
    terms : tuple of Term
    scores : mapping of str to Score
    readings : mapping of str to ScoreReading
        The derivation of the items of each score from findings.
    actions : mapping of str to Action
        In the order in which a plan lists them.
    rules : mapping of str to Rule
    conflicts : mapping of str to Conflict
    tensions : mapping of str to Tension
    principles : tuple of Principle
    sources : mapping of str to Citation
    instruments : mapping of str to Instrument
        In the order of their files; none of them is derived from findings.
    evidence : tuple of Figure
        The figures that the sources measured.
    contradictions : tuple of Contradiction
    scopes : tuple of Switch
        Conditions that withdraw entries from a plan.
    emergencies : Emergencies
        The states of a patient, and the first line of the result for each.
    first_view : tuple of Shown
        Findings that are shown first, in this order; empty if all findings are.
    of_scores : tuple of str
        Findings that only scores need, and that are shown with these scores.
    theorems : tuple of Theorem
        Claims about the plan of every patient, which are proved by `casebook verify`.
    drawing : Drawing
        How findings and a plan become the drawing of a patient.
    synonyms : tuple of Synonym
    spellings : tuple of Spelling
        What a search finds besides the words that are typed.
    language : Language
        The language of conditions over these findings, terms and scores.
    overrides : mapping of action id to mapping of (winner, loser) to the id of the declaration
    folder : Path
    positions : mapping of (kind, id) to “file:line:column”
        The position at which each entry is defined.
    """

    folder: Path
    positions: Mapping[tuple[str, str], str]
    fingerprint: str
    version: str
    groups: tuple[Group, ...]
    vocabulary: Vocabulary
    terms: tuple[Term, ...]
    scores: Mapping[str, Score]
    readings: Mapping[str, ScoreReading]
    actions: Mapping[str, Action]
    rules: Mapping[str, Rule]
    conflicts: Mapping[str, Conflict]
    tensions: Mapping[str, Tension]
    principles: tuple[Principle, ...]
    sources: Mapping[str, Citation]
    instruments: Mapping[str, Instrument]
    evidence: tuple[Figure, ...]
    contradictions: tuple[Contradiction, ...]
    scopes: tuple[Switch, ...]
    emergencies: Emergencies
    first_view: tuple[Shown, ...]
    of_scores: tuple[str, ...]
    theorems: tuple[Theorem, ...]
    drawing: Drawing
    synonyms: tuple[Synonym, ...]
    spellings: tuple[Spelling, ...]
    language: Language
    overrides: Mapping[str, Mapping[tuple[str, str], str]]

    def outcomes(self, action: str) -> Iterator[tuple[Rule, Tree, Outcome]]:
        """Yield each rule with a clause on `action`, the condition of the clause, and its outcome."""
        for rule in self.rules.values():
            for clause in rule.clauses:
                if action in clause.then:
                    yield rule, clause.tree, clause.then[action]

    def language_of_plans(self) -> PlanLanguage:
        """Return the language of conditions, extended by plans and states."""
        states = {state.id: state.trees[0] for state in self.emergencies.states if state.id not in FIXED}
        return PlanLanguage(self.language, self.actions, states)

    def statements(self, **about: str) -> list[Rule]:
        """Return the rules that only inform and whose `about` has the given values, such as ``score="sins"``."""
        return [rule for rule in self.rules.values() if rule.about and about.items() <= rule.about.items()]
