"""The knowledge says what a second entry of it, made by hand, says.

Neither is read from the other. What is missing in either is one failure, that of the first test; all others compare
what both have, for every patient.
"""

from __future__ import annotations

import comparison
import pytest
from rulebook import ENTRY, FILES, FOLDER, KNOWLEDGE, Files, Rulebook, second_entry, written_knowledge

from casebook.knowledge_base import knowledge
from casebook.models.rule import STANCES, TIERS


def both(kind: str) -> list[str]:
    """The ids of a kind that both entries have."""
    ids = comparison.KINDS[kind][1]
    return [id for id in ids(ENTRY) if id in {*ids(KNOWLEDGE)}]


def test_everything_is_entered_a_second_time():
    assert (missing := comparison.missing(KNOWLEDGE)) == [], " ".join(missing)


@pytest.mark.parametrize("id", both("finding"))
def test_a_finding_has_the_options_of_its_second_entry(id):
    assert sorted(KNOWLEDGE.findings[id], key=str) == sorted(ENTRY.findings[id], key=str)
    assert [group for group, ids in KNOWLEDGE.groups.items() if id in ids] == [
        group for group, ids in ENTRY.groups.items() if id in ids
    ]


def test_an_action_is_in_the_group_of_its_second_entry():
    groups = [{id: group for group, ids in book.actions.items() for id in ids} for book in (KNOWLEDGE, ENTRY)]
    assert [id for id in both("action") if groups[0][id] != groups[1][id]] == []


def test_stances_and_tiers_go_from_the_strongest_to_the_weakest():
    assert list(STANCES) == ENTRY.stances == KNOWLEDGE.stances
    assert list(TIERS) == ["absolute", "directive", "permissive", "descriptive"]


@pytest.mark.parametrize("id", both("score"))
def test_a_score_has_the_points_and_bands_of_its_second_entry_and_is_given_by_the_same_findings(id):
    assert list(comparison.scores_differ(KNOWLEDGE.scores[id], ENTRY.scores[id])) == []


def test_rules_have_the_same_tiers_outcomes_and_order():
    assert list(comparison.differences(KNOWLEDGE, rules=())) == []


@pytest.mark.parametrize("id", both("rule"))
def test_a_rule_holds_for_the_patients_of_its_second_entry(id):
    assert list(comparison.differences(KNOWLEDGE, rules=[id])) == []


@pytest.mark.parametrize("id", both("state"))
def test_a_state_holds_for_the_patients_of_its_second_entry(id):
    assert comparison.same(KNOWLEDGE.states[id], ENTRY.states[id])


def test_states_are_asked_in_the_same_order():
    assert [id for id in KNOWLEDGE.states if id in ENTRY.states] == both("state")


@pytest.mark.parametrize("id", both("contradiction"))
def test_a_contradiction_is_that_of_its_second_entry(id):
    for one, other in zip(KNOWLEDGE.contradictions[id], ENTRY.contradictions[id], strict=True):
        assert comparison.same(one, other), other.text


def test_scopes_withdraw_the_same_whatever_is_recorded():
    assert list(comparison.scopes_differ(KNOWLEDGE)) == []


def test_the_plain_reader_finds_what_the_engine_finds():
    """Both read the YAML of the knowledge, each by itself."""
    known = knowledge()
    assert {finding.id: list(finding.values) for finding in known.vocabulary} == KNOWLEDGE.findings
    assert {*known.actions} == {*KNOWLEDGE.every_action}
    assert {*known.scores} == {*KNOWLEDGE.scores}
    assert {id for id, rule in known.rules.items() if rule.clauses} == {*KNOWLEDGE.rules}
    assert {term.id for term in known.terms} == {*KNOWLEDGE.terms}


# that a difference is found


def changed(**files: object) -> Rulebook:
    """The second entry with some files in another form."""
    entry = Files(FOLDER)
    entry.update({f"{name}.yml": change(entry[f"{name}.yml"]) for name, change in files.items()})
    return second_entry(entry)


def test_what_is_not_entered_is_named_in_one_sentence_with_its_file():
    def without(*ids):
        return lambda data: {id: each for id, each in data.items() if id not in ids}

    entry = changed(rules=without("R026", "R027"), states=without("parted"))
    assert comparison.missing(ENTRY, entry) == [
        "tests/oracle/rules.yml: enter the rules R026, R027.",
        "tests/oracle/states.yml: enter the state parted.",
    ]
    entry = changed(rules=lambda data: {**data, "R999": data["R026"]})
    assert comparison.missing(ENTRY, entry) == ["tests/oracle/rules.yml: take out the rule R999."]


@pytest.mark.parametrize(
    ("change", "found"),
    [
        ({"tier": "permissive"}, "R104 is directive"),
        ({"then": {"sacroplasty": "consider"}}, "R104, clause 1"),
        ({"when": "irradiated and pain_intensity > 5 and stable and free_sac and not dissociation"}, "pain_intensity"),
        ({"when": "irradiated and pain_intensity > 6 and sins < 8 and free_sac and not dissociation"}, "sins < 8"),
        ({"when": "irradiated and pain_intensity > 6 and stable and free_sac"}, "free_sac"),
    ],
)
def test_a_rule_that_differs_is_found(change, found):
    entry = changed(rules=lambda data: {**data, "R104": {**data["R104"], **change}})
    (difference,) = comparison.differences(KNOWLEDGE, rules=["R104"], entry=entry)
    assert found in difference


def test_an_order_that_differs_is_found():
    entry = changed(precedence=lambda data: {**data, "sacroplasty": data["sacroplasty"][:1]})
    assert list(comparison.differences(KNOWLEDGE, rules=[], entry=entry)) == [
        "sacroplasty: R149 over R104 is in one of the two entries only"
    ]


def test_a_scope_that_differs_is_found():
    def without_the_sacrum(data):
        return {**data, "switches": {id: each for id, each in data["switches"].items() if id != "above-the-sacrum"}}

    assert "above-the-sacrum" in " ".join(comparison.missing(KNOWLEDGE, changed(scopes=without_the_sacrum)))
    everywhere = changed(scopes=lambda data: {**data, "everywhere": data["everywhere"][1:]})
    assert next(comparison.scopes_differ(KNOWLEDGE, everywhere)).startswith("urgent_consult")


def test_points_bands_and_readings_that_differ_are_found():
    def of_tomita(change):
        return changed(scores=lambda data: {**data, "tomita": {**data["tomita"], **change(data["tomita"])}}).scores[
            "tomita"
        ]

    tomita = KNOWLEDGE.scores["tomita"]
    growth = ENTRY.scores["tomita"].points["growth"]
    three = of_tomita(
        lambda data: {"items": {**data["items"], "growth": {o: {"points": p} for o, p in growth.items()}}}
    )
    assert "growth" in next(comparison.scores_differ(tomita, three))
    bands = of_tomita(lambda data: {"bands": {**data["bands"], "palliative": [6, 8]}})
    assert "palliative" in next(comparison.scores_differ(tomita, bands))
    segments = of_tomita(lambda data: {"as_one_lesion": None})
    assert list(comparison.scores_differ(tomita, segments)) == ["tomita: only one of the entries counts one lesion"]


def test_what_the_knowledge_has_and_the_second_entry_does_not_disturbs_no_other_comparison():
    rule = {
        "id": "R999",
        "tier": "directive",
        "when": "pain == none",
        "then": {"biopsy_open": "consider"},
        "exception_to": ["R022"],
    }
    files = Files(FILES.folder)
    files["rules/imaging.yml"] = [*files["rules/imaging.yml"], rule]
    more = written_knowledge(files)
    assert comparison.missing(more, KNOWLEDGE) == ["tests/oracle/rules.yml: enter the rule R999."]
    assert list(comparison.differences(more, rules=["R022"])) == []
