"""Compare two editions."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Annotated

import typer

from casebook.cli.output import AsJson, in_words, print_json, print_lines, readable_faults
from casebook.knowledge_base import Knowledge
from casebook.messages import message
from casebook.messages.words import any_of, extent, one_after_another
from casebook.messages.words import outcome as outcome_words
from casebook.review.entry_changes import EntryChange, FieldValue
from casebook.review.revisions import edition
from casebook.review.semantic_diff import Around, CaseDifference, Difference, Shift, difference, ranked
from casebook.review.state_space import Outcomes

SHOWN = 3
"""The number of shifts of one action that the text lists; `--json` has all."""

WIDEST = 100
"""The longest value, in characters, that is printed beside the old one."""

Edition = typer.Argument(help=message("diff-help-edition"), show_default=False)


def diff_command(
    old: Annotated[str, Edition],
    new: Annotated[str, Edition],
    as_json: AsJson = False,
) -> None:
    """Compare two editions: list the changed entries, and count the patients whose plan changes.

    Exit code 0: no difference; 1: a difference; 2: an edition cannot be read.
    """
    with readable_faults():
        before, after = edition(old), edition(new)
        found = difference(before, after)
    if as_json:
        print_json(found.to_dict())
    else:
        print_lines(_lines(found, after.engine.knowledge, before.engine.knowledge))
    raise typer.Exit(1 if found else 0)


def _lines(found: Difference, *bodies: Knowledge) -> Iterator[str]:
    if not found:
        yield message("diff-none")
        return
    yield message("diff-written").upper()
    for change in found.changes:
        yield from _change_lines(change)
    for id, options in found.left_out.items():
        left = one_after_another(list(map(str, options)))
        yield "  " + message("diff-left-out", finding=id, options=left)
    for case in found.cases:
        yield from _case_lines(case, *bodies)
    yield message("diff-everyone").upper()
    yield from _around_lines(found.everyone, "states", lambda shift: _nearest_case(found, shift, *bodies))


def _change_lines(change: EntryChange) -> Iterator[str]:
    if change.how == "reordered":
        yield "  " + message("diff-reordered", kind=change.kind)
        return
    name = change.id
    if change.label:
        name = message("diff-named", id=change.id, label=change.label)
    line = message("diff-changed", kind=change.kind, name=name, how=change.how)
    yield "  " + (message("diff-at", change=line, where=change.where) if change.where else line)
    for name, (old, new) in change.fields.items():
        yield from _field_lines(name, old, new)


def _field_lines(name: str, old: FieldValue, new: FieldValue) -> Iterator[str]:
    """Yield the changes of a field, of nested values until they are short enough to print."""
    if isinstance(old, Mapping) and isinstance(new, Mapping):
        for key in dict.fromkeys([*old, *new]):
            if old.get(key) != new.get(key):
                yield from _field_lines(f"{name}.{key}", old.get(key), new.get(key))
    elif isinstance(old, list | tuple) and isinstance(new, list | tuple) and len(old) == len(new):
        for index, (before, after) in enumerate(zip(old, new, strict=True)):
            if before != after:
                key: FieldValue = before.get("id", index) if isinstance(before, Mapping) else index
                yield from _field_lines(f"{name}.{key}", before, after)
    elif max(len(str(old)), len(str(new))) <= WIDEST:
        yield "    " + message("diff-value", name=name, before=_value(old), now=_value(new))
    else:
        yield f"    {name}"


def _value(value: FieldValue) -> str:
    return message("diff-nothing") if value in (None, "", (), [], {}) else str(value)


def _case_lines(case: CaseDifference, *bodies: Knowledge) -> Iterator[str]:
    yield f"{case.title.upper()} ({case.id})"
    yield from ("  " + message("diff-incomparable", why=why) for why in case.unreadable)
    for id, (old, new) in case.scores.items():
        label = bodies[0].scores[id].label if id in bodies[0].scores else id
        yield "  " + message("diff-value", name=label, before=_range(old), now=_range(new))
    for shift in case.plan:
        yield f"  {_shift(shift)}"
    if not case.plan and not case.unreadable:
        yield "  " + message("diff-same-plan")
    if case.around is not None:
        yield from _around_lines(case.around, "completions", lambda shift: in_words(shift.example or {}, *bodies))
    nearest = sorted(case.beyond, key=lambda shift: len(shift.example or {}))[:1]
    for shift in nearest if not case.around or not case.around.changed else []:
        findings = in_words(shift.example or {}, *bodies)
        yield "  " + message("diff-nearest", findings=findings, change=_shift(shift))


def _range(score: tuple[float, float] | None) -> str:
    return extent(*(score or (None, None)))


def _nearest_case(found: Difference, shift: Shift, *bodies: Knowledge) -> str:
    """Return the case in which the fewest findings must differ for a shift to occur, and those findings."""
    near = [
        (len(each.example or {}), case.id, in_words(each.example or {}, *bodies))
        for case in found.cases
        for each in (*(case.around.shifts if case.around else ()), *case.beyond)
        if (each.action, each.before, each.after) == (shift.action, shift.before, shift.after)
    ]
    if not near:
        return in_words(shift.example or {}, *bodies)
    _, case, words = min(near)
    return message("diff-case-with", case=case, findings=words) if words else case


def _around_lines(around: Around, what: str, example: Callable[[Shift], str]) -> Iterator[str]:
    if not around.changed:
        yield "  " + message("diff-none-changed", states=f"{around.states:,}", what=what)
        return
    numbers = {"changed": f"{around.changed:,}", "states": f"{around.states:,}"}
    yield "  " + message("diff-some-changed", **numbers, what=what)
    by_action: dict[str, list[Shift]] = {}
    for shift in around.shifts:
        by_action.setdefault(shift.action, []).append(shift)
    for shifts in by_action.values():
        for shift in shifts[:SHOWN]:
            words = example(shift)
            given = {"change": _shift(shift), "states": f"{shift.states:,}", "what": what}
            if words:
                yield "    " + message("diff-shift", **given, example=words)
            else:
                yield "    " + message("diff-shift-always", **given)
        rest = shifts[SHOWN:]
        if rest:
            states = sum(shift.states or 0 for shift in rest)
            yield "    " + message("diff-rest", label=rest[0].label, count=len(rest), states=f"{states:,}", what=what)


def _shift(shift: Shift) -> str:
    how = message(f"diff-how-{shift.how.replace(' ', '-')}")
    return message(
        "diff-outcome", label=shift.label, how=how, before=_outcome_text(shift.before), now=_outcome_text(shift.after)
    )


def _outcome_text(outcomes: Outcomes) -> str:
    return any_of(_outcomes(outcomes))


def _outcomes(outcomes: Outcomes) -> Iterable[str]:
    for outcome in ranked(outcomes):
        yield message("diff-nothing") if outcome is None else outcome_words(outcome)
