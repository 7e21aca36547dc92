"""One `casebook.assess` in Python: warm over the neighbours of every case, cold, and from nothing."""

from __future__ import annotations

import gc
import random
import subprocess
import sys
from collections.abc import Iterator, Sequence
from statistics import median
from time import perf_counter_ns
from typing import Any

import casebook
from benchmarks.figure import Figure, p95, spread
from benchmarks.setting import CASE, ROOT, Setting
from casebook.cases.case import load_case
from casebook.inference.rulebook import StateCache
from casebook.knowledge_base import knowledge

BUDGET = 200.0
COLD_STATES = 300
STARTS = 5
PASSES = 5

Findings = dict[str, Any]

# The clock starts before the import and stops after the first result, both inside the new process.
FIRST = """
from time import perf_counter
began = perf_counter()
import casebook
casebook.assess({findings!r})
print(perf_counter() - began)
"""


def measure(setting: Setting) -> Iterator[Figure]:
    """Yield the time of one assessment, by how much the engine has seen before."""
    walk = list(neighbours())
    forget()
    first = timed(walk)
    warm = [time for _ in range(PASSES) for time in timed(walk)]
    states = list(partial_states(COLD_STATES))
    cold = []
    for state in states:
        forget()
        cold += timed([state])
    yield Figure("assess in Python, warm, median", median(warm), "µs", BUDGET, spread(warm))
    yield Figure("assess in Python, warm, p95", p95(warm), "µs", BUDGET)
    yield Figure("assess, each change for the first time, median", median(first), "µs", None, spread(first))
    yield Figure("assess, each change for the first time, p95", p95(first), "µs")
    yield Figure("assess, random partial state, caches cleared, median", median(cold), "µs", None, spread(cold))
    yield Figure("assess, random partial state, caches cleared, p95", p95(cold), "µs")
    starts = [from_nothing() for _ in range(STARTS)]
    yield Figure("import casebook and the first assess", median(starts), "ms", None, spread(starts))


def neighbours() -> Iterator[Findings]:
    """Yield every case of the book, and every state that one changed finding makes of it."""
    for path in sorted((ROOT / "cases").glob("*.yml")):
        findings = load_case(path).findings
        yield dict(findings)
        for finding in knowledge().vocabulary:
            for value in (None, *finding.values):
                if value != findings.get(finding.id):
                    yield {**findings, finding.id: value}


def partial_states(number: int) -> Iterator[Findings]:
    """Yield random patients of whom about half of the findings are known; the same each time."""
    chance = random.Random(1)
    for _ in range(number):
        yield {each.id: chance.choice(each.values) for each in knowledge().vocabulary if chance.random() < 0.5}


def timed(states: Sequence[Findings]) -> list[float]:
    """Return how many microseconds the assessment of each state takes."""
    times = []
    for state in states:
        began = perf_counter_ns()
        casebook.assess(state)
        times.append((perf_counter_ns() - began) / 1000)
    return times


def forget() -> None:
    """Empty what the engine keeps of earlier states; the knowledge and its diagrams stay."""
    for kept in gc.get_objects():
        if isinstance(kept, StateCache):
            kept.cache_clear()


def from_nothing() -> float:
    """Return the milliseconds from the start of the import to the first assessment."""
    script = FIRST.format(findings=load_case(CASE).findings)
    done = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True)
    return float(done.stdout) * 1000
