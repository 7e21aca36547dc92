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
from casebook.inference.refusals import refusals
from casebook.inference.rulebook import StateCache
from casebook.knowledge_base import knowledge

BUDGET, NEW_STATE, NOTHING, START = 100.0, 1000.0, 3000.0, 400.0
"""Microseconds warm, of a new state, and of one of which nothing is known; milliseconds of a new process."""

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
    casebook.assess({})  # makes the engine, and with it the caches
    # Found once: a search through every object before each state would also empty the processor's caches.
    caches = [each for each in gc.get_objects() if isinstance(each, StateCache)]
    first = new_states(walk[:1], caches) + timed(walk[1:])
    warm = [time for _ in range(PASSES) for time in timed(walk)]
    cold = new_states(list(partial_states(COLD_STATES)), caches)
    nothing = new_states([{}] * COLD_STATES, caches)
    yield Figure("assess in Python, warm, median", median(warm), "µs", BUDGET, spread(warm))
    yield Figure("assess in Python, warm, p95", p95(warm), "µs", BUDGET)
    yield Figure("assess, each change for the first time, median", median(first), "µs", None, spread(first))
    yield Figure("assess, each change for the first time, p95", p95(first), "µs")
    yield Figure("assess, random partial state, caches cleared, median", median(cold), "µs", NEW_STATE, spread(cold))
    yield Figure("assess, random partial state, caches cleared, p95", p95(cold), "µs")
    yield Figure("assess, nothing known, caches cleared, median", median(nothing), "µs", NOTHING, spread(nothing))
    starts = [from_nothing() for _ in range(STARTS)]
    yield Figure("import casebook and the first assess", median(starts), "ms", START, spread(starts))


def neighbours() -> Iterator[Findings]:
    """Yield every case of the book, and every state that one changed finding makes of it without a contradiction."""
    for path in sorted((ROOT / "cases").glob("*.yml")):
        findings = load_case(path).findings
        yield dict(findings)
        for finding in knowledge().vocabulary:
            for value in (None, *finding.values):
                changed = {**findings, finding.id: value}
                if value != findings.get(finding.id) and not refusals(knowledge(), changed):
                    yield changed


def partial_states(number: int) -> Iterator[Findings]:
    """Yield random patients of whom about half of the findings are known, without a contradiction; always the same."""
    chance = random.Random(1)
    found = 0
    while found < number:
        findings = {each.id: chance.choice(each.values) for each in knowledge().vocabulary if chance.random() < 0.5}
        for refusal in refusals(knowledge(), findings):
            for id in refusal.findings[1:]:
                findings.pop(id, None)
        if not refusals(knowledge(), findings):
            found += 1
            yield findings


def new_states(states: Sequence[Findings], caches: Sequence[StateCache[Any]]) -> list[float]:
    """Return the microseconds of each assessment if nothing is cached of any state; the diagrams are kept."""
    times: list[float] = []
    for state in states:
        for each in caches:
            each.cache_clear()
        times += timed([state])
    return times


def timed(states: Sequence[Findings]) -> list[float]:
    """Return how many microseconds the assessment of each state takes."""
    times: list[float] = []
    for state in states:
        began = perf_counter_ns()
        casebook.assess(state)
        times.append((perf_counter_ns() - began) / 1000)
    return times


def from_nothing() -> float:
    """Return the milliseconds from the start of the import to the first assessment."""
    script = FIRST.format(findings=load_case(CASE).findings)
    done = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True)
    return float(done.stdout) * 1000
