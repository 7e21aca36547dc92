"""The knowledge as one JSON value, for pages without Python and for the front end of widgets."""

from __future__ import annotations

import json
from functools import lru_cache
from typing import Any

from casebook.assessment import Engine, engine
from casebook.rules import Conflict, Rule, Tension
from casebook.scores import Item, Score
from casebook.vocabulary import Finding, Source


@lru_cache(maxsize=1)
def bundle() -> dict[str, Any]:
    """Return the JSON of this casebook's knowledge, made once; treat it as read-only."""
    return bundle_of(engine())


def bundle_of(engine: Engine) -> dict[str, Any]:
    """Return vocabulary, scores, rules and conflicts as plain JSON.

    Returns
    -------
    dict
        Keys: version, groups, findings, scores, actions, rules, conflicts, tensions,
        precedence, sources. Rules that only inform, and conflicts that concern neither an action nor
        a score, are left out: the book prints them.
    """
    known = engine.knowledge
    deciding = [rule for rule in known.rules.values() if rule.clauses]
    met = [conflict for conflict in known.conflicts.values() if conflict.actions or conflict.scores]
    result = {
        "version": known.version,
        "groups": [group.model_dump() for group in known.groups],
        "findings": [_finding(finding) for finding in known.vocabulary],
        "scores": [_score(score) for score in known.scores.values()],
        "actions": [
            {"id": action.id, "label": action.label, "group": action.group} for action in known.actions.values()
        ],
        "rules": [_rule(rule) for rule in deciding],
        "conflicts": [_conflict(conflict) for conflict in met],
        "tensions": [_tension(tension) for tension in known.tensions.values()],
        "precedence": {
            "principles": [
                {"id": principle.id, "by": principle.by, "text": principle.text} for principle in known.principles
            ],
            "edges": {
                action: [[winner, loser, why] for (winner, loser), why in edges.items()]
                for action, edges in known.overrides.items()
                if edges
            },
        },
    }
    result["sources"] = {
        key: {"short": citation.short, "seen": citation.seen}
        for key, citation in known.sources.items()
        if f'"{key}"' in json.dumps(result)
    }
    return result


def _source(source: Source) -> list[list[str]]:
    return [[key, locator] for key, locator in source.items()]


def _finding(finding: Finding) -> dict[str, Any]:
    order = "all" if finding.order == finding.values else list(finding.order)
    return {
        "id": finding.id,
        "group": finding.group,
        "label": finding.label,
        "help": finding.help,
        "definition": finding.definition,
        "type": finding.type,
        "options": [option.model_dump(exclude_defaults=True) for option in finding.options],
        "source": _source(finding.source),
    } | ({"order": order} if order else {})


def _score(score: Score) -> dict[str, Any]:
    reading = score.reading
    return {
        "id": score.id,
        "label": score.label,
        "name": score.name,
        "question": score.question,
        "worse": score.worse,
        "minimum": score.minimum,
        "maximum": score.maximum,
        "applies": {"when": reading.applies, "otherwise": score.applies.otherwise},
        "bands": [
            {"id": band.id, "label": band.label, "low": band.low, "high": band.high, "text": band.text}
            for band in score.bands
        ],
        "items": [
            {
                "id": item.id,
                "label": item.label,
                "reads": list(reads),
                "options": [
                    {"id": option.id, "label": option.label, "points": option.points, "when": tree}
                    for option, tree in zip(item.options, trees, strict=True)
                ],
            }
            | _agreement(item)
            for item, reads, trees in zip(score.items, reading.reads, reading.trees, strict=True)
        ],
        "notes": [
            {"when": tree, "text": note.text, "source": _source(note.source)}
            for note, tree in zip(score.notes, reading.notes, strict=True)
        ],
        "source": _source(score.source),
    }


def _agreement(item: Item) -> dict[str, Any]:
    given = item.agreement
    if given is None:
        return {}
    return {"agreement": {"statistic": given.statistic, "value": given.value, "source": _source(given.source)}}


def _rule(rule: Rule) -> dict[str, Any]:
    result: dict[str, Any] = {
        "id": rule.id,
        "title": rule.title,
        "text": rule.text,
        "tier": rule.tier,
        "source": _source(rule.source),
    }
    result |= {key: value for key in ("reading", "note") if (value := getattr(rule, key))}
    result["clauses"] = [
        {"when": clause.tree, "then": {action: outcome.to_dict() for action, outcome in clause.then.items()}}
        for clause in rule.clauses
    ]
    return result


def _conflict(conflict: Conflict) -> dict[str, Any]:
    return {
        "id": conflict.id,
        "title": conflict.title,
        "positions": [
            {"text": position.text, "rules": list(position.rules), "source": _source(position.source)}
            for position in conflict.positions
        ],
        "resolution": conflict.resolution,
        "authority": _source(conflict.authority),
        "actions": list(conflict.actions),
        "scores": list(conflict.scores),
        "when": conflict.tree,
    }


def _tension(tension: Tension) -> dict[str, Any]:
    return {
        "id": tension.id,
        "title": tension.title,
        "sides": [{"text": side.text, "source": _source(side.source)} for side in tension.sides],
        "tie": {"text": tension.tie.text, "source": _source(tension.tie.source)},
        "when": tension.tree,
    }
