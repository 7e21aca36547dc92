"""The presentation of a case to a group: its steps, and the speaker's notes on each."""

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
"""What a step shows on the screen.

Aims: the learning objectives. Findings: some of the findings, to be changed. Reading: one of the questions, then
its answer. Provenance: where each finding comes from. What if: a change of findings, then its effect.
"""

NAMED = {"reading": "reading", "what_if": "what_ifs"}
"""The kinds of steps that show one entry of a list, and the field of the case with that list."""


class Step(Part):
    """One step: what is shown and for how long, and the notes that only the speaker sees.

    `ask` is the question to the group, `error` the usual wrong answer, `say` what to explain. A clinical fact in
    the notes has its `source`.
    """

    show: Shown
    id: str | None = None
    findings: tuple[str, ...] = ()
    minutes: int = Field(gt=0)
    ask: str = ""
    error: str = ""
    say: str = ""
    source: Source = Field(default_factory=dict)
