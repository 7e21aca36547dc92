"""The parts of a case that the stage and the one-page summary use."""

from __future__ import annotations

from typing import Any

from casebook.cases.case import Case
from casebook.knowledge_base import knowledge
from casebook.models.case import CONSTRUCTED

PARTS = ("id", "title", "teaches", "vignette", "aims", "reading", "treatment", "outcome", "teaching_points", "what_ifs")


def presentation(case: Case) -> dict[str, Any]:
    """Return a case as plain JSON: its parts, the steps of its presentation, and the short names of its sources."""
    data = case.model_dump(mode="json", exclude_defaults=True)
    sources = {key: knowledge().sources[key].short for key in case.sources}
    return {
        **{part: data[part] for part in PARTS if part in data},
        **({"constructed": CONSTRUCTED} if case.constructed else {}),
        "source": case.source,
        "steps": [step.model_dump(mode="json", exclude_defaults=True) for step in case.steps],
        "sources": sources,
    }
