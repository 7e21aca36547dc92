"""Compilation of the conditions of the knowledge in the language of its findings, terms and scores."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from functools import partial
from typing import TypeVar

from casebook.knowledge_base.model import Knowledge
from casebook.knowledge_base.origins import FIRST_LINE, Origins
from casebook.models.expression import Language
from casebook.models.finding import Entry
from casebook.models.score_reading import ScoreReadings

Bound = TypeVar("Bound", bound=Entry)
"""A part of the knowledge whose conditions are compiled in a language."""


def bound(known: Knowledge, origins: Origins) -> Knowledge:
    """Return the knowledge with compiled conditions; record a fault for each condition that cannot be read."""
    if {"finding", "term", "score"} & origins.broken.keys():
        return known  # a fault in one of these would be reported again for every condition that depends on it
    language, plain = known.language, Language(known.vocabulary.by_id)
    faults = len(origins.faults)
    for term in known.terms:
        origins.attempt("term", term.id, lambda term=term: language.define(term.id, term.label, term.is_))
    if len(origins.faults) > faults:
        return known

    def each(kind: str, parts: Iterable[Bound], bind: Callable[[Bound], Bound]) -> dict[str, Bound]:
        """Return the bound parts by their ids; a part whose condition cannot be read remains unbound."""
        return {part.id: origins.attempt(kind, part.id, partial(bind, part)) or part for part in parts}

    scores = ScoreReadings(known.scores, known.vocabulary, language)
    readings = {id: origins.attempt("score", id, partial(scores.of, id)) for id in known.scores}
    rules = each("rule", known.rules.values(), lambda rule: rule.bound(language))
    # A conflict without a condition takes that of its rules, so rules must be bound first.
    whole = not origins.faults
    conflicts = [conflict for conflict in known.conflicts.values() if conflict.when or whole]
    tensions = known.tensions.values() if whole else ()
    first_line = origins.attempt("emergencies", FIRST_LINE, partial(known.emergencies.bound, language))
    result = replace(
        known,
        readings=readings,
        rules=rules,
        conflicts={**known.conflicts, **each("conflict", conflicts, lambda conflict: conflict.bound(language, rules))},
        tensions={**known.tensions, **each("tension", tensions, lambda tension: tension.bound(language, rules))},
        contradictions=tuple(
            each("contradiction", known.contradictions, lambda findings: findings.bound(plain)).values()
        ),
        scopes=tuple(each("switch", known.scopes, lambda switch: switch.bound(language)).values()),
        emergencies=first_line or known.emergencies,
    )
    _read_views(result, origins, language, plain)
    if not origins.faults:
        _read_theorems(result, origins)
    return result


def _read_views(known: Knowledge, origins: Origins, language: Language, plain: Language) -> None:
    """Read the conditions under which findings are shown or doubted, so that their faults are reported with a line."""
    for index, shown in enumerate(known.first_view):
        if shown.when:
            origins.attempt("shown", str(index), partial(language.read, shown.when, "when"))
    for finding in known.vocabulary:
        if finding.doubt:
            origins.attempt("finding", finding.id, partial(language.read, finding.doubt.when, "doubt", "when"))
        if finding.shown_where:
            origins.attempt("finding", finding.id, partial(plain.read, finding.shown_where, "shown_where"))


def _read_theorems(known: Knowledge, origins: Origins) -> None:
    """Read the conditions of theorems, so that their faults are reported with a line."""
    language = known.language_of_plans()
    for theorem in known.theorems:
        for index, text in enumerate(theorem.never):
            origins.attempt("theorem", theorem.id, lambda text=text, index=index: language.read(text, "never", index))
        origins.attempt("theorem", theorem.id, lambda each=theorem: language.read(each.apart, "apart"))
        for name, kind, names in (
            ("falls", "action", known.actions),
            ("findings", "finding", known.vocabulary.by_id),
        ):
            for index, id in enumerate(getattr(theorem, name)):
                origins.name("theorem", theorem.id, (name, index), kind, id, names)
