"""Contradictions between findings: combinations that no patient can have."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from casebook.inference.compiler import State
from casebook.inference.rulebook import StateCache
from casebook.inference.rulebook_store import rulebook_of
from casebook.knowledge_base import Knowledge
from casebook.messages import message
from casebook.messages.words import all_of
from casebook.models.contradiction import Contradiction, Refusal
from casebook.models.expression import leaves
from casebook.models.finding import Value


def refusals(known: Knowledge, findings: Mapping[str, Value]) -> tuple[Refusal, ...]:
    """Return every contradiction between the given findings."""
    return refusing(known)(known.vocabulary.state(findings))


@lru_cache(maxsize=16)
def refusing(known: Knowledge) -> StateCache[tuple[Refusal, ...]]:
    """Return a cached function that finds every contradiction in a state of the vocabulary."""
    roots = rulebook_of(known).of("contradiction")

    def refuse(state: State) -> tuple[Refusal, ...]:
        pairs = zip(known.contradictions, roots, strict=True)
        return tuple(_refusal(each, state, known) for each, root in pairs if root.applies(state))

    return StateCache(sorted({index for root in roots for index in root.positions}), refuse)


def _refusal(contradiction: Contradiction, state: State, known: Knowledge) -> Refusal:
    vocabulary = known.vocabulary
    findings = vocabulary.assessed(state)
    named = (leaf for leaf in leaves(contradiction.trees[0]) if findings.get(leaf["finding"]) in leaf["in"])
    ids = tuple(dict.fromkeys(leaf["finding"] for leaf in named))
    shown = all_of(
        [
            message("error-contradiction-finding", label=vocabulary.by_id[id].label, id=id, value=findings[id])
            for id in ids
        ]
    )
    what, _, right = contradiction.text.partition("; ")
    return Refusal(contradiction.id, ids, message("error-contradiction", findings=shown, why=what), right)
