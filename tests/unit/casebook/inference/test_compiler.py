"""The decision diagrams of the rules, walked for complete patients and compared with the second evaluator."""

import plain
import strategies
from hypothesis import given

from casebook.inference.assessment import engine
from casebook.knowledge_base import knowledge
from casebook.models.rule import Outcome

RULEBOOK = engine().rulebook


ITEMS = ["sins.bone_lesion", "tokuhashi.as_one_lesion", "tomita.as_one_lesion"]


def end(root: int, findings: dict, items: dict[str, int]):
    """Return the end that complete findings lead to, with options of what nobody can know."""
    values = RULEBOOK.values(knowledge().vocabulary.state(findings))
    values = [items.get(name, value) for name, value in zip(RULEBOOK.names, values, strict=True)]
    (reached,) = RULEBOOK.diagrams.reachable(root, values)
    return reached


def test_only_a_lesion_that_ct_does_not_show_and_the_counting_of_one_lesion_leave_something_open():
    assert {name for name in RULEBOOK.names if "." in name} == set(ITEMS)


@given(findings=strategies.complete_findings)
def test_a_walk_through_the_diagrams_ends_where_the_rules_say(findings):
    two_totals = plain.two_totals(findings)
    for place, option in enumerate(item.id for item in bone_lesion_options()):
        as_one = two_totals[: place % (len(two_totals) + 1)]
        items = dict(zip(ITEMS, (place, "tokuhashi" in as_one, "tomita" in as_one), strict=True))
        never_known = {"sins.bone_lesion": option, **{f"{score}.as_one_lesion": True for score in as_one}}
        patient = plain.Patient(findings, never_known)
        for plan in engine().planner.actions:
            for root, outcome in (
                (plan.root.node, patient.of_the_rules(plan.id) if plan.id in plain.VOICES else None),
                (RULEBOOK.compiler.final(plan.id), patient.outcome(plan.id) if plan.id in plain.VOICES else None),
            ):
                given = outcome._asdict().items() if outcome else ()
                told = {key: value for key, value in given if value is not None} or None
                reached = end(root, findings, items)
                reached = reached and Outcome(**{name: getattr(reached, name) for name in Outcome.model_fields})
                assert (reached.to_dict() if reached else None) == told, plan.id
        for id, holding in patient.holding.items():
            clauses = knowledge().rules[id].clauses
            assert [end(RULEBOOK.compiler.condition(clause.tree), findings, items) for clause in clauses] == holding, id
        for id in plain.CONFLICTS:
            assert end(
                RULEBOOK.compiler.condition(knowledge().conflicts[id].tree), findings, items
            ) is patient.conflict(id), id


def bone_lesion_options():
    options = next(item.options for item in knowledge().scores["sins"].items if item.id == "bone_lesion")
    assert {option.id for option in options} == set(plain.POINTS["sins"]["bone_lesion"])
    return options
