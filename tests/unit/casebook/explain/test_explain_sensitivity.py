"""What one step in one finding changes, beside the second evaluator."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

import brute
import plain
import pytest
import states
from test_explain_change import standing

from casebook.explain import Firmness, firmness
from casebook.knowledge_base import knowledge
from casebook.messages import message

STATES = 36
FINDINGS = {finding["id"]: finding for finding in plain.FILES["findings.yml"]["findings"]}


@pytest.fixture(scope="module", params=states.parts("firm", STATES))
def every(request: pytest.FixtureRequest) -> list[tuple[states.Findings, Firmness]]:
    return [(findings, firmness(findings)) for findings in request.param]


@cache
def steps(id: str, value: object) -> frozenset[object]:
    """Neighbours in the order that the knowledge gives, else every other option."""
    options = [option["id"] for option in FINDINGS[id]["options"]]
    order = FINDINGS[id].get("order", [])
    order = options if order == "all" else order
    if value not in order:
        return frozenset(options) - {value}
    place = order.index(value)
    return frozenset(order[near] for near in (place - 1, place + 1) if 0 <= near < len(order))


def now(target: brute.Target, findings: states.Findings) -> object:
    """How an action stands, or the bands that a score may be in."""
    return target.now(findings) if target.name in plain.POINTS else standing(target.name, findings)


def possible_steps(id: str, findings: states.Findings) -> frozenset[object]:
    """Those that contradict no other finding."""
    return frozenset(step for step in steps(id, findings[id]) if states.exists({**findings, id: step}))


def moved(targets: Iterable[brute.Target], findings: states.Findings) -> dict[str, set[str]]:
    """For each finding what some step of it moves."""
    every = {id: possible_steps(id, findings) for id in findings}
    found: dict[str, set[str]] = {}
    for target in targets:
        was = now(target, findings)
        for id in target.ids:
            other = {target.class_of[id][step]: step for step in every.get(id, ())}
            if any(now(target, {**findings, id: step}) != was for step in other.values()):
                found.setdefault(id, set()).add(target.name)
    return found


def test_every_assessed_finding_is_read_one_step_away_where_that_contradicts_nothing(every):
    left_out = 0
    for findings, found in every:
        assert [each.finding for each in found.findings] == [
            id for id in knowledge().vocabulary.position if id in findings
        ]
        for each in found.findings:
            assert set(each.steps) == possible_steps(each.finding, findings)
            left_out += len(steps(each.finding, findings[each.finding])) - len(each.steps)
            assert each.text.startswith("One step away (" if each.steps else message("sensitivity-fixed"))
            if not each.steps:
                assert (each.scores, each.actions) == ((), ())
    assert left_out > 20 or states.EVERY


def test_what_a_step_changes_is_what_the_second_evaluator_says(every):
    for findings, found in every:
        actions = moved(map(brute.action, plain.SPOKEN_OF), findings)
        scores = moved(map(brute.score, plain.POINTS), findings)
        for each in found.findings:
            assert set(each.actions) == actions.get(each.finding, set())
            assert set(each.scores) == scores.get(each.finding, set())
        assert found.fragile == sum(bool(each.scores or each.actions) for each in found.findings)
        assert found.firm + found.fragile == len(found.findings)


def test_agreement_reaches_the_finding_that_its_item_reads(every):
    printed = {
        "level": 0.790, "pain": 0.841, "bone_lesion": 0.244, "alignment": 0.456, "collapse": 0.462, "posterolateral": 0.492,
    }  # fmt: skip
    for _, found in every:
        for each in found.to_dict()["findings"]:
            given = each["agreement"]
            assert (given and given["value"]) == printed.get(each["finding"])
            if given:
                assert (given["statistic"], given["score"]) == ("kappa", "sins")
                assert given["source"] == [["fourney2011", "reliability results"]]


def test_a_finding_says_what_its_neighbours_change():
    text = {each.finding: each.text for each in firmness(states.case("endometrial-ilium")).findings}
    assert text["pain"] == (
        "One step away (not mechanical), the band of SINS changes and 2 recommendations change. "
        "Agreement between observers: kappa 0.841 (Fourney et al. 2011)."
    )
    assert text["level"].startswith(
        "One step away (S2 or S4), nothing changes. Agreement between observers: kappa 0.790"
    )
    assert text["bladder_bowel"] == "One step away (retention), 9 recommendations change."
    assert text["fit_for_surgery"] == "One step away (no), 9 recommendations change."
    assert text["fracture"] == message("sensitivity-fixed")


def test_the_summary_counts_and_names_what_the_plan_hangs_on_most(every):
    assert firmness(states.case("endometrial-ilium")).text == (
        "12 of 18 findings would change a band or the plan if read one step differently. "
        "The plan depends most on bladder and bowel, operation possible and cauda equina syndrome."
    )
    assert firmness({}).to_dict() == {"findings": [], "text": "No finding is assessed.", "firm": 0, "fragile": 0}
    assert firmness({"escc": "0"}).text == message("sensitivity-none-fragile")


def test_the_order_of_a_finding_is_one_that_the_book_uses():
    """Where urgency must not fall along the options, the order is theirs."""
    for finding in knowledge().vocabulary:
        if finding.worsens is True and len(finding.values) > 2:
            assert finding.order == finding.values
        assert finding.order == tuple(sorted(finding.order, key=finding.values.index))
