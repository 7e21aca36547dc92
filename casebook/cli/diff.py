"""Say what an edit means."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Annotated, TypeAlias

import typer

from casebook.cli.output import AsJson, faults_said_plainly, in_words, print_json, print_lines, time_and_side
from casebook.knowledge_base import Knowledge
from casebook.review.revisions import edition
from casebook.review.semantic_diff import Around, CaseDifference, Change, Difference, Shift, difference, ranked
from casebook.review.state_space import Said

SHOWN = 3
"""Shifts of one action that are told in words; `--json` has all."""

WIDEST = 100
"""Characters of a value that is printed beside what it was."""

Edition = typer.Argument(help="A file, a folder, or a git revision such as HEAD~1.", show_default=False)


def diff_command(
    old: Annotated[str, Edition],
    new: Annotated[str, Edition],
    as_json: AsJson = False,
) -> None:
    """Say what an edit means: which words changed, and how many patients get another plan.

    Exit code 0: no difference; 1: a difference; 2: something cannot be read.
    """
    with faults_said_plainly():
        before, after = edition(old), edition(new)
        found = difference(before, after)
    if as_json:
        print_json(found.to_dict())
    else:
        print_lines(_lines(found, after.engine.knowledge, before.engine.knowledge))
    raise typer.Exit(1 if found else 0)


def _lines(found: Difference, *bodies: Knowledge) -> Iterator[str]:
    if not found:
        yield "No difference."
        return
    yield "WHAT IS WRITTEN"
    for change in found.changes:
        yield from _change_lines(change)
    for id, options in found.left_out.items():
        yield f"  Only one of the two has {id}: {', '.join(map(str, options))}. No patient with one of them is counted."
    for case in found.cases:
        yield from _case_lines(case, *bodies)
    yield "ALL PATIENTS"
    yield from _around_lines(found.everyone, "states", lambda shift: _nearest_case(found, shift, *bodies))


def _change_lines(change: Change) -> Iterator[str]:
    where = f" ({change.where})" if change.where else ""
    if change.how == "reordered":
        yield f"  {change.kind}s are in another order"
        return
    label = f" “{change.label}”" if change.label else ""
    yield f"  {change.kind} {change.id}{label} {change.how}{where}"
    for name, (old, new) in change.fields.items():
        yield from _field_lines(name, old, new)


Field: TypeAlias = "str | float | bool | list[Field] | tuple[Field, ...] | Mapping[str, Field] | None"
"""What is written in a field, as plain data."""


def _field_lines(name: str, old: Field, new: Field) -> Iterator[str]:
    """Yield what changed in a field, as deep as it takes to be short."""
    if isinstance(old, Mapping) and isinstance(new, Mapping):
        for key in dict.fromkeys([*old, *new]):
            if old.get(key) != new.get(key):
                yield from _field_lines(f"{name}.{key}", old.get(key), new.get(key))
    elif isinstance(old, list | tuple) and isinstance(new, list | tuple) and len(old) == len(new):
        for place, (before, after) in enumerate(zip(old, new, strict=True)):
            if before != after:
                key: Field = before.get("id", place) if isinstance(before, Mapping) else place
                yield from _field_lines(f"{name}.{key}", before, after)
    elif max(len(str(old)), len(str(new))) <= WIDEST:
        yield f"    {name}: {_value(old)} → {_value(new)}"
    else:
        yield f"    {name}"


def _value(value: Field) -> str:
    return "nothing" if value in (None, "", (), [], {}) else str(value)


def _case_lines(case: CaseDifference, *bodies: Knowledge) -> Iterator[str]:
    yield f"{case.title.upper()} ({case.id})"
    yield from (f"  cannot be compared: {why}" for why in case.unreadable)
    for id, (old, new) in case.scores.items():
        yield f"  {bodies[0].scores[id].label if id in bodies[0].scores else id}: {_range(old)} → {_range(new)}"
    for shift in case.plan:
        yield f"  {_shift(shift)}"
    if not case.plan and not case.unreadable:
        yield "  As it stands, the plan is the same."
    if case.around is not None:
        yield from _around_lines(case.around, "completions", lambda shift: in_words(shift.example or {}, *bodies))
    nearest = sorted(case.beyond, key=lambda shift: len(shift.example or {}))[:1]
    for shift in nearest if not case.around or not case.around.changed else []:
        yield f"  The nearest patient who gets another plan has {in_words(shift.example or {}, *bodies)}: {_shift(shift)}"


def _range(score: tuple[int, int] | None) -> str:
    if score is None:
        return "not applicable"
    return str(score[0]) if score[0] == score[1] else f"{score[0]} to {score[1]}"


def _nearest_case(found: Difference, shift: Shift, *bodies: Knowledge) -> str:
    """Return the case of which the fewest findings must be others for a shift, and those findings."""
    near = [
        (len(each.example or {}), case.id, in_words(each.example or {}, *bodies))
        for case in found.cases
        for each in (*(case.around.shifts if case.around else ()), *case.beyond)
        if (each.action, each.before, each.after) == (shift.action, shift.before, shift.after)
    ]
    if not near:
        return in_words(shift.example or {}, *bodies)
    _, case, words = min(near)
    return f"{case} with {words}" if words else case


def _around_lines(around: Around, what: str, example: Callable[[Shift], str]) -> Iterator[str]:
    if not around.changed:
        yield f"  None of {around.states:,} {what} gets another plan."
        return
    yield f"  {around.changed:,} of {around.states:,} {what} get another plan."
    by_action: dict[str, list[Shift]] = {}
    for shift in around.shifts:
        by_action.setdefault(shift.action, []).append(shift)
    for shifts in by_action.values():
        for shift in shifts[:SHOWN]:
            words = example(shift)
            shown = f"; for example {words}" if words else ", whatever else is found"
            yield f"    {_shift(shift)}: {shift.states:,} {what}{shown}"
        rest = shifts[SHOWN:]
        if rest:
            states = sum(shift.states or 0 for shift in rest)
            yield f"    {rest[0].label}, in {len(rest)} other way{'s' * (len(rest) > 1)}: {states:,} {what}"


def _shift(shift: Shift) -> str:
    return f"{shift.label} {shift.how}: {_said(shift.before)} → {_said(shift.after)}"


def _said(said: Said) -> str:
    return " or ".join(_outcomes(said))


def _outcomes(said: Said) -> Iterable[str]:
    for outcome in ranked(said):
        yield "nothing" if outcome is None else f"{outcome.stance.replace('_', ' ')}{time_and_side(outcome)}"
