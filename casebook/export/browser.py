"""The knowledge as one JSON value, for pages without Python and for the front end of widgets."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from typing import Any, cast

from casebook.inference.assessment import Engine, engine
from casebook.inference.rulebook import Rulebook
from casebook.inference.rulebook_file import encoded
from casebook.inference.rulebook_store import rulebook_of
from casebook.knowledge_base import Knowledge
from casebook.models.emergency import Emergencies, PatientState, Sentence
from casebook.models.finding import Finding, Shown, Source
from casebook.models.rule import Action, Conflict, Rule, Tension
from casebook.models.scope import ALL, Switch
from casebook.models.score import Item, Score

LATER = ("part", "side")
"""Kinds of roots that only arguments need; they are in a separate table."""

UNREAD = ("rule", "term", "compared")
"""Kinds of roots that a page does not read."""


@lru_cache(maxsize=1)
def bundle() -> dict[str, Any]:
    """Return the JSON of this casebook's knowledge; it is cached, so treat it as read-only."""
    return bundle_of(engine())


def bundle_of(engine: Engine) -> dict[str, Any]:
    """Return vocabulary, scores, rules and conflicts as plain JSON, with the compiled rulebook.

    Returns
    -------
    dict
        Keys: version, rulebook, groups, findings, first_view, of_scores, drawing, scores, actions, switches, contradictions,
        rules, conflicts, tensions, emergencies, principles, conditions, sources. Rules that only inform, and conflicts
        that concern neither an action nor a score, are left out, because the book prints them. A condition is given by
        the number of its root in the rulebook; “conditions” has the structure of the rules, for arguments.
    """
    known = engine.knowledge
    rulebook = rulebook_of(known)
    given = encoded(_with(rulebook, [kind for kind in rulebook.roots if kind not in (*LATER, *UNREAD)]))
    result = {"version": known.version, "rulebook": _table(given)}
    result |= _Knowledge(known, given["roots"], given["conditions"], given["ends"].index(True)).to_dict()
    result["conditions"] = _arguments(known, encoded(_with(rulebook, LATER)))
    result["sources"] = {
        key: {"short": citation.short, "seen": citation.seen}
        for key, citation in known.sources.items()
        if f'"{key}"' in json.dumps(result)
    }
    return result


def _with(rulebook: Rulebook, kinds: Iterable[str]) -> Rulebook:
    """Return a rulebook that has only some kinds of roots."""
    roots = {kind: rulebook.roots[kind] for kind in kinds}
    return Rulebook(rulebook.knowledge, rulebook.variables, rulebook.diagrams, roots)


def _table(given: Mapping[str, Any]) -> dict[str, Any]:
    ends = [list(cast("tuple[object, ...]", end)) if isinstance(end, tuple) else end for end in given["ends"]]
    return {key: given[key] for key in ("variables", "patterns", "groups", "children")} | {"ends": ends}


def _arguments(known: Knowledge, given: Mapping[str, Any]) -> dict[str, Any]:
    conditions, roots = given["conditions"], given["roots"]
    return {
        "rulebook": _table(given),
        "leaves": conditions["leaves"],
        "parts": conditions["parts"],
        "roots": roots["part"],
        "clauses": conditions["clauses"],
        "sides": roots["side"],
        "terms": [term.label for term in known.terms],
    }


class _Knowledge:
    """The knowledge as JSON, with a root instead of each condition.

    Parameters
    ----------
    known : Knowledge
    roots : mapping of kind to roots
        In the order of the knowledge, in which they are consumed.
    conditions : mapping
    always : int
        The root that is true for every patient; it is left out.
    """

    def __init__(self, known: Knowledge, roots: Mapping[str, Any], conditions: Mapping[str, Any], always: int) -> None:
        self.known, self.always = known, always
        self.leaves, self.parts, self.contradicted = (conditions[key] for key in ("leaves", "parts", "contradictions"))
        self.left = {kind: iter(each) for kind, each in roots.items()}

    def to_dict(self) -> dict[str, Any]:
        """Return the JSON; each part takes its roots in their order."""
        known = self.known
        return {
            "groups": [group.model_dump() for group in known.groups],
            "findings": [self._finding(finding) for finding in known.vocabulary],
            "first_view": [self._shown(shown) for shown in known.first_view],
            "of_scores": list(known.of_scores),
            "drawing": known.drawing.to_dict(),
            "scores": [self._score(score) for score in known.scores.values()],
            "actions": [self._action(action) for action in known.actions.values()],
            "switches": [self._switch(switch) for switch in known.scopes],
            "contradictions": [
                {
                    "id": each.id,
                    "text": each.text,
                    "when": self._next("contradiction"),
                    "leaves": list(self._leaves(ref)),
                }
                for each, ref in zip(known.contradictions, self.contradicted, strict=True)
            ],
            "rules": [self._rule(rule) for rule in known.rules.values() if rule.clauses],
            "conflicts": [
                self._conflict(conflict, root)
                for conflict, root in zip(known.conflicts.values(), self.left["conflict"], strict=True)
                if conflict.actions or conflict.scores
            ],
            "tensions": [self._tension(tension) for tension in known.tensions.values()],
            "emergencies": self._emergencies(known.emergencies),
            "principles": [{"id": principle.id, "text": principle.text} for principle in known.principles],
        }

    def _next(self, kind: str) -> Any:
        return next(self.left[kind])

    def _when(self, kind: str) -> dict[str, Any]:
        """Return the next root of a kind as a field, or no field if it is true for every patient."""
        root = self._next(kind)
        return {} if root == self.always else {"when": root}

    def _leaves(self, ref: int | bool) -> Iterator[list[int]]:
        """Yield every comparison of a finding in a condition."""
        if isinstance(ref, bool):
            return
        if ref >= 0:
            yield self.leaves[ref]
            return
        kind, *refs = self.parts[-1 - ref]
        for each in () if kind == "#" else refs[1:] if kind == "=" else refs:
            yield from self._leaves(each)

    def _shown(self, shown: Shown) -> dict[str, Any]:
        folded = {"with": shown.folded.model_dump(mode="json")} if shown.folded else {}
        return {"finding": shown.finding} | self._when("shown") | folded

    def _action(self, action: Action) -> dict[str, Any]:
        result: dict[str, Any] = {"id": action.id, "label": action.label, "group": action.group}
        result["root"] = self._next("action")
        if action.kind != "other":
            result["kind"] = action.kind
        for name in ("use", "misuse"):
            if remark := getattr(action, name):
                result[name] = {"text": remark.text, "source": _source(remark.source)}
        return result

    def _switch(self, switch: Switch) -> dict[str, Any]:
        gone = {id: found for id, action in self.known.actions.items() if (found := switch.of(action))}
        return {
            "id": switch.id,
            "when": self._next("switch"),
            "actions": [id for id, stances in gone.items() if stances == ALL],
            "stances": {id: sorted(stances) for id, stances in gone.items() if stances != ALL},
            "text": switch.text,
        }

    def _emergencies(self, given: Emergencies) -> dict[str, Any]:
        return {
            "red_flag": self._next("red_flag"),
            "call": given.call,
            "signs": [{"text": sign.text} | self._when("sign") for sign in given.signs],
            "states": [self._state(state) for state in given.states],
            "added": [self._sentence(each) for each in given.added],
            "order": list(given.order),
            "later": given.later.model_dump(mode="json") if given.later else {"label": "", "actions": []},
        }

    def _state(self, state: PatientState) -> dict[str, Any]:
        result = {"id": state.id, "level": state.level, "label": state.label, "lead": self._sentence(state.lead)}
        result |= self._when("state")
        if state.like:
            result["like"] = state.like
        return result | {"sentences": [self._sentence(each) for each in state.sentences]}

    def _sentence(self, given: Sentence) -> dict[str, Any]:
        result = self._when("sentence")
        result |= {name: value for name in ("text", "plan", "added", "alone") if (value := getattr(given, name))}
        if given.asks:
            result["asks"] = list(given.asks)
        if given.first:
            result["first"] = [self._sentence(each) for each in given.first]
        return result

    def _finding(self, finding: Finding) -> dict[str, Any]:
        order = "all" if finding.order == finding.values else list(finding.order)
        result: dict[str, Any] = {
            "id": finding.id,
            "group": finding.group,
            "label": finding.label,
            "help": finding.help,
            "definition": finding.definition,
            "aliases": list(finding.aliases),
            "type": finding.type,
            "options": [{"id": option.id, "label": option.label} for option in finding.options],
            "option_help": {str(option.id): option.help for option in finding.options if option.help},
            "source": _source(finding.source),
        }
        if finding.shown_where:
            result["shown_where"] = self._next("shown_where")
        if finding.doubt:
            result["doubt"] = {"when": self._next("doubt"), "text": finding.doubt.text}
        if order:
            result["order"] = order
        return result

    def _score(self, score: Score) -> dict[str, Any]:
        reading = self.known.readings[score.id]
        items = zip(score.items, reading.reads, self._next("item"), strict=True)
        notes = zip(score.notes, self._next("note"), strict=True)
        return {
            "id": score.id,
            "label": score.label,
            "name": score.name,
            "question": score.question,
            "worse": score.worse,
            "minimum": score.minimum,
            "maximum": score.maximum,
            "reads": list(reading.finding_ids),
            "applies": {"when": self._next("applies"), "otherwise": score.applies.otherwise},
            "total": self._next("total"),
            "band": self._next("band"),
            "bands": [
                {"id": band.id, "label": band.label, "low": band.low, "high": band.high, "text": band.text}
                for band in score.bands
            ],
            "items": [
                {
                    "id": item.id,
                    "label": item.label,
                    "reads": list(reads),
                    "root": root,
                    "options": [
                        {"id": option.id, "label": option.label, "points": option.points} for option in item.options
                    ],
                }
                | _agreement(item)
                for item, reads, root in items
            ],
            "notes": [
                ({} if root == self.always else {"when": root})
                | {"text": note.text, "source": _source(note.source)}
                | ({"scale": True} if note.scale else {})
                for note, root in notes
            ],
            "source": _source(score.source),
        } | self._as_one_lesion(score)

    def _as_one_lesion(self, score: Score) -> dict[str, Any]:
        given = score.as_one_lesion
        if given is None:
            return {}
        roots = {"when": self._next("one_lesion"), "total": self._next("total_as_one")}
        return {"as_one_lesion": roots | {"text": given.text, "source": _source(given.source)}}

    def _rule(self, rule: Rule) -> dict[str, Any]:
        result: dict[str, Any] = {
            "id": rule.id,
            "title": rule.title,
            "text": rule.text,
            "tier": rule.tier,
            "source": _source(rule.source),
        }
        result |= {key: value for key in ("reading", "note") if (value := getattr(rule, key))}
        result["clauses"] = [
            {"when": root, "then": {action: outcome.to_dict() for action, outcome in clause.then.items()}}
            for clause, root in zip(rule.clauses, self._next("clause"), strict=True)
        ]
        return result

    def _conflict(self, conflict: Conflict, root: int) -> dict[str, Any]:
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
            "when": root,
        }

    def _tension(self, tension: Tension) -> dict[str, Any]:
        return {
            "id": tension.id,
            "title": tension.title,
            "sides": [{"text": side.text, "source": _source(side.source)} for side in tension.sides],
            "tie": {"text": tension.tie.text, "source": _source(tension.tie.source)},
            "when": self._next("tension"),
        }


def _source(source: Source) -> list[list[str]]:
    return [[key, locator] for key, locator in source.items()]


def _agreement(item: Item) -> dict[str, Any]:
    given = item.agreement
    if given is None:
        return {}
    return {"agreement": {"statistic": given.statistic, "value": given.value, "source": _source(given.source)}}
