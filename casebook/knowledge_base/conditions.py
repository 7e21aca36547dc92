"""The conditions of the knowledge, read in the language of its findings, terms and scores."""

from __future__ import annotations

from casebook.knowledge_base.model import Knowledge
from casebook.knowledge_base.origins import FIRST_LINE, Origins
from casebook.models.expression import Language


def bind(known: Knowledge, origins: Origins) -> None:
    """Read every condition; record a fault for each that cannot be read."""
    if {"finding", "term", "score"} & origins.broken.keys():
        return  # every condition that names what is broken would be reported again
    language, plain = known.language, Language(known.vocabulary.by_id)
    unread = len(origins.faults)
    for term in known.terms:
        origins.attempt("term", term.id, lambda term=term: language.define(term.id, term.label, term.is_))
    if len(origins.faults) > unread:
        return
    for score in known.scores.values():
        origins.attempt("score", score.id, lambda score=score: score.bind(known.vocabulary, language))
    for rule in known.rules.values():
        for place, clause in enumerate(rule.clauses):
            origins.attempt("rule", rule.id, lambda clause=clause, place=place: clause.bind(language, "clauses", place))
    whole = not origins.faults
    for conflict in known.conflicts.values():
        if conflict.when or whole:  # else it stands for its rules
            origins.attempt(
                "conflict", conflict.id, lambda conflict=conflict: conflict.bind(language, dict(known.rules))
            )
    for tension in known.tensions.values() if whole else ():
        origins.attempt("tension", tension.id, lambda tension=tension: tension.bind(language, dict(known.rules)))
    for contradiction in known.contradictions:
        origins.attempt("contradiction", contradiction.id, lambda each=contradiction: each.bind(plain))
    for switch in known.scopes:
        origins.attempt("switch", switch.id, lambda each=switch: each.bind(language))
    origins.attempt("emergencies", FIRST_LINE, lambda: known.emergencies.bind(language))
    for place, shown in enumerate(known.first_view):
        if shown.when:
            origins.attempt("shown", str(place), lambda each=shown: language.read(each.when, "when"))
    for finding in known.vocabulary:
        if finding.doubt:
            origins.attempt("finding", finding.id, lambda each=finding: language.read(each.doubt.when, "doubt", "when"))
        if finding.shown_where:
            origins.attempt("finding", finding.id, lambda each=finding: plain.read(each.shown_where, "shown_where"))

    if not origins.faults:
        _bind_theorems(known, origins)


def _bind_theorems(known: Knowledge, origins: Origins) -> None:
    """Read the conditions of theorems once, so that a fault in one is told with its place."""
    language = known.language_of_plans()
    for theorem in known.theorems:
        for place, text in enumerate(theorem.never):
            origins.attempt("theorem", theorem.id, lambda text=text, place=place: language.read(text, "never", place))
        origins.attempt("theorem", theorem.id, lambda each=theorem: language.read(each.apart, "apart"))
        for name, kind, names in (
            ("falls", "action", known.actions),
            ("findings", "finding", known.vocabulary.by_id),
        ):
            for place, id in enumerate(getattr(theorem, name)):
                origins.name("theorem", theorem.id, (name, place), kind, id, names)
