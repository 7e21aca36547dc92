"""The declared precedence between rules on an action, with its origin."""

from __future__ import annotations

from graphlib import CycleError, TopologicalSorter

from casebook.diagnostics.fault import Fault
from casebook.knowledge_base.model import Knowledge
from casebook.knowledge_base.origins import Origins
from casebook.messages.words import one_after_another


def overrides(known: Knowledge, origins: Origins) -> dict[str, dict[tuple[str, str], str]]:
    """Return, for each action, the pairs of prevailing and overruled rules, each with its origin."""
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
            where, about = origins.where("rule", circle[0], "exception_to"), origins.about("action", action)
            rules = one_after_another(circle)
            origins.faults.append(Fault.of(where, "knowledge-circle", about=about, rules=rules, action=action))
    return result
