"""The smallest changes that move a recommendation or a score, beside every change gone through."""

from __future__ import annotations

import itertools
import random
from typing import Any

import brute
import numpy as np
import plain
import pytest
import states

import casebook
from casebook.explain import Closest, closest
from casebook.knowledge_base import knowledge
from casebook.messages import message
from casebook.messages.words import entry_outcome, outcome

ACTIONS = list(knowledge().actions)
SCORES = list(plain.SCORES)
TARGETS = [*ACTIONS, *SCORES]
OPEN = message("outcome-name", stance="undecided", limit="none")
NOTHING = message("outcome-name", stance="none", limit="none")

TWO, THREE = (None, 100) if states.EVERY else (16, 1)
"""States around the cases, and as many at random, of which so many changes are gone through; None for all."""

UNREAD = None if states.EVERY else 6
"""Changes of a case that concern nothing that a target reads; None for all."""


def target(id: str) -> brute.Target:
    return brute.score(id) if id in SCORES else brute.action(id)


def words(id: str, result: Any) -> str:
    """The result as `closest` names it."""
    if id in SCORES:
        return next(band.label for band in knowledge().scores[id].bands if band.id == result)
    return outcome(result)


def spelled_out(found: Closest) -> dict[str, list[frozenset[tuple[str, Any]]]]:
    """Every set of changes, each choice of options by itself."""
    return {
        flip.to: [
            frozenset(each)
            for conditions in flip.sets
            for each in itertools.product(*([(one.finding, value) for value in one.options] for one in conditions))
        ]
        for flip in found.flips
    }


def numbered(found: Closest) -> dict[tuple[str, int], np.ndarray]:
    """The same as sorted numbers, by the result and how many findings change."""
    place = list(plain.FINDINGS).index
    numbers: dict[tuple[str, int], list[np.ndarray]] = {}
    for flip in found.flips:
        for conditions in flip.sets:
            ordered = sorted(conditions, key=lambda one: place(one.finding))
            options = [[brute.CODES[one.finding, option] for option in one.options] for one in ordered]
            numbers.setdefault((flip.to, len(conditions)), []).append(brute.codes(options))
    return {key: np.sort(np.concatenate(each)) for key, each in numbers.items()}


def agrees(id: str, findings: states.Findings, changes: int) -> bool:
    """Whether what is found is what going through every change finds, each set once."""
    flips = target(id).flips(findings, changes)
    expected = {
        (words(id, result), size): each for result, sizes in flips.alone.items() for size, each in sizes.items()
    }
    counts = [sum(len(each) for (_, of), each in expected.items() if of == size) for size in range(1, changes + 1)]
    expected |= {(OPEN, size): each for size, each in flips.several.items()}
    found = closest(findings, id, changes)
    told = numbered(found)
    return (
        told.keys() == expected.keys()
        and all(np.array_equal(told[key], expected[key]) for key in told)
        and found.counts == tuple(counts)
        and set(found.standing) == {words(id, result) for result in target(id).now(findings)}
    )


@pytest.mark.parametrize("id", TARGETS)
def test_one_or_two_changes_are_exactly_those_that_going_through_all_of_them_finds(id):
    assert [state for state in states.chosen(target(id), TWO) if not agrees(id, state, 2)] == []


@pytest.mark.parametrize("id", TARGETS)
def test_three_changes_too(id):
    assert [state for state in states.chosen(target(id), THREE) if not agrees(id, state, 3)] == []


@pytest.mark.parametrize("id", TARGETS)
def test_what_a_target_does_not_read_bears_on_its_closest_changes_by_contradictions_alone(id):
    met = {each for pair in target(id).pairs for each in plain.read_by_pair(pair)}
    for name in states.CASES:
        findings = states.case(name)
        found = closest(findings, id)
        unread = [
            change
            for change in states.singles(findings)
            if change[0] not in target(id).ids and states.exists(states.changed(findings, [change]))
        ]
        for change in random.Random(f"{name} {id}").sample(unread, len(unread))[:UNREAD]:
            after = states.changed(findings, [change])
            if change[0] in met:
                assert agrees(id, after, 1), change
            else:
                assert closest(after, id) == found, change


@pytest.mark.parametrize(
    "id", ["en_bloc_resection", "embolisation", "follow_up_mri", "iliosacral_screws", "decompression"]
)
def test_a_change_that_takes_away_an_excuse_is_none(id):
    """Tumour that presses on roots beside a free canal is excused by where it grows; these read little else of it."""
    findings = {"level": "S2", "compression_by": "tumour", "epidural": "none", "tumour_compartment": "intradural"}
    for changes in (1, 2, 3):
        assert agrees(id, findings, changes)
    named = {each for sets in spelled_out(closest(findings, id, 1)).values() for changes in sets for each in changes}
    assert ("tumour_compartment", "foraminal") in named or id == "decompression"
    assert ("tumour_compartment", "epidural") not in named


def test_a_change_that_no_patient_can_have_is_found_with_what_makes_it_possible():
    findings = {"motor_deficit": "none", "deficit_course": "none", "level": "S2", "spine_mri": "not_done"}
    found = spelled_out(closest(findings, "urgent_consult"))
    weak = [dict(each) for each in found["emergency"] if ("motor_deficit", "bilateral") in each]
    courses = [each["deficit_course"] for each in weak if "deficit_course" in each]
    assert sorted(courses) == ["over_7_days", "stable", "within_7_days"]
    assert len(weak) == len(courses)
    assert all(states.exists(states.changed(findings, each)) for sets in found.values() for each in sets)


def result_of(findings: states.Findings, id: str) -> str | None:
    """What an assessment says of a target, None while it is open."""
    assessment = states.assessed(findings)
    if id in SCORES:
        bands = assessment.scores[id].bands
        return words(id, bands[0]) if len(bands) == 1 else None
    word = entry_outcome(assessment.entry(id))
    return None if word == OPEN else word


@pytest.mark.parametrize("name", states.CASES)
@pytest.mark.parametrize("id", TARGETS)
def test_every_change_that_is_named_does_what_it_says_and_none_of_its_parts_does(name, id):
    findings = states.case(name)
    now = result_of(findings, id)
    for to, sets in spelled_out(closest(findings, id)).items():
        result = None if to == OPEN else to
        assert result != now
        for changes in random.Random(f"{name} {id}").sample(sets, min(len(sets), 8)):
            assert states.exists(findings | dict(changes))
            assert result_of(findings | dict(changes), id) == result
            for left_out in changes:
                rest = findings | dict(changes - {left_out})
                if states.exists(rest):
                    part = result_of(rest, id)
                    assert part is not None if to == OPEN else part in (now, None)


def test_sets_that_change_the_same_findings_are_joined_into_products():
    found = closest({"level": "S2", "pain": "none", "alignment": "normal"}, "sins")
    for flip in found.flips:
        seen = [tuple(each.finding for each in conditions) for conditions in flip.sets]
        assert [len(each) for each in seen] == sorted(len(each) for each in seen)
        for conditions in flip.sets:
            for one in conditions:
                order = knowledge().vocabulary.by_id[one.finding].values
                assert list(one.options) == sorted(one.options, key=order.index)


def test_results_stand_by_strength_then_nothing_said_then_what_opens_it():
    order = [flip.to for flip in closest(states.case("melanoma-cauda-equina"), "decompression").flips]
    assert order == ["consider", "not indicated", NOTHING, OPEN]
    order = [flip.to for flip in closest(states.case("sacral-ala-cement"), "sacroplasty").flips]
    assert order == ["consider", "caution", "not indicated", "contraindicated", NOTHING, OPEN]
    order = [flip.to for flip in closest(states.case("colon-s1"), "mri_full_spine").flips]
    assert len(order) > 1
    assert order == sorted(
        order, key=lambda word: ("emergency", "recommended", NOTHING, OPEN).index(word.split(" within")[0])
    )


NO_LEVEL = {
    "pain": "mechanical",
    "bone_lesion": "lytic",
    "alignment": "normal",
    "collapse": "none",
    "posterolateral": "none",
}
"""Five points, and the level not assessed: nought to three more."""


def test_a_finding_that_is_not_assessed_is_never_taken_for_normal():
    found = closest(NO_LEVEL, "sins", 1)
    assert found.standing == ("stable", "potentially unstable")
    by_level = {
        to: [dict(each)["level"] for each in sets if "level" in dict(each)] for to, sets in spelled_out(found).items()
    }
    assert by_level["stable"] == levels("T3", "T10") + levels("S2", "S5")
    assert by_level["potentially unstable"] == levels("C1", "T2") + levels("T11", "S1")


def levels(first: str, last: str) -> list[str]:
    levels = list(knowledge().vocabulary.by_id["level"].values)
    return levels[levels.index(first) : levels.index(last) + 1]


def test_neighbouring_levels_and_numbers_are_named_by_their_ends():
    text = closest(NO_LEVEL, "sins", 1).text
    assert text.startswith("SINS would change to “stable” if level scored were T3 to T10 or S2 to S5, or if pain at")
    assert "if level scored were C1 to T2 or T11 to S1" in text
    assert text.endswith("No other single change would decide the result for SINS.")


def test_a_reported_finding_is_called_reported():
    findings = states.case("melanoma-cauda-equina")
    text = closest(findings, "bladder_care", reported=["cauda_equina_syndrome"]).text
    assert text == (
        "Bladder scan, and a catheter for retention would be undecided if cauda equina syndrome (reported) were absent. No "
        "change to one or two findings would give another decided result for bladder scan, and a catheter for retention."
    )


def test_what_opens_a_decided_recommendation_is_told_though_nothing_settles_it_otherwise():
    findings = states.case("melanoma-cauda-equina")
    opens = (
        "Spine surgeon and radiation oncologist together would be undecided if cauda equina syndrome (reported) were "
        "absent."
    )
    differs = "would give another decided result for spine surgeon and radiation oncologist together."
    found = closest(findings, "urgent_consult", reported=["cauda_equina_syndrome"])
    assert found.text == f"{opens} No change to one or two findings {differs}"
    assert [flip.to_dict() for flip in found.flips] == [
        {"to": OPEN, "sets": [[{"finding": "cauda_equina_syndrome", "options": ["absent"]}]]}
    ]
    assert found.counts == (0, 0)
    found = closest(findings, "urgent_consult", 1, ["cauda_equina_syndrome"])
    assert found.text == f"{opens} No single change {differs}"


def test_what_opens_it_follows_what_moves_it():
    text = closest(states.case("melanoma-cauda-equina"), "aortic_balloon_occlusion").text
    assert text == (
        "Aortic balloon occlusion would not be listed if level scored were C1 to L5, or if where tumour reaches the "
        "nerves were intradural or leptomeningeal. The same result would follow if operation possible were no. "
        "Aortic balloon occlusion would be undecided if cauda equina syndrome were absent or suspected. "
        "No other single change would change the result for aortic balloon occlusion."
    )


def test_a_score_opens_into_more_than_one_band():
    text = closest(states.case("melanoma-cauda-equina"), "sins", 1).text
    assert text.startswith(
        "SINS could be in more than one band if level scored were C1 to S1, or if pain at the lesion were "
    )
    assert text.endswith(" No single change would give another decided result for SINS.")


def test_what_only_two_changes_open_is_listed_and_not_called_unmoved():
    found = closest(states.case("melanoma-cauda-equina"), "spine_surgery_consult")
    assert [(flip.to, {len(each) for each in flip.sets}) for flip in found.flips] == [(OPEN, {2})]
    assert (
        found.text
        == "No change to one or two findings would give another decided result for spine surgery consultation."
    )


def test_what_is_open_is_not_opened():
    assert OPEN not in [flip.to for flip in closest(NO_LEVEL, "sins").flips]


def test_where_nothing_moves_it_that_is_said():
    findings = states.case("melanoma-cauda-equina")
    assert closest(findings, "mirels", 1).text == "No single change would change the result for Mirels."
    assert closest(findings, "mirels").to_dict() == {
        "target": "mirels",
        "standing": ["not applicable"],
        "flips": [],
        "text": "No change to one or two findings would change the result for Mirels.",
        "counts": [0, 0],
    }


@pytest.mark.parametrize(("id", "near"), [("sacroplsty", "sacroplasty"), ("sinss", "sins")])
def test_an_unknown_target_is_told_with_the_nearest(id, near):
    with pytest.raises(casebook.FindingError, match=f"did you mean {near}"):
        closest({}, id)


@pytest.mark.parametrize("changes", [0, 4, "2"])
def test_more_than_three_changes_are_not_looked_for(changes):
    with pytest.raises(ValueError, match="1, 2 or 3"):
        closest({}, "sins", changes)


def test_a_reported_finding_must_exist():
    with pytest.raises(casebook.FindingError, match="did you mean pain"):
        closest({}, "sins", reported=["pian"])
