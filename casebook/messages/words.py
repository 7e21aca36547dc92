"""The words of the engine's sentences: stances, times and sides, options, counts and lists."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from casebook.inference.planner import PlanEntry
    from casebook.models.finding import Finding, Source, Value
    from casebook.models.rule import Outcome

STANCES: Mapping[str, str] = MappingProxyType(
    {
        "emergency": "Emergency",
        "recommended": "Recommended",
        "consider": "Consider",
        "caution": "Caution",
        "not_indicated": "Not indicated",
        "contraindicated": "Contraindicated",
    }
)
NOTHING = "no statement"
OPEN = "undecided"
NOT_ASSESSED = "not assessed"
NOT_APPLICABLE = "not applicable"

SAID: Mapping[str, str] = MappingProxyType(
    {
        "emergency": "an emergency",
        "consider": "worth considering",
        "caution": "a case for caution",
        NOTHING: "not mentioned",
    }
)
"""Outcomes that a sentence names in other words: “is now an emergency within 12 hours”."""

NAMES = frozenset({"Frankel", "Karnofsky", "Mirels", "Tokuhashi", "Tomita"})
"""Names that keep their capital inside a sentence."""

MOST_OPTIONS = 5
"""More options than these are counted, not named."""


def particulars(within_hours: int | None, side: str | None) -> str:
    """Return the time and the side of an outcome, such as “within 12 hours”; often empty."""
    words = []
    if within_hours:
        words.append(within(within_hours))
    if side:
        words.append(f"on the {side}")
    return ", ".join(words)


def within(hours: int) -> str:
    """Return a time limit as it is worded everywhere: “within 12 hours”, and in days beyond two of them."""
    in_days = hours > 48 and hours % 24 == 0
    return f"within {hours // 24} days" if in_days else f"within {hours} hours"


def outcome(given: Outcome | PlanEntry | None) -> str:
    """Return what is said of an action, such as “recommended within 7 days”, or “no statement”."""
    if given is None:
        return NOTHING
    return f"{STANCES[given.stance].lower()} {particulars(given.within_hours, given.side)}".rstrip()


def standing(entry: PlanEntry | None) -> str:
    """Return how an action stands in a plan, such as “recommended” or “undecided”."""
    return OPEN if entry is not None and entry.status == "undecided" else outcome(entry)


def in_detail(entry: PlanEntry | None) -> str:
    """Return how an action stands in a plan; of what is undecided, every outcome that is possible."""
    if entry is None or entry.status == "decided":
        return outcome(entry)
    each = [NOTHING if one == "none" else STANCES[one].lower() for one in entry.possible]
    each[0] = f"{each[0]} {particulars(entry.within_hours, entry.side)}".rstrip()
    return f"{OPEN} ({any_of(each)})"


def said(words: str) -> str:
    """Return an outcome or a standing as it follows “is now” or “becomes”."""
    for start, instead in SAID.items():
        if words.startswith(start):
            return instead + words[len(start) :]
    return words


def inside(label: str) -> str:
    """Return a label as it stands inside a sentence."""
    article = label[:2] == "A " and label[2:3].islower()
    if (label[:2].isupper() and not article) or label.split(" ", 1)[0] in NAMES:
        return label
    return label[:1].lower() + label[1:]


def sentence(text: str) -> str:
    """Return a text with a capital in front and a full stop behind it, unless it ends in a mark."""
    capital = text[:1].upper() + text[1:]
    return capital if capital.endswith((".", "?", "!")) else f"{capital}."


def all_of(words: Sequence[str]) -> str:
    """Return “a”, “a and b”, “a, b and c”."""
    return _list(words, "and")


def any_of(words: Iterable[str]) -> str:
    """Return “a”, “a or b”, “a, b or c”."""
    return _list(tuple(words), "or")


def _list(words: Sequence[str], last: str) -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} {last} {words[-1]}"


def count(number: int, noun: str) -> str:
    """Return “1 score” or “2 scores”."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def extent(low: int | None, high: int | None) -> str:
    """Return “9”, “4 to 12”, or “not applicable” where there is no number."""
    if low is None:
        return NOT_APPLICABLE
    return str(low) if low == high else f"{low} to {high}"


def option(finding: Finding, value: Value | None) -> str:
    """Return an option as a sentence names it: its label, or the number where a finding counts."""
    if value is None:
        return NOT_ASSESSED
    return str(value) if finding.type == "number" else finding.option(value).label


def options(finding: Finding, values: Iterable[Value]) -> str:
    """Return options in the order of the vocabulary, such as “C1, C7 to T2 or L5”.

    Three or more neighbours are joined where the options are numbers or levels; of more than
    five parts the first four are named.
    """
    places = sorted(finding.index[str(value)] for value in values)
    runs: list[list[int]] = []
    for place in places:
        if runs and finding.in_a_row and place == runs[-1][-1] + 1:
            runs[-1].append(place)
        else:
            runs.append([place])
    parts = [part for run in runs for part in ([run] if len(run) > 2 else [[place] for place in run])]
    named = parts if len(parts) <= MOST_OPTIONS else parts[: MOST_OPTIONS - 1]
    words = [_part(finding, part) for part in named]
    left = sum(map(len, parts[len(named) :]))
    return any_of([*words, f"{left} more"] if left else words)


def _part(finding: Finding, places: list[int]) -> str:
    words = [option(finding, finding.values[place]) for place in places]
    if len(words) == 1:
        return words[0]
    ends = sorted((words[0], words[-1]), key=int) if finding.type == "number" else (words[0], words[-1])
    return f"{ends[0]} to {ends[1]}"


def caution(seen: str) -> str:
    """Return what is said behind a source that was not seen itself; empty where it was."""
    return {"secondary": " (seen second-hand)", "unverified": " (unverified)"}.get(seen, "")


def cited(source: Source, short: Mapping[str, str]) -> str:
    """Return the sources of a statement in brackets, such as “(Fourney et al. 2011)”."""
    return f"({'; '.join(short[key] for key in source)})"


def backed(text: str, source: Source, short: Mapping[str, str]) -> str:
    """Return a statement as a sentence that ends in its sources."""
    words = sentence(text)
    return f"{words[:-1]} {cited(source, short)}." if words.endswith(".") else f"{words} {cited(source, short)}"
