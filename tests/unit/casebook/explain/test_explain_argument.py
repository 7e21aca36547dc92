"""The argument for and against an action, beside the second evaluator."""

from __future__ import annotations

import brute
import plain
import pytest
import states
from test_explain_change import standing

import casebook
from casebook.explain import argument
from casebook.knowledge_base import knowledge

TRUTHS = {True: "holds", False: "fails", None: "unknown"}
MOST = None if states.EVERY else 16
"""States around the cases, and as many at random, that differ for an action; None for all."""


@pytest.fixture(scope="module", params=states.shared("arguments", knowledge().actions))
def every(request: pytest.FixtureRequest) -> list[tuple[states.Findings, str, dict]]:
    action = request.param
    return [
        (findings, action, argument(findings, action).to_dict())
        for findings in states.chosen(brute.action(action), MOST)
    ]


def clauses(action: str, in_favour: bool) -> dict[str, list[tuple[str, plain.Outcome]]]:
    """Conditions of each rule that speaks of the action on one side, in the order of the rules."""
    found: dict[str, list[tuple[str, plain.Outcome]]] = {}
    for id, place, voice in plain.VOICES.get(action, []):
        if (voice.outcome.stance in plain.FOR) == in_favour:
            found.setdefault(id, []).append((plain.CLAUSES[id][place][0].text, voice.outcome))
    return found


def test_every_rule_and_clause_stands_on_its_side_with_its_truth(every):
    for findings, action, told in every:
        for side, in_favour in (("for", True), ("against", False)):
            expected = clauses(action, in_favour)
            assert {rule["rule"] for rule in told[side]} == expected.keys()
            for rule in told[side]:
                texts = [text for text, _ in expected[rule["rule"]]]
                assert [clause["truth"] for clause in rule["clauses"]] == [
                    TRUTHS[brute.truth(text, findings)] for text in texts
                ]
                whole = " or ".join(f"({text})" for text in texts)
                assert rule["truth"] == TRUTHS[brute.truth(whole, findings)]
            order = [("holds", "unknown", "fails").index(rule["truth"]) for rule in told[side]]
            assert order == sorted(order)


def test_the_standing_is_that_of_every_completion(every):
    for findings, action, told in every:
        assert told["standing"] == standing(action, findings)


def test_a_comparison_names_what_it_reads_and_is_unknown_only_where_that_is(every):
    for findings, _, told in every:
        for rule in (*told["for"], *told["against"]):
            for clause in rule["clauses"]:
                for leaf in clause["leaves"]:
                    assert set(leaf["findings"]) <= plain.FINDINGS.keys()
                    unknown = [id for id in leaf["findings"] if id not in findings]
                    open_item = findings.get("bone_lesion") == "ct_occult" and "bone_lesion" in leaf["findings"]
                    assert leaf["truth"] != "unknown" or unknown or open_item
                    if unknown == leaf["findings"]:
                        assert leaf["truth"] == "unknown"
                        assert leaf["text"].endswith(" (here: not assessed)") or len(unknown) > 1


def test_a_condition_holds_with_all_its_comparisons_and_fails_with_all_of_them(every):
    for _, _, told in every:
        for rule in (*told["for"], *told["against"]):
            for clause in rule["clauses"]:
                if clause["truth"] == "holds":
                    assert not clause["leaves"] or any(leaf["truth"] == "holds" for leaf in clause["leaves"])
                if clause["leaves"] and all(leaf["truth"] == "holds" for leaf in clause["leaves"]):
                    assert clause["truth"] == "holds"
                if clause["leaves"] and all(leaf["truth"] == "fails" for leaf in clause["leaves"]):
                    assert clause["truth"] == "fails"


def test_what_stands_in_the_way_is_said_only_where_nothing_speaks_for_it_for_sure(every):
    for _, _, told in every:
        favoured = told["standing"].split(" ")[0] in {"emergency", "recommended", "consider"}
        assert not (favoured and told["in_the_way"])
        assert len(told["in_the_way"]) <= 3
        holding = [rule for rule in told["against"] if rule["truth"] == "holds"]
        if not favoured and holding:
            assert told["in_the_way"][0].startswith(knowledge().rules[holding[0]["rule"]].title)


def test_what_would_speak_for_it_is_what_its_strongest_rule_still_asks():
    findings = states.case("melanoma-cauda-equina")
    assert argument(findings, "preoperative_embolisation").in_the_way == (
        "Based on Mika & Mesfin 2018, this option would be worth considering if primary tumour were thyroid, kidney "
        "or liver.",
    )
    assert argument(findings, "stereotactic_radiotherapy").in_the_way == (
        "One source leaves no role for radiotherapy in cauda equina syndrome (Mika & Mesfin 2018; ASTRO 2024).",
        "Effaced sac: surgeon and radiation oncologist within 24 hours at the latest (Bilsky & Smith 2006; "
        "Laufer et al. 2013; NICE QS56; Zeng et al. 2019).",
        "Based on Zeng et al. 2019 and unsigned text, this option would be worth considering if radiotherapy to "
        "this site were none, a neurological deficit were absent and stereotactic radiotherapy possible were yes.",
    )


def test_a_comparison_tells_what_is_wanted_and_what_is_found():
    told = argument({"pain": "occasional", "pain_intensity": 8}, "sacroplasty").to_dict()
    texts = {leaf["text"] for rule in told["for"] for clause in rule["clauses"] for leaf in clause["leaves"]}
    assert "Pain intensity: 7 to 10 (here: 8)" in texts
    assert any(text.startswith("Pain at the lesion: mechanical (here: not mechanical)") for text in texts)
    assert any(text.endswith(" (here: not assessed)") for text in texts)
    told = argument(states.case("colon-s1"), "lumbopelvic_fixation").to_dict()
    texts = {leaf["text"] for rule in told["for"] for clause in rule["clauses"] for leaf in clause["leaves"]}
    assert "SINS: 13 to 18 (here: 9)" in texts


def test_an_unknown_action_is_told_with_the_nearest():
    with pytest.raises(casebook.FindingError, match="did you mean sacroplasty"):
        argument({}, "sacroplsty")


def test_what_asks_for_one_of_several_is_a_sentence_by_itself():
    assert argument({}, "immobilisation").in_the_way == (
        "Based on Hawkins et al. 2023 and NICE NG234, this option would be recommended if either there were a "
        "neurological deficit or cauda equina syndrome were suspected. The rule also requires that either there were "
        "spinopelvic dissociation or level scored were not S3 to S5 and either pain at the lesion were mechanical or "
        "SINS were 7 to 18.",
    )
