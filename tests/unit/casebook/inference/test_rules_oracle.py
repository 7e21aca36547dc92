"""Each rule of the knowledge says what a second entry of it, made by hand, says."""

import compared
import pytest
import rules_again

from casebook.knowledge_base import knowledge


def test_both_entries_hold_the_same_rules_outcomes_tiers_and_order():
    assert compared.disagreements(knowledge(), rules=(), limit=20) == []


@pytest.mark.parametrize("rule", rules_again.RULES)
def test_a_rule_agrees_with_its_second_entry_on_both_sides_of_every_edge(rule):
    assert compared.disagreements(knowledge(), rules=[rule], limit=3) == []


def test_the_patients_of_a_rule_stand_on_both_sides():
    for rule, clauses in rules_again.RULES.items():
        for place, (predicate, _) in enumerate(clauses):
            truths = {predicate(patient.again) for patient in compared.directed(rule, place)}
            assert truths == ({True} if predicate is rules_again.always else {True, False}), rule


def test_every_rule_agrees_with_its_second_entry_on_random_patients():
    assert compared.disagreements(knowledge(), limit=3) == []


def test_a_rule_has_one_tier_in_the_second_entry():
    assert rules_again.TIERS.keys() == rules_again.RULES.keys()
    assert sum(len(rules.split()) for rules in rules_again.RULES_BY_TIER.values()) == len(rules_again.RULES)
