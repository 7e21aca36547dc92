"""The decision diagrams of the rules, walked for complete patients and compared with the second evaluator."""

import plain
import published
import strategies
from hypothesis import given

from casebook.assessment import engine
from casebook.library import knowledge

COMPILER = engine().planner.compiler


def end(root: int, findings: dict, open_item: int):
    """Return the end that complete findings lead to; an item without a word has the option `open_item`."""
    values = COMPILER.values(knowledge().vocabulary.state(findings))
    values = [open_item if value < 0 else value for value in values]
    (reached,) = COMPILER.diagrams.reachable(root, values)
    return reached


def test_only_the_lesion_that_ct_does_not_show_leaves_an_item_open():
    assert [place for kind, place in COMPILER.order if kind == "item"] == [("sins", "bone_lesion")]


@given(findings=strategies.complete_findings)
def test_a_walk_through_the_diagrams_ends_where_the_rules_say(findings):
    for place, option in enumerate(item.id for item in bone_lesion_options()):
        patient = plain.Patient(findings, option)
        for plan in engine().planner.actions:
            outcome = patient.outcome(plan.id) if plan.id in plain.VOICES else None
            told = {key: value for key, value in outcome._asdict().items() if value is not None} if outcome else None
            reached = end(plan.root, findings, place)
            assert (reached.to_dict() if reached else None) == told, plan.id
        for id, holding in patient.holding.items():
            clauses = knowledge().rules[id].clauses
            assert [end(COMPILER.condition(clause.tree), findings, place) for clause in clauses] == holding, id
        for id in plain.CONFLICTS:
            assert end(COMPILER.condition(knowledge().conflicts[id].tree), findings, place) is patient.conflict(id), id


def bone_lesion_options():
    options = next(item.options for item in knowledge().scores["sins"].items if item.id == "bone_lesion")
    assert {option.id for option in options} == set(published.POINTS["sins"]["bone_lesion"])
    return options
