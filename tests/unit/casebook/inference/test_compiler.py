"""The decision diagrams of the rules, walked for complete patients and compared with the second evaluator."""

import plain
import published
import strategies
from hypothesis import given

from casebook.inference.assessment import engine
from casebook.knowledge_base import knowledge

COMPILER = engine().planner.compiler


ITEMS = [("sins", "bone_lesion"), ("tokuhashi", "as_one_lesion"), ("tomita", "as_one_lesion")]


def end(root: int, findings: dict, items: dict[tuple[str, str], int]):
    """Return the end that complete findings lead to, with options of what nobody can know."""
    values = COMPILER.values(knowledge().vocabulary.state(findings))
    values = [
        items[place] if kind == "item" and value < 0 else value
        for (kind, place), value in zip(COMPILER.order, values, strict=True)
    ]
    (reached,) = COMPILER.diagrams.reachable(root, values)
    return reached


def test_only_a_lesion_that_ct_does_not_show_and_the_counting_of_one_lesion_leave_something_open():
    assert {place for kind, place in COMPILER.order if kind == "item"} == set(ITEMS)


@given(findings=strategies.complete_findings)
def test_a_walk_through_the_diagrams_ends_where_the_rules_say(findings):
    two_totals = plain.two_totals(findings)
    for place, option in enumerate(item.id for item in bone_lesion_options()):
        as_one = two_totals[: place % (len(two_totals) + 1)]
        items = dict(zip(ITEMS, (place, "tokuhashi" in as_one, "tomita" in as_one), strict=True))
        patient = plain.Patient(findings, option, as_one)
        for plan in engine().planner.actions:
            for root, outcome in (
                (plan.root, patient.of_the_rules(plan.id) if plan.id in plain.VOICES else None),
                (plan.final, patient.outcome(plan.id) if plan.id in plain.VOICES else None),
            ):
                given = outcome._asdict().items() if outcome else ()
                told = {key: value for key, value in given if value is not None} or None
                reached = end(root, findings, items)
                assert (reached.to_dict() if reached else None) == told, plan.id
        for id, holding in patient.holding.items():
            clauses = knowledge().rules[id].clauses
            assert [end(COMPILER.condition(clause.tree), findings, items) for clause in clauses] == holding, id
        for id in plain.CONFLICTS:
            assert end(COMPILER.condition(knowledge().conflicts[id].tree), findings, items) is patient.conflict(id), id


def bone_lesion_options():
    options = next(item.options for item in knowledge().scores["sins"].items if item.id == "bone_lesion")
    assert {option.id for option in options} == set(published.POINTS["sins"]["bone_lesion"])
    return options
