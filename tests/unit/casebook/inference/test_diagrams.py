"""Decision diagrams: equal functions are one node, and walks over them are exact."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casebook.inference.diagrams import Diagrams

SIZES = (2, 3, 2, 3)
EVERY = list(itertools.product(*map(range, SIZES)))

tables = st.lists(st.sampled_from("abc"), min_size=len(EVERY), max_size=len(EVERY)).map(
    lambda values: dict(zip(EVERY, values, strict=True))
)
states = st.tuples(*(st.integers(-1, size - 1) for size in SIZES))


def built(diagrams: Diagrams, table: dict[tuple[int, ...], str], known: tuple[int, ...] = ()) -> int:
    """Return the diagram of a table, variable by variable."""
    if len(known) == len(SIZES):
        return diagrams.end(table[known])
    return diagrams.choose(len(known), [built(diagrams, table, (*known, value)) for value in range(SIZES[len(known)])])


def completions(state: tuple[int, ...]) -> list[tuple[int, ...]]:
    return [each for each in EVERY if all(known in (-1, value) for known, value in zip(state, each, strict=True))]


def value(diagrams: Diagrams, node: int, state: tuple[int, ...]) -> str:
    while node >= 0:
        node = diagrams.children[node][state[diagrams.variables[node]]]
    return diagrams.value(node)


@given(table=tables)
def test_a_diagram_is_its_function(table):
    diagrams = Diagrams(SIZES)
    root = built(diagrams, table)
    assert {state: value(diagrams, root, state) for state in EVERY} == table


@given(one=tables, other=tables)
def test_two_functions_are_equal_if_and_only_if_they_are_one_node(one, other):
    diagrams = Diagrams(SIZES)
    assert (built(diagrams, one) == built(diagrams, other)) == (one == other)
    assert built(diagrams, dict(one)) == built(diagrams, one)


@given(one=tables, other=tables)
def test_a_combination_is_made_value_by_value(one, other):
    diagrams = Diagrams(SIZES)
    both = diagrams.combine(lambda a, b: a + b, built(diagrams, one), built(diagrams, other))
    assert both == built(diagrams, {state: one[state] + other[state] for state in EVERY})


@given(table=tables, state=states)
def test_what_is_reachable_is_what_some_completion_reaches(table, state):
    diagrams = Diagrams(SIZES)
    assert diagrams.reachable(built(diagrams, table), state) == {table[each] for each in completions(state)}


@given(table=tables, state=states)
def test_the_support_is_what_two_completions_differ_in_alone(table, state):
    expected = set()
    for variable in range(len(SIZES)):
        groups: dict[tuple[int, ...], set[str]] = {}
        for each in completions(state):
            groups.setdefault((*each[:variable], *each[variable + 1 :]), set()).add(table[each])
        if any(len(values) > 1 for values in groups.values()):
            expected.add(variable)
    diagrams = Diagrams(SIZES)
    assert diagrams.support(built(diagrams, table), state) == expected


@given(table=tables, variable=st.integers(0, len(SIZES) - 1))
def test_a_fixed_variable_leaves_the_function_of_the_others(table, variable):
    diagrams = Diagrams(SIZES)
    root = built(diagrams, table)
    for each in range(SIZES[variable]):
        kept = {state: table[(*state[:variable], each, *state[variable + 1 :])] for state in EVERY}
        assert diagrams.fixed(root, variable, each) == built(diagrams, kept)


@given(table=tables, wanted=st.sampled_from("abcd"))
def test_a_witness_leads_to_what_was_wanted_or_nothing_does(table, wanted):
    diagrams = Diagrams(SIZES)
    witness = diagrams.witness(built(diagrams, table), wanted.__eq__)
    if witness is None:
        assert wanted not in table.values()
    else:
        state = tuple(witness.get(variable, -1) for variable in range(len(SIZES)))
        assert {table[each] for each in completions(state)} == {wanted}


@given(table=tables)
def test_nodes_come_after_all_that_they_lead_to(table):
    diagrams = Diagrams(SIZES)
    root = built(diagrams, table)
    order = diagrams.nodes(root)
    assert len(order) == len(set(order))
    assert all(
        child < 0 or order.index(child) < place for place, node in enumerate(order) for child in diagrams.children[node]
    )


def test_a_choice_that_changes_nothing_is_no_node():
    diagrams = Diagrams([2])
    end = diagrams.end("always")
    assert diagrams.choose(0, [end, end]) == end
    assert diagrams.nodes(end) == []
    assert diagrams.support(end, [-1]) == frozenset()


@pytest.mark.parametrize("value", [None, False, 0, "", ()])
def test_an_end_may_hold_any_value(value):
    diagrams = Diagrams([2])
    assert diagrams.value(diagrams.end(value)) == value


def test_a_truth_and_a_number_that_is_equal_to_it_are_two_ends():
    """A total of 0 that was met first must not make a condition end in 0, which is not False."""
    diagrams = Diagrams(SIZES)
    ends = {value: diagrams.end(value) for value in (0, 1)}
    truths = [diagrams.end(False), diagrams.end(True)]
    assert not set(ends.values()) & set(truths)
    assert [diagrams.value(end) is truth for end, truth in zip(truths, (False, True), strict=True)] == [True, True]
    root = diagrams.choose(0, [diagrams.combine(bool, end) for end in ends.values()])
    assert diagrams.truth(root, [0, -1, -1, -1]) is False
    assert diagrams.truth(root, [1, -1, -1, -1]) is True
