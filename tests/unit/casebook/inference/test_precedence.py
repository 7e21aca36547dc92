"""The six steps that settle rules which differ, one at a time."""

from collections.abc import Mapping

import pytest
from folders import Folder

from casebook import PlanEntry


def rules(tiny: Folder, *said: Mapping[str, str]) -> PlanEntry:
    """Return what the plan says of cement when only these rules speak of it, all at once."""
    for file in ("rules/cement.yml", "conflicts.yml"):
        (tiny.path / file).write_text("[]\n" if file == "conflicts.yml" else "", encoding="utf-8")
    for number, rule in enumerate(said, start=1):
        tiny.append(
            "rules/cement.yml",
            f"- {{id: R{number}, title: x, text: x, when: epidural == none, tier: {rule['tier']},"
            f" then: {{{rule.get('action', 'sacroplasty')}: {rule['then']}}}, source: {{mika2018: 'l. 1'}}{rule.get('more', '')}}}\n",
        )
    return tiny.engine().assess({"epidural": "none"}).entry(said[0].get("action", "sacroplasty"))


def test_an_emergency_outranks_stronger_words_and_a_declared_order(tiny):
    entry = rules(
        tiny,
        {"tier": "absolute", "then": "contraindicated", "more": ", exception_to: [R2]"},
        {"tier": "descriptive", "then": "emergency"},
    )
    assert (entry.stance, entry.decided_by) == ("emergency", "P1")
    assert (entry.because, entry.against) == (("R2",), ("R1",))


def test_a_declared_exception_outranks_stronger_words(tiny):
    entry = rules(
        tiny,
        {"tier": "permissive", "then": "consider", "more": ", exception_to: [R2]"},
        {"tier": "absolute", "then": "contraindicated"},
    )
    assert (entry.stance, entry.decided_by) == ("consider", "R1")


def test_a_declared_exception_that_does_not_hold_changes_nothing(tiny):
    entry = rules(tiny, {"tier": "absolute", "then": "contraindicated"}, {"tier": "permissive", "then": "consider"})
    assert (entry.stance, entry.decided_by) == ("contraindicated", "P3")


@pytest.mark.parametrize(
    ("stronger", "weaker"), [("absolute", "directive"), ("directive", "permissive"), ("permissive", "descriptive")]
)
def test_stronger_words_outrank_weaker_ones(tiny, stronger, weaker):
    entry = rules(tiny, {"tier": weaker, "then": "contraindicated"}, {"tier": stronger, "then": "consider"})
    assert (entry.stance, entry.decided_by) == ("consider", "P3")


@pytest.mark.parametrize("refusal", ["not_indicated", "contraindicated"])
def test_at_equal_words_a_refusal_outranks_a_stance_in_favour(tiny, refusal):
    entry = rules(tiny, {"tier": "directive", "then": "recommended"}, {"tier": "directive", "then": refusal})
    assert (entry.stance, entry.decided_by) == (refusal, "P4")


def test_at_equal_words_a_caution_stands_beside_a_stance_in_favour(tiny):
    entry = rules(tiny, {"tier": "directive", "then": "caution"}, {"tier": "directive", "then": "consider"})
    assert (entry.stance, entry.decided_by) == ("consider", "P5")
    assert (entry.because, entry.against) == (("R2",), ("R1",))


def test_on_the_same_side_the_stronger_stance_is_in_force(tiny):
    entry = rules(tiny, {"tier": "directive", "then": "consider"}, {"tier": "directive", "then": "recommended"})
    assert (entry.stance, entry.because, entry.against) == ("recommended", ("R1", "R2"), ())


def test_a_weaker_word_for_the_same_is_no_difference_that_had_to_be_settled(tiny):
    entry = rules(tiny, {"tier": "directive", "then": "consider"}, {"tier": "absolute", "then": "recommended"})
    assert (entry.stance, entry.decided_by) == ("recommended", None)


def test_a_stronger_word_that_yields_was_settled(tiny):
    entry = rules(tiny, {"tier": "absolute", "then": "consider"}, {"tier": "directive", "then": "recommended"})
    assert (entry.stance, entry.decided_by) == ("consider", "P3")


def test_at_the_same_stance_the_shortest_time_is_in_force(tiny):
    entry = rules(
        tiny,
        {"tier": "directive", "action": "mri_full_spine", "then": "{stance: recommended, within_hours: 168}"},
        {"tier": "directive", "action": "mri_full_spine", "then": "{stance: recommended, within_hours: 24}"},
        {"tier": "directive", "action": "mri_full_spine", "then": "recommended"},
    )
    assert (entry.within_hours, entry.decided_by) == (24, "P6")


def test_rules_that_agree_were_settled_by_nothing(tiny):
    entry = rules(tiny, {"tier": "absolute", "then": "consider"}, {"tier": "descriptive", "then": "consider"})
    assert (entry.stance, entry.decided_by, entry.because, entry.against) == ("consider", None, ("R1", "R2"), ())
