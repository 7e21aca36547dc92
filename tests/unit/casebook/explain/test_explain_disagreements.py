"""Where results or sources pull apart, beside the second evaluator."""

from __future__ import annotations

import random

import brute
import plain
import pytest
import states

from casebook.explain import disagreements
from casebook.knowledge_base import knowledge

STATES = 120
TENSIONS = {tension["id"]: tension for tension in plain.FILES["tensions.yml"]}


@pytest.fixture(scope="module", params=states.parts("apart", STATES))
def every(request: pytest.FixtureRequest) -> list[tuple[states.Findings, tuple]]:
    return [(findings, disagreements(findings)) for findings in request.param]


def test_a_low_sins_and_an_emergency_pull_apart_whenever_both_are_sure(every):
    seen = set()
    for findings, found in every:
        urgent = any(
            all(outcome is not None and outcome.stance == "emergency" for outcome in brute.action(action).now(findings))
            for action in plain.SPOKEN_OF
        )
        low = brute.score("sins").now(findings) == {"stable"}
        told = "stable-and-urgent" in {each.id for each in found}
        seen.add(told)
        assert told is (low and urgent)
    assert seen == {True, False} or states.EVERY


def test_the_two_prognostic_scores_pull_apart_only_where_their_bands_do():
    apart = {
        ("under_6_months", "wide_or_marginal"): "little-time-and-excision",
        ("under_6_months", "marginal_or_intralesional"): "little-time-and-excision",
        ("at_least_1_year", "palliative"): "much-time-and-palliation",
        ("at_least_1_year", "supportive"): "much-time-and-palliation",
        ("at_least_6_months", "supportive"): "operation-or-none",
    }
    chance, met = random.Random("bands"), set()
    ids = sorted({*brute.score("tokuhashi").ids, *brute.score("tomita").ids})
    for _ in range(220):
        findings = {id: chance.choice(plain.FINDINGS[id]) for id in ids if chance.random() < 0.97}
        findings["one_continuous_lesion"] = "no"  # else each score has two totals
        bands = [brute.score(score).now(findings) for score in ("tokuhashi", "tomita")]
        sure = tuple(next(iter(each)) for each in bands) if all(len(each) == 1 for each in bands) else None
        told = {each.id for each in disagreements(findings) if each.kind == "scores"}
        if sure is not None:
            assert told == ({apart[sure]} if sure in apart else set())
            met.add(sure)
    assert len(met & apart.keys()) >= 3
    assert met - apart.keys()


def test_two_scores_pull_apart_only_if_both_their_totals_do():
    """Where several segments may be one lesion, a band that only one total is in decides nothing."""
    chance, open_ = random.Random("both totals"), 0
    ids = sorted({*brute.score("tokuhashi").ids, *brute.score("tomita").ids})
    tensions = {id: each["when"] for id, each in TENSIONS.items() if "tokuhashi.band" in each["when"]}
    for _ in range(220):
        findings = {id: chance.choice(plain.FINDINGS[id]) for id in ids} | {"level": "S1"}
        told = {each.id for each in disagreements(findings) if each.kind == "scores"}
        truths = {id: brute.truth(when, findings) for id, when in tensions.items()}
        assert told & tensions.keys() == {id for id, truth in truths.items() if truth}
        open_ += None in truths.values()
    assert open_ > 20


def test_sources_disagree_where_both_sides_are_met_and_something_may_be_said_of_an_action_between_them(every):
    for findings, found in every:
        expected = [
            id
            for id, conflict in plain.CONFLICTS.items()
            if any(brute.action(action).now(findings) != {None} for action in conflict.get("actions", []))
            and brute.truth(conflict.get("when") or sides(id), findings) is True
        ]
        assert [each.id for each in found if each.kind == "sources"] == expected


def sides(id: str) -> str:
    """The condition of a conflict without one of its own: each side that names rules has one that holds."""
    named = [
        [rule for rule in position.get("rules", []) if rule in plain.CLAUSES]
        for position in plain.CONFLICTS[id]["positions"]
    ]
    texts = [
        " or ".join(f"({when.text})" for rule in side for when, _ in plain.CLAUSES[rule]) for side in named if side
    ]
    return " and ".join(f"({text})" for text in texts)


def test_each_side_and_the_tie_carry_a_source(every):
    for _, found in every:
        for each in found:
            told = each.to_dict()
            assert len(told["sides"]) >= 2
            assert all(side["source"] for side in told["sides"])
            authority = told["tie"]["source" if told["kind"] == "scores" else "authority"]
            assert all(key in knowledge().sources for key, _ in authority)
            assert authority


def test_where_no_source_decides_this_is_stated_plainly():
    for tension in TENSIONS.values():
        settled = tension["id"] in ("stable-and-urgent", "stable-and-parted")
        assert tension["tie"]["text"].startswith("No source decides between the two.") is not settled


def test_a_disagreement_reads_from_title_to_tie():
    first = disagreements(states.case("melanoma-cauda-equina") | {"level": "S2", "posterolateral": "none"})[0]
    assert first.text == (
        "A low SINS in an emergency. "
        "With 0 to 6 points the spine counts as stable (Fisher et al. 2010; Mika & Mesfin 2018). "
        "The neurological signs make this an emergency, at any total (Mika & Mesfin 2018; unsigned text). "
        "The emergency takes precedence. SINS has no item for the nerves (Mika & Mesfin 2018)."
    )


def test_of_an_unknown_patient_only_what_needs_no_finding_is_told():
    assert [each.id for each in disagreements({})] == ["C25"]
    assert plain.CONFLICTS["C25"]["when"] == "True"
