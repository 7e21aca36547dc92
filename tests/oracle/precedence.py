"""Rules that differ on an action, settled by the six steps, written out once more."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

STANCES = ["emergency", "recommended", "consider", "caution", "not_indicated", "contraindicated"]
FOR = {"emergency", "recommended", "consider"}
REFUSALS = {"not_indicated", "contraindicated"}
TIERS = ["absolute", "directive", "permissive", "descriptive"]


class Outcome(NamedTuple):
    """What a rule recommends for an action."""

    stance: str
    within_hours: int | None = None
    side: str | None = None

    @classmethod
    def read(cls, written: str | Mapping[str, object]) -> Outcome:
        """Return the outcome that a rule writes as a stance, or as a stance with hours or a side."""
        return cls(written) if isinstance(written, str) else cls(**written)


class Voice(NamedTuple):
    """A clause of a rule with an outcome for an action."""

    rule: str
    tier: str
    outcome: Outcome


def settled(voices: Sequence[Voice], edges: Mapping[tuple[str, str], str]) -> tuple[Outcome, frozenset[str | None]]:
    """Return the outcome in force among voices, and the ids that may be named as what settled it.

    Something was settled only if an outcome yielded that is on the other side, or that is no weaker than the one in
    force.

    Parameters
    ----------
    voices : sequence of Voice
    edges : mapping
        For a rule that takes precedence and the one that yields: what declares it.
    """
    steps: list[tuple[set[str], set[Outcome]]] = []

    def keep(kept: Sequence[Voice], reasons: set[str]) -> Sequence[Voice]:
        steps.append((reasons, {voice.outcome for voice in voices} - {voice.outcome for voice in kept}))
        return kept

    if any(voice.outcome.stance == "emergency" for voice in voices):
        voices = keep([voice for voice in voices if voice.outcome.stance == "emergency"], {"P1"})

    present = {voice.rule for voice in voices}
    declared = [(pair, why) for pair, why in edges.items() if pair[0] in present and pair[1] in present]
    beaten = {loser for (_, loser), _ in declared}
    voices = keep([voice for voice in voices if voice.rule not in beaten], {why for _, why in declared})

    strongest_words = min(TIERS.index(voice.tier) for voice in voices)
    voices = keep([voice for voice in voices if TIERS.index(voice.tier) == strongest_words], {"P3"})

    refusing = [voice for voice in voices if voice.outcome.stance in REFUSALS]
    voices = keep(refusing or voices, {"P4"})

    strongest = min(STANCES.index(voice.outcome.stance) for voice in voices)
    voices = keep([voice for voice in voices if STANCES.index(voice.outcome.stance) == strongest], {"P5"})

    hours = [voice.outcome.within_hours for voice in voices if voice.outcome.within_hours]
    voices = keep([voice for voice in voices if not hours or voice.outcome.within_hours == min(hours)], {"P6"})

    winner = voices[0].outcome
    settling = [reasons for reasons, yielded in steps if any(_matters(outcome, winner) for outcome in yielded)]
    return winner, frozenset(settling[-1] if settling else [None])


def _matters(yielded: Outcome, winner: Outcome) -> bool:
    weaker = STANCES.index(yielded.stance) > STANCES.index(winner.stance)
    return (yielded.stance in FOR) != (winner.stance in FOR) or not weaker
