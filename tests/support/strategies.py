"""Patients for hypothesis: complete, partly known, and known but for a few findings."""

from __future__ import annotations

import math
from typing import Any

import plain
from hypothesis import strategies as st
from plain import consistent, refused

options = {id: st.sampled_from(options) for id, options in plain.FINDINGS.items()}
no_emergency = {"cauda_equina_syndrome": st.just("absent"), "bladder_bowel": st.just("normal")}

complete_findings = (st.fixed_dictionaries(options) | st.fixed_dictionaries({**options, **no_emergency})).map(
    consistent
)
"""Everything is known; about half of the patients are no emergency, so that the other rules are heard."""

partial_findings = st.fixed_dictionaries({}, optional=options).map(consistent)
"""Anything may be missing."""

ENUMERABLE = 120
"""Completions that are few enough to be gone through for each patient."""


@st.composite
def nearly_complete_findings(draw: st.DrawFn) -> dict[str, Any]:
    """All but at most five findings are known; the unknown ones bear on one action together."""
    findings: dict[str, Any] = draw(complete_findings)
    action = draw(st.sampled_from(plain.SPOKEN_OF))
    left = ENUMERABLE
    for id in draw(st.permutations(plain.reads(action) or ["pain"]))[:5]:
        size = len(plain.FINDINGS[id]) + (2 if id == "bone_lesion" else 0)
        rest = {other: value for other, value in findings.items() if other != id}
        if size <= left and not refused(rest):
            left = math.floor(left / size)
            findings = rest
    return findings


def items_of(score: str) -> st.SearchStrategy[dict[str, str | None]]:
    """Item options of a score, of which any may be missing."""
    items = plain.POINTS[score]
    return st.fixed_dictionaries({}, optional={id: st.sampled_from([*options, None]) for id, options in items.items()})
