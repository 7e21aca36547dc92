"""How a case is shown to a room: the steps, and what its speaker asks and says at each."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from casebook.models.finding import Part, Source

Shown = Literal[
    "aims",
    "vignette",
    "findings",
    "reading",
    "provenance",
    "scores",
    "plan",
    "what_if",
    "treatment",
    "outcome",
    "teaching",
]
"""What a step puts on the screen.

Aims: what the case is for. Findings: some of them, to be changed. Reading: one of its questions, then
the answer. Provenance: where each finding comes from. What if: a change to the case, then what it does.
"""

NAMED = {"reading": "reading", "what_if": "what_ifs"}
"""Steps that show one of several, and the part of the case in which it stands."""


class Step(Part):
    """One step: what is shown for how long, and the notes that only its speaker sees.

    `ask` is the question to the room, `error` what is usually answered wrongly, `say` what to say. A
    clinical fact in them has its `source`.
    """

    show: Shown
    id: str | None = None
    findings: tuple[str, ...] = ()
    minutes: int = Field(gt=0)
    ask: str = ""
    error: str = ""
    say: str = ""
    source: Source = Field(default_factory=dict)
