"""The rulebook: compiled once, written canonically, read back, and renewed when the knowledge changes."""

import json
import random

import pytest
from folders import TINY, Folder

from casebook.inference import rulebook_file
from casebook.inference.compiler import OpenItem
from casebook.inference.roots import KINDS, flattened
from casebook.inference.rulebook_file import decoded, encoded, text
from casebook.inference.rulebook_store import better_order, compiled, is_current, path_of, renew, rulebook_of
from casebook.knowledge_base import FOLDER, knowledge, load
from casebook.models.contradiction import ContradictionError
from casebook.review.check import check

KNOWN = knowledge()
GIVEN = json.loads(path_of(KNOWN).read_text("utf-8"))


@pytest.fixture(scope="module")
def unsifted():
    return compiled(KNOWN)


@pytest.fixture
def folder(tmp_path):
    return Folder.copied(FOLDER, tmp_path / "knowledge")


# the file


def test_the_file_is_that_of_the_knowledge_and_what_is_compiled_in_its_order_has_its_bytes():
    assert is_current(KNOWN)
    assert text(encoded(compiled(KNOWN, GIVEN["names"]))) == path_of(KNOWN).read_text("utf-8")


def test_what_is_read_from_the_file_is_written_back_the_same():
    assert text(encoded(decoded(GIVEN, KNOWN))) == path_of(KNOWN).read_text("utf-8")


def test_the_bytes_do_not_depend_on_what_else_was_compiled_into_the_same_diagrams():
    rulebook = decoded(GIVEN, KNOWN)
    for action in KNOWN.actions:
        rulebook.compiler.final(action)
    assert encoded(rulebook) == GIVEN


def test_every_root_is_the_diagram_of_what_it_stands_for_whatever_the_order(unsifted):
    chance = random.Random(3)
    sifted = rulebook_of(KNOWN)
    assert list(sifted.roots) == list(KINDS)
    for _ in range(12):
        share = chance.random()
        state = tuple(
            -1 if chance.random() < share else chance.randrange(len(each.options)) for each in KNOWN.vocabulary
        )
        for kind in KINDS:
            for one, other in zip(flattened(sifted.roots[kind]), flattened(unsifted.roots[kind]), strict=True):
                assert sifted.root(one).ends(state) == unsifted.root(other).ends(state), kind


def test_the_parts_of_the_file_are_as_the_page_reads_them():
    first = len(GIVEN["ends"])
    children = [0] * len(GIVEN["children"])
    places = [0] * len(GIVEN["children"])
    groups = iter(GIVEN["groups"])
    node, levels = first, []
    for variable, pattern, count in zip(groups, groups, groups, strict=True):
        digits = [rulebook_file.DIGITS.index(digit) for digit in GIVEN["patterns"][pattern]]
        assert list(dict.fromkeys(digits)) == list(range(max(digits) + 1)), "a pattern numbers children as they come"
        levels.append(variable)
        for _ in range(count):
            for slot in range(max(digits) + 1):
                children[slot] += GIVEN["children"][slot][places[slot]]
                places[slot] += 1
                assert 0 <= children[slot] < node, "a child is smaller than its parent"
            node += 1
    assert levels == sorted(levels, reverse=True), "the deepest level comes first"
    assert places == list(map(len, GIVEN["children"]))
    assert all(0 <= root < node for root in flattened(GIVEN["roots"]))


def test_too_many_nodes_for_the_page_are_refused(monkeypatch):
    monkeypatch.setattr(rulebook_file, "MOST_NODES", 1000)
    with pytest.raises(RuntimeError, match="too many"):
        encoded(rulebook_of(KNOWN))


def test_only_items_that_known_findings_leave_open_are_variables_beside_the_findings():
    open_ = [each for each in rulebook_of(KNOWN).variables if isinstance(each, OpenItem)]
    others = [each for each in rulebook_of(KNOWN).variables if not isinstance(each, OpenItem)]
    assert sorted(others) == list(range(len(KNOWN.vocabulary)))
    assert len(open_) == 3


# its order


def test_sifting_makes_a_rulebook_smaller_and_knows_its_size():
    tiny = load(TINY)
    names, size = better_order(compiled(tiny))
    assert len(compiled(tiny, names).nodes) == size < len(compiled(tiny).nodes)
    worst = compiled(tiny, names[::-1])
    assert better_order(worst)[1] < len(worst.nodes)


def test_another_order_would_not_save_a_tenth_of_the_committed_rulebook():
    rulebook = rulebook_of(KNOWN)
    assert better_order(rulebook)[1] > 0.9 * len(rulebook.nodes)


# a rulebook that is out of date


PAINFUL = {"level": "S1", "pain": "mechanical"}


def test_an_edit_is_in_force_at_once_and_the_rulebook_is_renewed_by_command(folder):
    folder.edit("contradictions.yml", "when: pain == none and pain_intensity >= 1", "when: pain_intensity >= 1")
    known = load(folder.path)
    assert not is_current(known)
    with pytest.raises(ContradictionError):
        folder.engine().assess(PAINFUL | {"pain_intensity": 5})
    assert renew(known) == (path_of(known), pytest.approx(0, abs=0.1))
    assert is_current(load(folder.path))
    assert renew(load(folder.path)) == (None, 0)
    assert rulebook_of(load(folder.path)).names == rulebook_of(KNOWN).names, "the order is kept"


def test_an_edit_of_prose_leaves_the_rulebook_current(folder):
    for file, key in (("actions.yml", "label: "), ("rules/stability.yml", "title: "), ("terms.yml", "label: ")):
        path = folder.path / file
        path.write_text(path.read_text("utf-8").replace(key, f"{key}In other words, ", 1), "utf-8")
    known = load(folder.path)
    assert known.version != KNOWN.version
    assert is_current(known)


def test_a_new_finding_goes_last_until_the_order_is_sought_anew(folder):
    path = folder.path / "findings.yml"
    head, mark, rest = path.read_text("utf-8").partition("findings:\n")
    given = "  - {id: new, group: nerves, label: New, source: {mika2018: x}, options: [{id: a, label: a}, {id: b, label: b}]}\n"
    group = KNOWN.groups[0].id
    path.write_text(head + mark + given.replace("nerves", group) + rest, "utf-8")
    known = load(folder.path)
    assert rulebook_of(known).names == (*rulebook_of(KNOWN).names, "new")
    renew(known, sift=True)
    assert is_current(known)
    assert sorted(rulebook_of(load(folder.path)).names) == sorted([*rulebook_of(KNOWN).names, "new"])


def test_a_stale_rulebook_is_a_fault_of_the_book(root, monkeypatch):
    monkeypatch.setattr("casebook.review.check.is_current", lambda known: False)
    [fault] = check(book=root)
    assert fault.where.startswith(str(path_of(KNOWN)))
    assert fault.right == "run casebook schemas"


def test_a_corrupt_file_is_compiled_anew(folder):
    (folder.path / "rulebook.json").write_text(json.dumps(GIVEN | {"groups": [0, 0, 10_000]}), "utf-8")
    rulebook = rulebook_of(load(folder.path))
    assert encoded(rulebook) == GIVEN
