"""Validation of the references of entries: to other entries, and to sources."""

from __future__ import annotations

from collections.abc import Iterable

from casebook.diagnostics.data import KeyPath
from casebook.diagnostics.fault import Fault
from casebook.knowledge_base.drawing_references import check_drawing
from casebook.knowledge_base.model import Knowledge
from casebook.knowledge_base.origins import FIRST_LINE, Origins
from casebook.models.emergency import DERIVED, FIXED
from casebook.models.finding import Source
from casebook.models.rule import Conflict, Position, Rule
from casebook.models.score import Score


class References:
    """Validates all references and citations.

    Parameters
    ----------
    origins : Origins
        Receives the faults.
    known : Knowledge
    """

    def __init__(self, origins: Origins, known: Knowledge) -> None:
        self.origins = origins
        self.known = known

    def check(self) -> None:
        """Record a fault for each reference to an unknown entry, and each citation without a source or a locator."""
        groups = [group.id for group in self.known.groups]
        for finding in self.known.vocabulary:
            self.origins.name("finding", finding.id, ("group",), "group", finding.group, groups)
            self._cited("finding", finding.id, ("source",), finding.source)
        for rule in self.known.rules.values():
            self._rule(rule)
        for conflict in self.known.conflicts.values():
            self._conflict(conflict)
        for tension in self.known.tensions.values():
            self._cited("tension", tension.id, ("tie", "source"), tension.tie.source)
            self._positions("tension", tension.id, "sides", tension.sides)
        for score in self.known.scores.values():
            self._cited("score", score.id, ("source",), score.source)
            self._agreement(score)
            for name in ("use", "misuse", "reliability", "ambiguities", "conventions", "notes", "bands", "items"):
                for index, part in enumerate(getattr(score, name)):
                    self._cited("score", score.id, (name, index, "source"), part.source)
        for kind, parts in (
            ("principle", self.known.principles),
            ("contradiction", self.known.contradictions),
            ("term", self.known.terms),
            ("switch", self.known.scopes),
        ):
            for part in parts:
                self._cited(kind, part.id, ("source",), part.source)
        for action in self.known.actions.values():
            for name in ("use", "misuse"):
                if remark := getattr(action, name):
                    self._cited("action", action.id, (name, "source"), remark.source)
        for switch in self.known.scopes:
            for index, action in enumerate((*switch.actions, *switch.stances)):
                path = ("actions", index) if index < len(switch.actions) else ("stances", action)
                self.origins.name("switch", switch.id, path, "action", action, self.known.actions)
        self._evidence()
        self._first_view()
        self._emergencies()
        check_drawing(self.origins, self.known)
        for instrument in self.known.instruments.values():
            for path, source in instrument.cited:
                at = path if path[-1] == "source" else (*path, "source")
                self._cited("instrument", instrument.id, at, source)

    def _cited(self, kind: str, id: str, path: KeyPath, source: Source) -> None:
        self.origins.cited(kind, id, path, source, self.known.sources)

    def _evidence(self) -> None:
        for figure in self.known.evidence:
            where = self.known.positions["evidence", figure.id]
            for key, locator in (figure.source | {figure.bibkey: "study"}).items():
                about = f"{figure.study} ({figure.id})"
                self.origins.cited_at(where, about, key, locator, self.known.sources)

    def _first_view(self) -> None:
        for index, shown in enumerate(self.known.first_view):
            ids = [(("finding",), shown.finding)]
            if shown.folded:
                ids += [(("with", "findings", each), id) for each, id in enumerate(shown.folded.findings)]
            for path, id in ids:
                self.origins.name("shown", str(index), path, "finding", id, self.known.vocabulary.by_id)

        for index, id in enumerate(self.known.of_scores):
            self.origins.name("of_scores", "", (index,), "finding", id, self.known.vocabulary.by_id)

    def _emergencies(self) -> None:
        given = self.known.emergencies
        actions = [*given.order, *(given.later.actions if given.later else ()), *([given.call] if given.call else [])]
        actions += [action for each in given.sentences() for action in (*each.plan, *each.asks)]
        for action in dict.fromkeys(actions):
            self.origins.name("emergencies", FIRST_LINE, (), "action", action, self.known.actions)
        for each in given.sentences():
            for key, locator in each.source.items():
                self.origins.cited_at(
                    self.origins.where("emergencies", FIRST_LINE), FIRST_LINE, key, locator, self.known.sources
                )
        if not given.states:
            return
        missing = [id for id in (*DERIVED, *FIXED) if id not in {state.id for state in given.states}]
        if missing:
            where = self.origins.where("emergencies", FIRST_LINE)
            self.origins.faults.append(Fault.of(where, "knowledge-state-missing", state=missing[0]))

    def _rule(self, rule: Rule) -> None:
        self._cited("rule", rule.id, ("source",), rule.source)
        for index, clause in enumerate(rule.clauses):
            for action in clause.then:
                path = ("clauses", index, "then", action)
                self.origins.name("rule", rule.id, path, "action", action, self.known.actions)
        for name in ("exception_to", "echoes"):
            for index, other in enumerate(getattr(rule, name)):
                self.origins.name("rule", rule.id, (name, index), "rule", other, self.known.rules)
        for kind, names in (("score", self.known.scores), ("action", self.known.actions)):
            if kind in rule.about:
                self.origins.name("rule", rule.id, ("about", kind), kind, rule.about[kind], names)

    def _conflict(self, conflict: Conflict) -> None:
        id = conflict.id
        self._cited("conflict", id, ("authority",), conflict.authority)
        self._positions("conflict", id, "positions", conflict.positions)
        for index, action in enumerate(conflict.actions):
            self.origins.name("conflict", id, ("actions", index), "action", action, self.known.actions)
        for index, score in enumerate(conflict.scores):
            self.origins.name("conflict", id, ("scores", index), "score", score, self.known.scores)
        for index, preference in enumerate(conflict.precedence):
            path = ("precedence", index)
            self.origins.name("conflict", id, (*path, "action"), "action", preference.action, self.known.actions)
            for name in ("prefer", "over"):
                for each, rule in enumerate(getattr(preference, name)):
                    at = (*path, name, each)
                    self.origins.name("conflict", id, at, "rule", rule, self.known.rules)
                    if rule in self.known.rules and preference.action not in self.known.rules[rule].actions:
                        names = {"about": self.origins.about("conflict", id), "rule": rule, "action": preference.action}
                        where = self.origins.where("conflict", id, *at)
                        self.origins.faults.append(Fault.of(where, "knowledge-rule-silent", **names))

    def _positions(self, kind: str, id: str, name: str, positions: Iterable[Position]) -> None:
        for index, position in enumerate(positions):
            self._cited(kind, id, (name, index, "source"), position.source)
            for each, rule in enumerate(position.rules):
                self.origins.name(kind, id, (name, index, "rules", each), "rule", rule, self.known.rules)

    def _agreement(self, score: Score) -> None:
        """Check that the agreement on each item is the figure that the score's text on reliability repeats."""
        for index, item in enumerate(score.items):
            given = item.agreement
            if given is None:
                continue
            path = ("items", index, "agreement")
            self._cited("score", score.id, (*path, "source"), given.source)
            lines = [line.text for line in score.reliability if given.source.items() <= line.source.items()]
            if not any(given.statistic in line and given.value in line for line in lines):
                figure = {"statistic": given.statistic, "value": str(given.value), "item": item.id}
                where, about = self.origins.where("score", score.id, *path), self.origins.about("score", score.id)
                self.origins.faults.append(Fault.of(where, "knowledge-figure-unknown", about=about, **figure))
