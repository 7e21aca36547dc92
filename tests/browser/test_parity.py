"""The page and Python derive the same from the same findings, to the last character of the JSON."""

from __future__ import annotations

import hashlib
import json
import random
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import combinations, islice, product
from typing import Any

import pytest
from playwright.sync_api import Error
from reader import CASES, Reader

import casebook
from casebook.bundle import bundle
from casebook.cases import load_case

Findings = Mapping[str, Any]
Changes = Sequence[tuple[str, Any]]

BATCH = 2_000

ASSESSED_IN_THE_PAGE = """([base, batch]) => batch.map((changes) => {
  const findings = { ...base };
  for (const [id, value] of changes) {
    if (value === null) delete findings[id];
    else findings[id] = value;
  }
  return JSON.stringify(window.casebook.assess(findings));
})"""

# Thousands of patients share most of their scores and recommendations. Each is written once and then named by its
# number, in the order of its first appearance, which is the same on both sides if all is.
HASHED_IN_THE_PAGE = """async ([base, batch, anew]) => {
  if (anew || !window.written) window.written = { numbers: new Map(), known: new Map() };
  const { numbers, known } = window.written;
  const first = [];
  const number = (part) => {
    if (!known.has(part)) {
      const text = JSON.stringify(part);
      if (!numbers.has(text)) {
        numbers.set(text, numbers.size);
        first.push(text);
      }
      known.set(part, numbers.get(text));
    }
    return known.get(part);
  };
  const patients = batch.map((changes) => {
    const findings = { ...base };
    for (const [id, value] of changes) {
      if (value === null) delete findings[id];
      else findings[id] = value;
    }
    const { scores, plan, ask_next, ...others } = window.casebook.assess(findings);
    const numbered = Object.fromEntries(Object.entries(scores).map(([id, score]) => [id, number(score)]));
    return JSON.stringify({ scores: numbered, plan: plan.map(number), ask_next: ask_next.map(number), ...others });
  });
  const bytes = new TextEncoder().encode([...first, ...patients].join('\\n'));
  const hash = await crypto.subtle.digest('SHA-256', bytes);
  return Array.from(new Uint8Array(hash), (byte) => byte.toString(16).padStart(2, '0')).join('');
}"""


@pytest.fixture
def page(online: Reader) -> Reader:
    """Any page with a widget: the evaluator and the knowledge are the same in all."""
    online.open_case(CASES[0])
    return online


def assessed_in_python(base: Findings, changes: Changes) -> str:
    return written(assessed(base, changes).to_dict())


def assessed(base: Findings, changes: Changes) -> casebook.Assessment:
    findings = dict(base)
    for id, value in changes:
        if value is None:
            findings.pop(id, None)
        else:
            findings[id] = value
    return casebook.assess(findings)


def written(part: Any) -> str:
    return json.dumps(part, ensure_ascii=False, separators=(",", ":"))


class Numbered:
    """Writes patients as the page does: each score and entry once, and then by its number."""

    def __init__(self) -> None:
        self.numbers: dict[str, int] = {}
        self.known: dict[int, tuple[Any, int]] = {}
        self.first: list[str] = []

    def hash(self, assessments: Iterable[casebook.Assessment]) -> str:
        """Return the hash of some patients, and of the parts that are new in them."""
        self.first = []
        patients = [self.patient(each) for each in assessments]
        return hashlib.sha256("\n".join([*self.first, *patients]).encode()).hexdigest()

    def patient(self, assessment: casebook.Assessment) -> str:
        return written(
            {
                "scores": {id: self.number(score) for id, score in assessment.scores.items()},
                "plan": [self.number(entry) for entry in assessment.plan],
                "ask_next": [self.number(asked) for asked in assessment.ask_next],
                "knowledge": assessment.knowledge,
            }
        )

    def number(self, part: Any) -> int:
        if id(part) not in self.known:
            text = written(part.to_dict())
            if text not in self.numbers:
                self.numbers[text] = len(self.numbers)
                self.first.append(text)
            self.known[id(part)] = (part, self.numbers[text])  # held, so that no other has its identity
        return self.known[id(part)][1]


def assert_equal(page: Reader, base: Findings, states: Iterable[Changes]) -> int:
    """Compare every state, a batch at a time by its hash; return how many there were."""
    count = 0
    numbered = Numbered()
    left = iter(states)
    while batch := list(islice(left, BATCH)):
        anew = count == 0
        count += len(batch)
        expected = numbered.hash(assessed(base, changes) for changes in batch)
        if page.page.evaluate(HASHED_IN_THE_PAGE, [base, batch, anew]) != expected:
            show_first_difference(page, base, batch)
    return count


def assert_written_equal(page: Reader, base: Findings, states: Sequence[Changes]) -> None:
    """Compare the whole text of every state."""
    if page.page.evaluate(ASSESSED_IN_THE_PAGE, [base, states]) != [assessed_in_python(base, one) for one in states]:
        show_first_difference(page, base, states)


def show_first_difference(page: Reader, base: Findings, batch: Sequence[Changes]) -> None:
    for changes, found in zip(batch, page.page.evaluate(ASSESSED_IN_THE_PAGE, [base, batch]), strict=True):
        expected = assessed_in_python(base, changes)
        if found != expected:
            place = next((at for at, (a, b) in enumerate(zip(expected, found, strict=False)) if a != b), len(found))
            near = slice(max(0, place - 120), place + 120)
            pytest.fail(f"{base} with {dict(changes)}\nPython …{expected[near]}…\npage   …{found[near]}…")
    pytest.fail("the hashes differ and the texts do not")


def values(finding: Mapping[str, Any]) -> list[Any]:
    return [option["id"] for option in finding["options"]] + [None]


# Every case, and every pair of changes to it


class EveryPairOfChanges:
    """One class for each case, so that they can run side by side."""

    case = ""

    def test_the_published_case_and_every_single_change(self, page):
        base = load_case(self.case).findings
        assert_written_equal(page, base, [[], *([change] for change in single_changes(base))])

    def test_every_pair_of_changes(self, page):
        base = load_case(self.case).findings
        assert assert_equal(page, base, pairs_of_changes(base)) > 10_000


def single_changes(base: Findings) -> Iterator[tuple[str, Any]]:
    for finding in bundle()["findings"]:
        for value in values(finding):
            if value != base.get(finding["id"]):
                yield finding["id"], value


def pairs_of_changes(base: Findings) -> Iterator[Changes]:
    for one, other in combinations(single_changes(base), 2):
        if one[0] != other[0]:
            yield one, other


for name in CASES:
    title = "Test" + "".join(word.capitalize() for word in name.split("-"))
    globals()[title] = type(title, (EveryPairOfChanges,), {"case": name})


# Every input of every score


@pytest.mark.parametrize(("score", "inputs"), [("sins", 1296), ("tokuhashi", 1458), ("tomita", 18)])
def test_every_input_of_a_score(page, score, inputs):
    states = list(inputs_of(score))
    assert {casebook.assess(dict(changes)).scores[score].status for changes in states} == {"complete"}
    assert assert_equal(page, {}, states) == inputs


def inputs_of(score: str) -> Iterator[Changes]:
    """Findings that give the points of every item, in every combination."""
    definition = next(entry for entry in bundle()["scores"] if entry["id"] == score)
    for chosen in product(*(ways(score, place, item) for place, item in enumerate(definition["items"]))):
        yield [change for changes in chosen for change in changes]


def ways(score: str, place: int, item: Mapping[str, Any]) -> list[Changes]:
    """For each number of points that an item can give, the first findings that lead to it."""
    findings = {finding["id"]: finding for finding in bundle()["findings"]}
    found: dict[int, Changes] = {}
    for chosen in product(*(values(findings[id])[:-1] for id in item["reads"])):
        changes = list(zip(item["reads"], chosen, strict=True))
        result = casebook.assess(dict(changes)).scores[score].items[place]
        if result.option is not None:
            found.setdefault(result.points, changes)
    return list(found.values())


# Patients of whom anything may be known


def test_a_thousand_random_partial_findings(page):
    choose = random.Random(20261122)
    states = []
    for _ in range(1_000):
        share = choose.random()
        states.append(
            [(f["id"], choose.choice(values(f)[:-1])) for f in bundle()["findings"] if choose.random() < share]
        )
    assert assert_equal(page, {}, states) == 1_000


# What is not in the vocabulary


def said_in_python(findings: Findings) -> str:
    with pytest.raises(casebook.FindingError) as caught:
        casebook.assess(findings)
    return str(caught.value)


SAID_IN_THE_PAGE = """(given) => given.map((findings) => {
  try { return `assessed ${JSON.stringify(window.casebook.assess(findings))}`; }
  catch (error) { return error.message; }
})"""


@pytest.mark.parametrize(
    "findings",
    [
        {"pian": "mechanical"},
        {"nothing like it": 1},
        {"pain": "mechancal"},
        {"pain": ["mechanical", None, 3]},
        {"pain": {"is": True}},
        {"pain": "it's"},
        {"pain": 'the "worst"\n\\'},
        {"pain": ""},
        {"fit_for_surgery": True},
        {"fit_for_surgery": False},
        {"pain": True},
        {"karnofsky": 75},
        {"karnofsky": 74.5},
        {"karnofsky": " 12 "},
        {"karnofsky": "good"},
        {"pain_intensity": -1},
        {"pain_intensity": []},
        {"level": "S9"},
        {"level": "coccyx"},
        {"primary": "z" * 300},
        {"level": "S1", "pane": "none", "pain": "x"},
    ],
    ids=str,
)
def test_an_unknown_id_or_option_is_told_in_the_page_as_in_python(page, findings):
    assert page.page.evaluate(SAID_IN_THE_PAGE, [findings]) == [said_in_python(findings)]


def test_a_thousand_misspelt_ids_and_options_have_the_same_nearest_in_the_page_as_in_python(page):
    choose = random.Random(20261123)
    ids = [finding["id"] for finding in bundle()["findings"]]
    states: list[Findings] = []
    while len(states) < 1_000:
        finding = choose.choice(bundle()["findings"])
        id, option = finding["id"], str(choose.choice(finding["options"])["id"])
        wrong = misspelt(choose, id)
        states.append({wrong: option} if wrong not in ids else {id: f"{misspelt(choose, option)}~"})
        states.append({id: f"{misspelt(choose, option)}~"})
    assert page.page.evaluate(SAID_IN_THE_PAGE, states) == [said_in_python(state) for state in states]


def misspelt(choose: random.Random, word: str) -> str:
    """Swap, drop and change a few letters of a word."""
    letters = list(word)
    for _ in range(choose.randint(1, 3)):
        place = choose.randrange(len(letters) or 1)
        letters[place : place + 2] = choose.choice(
            [
                letters[place : place + 2][::-1],
                letters[place : place + 1],
                [choose.choice("aeimnrst_"), *letters[place + 1 : place + 2]],
            ]
        )
    return "".join(letters)


@pytest.mark.parametrize("id", ["__proto__", "constructor", "toString"])
def test_names_that_javascript_gives_every_object_are_unknown_findings(page, id):
    with pytest.raises(Error, match=id):
        page.page.evaluate('(id) => window.casebook.assess(JSON.parse(`{"${id}": "x"}`))', id)


def test_null_is_not_assessed_in_the_page_as_in_python(page):
    findings = {"pain": None, "level": "S1"}
    found = page.page.evaluate("(findings) => JSON.stringify(window.casebook.assess(findings))", findings)
    assert found == assessed_in_python({"level": "S1"}, [])
    assert found == json.dumps(casebook.assess(findings).to_dict(), ensure_ascii=False, separators=(",", ":"))
