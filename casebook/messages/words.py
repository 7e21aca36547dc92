"""Arguments of messages: outcomes, options, lists, ranges and sources in words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property, reduce
from typing import Any, Protocol

from casebook.messages.renderer import message

Value = str | int

MOST_OPTIONS = 5
"""The largest number of options that are all named; of more, the rest are counted."""


class HasStance(Protocol):
    """The parts of an outcome that sentences name: its stance, and its time and side if given."""

    @property
    def stance(self) -> str: ...  # noqa: D102
    @property
    def within_hours(self) -> int | None: ...  # noqa: D102
    @property
    def side(self) -> str | None: ...  # noqa: D102


class HasOutcomes(HasStance, Protocol):
    """An entry of a plan, which may be undecided."""

    @property
    def status(self) -> str: ...  # noqa: D102
    @property
    def possible(self) -> tuple[str, ...]: ...  # noqa: D102


class HasOptions(Protocol):
    """The parts of a finding that sentences name: its options, and whether a range can be named by its limits."""

    @property
    def type(self) -> str: ...  # noqa: D102
    @cached_property
    def values(self) -> tuple[Value, ...]: ...  # noqa: D102
    @cached_property
    def index(self) -> Mapping[str, int]: ...  # noqa: D102
    @cached_property
    def in_a_row(self) -> bool: ...  # noqa: D102
    def option(self, value: Value) -> Any: ...  # noqa: D102


def stance(id: str) -> str:
    """Return the label of a stance, or that of “none”."""
    return message(f"stance-{id}")


def particulars(within_hours: int | None, side: str | None) -> str:
    """Return the time and the side of an outcome, such as “within 12 hours”; often empty."""
    words: list[str] = []
    if within_hours:
        words.append(within(within_hours))
    if side:
        words.append(message("limit-side", side=side))
    return one_after_another(words) if words else ""


def within(hours: int) -> str:
    """Return a time limit in hours, such as “within 12 hours”, or in days if it is longer than two days."""
    in_days = hours > 48 and hours % 24 == 0
    return message("limit-days", count=hours // 24) if in_days else message("limit-hours", count=hours)


def outcome_arguments(given: HasStance | None, undecided: bool = False) -> dict[str, str]:
    """Return the arguments by which a message names an outcome."""
    if undecided or given is None:
        return {"stance": "undecided" if undecided else "none", "limit": "none"}
    return {"stance": given.stance, "limit": particulars(given.within_hours, given.side) or "none"}


def outcome(given: HasStance | None) -> str:
    """Return an outcome, such as “recommended within 7 days”, or “no rule applies”."""
    return message("outcome-name", **outcome_arguments(given))


def entry_arguments(entry: HasOutcomes | None) -> dict[str, str]:
    """Return the arguments by which a message names the status of an option."""
    return outcome_arguments(entry, undecided=entry is not None and entry.status == "undecided")


def entry_outcome(entry: HasOutcomes | None) -> str:
    """Return the status of an option in a plan, such as “recommended” or “undecided”."""
    return message("outcome-name", **entry_arguments(entry))


def in_detail(entry: HasOutcomes | None) -> str:
    """Return the status of an action in a plan; if it is undecided, with every possible outcome."""
    if entry is None or entry.status == "decided":
        return outcome(entry)
    first = particulars(entry.within_hours, entry.side) or "none"
    each = [
        message("outcome-name", stance=one, limit="none" if index else first)
        for index, one in enumerate(entry.possible)
    ]
    return message("outcome-possible", outcomes=any_of(each))


def inside(label: str) -> str:
    """Return a label as it is written inside a sentence."""
    article = label[:2] == "A " and label[2:3].islower()
    if (label[:2].isupper() and not article) or label.split(" ", 1)[0] in message("list-names").split(", "):
        return label
    return label[:1].lower() + label[1:]


def sentence(text: str) -> str:
    """Return a text with a capital letter at the start, and a full stop at the end unless it ends in a mark."""
    capital = text[:1].upper() + text[1:]
    return capital if capital.endswith((".", "?", "!")) else f"{capital}."


def all_of(words: Sequence[str]) -> str:
    """Return “a”, “a and b”, “a, b and c”."""
    return _ended(words, "list-and")


def any_of(words: Iterable[str]) -> str:
    """Return “a”, “a or b”, “a, b or c”."""
    return _ended(tuple(words), "list-or")


def one_after_another(words: Sequence[str]) -> str:
    """Return “a, b, c”."""
    return _joined(words, "list-next")


def apart(words: Sequence[str]) -> str:
    """Return “a; b; c”."""
    return _joined(words, "list-apart")


def any_if(conditions: Sequence[str]) -> str:
    """Return alternative conditions: “a, or if b”."""
    return _joined(conditions, "list-or-if")


def few(words: Sequence[str], most: int) -> list[str]:
    """Return the first `most` words, followed by the number of the rest; all words, if only one is left."""
    return list(words) if len(words) <= most + 1 else [*words[:most], message("list-rest", count=len(words) - most)]


def _ended(words: Sequence[str], last: str) -> str:
    return words[0] if len(words) == 1 else message(last, first=one_after_another(words[:-1]), last=words[-1])


def _joined(words: Sequence[str], pattern: str) -> str:
    return reduce(lambda first, next_: message(pattern, first=first, next=next_), words)


def extent(low: float | None, high: float | None) -> str:
    """Return “9”, “4 to 12”, or “not applicable” if there is no number."""
    if low is None or high is None:
        return message("score-not_applicable")
    return str(low) if low == high else message("list-range", low=str(low), high=str(high))


def option(finding: HasOptions, value: Value | None) -> str:
    """Return an option within a sentence: its label, or the number if the finding is a count."""
    if value is None:
        return message("finding-not_assessed")
    return str(value) if finding.type == "number" else finding.option(value).label


def options(finding: HasOptions, values: Iterable[Value]) -> str:
    """Return options in the order of the vocabulary, such as “C1, C7 to T2 or L5”.

    Three or more neighbours are joined if the options are numbers or levels; of more than five
    parts, only the first four are named.
    """
    indices = sorted(finding.index[str(value)] for value in values)
    runs: list[list[int]] = []
    for index in indices:
        if runs and finding.in_a_row and index == runs[-1][-1] + 1:
            runs[-1].append(index)
        else:
            runs.append([index])
    parts = [part for run in runs for part in ([run] if len(run) > 2 else [[index] for index in run])]
    named = parts if len(parts) <= MOST_OPTIONS else parts[: MOST_OPTIONS - 1]
    words = [_part(finding, part) for part in named]
    left = sum(map(len, parts[len(named) :]))
    return any_of([*words, message("list-rest", count=left)] if left else words)


def _part(finding: HasOptions, indices: list[int]) -> str:
    words = [option(finding, finding.values[index]) for index in indices]
    if len(words) == 1:
        return words[0]
    ends = sorted((words[0], words[-1]), key=int) if finding.type == "number" else (words[0], words[-1])
    return message("list-range", low=ends[0], high=ends[1])


def caution(seen: str) -> str:
    """Return the remark after a source that was not read itself, or "" if it was."""
    return message(f"seen-{seen}") if seen in ("secondary", "unverified") else ""


def cited(source: Mapping[str, str], short: Mapping[str, str]) -> str:
    """Return the sources of a statement in brackets, such as “(Fourney et al. 2011)”."""
    return message("source-brackets", sources=apart([short[key] for key in source]))


def backed(text: str, source: Mapping[str, str], short: Mapping[str, str]) -> str:
    """Return a statement as a sentence, followed by its sources."""
    words, sources = sentence(text), apart([short[key] for key in source])
    if words.endswith("."):
        return message("source-behind", text=words[:-1], sources=sources)
    return message("source-behind-mark", text=words, sources=sources)


def with_hint(what: str, hint: str) -> str:
    """Return the description of a fault, followed by the correction if one is known."""
    return message("error-hint", what=what, hint=hint) if hint else what


def hinted(what: str, near: Value = "") -> str:
    """Return the description of a fault, followed by the id or value that was probably meant, if there is one."""
    return with_hint(what, "" if near == "" else message("error-near", near=near))
