"""Many states at once: the array evaluation, beside a loop over `assess` and beside an expression engine from PyPI."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from time import perf_counter
from typing import Any

import numpy as np
import pandas as pd
from simpleeval import EvalWithCompoundTypes

from benchmarks.figure import Figure
from benchmarks.setting import Setting
from casebook.cohort import assess_frame
from casebook.inference.assessment import Assessment, engine
from casebook.knowledge_base import knowledge
from casebook.models.expression import Tree

STATES = 1_000_000
FEW = 1_000
BUDGET = 0.25
"""Microseconds a state on one core: four million states a second."""


def measure(setting: Setting) -> Iterator[Figure]:
    """Yield the time a state, with every finding drawn evenly and known, and with a fifth of them unknown."""
    many, few = states(STATES), states(FEW)
    assess_frame(many.head(100_000), refuse=False)
    began = perf_counter()
    assess_frame(many, refuse=False)
    yield Figure("array evaluation, scores and plan, a state", (perf_counter() - began) / STATES * 1e6, "µs", BUDGET)

    partial = states(STATES, unknown=0.2)
    began = perf_counter()
    assess_frame(partial, refuse=False)
    yield Figure("  with a fifth of the findings unknown, a state", (perf_counter() - began) / STATES * 1e6, "µs")

    patients = few.astype(object).to_dict("records")
    began = perf_counter()
    for patient in patients:
        assessed(patient)
    yield Figure("  loop over assess, scores and plan, a state", (perf_counter() - began) / FEW * 1e6, "µs")

    # simpleeval evaluates conditions, not precedence; totals are handed to it ready.
    evaluator = EvalWithCompoundTypes()
    conditions = [written(clause.tree) for rule in knowledge().rules.values() for clause in rule.clauses]
    parsed = [(condition, evaluator.parse(condition)) for condition in conditions]
    scored = [patient | totals(patient) for patient in patients]
    began = perf_counter()
    for patient in scored:
        evaluator.names = patient
        for condition, tree in parsed:
            evaluator.eval(condition, previously_parsed=tree)
    yield Figure("  simpleeval, the rules' conditions alone, a state", (perf_counter() - began) / FEW * 1e6, "µs")


def states(rows: int, unknown: float = 0.0) -> pd.DataFrame:
    """Return states with each option of each finding equally often, and a share of findings not known."""
    rng = np.random.default_rng(20)
    columns = {}
    for finding in knowledge().vocabulary:
        codes = rng.integers(0, len(finding.values), rows)
        if unknown:
            codes[rng.random(rows) < unknown] = -1
        columns[finding.id] = pd.Categorical.from_codes(codes, list(finding.values))
    return pd.DataFrame(columns)


def assessed(patient: Mapping[str, Any]) -> Assessment:
    """Return the assessment of a patient whose findings may contradict each other, as those drawn at random do."""
    return engine().assess_state(knowledge().vocabulary.state(patient))


def totals(patient: Mapping[str, Any]) -> dict[str, int]:
    """Return the least total of each score; where the score has no total, as -1."""
    scores = assessed(patient).scores
    return {id: -1 if score.low is None else score.low for id, score in scores.items()}


def written(tree: Tree) -> str:
    """Return a condition as a Python expression."""
    if isinstance(tree, bool):
        return str(tree)
    if "finding" in tree:
        return f"({tree['finding']} in {tuple(tree['in'])!r})"
    if "score" in tree:
        return f"({tree['score']} >= {tree['low']} and {tree['score']} <= {tree['high']})"
    if "term" in tree:
        return written(tree["is"])
    if "not" in tree:
        return f"(not {written(tree['not'])})"
    join, parts = (" and ", tree["all"]) if "all" in tree else (" or ", tree["any"])
    return "(" + join.join(map(written, parts)) + ")"
