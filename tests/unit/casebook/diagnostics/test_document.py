"""YAML read with places, and the faults of a file that cannot be read."""

from pathlib import Path

import pytest

from casebook import FaultError
from casebook.diagnostics.document import LARGEST_FILE, parse, read
from casebook.diagnostics.fault import Fault
from casebook.diagnostics.suggestions import did_you_mean, nearest


def fault(raw: bytes) -> Fault:
    with pytest.raises(FaultError) as caught:
        parse(raw, "case.yml")
    assert len(caught.value.faults) == 1
    return caught.value.faults[0]


def test_words_of_yaml_1_1_stay_words():
    assert parse(b"[yes, no, on, off, y, n]").data == ["yes", "no", "on", "off", "y", "n"]


def test_plain_values_keep_their_types():
    text = b'{word: lytic, quoted: "70", whole: 70, part: 0.5, truth: true, nothing: null, empty: , date: 2026-11-22}'
    assert parse(text).data == {
        "word": "lytic",
        "quoted": "70",
        "whole": 70,
        "part": 0.5,
        "truth": True,
        "nothing": None,
        "empty": None,
        "date": "2026-11-22",
    }


def test_an_empty_file_holds_nothing():
    assert parse(b"").data is None
    assert parse(b"# only a remark\n").data is None


def test_a_byte_order_mark_is_not_part_of_the_text():
    assert parse(b"\xef\xbb\xbfpain: mechanical").data == {"pain": "mechanical"}


def test_every_value_knows_its_place():
    document = parse(
        b"findings:\n  pain:\n    value: mechanical\n  level: {value: S1}\nlist:\n  - first\n  - second\n", "case.yml"
    )
    assert document.where(("findings", "pain", "value")) == "case.yml:3:12"
    assert document.where(("findings", "level", "value")) == "case.yml:4:18"
    assert document.where(("findings", "pain")) == "case.yml:2:3"
    assert document.where(("list", 1)) == "case.yml:7:5"


def test_what_is_missing_is_placed_at_its_nearest_parent():
    document = parse(b"title: x\nfindings:\n  pain:\n    value: none\n", "case.yml")
    assert document.where(("findings", "pain", "provenance")) == "case.yml:3:3"
    assert document.where(("treatment",)) == "case.yml:1:1"


@pytest.mark.parametrize(
    ("raw", "line"),
    [
        (b"pain: mechanical\nlevel: [S1, S2\nfracture: none\n", 3),
        (b"pain: mechanical\nlevel: 'S1\n", 3),
        (b"pain: mechanical\nlevel: S1: S2\n", 2),
        (b"pain: mechanical\n level: S1\n", 2),
        (b"pain: mechanical\n- S1\n", 2),
        (b"pain: *mechanical\n", 1),
        (b"pain: mechanical\nlevel: @S1\n", 2),
        (b"pain: mechanical\n---\nlevel: S1\n", 2),
        (b"pain: mechanical\nlevel: {S1\n", 3),
    ],
)
def test_bad_yaml_is_a_fault_at_its_line(raw, line):
    assert fault(raw).where.split(":")[:2] == ["case.yml", str(line)]
    assert "not valid YAML" in fault(raw).what


def test_a_character_that_yaml_does_not_have_is_a_fault_at_its_line():
    said = fault(b"pain: mechanical\nlevel: \x00\n")
    assert said.where.startswith("case.yml:2:")
    assert "U+0000" in said.what


def test_a_tab_is_named_as_a_tab():
    said = fault(b"findings:\n\tpain: mechanical\n")
    assert said.where.startswith("case.yml:2:")
    assert "tab" in said.right


def test_a_key_that_stands_twice_is_a_fault_at_the_second():
    said = fault(b"pain: mechanical\nlevel: S1\npain: none\n")
    assert said.where == "case.yml:3:1"
    assert "pain" in said.what


def test_a_tag_is_a_fault_at_its_line():
    said = fault(b"pain: mechanical\nlevel: !!python/name:os.system S1\n")
    assert said.where.startswith("case.yml:2:")
    assert "python/name" in said.what


@pytest.mark.parametrize("tag", ["!level", "!!set", "!!binary", "!!omap"])
def test_tags_outside_the_core_have_no_meaning(tag):
    assert fault(f"pain: none\nlevel: {tag} {{}}\n".encode()).where.startswith("case.yml:2:")


def test_an_alias_to_the_value_that_holds_it_is_a_fault():
    said = fault(b"pain: none\nlevel: &here\n  - S1\n  - *here\n")
    assert "alias" in said.what
    assert said.where.startswith("case.yml:2:")


def test_an_alias_to_a_finished_value_is_read():
    assert parse(b"a: &x {mika2018: l. 55}\nb: *x\n").data["b"] == {"mika2018": "l. 55"}


def test_aliases_that_multiply_are_refused():
    rows = "\n".join(f"x{depth}: &x{depth} [{', '.join([f'*x{depth - 1}'] * 10)}]" for depth in range(1, 6))
    assert fault(f"x0: &x0 [S1]\n{rows}\n".encode()).where.startswith("case.yml:")


@pytest.mark.parametrize("bracket", [b"[", b"{a: ", b"- "])
def test_nesting_without_end_is_a_fault(bracket):
    said = fault(bracket * 1000)  # Python goes a thousand calls deep, and each bracket takes more than one
    assert said.where.startswith("case.yml:1:")
    assert "nested too deeply" in said.what


def test_text_that_is_not_utf_8_is_a_fault_at_its_line():
    said = fault("pain: none\nnote: Übergang\n".encode("latin-1"))
    assert said.where == "case.yml:2:7"
    assert "UTF-8" in said.what


def test_a_file_that_is_too_large_is_not_read():
    assert "bytes" in fault(b"#" * (LARGEST_FILE + 1)).what
    assert parse(b"#" * LARGEST_FILE).data is None


def test_a_key_that_is_no_word_is_a_fault():
    assert fault(b"pain: none\n[a, b]: c\n").where == "case.yml:2:1"


def test_a_number_that_cannot_be_read_is_a_fault():
    assert fault(b"pain: none\nkarnofsky: !!int seventy\n").where.startswith("case.yml:2:")


def test_all_faults_of_a_file_are_told_at_once():
    with pytest.raises(FaultError) as caught:
        parse(b"pain: none\npain: none\nlevel: !x S1\nlevel: S1\n", "case.yml")
    assert [each.where.split(":")[1] for each in caught.value.faults] == ["2", "3", "4"]


def test_a_file_that_is_missing_is_a_fault_that_names_it(tmp_path: Path):
    with pytest.raises(FaultError, match=r"nowhere\.yml.*cannot be read"):
        read(tmp_path / "nowhere.yml")


def test_a_folder_is_not_a_file(tmp_path: Path):
    with pytest.raises(FaultError, match="cannot be read"):
        read(tmp_path)


def test_a_fault_reads_as_place_what_is_wrong_and_what_would_be_right():
    assert str(Fault("case.yml:3:1", "the value is missing", "add it")) == "case.yml:3:1: the value is missing; add it"
    assert str(Fault("case.yml:3:1", "the value is missing")) == "case.yml:3:1: the value is missing"


def test_the_nearest_word_is_offered_and_none_where_none_is_near():
    assert nearest("mecanical", ["mechanical", "none"]) == "mechanical"
    assert nearest("xyz", ["mechanical", "none"]) == ""
    assert did_you_mean("mecanical", ["mechanical", "none"]) == "did you mean mechanical?"
    assert did_you_mean("xyz", ["mechanical", "none"]) == "one of mechanical, none"
    assert did_you_mean("xyz", [f"level {number}" for number in range(25)]) == ""
