"""Triage: the state of a patient that is reported first, and its sentences."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from casebook.inference.rulebook import StateCache
from casebook.messages.words import all_of, extent, inside, option, sentence, within
from casebook.models.emergency import FIXED, Conditional, Emergencies, Level, PatientState, Sentence
from casebook.models.rule import FOR

if TYPE_CHECKING:
    from casebook.inference.next_question import Question
    from casebook.inference.planner import PlanEntry, Planner, State
    from casebook.models.score_result import ScoreResult

MOST_ASKED = 3
"""The largest number of findings that a line asks for."""

_PLACEHOLDER = re.compile(r"\{([a-z_ ]+)\}")


def shown(state: str) -> str:
    """Return the public name of a state: all variants of an open state are called “open”."""
    return "open" if state.startswith("open") else state


@dataclass(frozen=True, slots=True)
class Line:
    """The line that reports one state.

    Attributes
    ----------
    state : str
    level : {"emergency", "urgent", "soon", "open", "none"}
    lead : str
        The first words, set in bold.
    text : str
        What follows them; may be empty.
    """

    state: str
    level: Level
    lead: str
    text: str

    def to_dict(self) -> dict[str, str]:
        """Return the JSON of the line."""
        return {"state": self.state, "level": self.level, "lead": self.lead, "text": self.text}

    def __str__(self) -> str:
        return f"{self.lead} {self.text}".rstrip()


@dataclass(frozen=True)
class AssessedPatient:
    """The data of an assessment that the first lines are made from.

    Attributes
    ----------
    state : tuple of int
    scores : mapping of score id to ScoreResult
    entries : mapping of action id to PlanEntry
    ask_next : callable
        Gives the open findings, the most useful first; called only where they are named.
    """

    state: State
    scores: Mapping[str, ScoreResult]
    entries: Mapping[str, PlanEntry]
    ask_next: Callable[[], Sequence[Question]]


class Triage:
    """Determines the states of a patient and words the lines that report them.

    Parameters
    ----------
    planner : Planner
    """

    def __init__(self, planner: Planner) -> None:
        self.planner = planner
        self.emergencies: Emergencies = planner.knowledge.emergencies
        rulebook = planner.rulebook
        roots = zip((state.id for state in self.emergencies.states), rulebook.of("state"), strict=True)
        self._states = {id: (root, StateCache(root.positions, root.truth)) for id, root in roots if id not in FIXED}
        [self._red_flag] = rulebook.of("red_flag")
        guarded = [*self.emergencies.signs, *self.emergencies.sentences()]
        # Keyed by identity, so that the models are not hashed at every access.
        self._guarded = dict(zip(map(id, guarded), rulebook.of("sign") + rulebook.of("sentence"), strict=True))
        self.by_id = {state.id: state for state in self.emergencies.states}

    def states(self, state: State, entries: Mapping[str, PlanEntry]) -> tuple[str, ...]:
        """Return the states of a patient, the most important first.

        This is an emergency that is decided; else an emergency that is presumed because a red flag is recorded; else
        the first other state that is decided. An open state precedes it, or is the only one, if a worse state is
        still possible.
        """
        truths = {id: truth(state) for id, (_, truth) in self._states.items()}
        if not truths:
            return ("none",)
        if truths["compressed"]:
            return ("compressed",)
        if truths["unexplained"] or _is(entries.get(self.emergencies.call), "emergency"):
            return ("unexplained",)
        urgent = any("emergency" in entry.possible for entry in entries.values())
        if urgent and self._red_flag.truth(state):
            return ("presumed",)
        decided = next((id for id, truth in truths.items() if truth), None)
        parted = truths["parted"] is not False
        threat = any(truth is None and id != "parted" for id, truth in truths.items())
        open_ = "open" if urgent else "open_nerves" if threat and decided is None else "open_instability"
        if decided is None:
            return (open_,) if urgent or threat or parted else ("none",)
        worse = truths["compressed"] is None or truths["unexplained"] is None
        return (open_, decided) if worse or (decided == "look_again" and parted) else (decided,)

    def applies(self, given: Conditional, state: State) -> bool:
        """Return whether a sign or a sentence applies in a state of the vocabulary."""
        return self._guarded[id(given)].applies(state)

    def open_findings(self, state: State) -> set[str]:
        """Return the findings on which a state of the patient depends that is neither decided nor excluded."""
        return {finding for root, _ in self._states.values() for finding in root.support(state)}

    def level(self, state: str) -> Level:
        """Return the level of a state."""
        return self.by_id[state].level if state in self.by_id else "none"

    def ordered(self, entries: Iterable[PlanEntry], state: str) -> tuple[PlanEntry, ...]:
        """Return the entries of a plan as they are listed in a state of the patient.

        In an emergency, actions that protect the nerves come first, in their own order, if every outcome is in favour
        of them. Actions that can wait until the nerves are safe follow all other actions decided in favour.
        """
        if self.level(state) != "emergency":
            return tuple(entries)
        order = {action: index for index, action in enumerate(self.emergencies.order)}
        later = self.emergencies.later.actions if self.emergencies.later else ()

        def rank(entry: PlanEntry) -> tuple[int, int]:
            if entry.action in order and _is(entry, "at_least"):
                return 0, order[entry.action]
            if entry.status == "undecided" or entry.stance not in FOR:
                return 3, 0
            return (2 if entry.action in later else 1), 0

        return tuple(sorted(entries, key=rank))

    def lines(self, states: Sequence[str], patient: AssessedPatient) -> tuple[Line, ...]:
        """Return the line of each reported state."""
        return tuple(
            _Wording(self, patient, index == len(states) - 1).line(self.by_id[id])
            for index, id in enumerate(states)
            if id in self.by_id
        )


class _Wording:
    """Words one state of a patient; sentences common to all states are added to the last one."""

    def __init__(self, triage: Triage, patient: AssessedPatient, last: bool) -> None:
        self.triage, self.patient, self.last = triage, patient, last
        self.planner, self.known = triage.planner, triage.planner.knowledge

    def line(self, state: PatientState) -> Line:
        lead = next(self.worded(state.lead), "")
        sentences = state.sentences or (self.triage.by_id[state.like].sentences if state.like else ())
        added = [text for each in self.triage.emergencies.added for text in self.worded(each)] if self.last else []
        parts: list[str] = []
        for each in sentences:
            if each.added:
                parts += added
                added = []
            parts += self.worded(each)
        parts += [*added, *(self.scopes() if self.last else [])]
        return Line(shown(state.id), state.level, lead, " ".join(parts))

    def scopes(self) -> list[str]:
        """Return the sentences of the switches that apply."""
        switches = zip(self.known.scopes, self.planner.switches, strict=True)
        sentences = (each.text for each, root in switches if each.text and root.truth(self.patient.state))
        return [text for each in sentences if (text := self.filled(each, ()))]

    def worded(self, given: Sentence) -> Iterator[str]:
        """Yield the sentence with its values filled in, or nothing if it does not apply."""
        if given.alone and not self.last:
            return
        if not self.triage.applies(given, self.patient.state) or not all(
            self.planned(*pair) for pair in given.plan.items()
        ):
            return
        if given.first:
            found = (text for each in given.first for text in self.worded(each))
            yield from (text for text in [next(found, None)] if text)
        elif given.text and (text := self.filled(given.text, given.asks)):
            yield sentence(text)

    def planned(self, action: str, asked: str) -> bool:
        return _is(self.patient.entries.get(action), asked)

    def filled(self, text: str, asks: Sequence[str]) -> str:
        """Return a text with its placeholders filled, or "" where one of them has no value."""
        values = {name: self.value(name, asks) for name in _PLACEHOLDER.findall(text)}
        return _PLACEHOLDER.sub(lambda match: values[match[1]], text) if all(values.values()) else ""

    def value(self, name: str, asks: Sequence[str]) -> str:
        what, _, of = name.partition(" of ")
        match what:
            case "signs":
                signs = [
                    sign.text for sign in self.triage.emergencies.signs if self.triage.applies(sign, self.patient.state)
                ]
                return all_of(signs) if signs else ""
            case "asks":
                return self.asks(asks)
            case "time":
                entries = self.patient.entries
                chosen = [entries[of]] if of in entries else [] if of else entries.values()
                hours = [each.within_hours for each in chosen if each.within_hours and _is(each, "in_favour")]
                return within(min(hours)) if hours else ""
            case "score":
                result = self.patient.scores[of]
                return extent(result.low, result.high)
            case _:
                return self.recorded(name)

    def recorded(self, id: str) -> str:
        """Return the option of a finding in words, or "" where it is not assessed."""
        finding = self.known.vocabulary.by_id[id]
        index = self.patient.state[self.known.vocabulary.position[id]]
        return option(finding, finding.values[index]) if index >= 0 else ""

    def asks(self, actions: Sequence[str]) -> str:
        """Return the deciding findings, the most useful first."""
        wanted = self.of_actions(actions) if actions else self.of_emergency or self.of_states
        labels = [
            inside(self.known.vocabulary.by_id[question.finding].label)
            for question in self.patient.ask_next()
            if question.finding in wanted
        ]
        return all_of(labels[:MOST_ASKED]) if labels else ""

    def of_actions(self, actions: Sequence[str]) -> set[str]:
        entries = [self.patient.entries[action] for action in actions if action in self.patient.entries]
        return {id for entry in entries for id in entry.depends_on}

    @cached_property
    def of_emergency(self) -> set[str]:
        """The findings on which an emergency depends."""
        return {id for entry in self.patient.entries.values() for id in entry.urgent_on}

    @cached_property
    def of_states(self) -> set[str]:
        """The findings on which a state depends that is neither decided nor excluded."""
        return self.triage.open_findings(self.patient.state)


def _is(entry: PlanEntry | None, asked: str) -> bool:
    """Return whether an entry is decided as a sentence asks; without an entry there is no emergency."""
    if entry is None:
        return asked == "not_emergency"
    if asked == "at_least" and entry.at_least:
        return True
    if entry.status == "undecided":
        return False
    match asked:
        case "in_favour" | "at_least":
            return entry.stance in FOR
        case "emergency":
            return entry.stance == "emergency"
        case "recommended":
            return entry.stance in ("emergency", "recommended")
        case _:
            return entry.stance != "emergency"
