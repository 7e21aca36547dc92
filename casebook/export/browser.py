"""The knowledge as one JSON value, for pages without Python and for the front end of widgets."""

from __future__ import annotations

import json
from functools import lru_cache
from typing import Any

from casebook.inference.assessment import Engine, engine
from casebook.knowledge_base import Knowledge
from casebook.models.emergency import Condition, Emergencies, PatientState, Sentence
from casebook.models.expression import Tree
from casebook.models.finding import Finding, Shown, Source
from casebook.models.rule import Action, Conflict, Rule, Tension
from casebook.models.scope import ALL, Switch
from casebook.models.score import Item, Score


@lru_cache(maxsize=1)
def bundle() -> dict[str, Any]:
    """Return the JSON of this casebook's knowledge, made once; treat it as read-only."""
    return bundle_of(engine())


def bundle_of(engine: Engine) -> dict[str, Any]:
    """Return vocabulary, scores, rules and conflicts as plain JSON.

    Returns
    -------
    dict
        Keys: version, groups, findings, first_view, of_scores, terms, scores, actions, switches, contradictions, rules,
        conflicts, tensions, emergencies, precedence, sources. Rules that only inform, and conflicts that concern
        neither an action nor a score, are left out: the book prints them. A condition names a term by its id
        alone; what it means is under terms, each after those that it uses.
    """
    known = engine.knowledge
    deciding = [rule for rule in known.rules.values() if rule.clauses]
    met = [conflict for conflict in known.conflicts.values() if conflict.actions or conflict.scores]
    result = {
        "version": known.version,
        "groups": [group.model_dump() for group in known.groups],
        "findings": [_finding(finding, known) for finding in known.vocabulary],
        "first_view": [_shown(shown, known) for shown in known.first_view],
        "of_scores": list(known.of_scores),
        "terms": [_term(term.id, known) for term in known.terms],
        "scores": [_score(score) for score in known.scores.values()],
        "actions": [_action(action) for action in known.actions.values()],
        "switches": [_switch(switch, known) for switch in known.scopes],
        "contradictions": [
            {"id": each.id, "text": each.text} | _conditions(each.trees, unless=False) for each in known.contradictions
        ],
        "rules": [_rule(rule) for rule in deciding],
        "conflicts": [_conflict(conflict) for conflict in met],
        "tensions": [_tension(tension) for tension in known.tensions.values()],
        "emergencies": _emergencies(known.emergencies),
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


def _lean(tree: Tree) -> Tree:
    """Return a condition in which terms are named and not written out."""
    if isinstance(tree, bool) or "finding" in tree or "score" in tree:
        return tree
    if "term" in tree:
        return {"term": tree["term"]}
    if "not" in tree:
        return {"not": _lean(tree["not"])}
    name = "all" if "all" in tree else "any"
    return {name: [_lean(part) for part in tree[name]]}


def _term(id: str, known: Knowledge) -> dict[str, Any]:
    tree = known.language.terms[id]
    return {"id": id, "label": tree["label"], "is": _lean(tree["is"])}


def _conditions(trees: tuple[Tree, Tree], unless: Tree) -> dict[str, Any]:
    """Return `when` and `unless` where they are more than always and never."""
    when, other = trees
    return ({} if when is True else {"when": _lean(when)}) | ({} if other is unless else {"unless": _lean(other)})


def _shown(shown: Shown, known: Knowledge) -> dict[str, Any]:
    result: dict[str, Any] = {"finding": shown.finding}
    if shown.when:
        result["when"] = _lean(known.language.read(shown.when))
    if shown.folded:
        result["with"] = shown.folded.model_dump(mode="json")
    return result


def _action(action: Action) -> dict[str, Any]:
    result: dict[str, Any] = {"id": action.id, "label": action.label, "group": action.group}
    if action.kind != "other":
        result["kind"] = action.kind
    for name in ("use", "misuse"):
        if remark := getattr(action, name):
            result[name] = {"text": remark.text, "source": _source(remark.source)}
    return result


def _switch(switch: Switch, known: Knowledge) -> dict[str, Any]:
    gone = {id: found for id, action in known.actions.items() if (found := switch.of(action))}
    return {
        "id": switch.id,
        "when": _lean(switch.tree),
        "actions": [id for id, stances in gone.items() if stances == ALL],
        "stances": {id: sorted(stances) for id, stances in gone.items() if stances != ALL},
        "text": switch.text,
    }


def _emergencies(given: Emergencies) -> dict[str, Any]:
    return {
        "red_flag": _lean(given.red_flag_tree),
        "call": given.call,
        "signs": [{"text": sign.text} | _of(sign) for sign in given.signs],
        "states": [_state(state) for state in given.states],
        "added": [_sentence(each) for each in given.added],
        "order": list(given.order),
        "later": given.later.model_dump(mode="json") if given.later else {"label": "", "actions": []},
    }


def _of(given: Condition) -> dict[str, Any]:
    return _conditions(given.trees, unless=False)


def _state(state: PatientState) -> dict[str, Any]:
    result = {"id": state.id, "level": state.level, "label": state.label, "lead": _sentence(state.lead)} | _of(state)
    if state.like:
        result["like"] = state.like
    return result | {"sentences": [_sentence(each) for each in state.sentences]}


def _sentence(given: Sentence) -> dict[str, Any]:
    result: dict[str, Any] = _of(given)
    result |= {name: value for name in ("text", "plan", "added", "alone") if (value := getattr(given, name))}
    if given.asks:
        result["asks"] = list(given.asks)
    if given.first:
        result["first"] = [_sentence(each) for each in given.first]
    return result


def _source(source: Source) -> list[list[str]]:
    return [[key, locator] for key, locator in source.items()]


def _finding(finding: Finding, known: Knowledge) -> dict[str, Any]:
    order = "all" if finding.order == finding.values else list(finding.order)
    result = {
        "id": finding.id,
        "group": finding.group,
        "label": finding.label,
        "help": finding.help,
        "definition": finding.definition,
        "type": finding.type,
        "options": [option.model_dump(exclude_defaults=True) for option in finding.options],
        "source": _source(finding.source),
    }
    if finding.shown_where:
        result["shown_where"] = _lean(known.language.read(finding.shown_where))
    if finding.doubt:
        result["doubt"] = {"when": _lean(known.language.read(finding.doubt.when)), "text": finding.doubt.text}
    if order:
        result["order"] = order
    return result


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
        "applies": {"when": _lean(reading.applies), "otherwise": score.applies.otherwise},
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
                    {"id": option.id, "label": option.label, "points": option.points, "when": _lean(tree)}
                    for option, tree in zip(item.options, trees, strict=True)
                ],
            }
            | _agreement(item)
            for item, reads, trees in zip(score.items, reading.reads, reading.trees, strict=True)
        ],
        "notes": [
            {"when": _lean(tree), "text": note.text, "source": _source(note.source)}
            | ({"scale": True} if note.scale else {})
            for note, tree in zip(score.notes, reading.notes, strict=True)
        ],
        "source": _source(score.source),
    } | _as_one_lesion(score)


def _as_one_lesion(score: Score) -> dict[str, Any]:
    given, reading = score.as_one_lesion, score.reading.one_lesion
    if given is None or reading is None:
        return {}
    replaced = [{"finding": id, "when": _lean(tree), "to": to} for id, tree, to in reading.replaced]
    conditions = {"when": _lean(reading.when), "unless": _lean(reading.unless)}
    return {"as_one_lesion": conditions | {"set": replaced, "text": given.text, "source": _source(given.source)}}


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
        {"when": _lean(clause.tree), "then": {action: outcome.to_dict() for action, outcome in clause.then.items()}}
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
        "when": _lean(conflict.tree),
    }


def _tension(tension: Tension) -> dict[str, Any]:
    return {
        "id": tension.id,
        "title": tension.title,
        "sides": [{"text": side.text, "source": _source(side.source)} for side in tension.sides],
        "tie": {"text": tension.tie.text, "source": _source(tension.tie.source)},
        "when": _lean(tension.tree),
    }
