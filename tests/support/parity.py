"""The page beside Python: the same findings given to both, and what each makes of them, to the last character."""

from __future__ import annotations

import gc
import hashlib
import json
import random
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from itertools import combinations, islice
from typing import Any

import pytest
from reader import CASES, Reader

import casebook
from casebook.export.browser import bundle
from casebook.inference.assessment import engine
from casebook.inference.refusals import refusals

Findings = Mapping[str, Any]
Changes = Sequence[tuple[str, Any]]

BATCH = 2_000

written = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
"""JSON as the page writes it."""

REFUSED_IN_THE_PAGE = """(conclude) => {
  try { return conclude(); }
  catch (error) {
    if (error.name !== 'FindingError') throw error;
    return error.message;
  }
}"""
"""What the page concludes, or why it refuses to."""

ASSESSED_IN_THE_PAGE = f"""(given) => {{
  const [base, batch] = JSON.parse(given);
  return batch.map((changes) => {{
    const findings = {{ ...base }};
    for (const [id, value] of changes) {{
      if (value === null) delete findings[id];
      else findings[id] = value;
    }}
    return ({REFUSED_IN_THE_PAGE})(() => JSON.stringify(window.casebook.assess(findings)));
  }});
}}"""

# Thousands of patients share most of their scores and recommendations. Each is written once and then named by its
# number, in the order of its first appearance, which is the same on both sides if all is.
NUMBERED_IN_THE_PAGE = f"""(given) => {{
  const [base, batch, anew] = JSON.parse(given);
  if (anew || !window.written) window.written = {{ numbers: new Map(), known: new Map() }};
  const {{ numbers, known }} = window.written;
  const first = [];
  const number = (part) => {{
    if (!known.has(part)) {{
      const text = JSON.stringify(part);
      if (!numbers.has(text)) {{
        numbers.set(text, numbers.size);
        first.push(text);
      }}
      known.set(part, numbers.get(text));
    }}
    return known.get(part);
  }};
  const patients = batch.map((changes) => {{
    const findings = {{ ...base }};
    for (const [id, value] of changes) {{
      if (value === null) delete findings[id];
      else findings[id] = value;
    }}
    return ({REFUSED_IN_THE_PAGE})(() => {{
      const {{ scores, plan, ask_next, ...others }} = window.casebook.assess(findings);
      const numbered = Object.fromEntries(Object.entries(scores).map(([id, score]) => [id, number(score)]));
      return JSON.stringify({{ scores: numbered, plan: plan.map(number), ask_next: ask_next.map(number), ...others }});
    }});
  }});
  return [...first, ...patients];
}}"""


def opened(reader: Reader) -> Reader:
    """Any page with a widget, opened once: the evaluator and the knowledge are the same in all, and keep no finding."""
    if CASES[0] not in reader.page.url:
        reader.open_case(CASES[0])
    return reader


class Hash:
    """The hash of the texts that a page makes; it makes them while Python goes on.

    Parameters
    ----------
    page : Reader
    script : str
        A function that gives a list of texts.
    given : Any
        What the function is given: as JSON in one text, because the browser takes a text more quickly than parts.
    """

    def __init__(self, page: Reader, script: str, given: Any) -> None:
        self.page = page.page
        self.page.evaluate(
            f"""(given) => {{
              window.texts = new Promise((done, failed) => setTimeout(() => {{
                try {{ done(({script})(given).join('\\n')); }} catch (error) {{ failed(error); }}
              }}));
            }}""",
            written(given),
        )

    def __str__(self) -> str:
        """Wait for the texts."""
        return self.page.evaluate("""async () => {
          const hash = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(await window.texts));
          return Array.from(new Uint8Array(hash), (byte) => byte.toString(16).padStart(2, '0')).join('');
        }""")


def hashed(texts: Iterable[str]) -> str:
    """The hash of the texts that Python makes."""
    return hashlib.sha256("\n".join(texts).encode()).hexdigest()


@contextmanager
def nothing_thrown_away() -> Iterator[None]:
    """Look for no rubbish in what is made here, now or later: almost all is kept, and a fourth of the time would go there."""
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        gc.enable()


def changed(base: Findings, changes: Changes) -> dict[str, Any]:
    """Return findings after some changes; None takes a finding out."""
    return {id: value for id, value in (dict(base) | dict(changes)).items() if value is not None}


def assessed(base: Findings, changes: Changes) -> casebook.Assessment | str:
    """Return what Python concludes, or why it refuses to."""
    try:
        return casebook.assess(changed(base, changes))
    except casebook.FindingError as error:
        return str(error)


def assessed_in_full(base: Findings, changes: Changes) -> str:
    """Return the same as the page writes it."""
    found = assessed(base, changes)
    return found if isinstance(found, str) else written(found.to_dict())


def fitted(base: Findings, changes: Changes) -> Changes:
    """Return changes, and after them which findings of a patient must go because they contradict these."""
    given = dict(changes)
    while found := refusals(engine().knowledge, changed(base, list(given.items()))):
        given |= {id: None for refusal in found for id in refusal.findings if id not in given}
    return list(given.items())


def random_patient(choose: random.Random) -> dict[str, Any]:
    """Return findings that a patient can have together, anything from none to all, by chance."""
    share = choose.random()
    findings = {f["id"]: choose.choice(values(f)[:-1]) for f in bundle()["findings"] if choose.random() < share}
    while found := refusals(engine().knowledge, findings):
        del findings[choose.choice(found[0].findings)]
    return findings


class Numbered:
    """Writes patients as the page does: each score and entry once, and then by its number."""

    def __init__(self) -> None:
        self.numbers: dict[str, int] = {}
        self.known: dict[int, int] = {}
        self.held: list[Any] = []
        self.first: list[str] = []

    def texts(self, assessments: Iterable[casebook.Assessment | str]) -> list[str]:
        """Return some patients, after the parts that are new in them."""
        self.first = []
        patients = [each if isinstance(each, str) else self.patient(each) for each in assessments]
        return [*self.first, *patients]

    def patient(self, assessment: casebook.Assessment) -> str:
        return written(
            {
                "scores": dict(zip(assessment.scores, self.numbered(assessment.scores.values()), strict=True)),
                "plan": self.numbered(assessment.plan),
                "ask_next": self.numbered(assessment.ask_next),
                "state": assessment.state,
                "first_line": [line.to_dict() for line in assessment.first_line],
                "knowledge": assessment.knowledge,
            }
        )

    def numbered(self, parts: Iterable[Any]) -> list[int]:
        known = self.known
        try:
            return [known[id(part)] for part in parts]
        except KeyError:  # one of them is new
            return [self.number(part) for part in parts]

    def number(self, part: Any) -> int:
        if id(part) not in self.known:
            text = written(part.to_dict())
            if text not in self.numbers:
                self.numbers[text] = len(self.numbers)
                self.first.append(text)
            self.known[id(part)] = self.numbers[text]
            self.held.append(part)  # so that no other has its identity
        return self.known[id(part)]


def assert_equal(page: Reader, base: Findings, states: Iterable[Changes]) -> int:
    """Compare every state, a batch at a time by its hash; return how many there were."""
    count = 0
    numbered = Numbered()
    left = iter(states)
    with nothing_thrown_away():
        while batch := list(islice(left, BATCH)):
            found = Hash(page, NUMBERED_IN_THE_PAGE, [dict(base), batch, count == 0])
            count += len(batch)
            if hashed(numbered.texts(assessed(base, changes) for changes in batch)) != str(found):
                show_first_difference(page, base, batch)
    return count


def assert_written_equal(page: Reader, base: Findings, states: Sequence[Changes]) -> None:
    """Compare the whole text of every state."""
    found = Hash(page, ASSESSED_IN_THE_PAGE, [dict(base), states])
    if hashed(assessed_in_full(base, changes) for changes in states) != str(found):
        show_first_difference(page, base, states)


def show_first_difference(page: Reader, base: Findings, batch: Sequence[Changes]) -> None:
    pairs = zip(batch, page.page.evaluate(ASSESSED_IN_THE_PAGE, written([dict(base), batch])), strict=True)
    for changes, found in pairs:
        differ(f"{dict(base)} with {dict(changes)}", assessed_in_full(base, changes), found)
    pytest.fail("the hashes differ and the texts do not")


def differ(of: str, python: str, page: str) -> None:
    """Fail where two texts differ, and show where they begin to."""
    if python != page:
        place = next((at for at, (a, b) in enumerate(zip(python, page, strict=False)) if a != b), len(page))
        near = slice(max(0, place - 120), place + 120)
        pytest.fail(f"{of}\nPython …{python[near]}…\npage   …{page[near]}…")


def values(finding: Mapping[str, Any]) -> list[Any]:
    """Options of a finding as the bundle has it, and None, as if it were not assessed."""
    return [option["id"] for option in finding["options"]] + [None]


def single_changes(base: Findings) -> Iterator[tuple[str, Any]]:
    for finding in bundle()["findings"]:
        for value in values(finding):
            if value != base.get(finding["id"]):
                yield finding["id"], value


def pairs_of_changes(base: Findings) -> Iterator[Changes]:
    for one, other in combinations(single_changes(base), 2):
        if one[0] != other[0]:
            yield one, other
