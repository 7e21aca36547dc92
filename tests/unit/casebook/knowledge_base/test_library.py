"""The knowledge is read, checked and bound; every fault names its file and line."""

from pathlib import Path

import pytest
from folders import TINY, Folder, place

from casebook import FaultError
from casebook.knowledge_base import Knowledge, knowledge, load


def test_the_knowledge_of_the_casebook_has_no_fault():
    assert isinstance(load(), Knowledge)


def test_the_knowledge_is_read_once():
    assert knowledge() is knowledge()


def test_a_small_folder_of_knowledge_has_no_fault(tiny):
    assert tiny.faults() == []


def test_the_version_changes_with_any_file_and_with_nothing_else(tiny):
    before = load(tiny.path).version
    assert load(TINY).version == before
    tiny.edit("rules/surgery.yml", "Decompress at once.", "Decompress now.")
    assert load(tiny.path).version != before


# files that cannot be read


@pytest.mark.parametrize(
    "file", ["findings.yml", "actions.yml", "rules/surgery.yml", "scores/loading.yml", "sources.yml"]
)
def test_yaml_that_is_broken_is_a_fault_at_its_line(tiny, file):
    line = tiny.append(file, "\n- [never closed\n")
    faults = [fault for fault in tiny.faults() if "not valid YAML" in fault.what]
    assert [place(fault)[0] for fault in faults] == [Path(file).name]
    assert place(faults[0])[1] >= line + 1


def test_a_tab_is_a_fault_at_its_line(tiny):
    line = tiny.edit("rules/surgery.yml", "  text: Fix it.", "\ttext: Fix it.")
    fault = tiny.fault()
    assert place(fault) == ("surgery.yml", line)
    assert "tab" in fault.right


def test_a_key_that_stands_twice_is_a_fault_at_the_second(tiny):
    line = tiny.edit("rules/surgery.yml", "  text: Fix it.\n", "  text: Fix it.\n  text: Fix it now.\n") + 1
    fault = tiny.fault()
    assert place(fault) == ("surgery.yml", line)
    assert "text" in fault.what


def test_an_unknown_tag_is_a_fault_at_its_line(tiny):
    line = tiny.edit("rules/surgery.yml", "text: Fix it.", "text: !now Fix it.")
    assert place(tiny.fault()) == ("surgery.yml", line)


def test_an_alias_in_a_circle_is_a_fault_at_its_line(tiny):
    line = tiny.edit("rules/surgery.yml", "  when: loading >= 3\n", "  when: &a [*a]\n")
    assert place(tiny.fault()) == ("surgery.yml", line)


def test_text_that_is_not_utf_8_is_a_fault_at_its_line(tiny):
    path = tiny.path / "actions.yml"
    path.write_bytes(path.read_bytes().replace(b"label: Sacroplasty", b"label: Sacropl\xe4sty"))
    assert ("actions.yml", 3) in [place(fault) for fault in tiny.faults()]


def test_a_file_that_is_too_large_is_named(tiny):
    tiny.append("actions.yml", "#" * 1_000_001)
    fault = next(fault for fault in tiny.faults() if "bytes" in fault.what)
    assert place(fault)[0] == "actions.yml"


def test_a_file_that_is_missing_is_named(tiny):
    (tiny.path / "actions.yml").unlink()
    assert any("actions.yml" in fault.where and "cannot be read" in fault.what for fault in tiny.faults())


def test_a_mapping_where_a_list_belongs_is_a_fault(tiny):
    (tiny.path / "terms.yml").write_text("id: painful\nis: pain == mechanical\n", encoding="utf-8")
    fault = next(fault for fault in tiny.faults() if "list" in fault.what)
    assert place(fault) == ("terms.yml", 1)


@pytest.mark.parametrize("file", ["findings.yml", "sources.yml"])
def test_a_list_where_a_mapping_belongs_is_a_fault_of_that_file(tiny, file):
    (tiny.path / file).write_text("- one\n- two\n", encoding="utf-8")
    assert (file, 1) in [place(fault) for fault in tiny.faults()]


# entries of the wrong shape


@pytest.mark.parametrize(
    ("file", "entry", "old", "word"),
    [
        ("rules/surgery.yml", "- id: R041", "  tier: directive\n", "tier"),
        ("rules/surgery.yml", "- id: R041", "  title: A lesion that does not bear load is fixed\n", "title"),
        ("rules/surgery.yml", "- id: R041", '  source: {unsigned_text: "Step 1, l. 16"}\n', "source"),
        ("actions.yml", "- {id: sacroplasty", " group: intervention,", "group"),
        ("conflicts.yml", "- id: C14", "  resolution: Epidural disease forbids it.\n", "resolution"),
        ("conflicts.yml", "- id: C14", '  authority: {mika2018: "Sacroplasty, l. 67"}\n', "authority"),
        ("conflicts.yml", "- text: Severe", '      source: {mika2018: "Sacroplasty, l. 67"}\n  resolution', "source"),
        ("findings.yml", "- id: cauda", '    source: {mika2018: "Clinical Presentation, l. 33"}\n', "source"),
        ("terms.yml", "- id: painful", '  is: "pain in {mechanical, occasional}"\n', "is"),
        ("scores/loading.yml", "- id: pain", '    source: {fisher2010: "score table, pain"}\n', "source"),
        ("scores/loading.yml", "- id: low", "    text: It bears load.\n", "text"),
    ],
)
def test_what_is_missing_is_a_fault_inside_its_entry(tiny, file, entry, old, word):
    tiny.edit(file, old, "  resolution" if old.endswith("resolution") else "")
    fault = tiny.faults()[0]
    name, line = place(fault)
    assert f"“{word}” is missing" in fault.what
    assert word in fault.right
    assert name == Path(file).name
    assert line in tiny.lines(file, entry)


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        ("rules/surgery.yml", "  tier: directive", "  tier: strong"),
        ("rules/surgery.yml", "  then: {lumbopelvic_fixation: recommended}", "  then: {lumbopelvic_fixation: advised}"),
        (
            "rules/surgery.yml",
            "  then: {decompression: emergency}",
            "  then: {decompression: {stance: emergency, within_hours: soon}}",
        ),
        (
            "rules/surgery.yml",
            "  then: {decompression: emergency}",
            "  then: {decompression: {stance: emergency, within_hours: 0}}",
        ),
        (
            "rules/surgery.yml",
            "  then: {decompression: emergency}",
            "  then: {decompression: {stance: emergency, side: both}}",
        ),
        ("rules/surgery.yml", "  then: {decompression: emergency}", "  then: decompression"),
        ("rules/surgery.yml", "  then: {decompression: emergency}", "  then: {}"),
        ("rules/surgery.yml", "  when: loading >= 3", "  when: [loading, 3]"),
        ("rules/surgery.yml", '  source: {unsigned_text: "Step 1, l. 16"}', "  source: unsigned_text"),
        ("rules/surgery.yml", '  source: {unsigned_text: "Step 1, l. 16"}', "  source: {unsigned_text: 16}"),
        ("rules/surgery.yml", '  source: {unsigned_text: "Step 1, l. 16"}', "  source: {unsigned_text: }"),
        ("rules/surgery.yml", '  source: {unsigned_text: "Step 1, l. 16"}', "  source: {}"),
        ("findings.yml", "    type: number", "    type: scale"),
        ("scores/loading.yml", "label: mechanical, points: 3", "label: mechanical, points: three"),
        ("scores/loading.yml", "label: mechanical, points: 3", "label: mechanical, points: 2.5"),
        ("scores/loading.yml", "audit: {date: 2026-11-22", "audit: {date: yesterday"),
        ("precedence.yml", "by: caution", "by: courage"),
        ("sources.yml", "seen: unverified", "seen: glanced"),
        ("sources.yml", "seen: unverified, read: 2026-11-22", "seen: unverified, read: lately"),
        ("conflicts.yml", "  actions: [sacroplasty]", "  actions: sacroplasty"),
    ],
)
def test_a_value_of_the_wrong_kind_is_a_fault_at_its_line(tiny, file, old, new):
    line = tiny.edit(file, old, new)
    assert place(tiny.fault()) == (Path(file).name, line)


def test_options_of_a_number_are_whole_numbers(tiny):
    tiny.edit("findings.yml", "{id: 5, label: moderate}", "{id: five, label: moderate}")
    fault = tiny.fault()
    name, line = place(fault)
    assert "five" in fault.what
    assert name == "findings.yml"
    assert line in tiny.lines("findings.yml", "- id: pain_intensity")


@pytest.mark.parametrize(
    ("file", "old", "new", "right"),
    [
        ("rules/surgery.yml", "  text: Fix it.", "  text: Fix it.\n  txet: x", "txet"),
        ("scores/loading.yml", "    high: 5", "    high: 5\n    colour: red", "colour"),
        ("actions.yml", "label: Sacroplasty}", "label: Sacroplasty, urgent: yes}", "urgent"),
    ],
)
def test_a_key_that_has_no_meaning_is_a_fault_at_its_line(tiny, file, old, new, right):
    line = tiny.edit(file, old, new) + new.count("\n")
    fault = tiny.fault()
    assert place(fault) == (Path(file).name, line)
    assert right in fault.what


def test_a_rule_that_neither_decides_nor_informs_is_a_fault(tiny):
    tiny.edit("rules/surgery.yml", "  about: {action: decompression}\n", "")
    name, line = place(tiny.fault())
    assert name == "surgery.yml"
    assert line in tiny.lines("rules/surgery.yml", "- id: R086")


def test_a_rule_that_both_decides_and_informs_is_a_fault(tiny):
    tiny.edit("rules/surgery.yml", "  when: loading >= 3\n", "  when: loading >= 3\n  about: {action: decompression}\n")
    name, line = place(tiny.fault())
    assert name == "surgery.yml"
    assert line in tiny.lines("rules/surgery.yml", "- id: R041")


def test_an_id_that_is_used_twice_is_a_fault_at_the_second(tiny):
    tiny.edit("rules/surgery.yml", "- id: R041", "- id: R104")
    fault = tiny.fault()
    assert place(fault) == ("surgery.yml", tiny.lines("rules/surgery.yml", "- id: R104").start)
    assert "cement.yml" in fault.right


def test_options_of_one_finding_must_differ(tiny):
    tiny.edit("findings.yml", "{id: mixed, label: mixed}", "{id: lytic, label: mixed}")
    name, line = place(tiny.fault())
    assert name == "findings.yml"
    assert line in tiny.lines("findings.yml", "- id: bone_lesion")


# names that nobody knows


@pytest.mark.parametrize(
    ("old", "new", "right"),
    [
        ("when: loading >= 3", "when: loadin >= 3", "loading"),
        ("when: loading >= 3", "when: loading.band == hihg", "high"),
        ("when: cauda_equina_syndrome == present", "when: cauda_equina == present", "cauda_equina_syndrome"),
        ("when: cauda_equina_syndrome == present", "when: cauda_equina_syndrome == presnt", "present"),
        ("when: cauda_equina_syndrome == present", "when: cauda_equina_syndrome = present", "=="),
        ("when: cauda_equina_syndrome == present", "when: painfull", "painful"),
        (
            "when: cauda_equina_syndrome == present",
            "when: cauda_equina_syndrome in {absent, present}",
            "decides nothing",
        ),
        ("when: loading >= 3", "when: loading >= 0", "decides nothing"),
        ("then: {decompression: emergency}", "then: {decompresion: emergency}", "decompression"),
        ("about: {action: decompression}", "about: {action: decompresion}", "decompression"),
        ("about: {action: decompression}", "about: {score: loadign}", "loading"),
        ('source: {unsigned_text: "Step 1, l. 16"}', 'source: {unsigned: "Step 1, l. 16"}', "unsigned_text"),
        ('source: {unsigned_text: "Step 1, l. 16"}', 'source: {unsigned_text: " "}', "locator"),
        ("  tier: directive", "  tier: directive\n  exception_to: [R103, R72]", "R72"),
    ],
)
def test_a_word_that_is_wrong_in_a_rule_is_a_fault_inside_it(tiny, old, new, right):
    line = tiny.edit("rules/surgery.yml", old, new)
    fault = tiny.fault()
    name, told = place(fault)
    rule = next(
        entry for id in ("R027", "R041", "R086") if line in (entry := tiny.lines("rules/surgery.yml", f"- id: {id}"))
    )
    assert name == "surgery.yml"
    assert told in rule
    assert right in str(fault)


@pytest.mark.parametrize(
    ("old", "new", "item", "right"),
    [
        ('when: "bone_lesion == lytic"', 'when: "bone_lesion == lyti"', "- id: bone", "lytic"),
        ('when: "bone_lesion == lytic"', 'when: "bone_leson == lytic"', "- id: bone", "bone_lesion"),
        (
            'source: {fisher2010: "score table, bone lesion"}',
            'source: {fischer2010: "table"}',
            "- id: bone",
            "fisher2010",
        ),
        ('source: {fisher2010: "score table, bone lesion"}', 'source: {fisher2010: ""}', "- id: bone", "locator"),
        ('when: "bone_lesion == lytic"', 'when: "loading >= 3"', "- id: bone", "in a circle"),
    ],
)
def test_a_word_that_is_wrong_in_an_item_is_a_fault_inside_the_item(tiny, old, new, item, right):
    tiny.edit("scores/loading.yml", old, new)
    fault = tiny.fault()
    name, line = place(fault)
    assert right in str(fault)
    assert name == "loading.yml"
    assert line in tiny.lines("scores/loading.yml", item)


@pytest.mark.parametrize(
    ("old", "new", "right"),
    [
        ("rules: [R104]", "rules: [r104]", "R104"),
        ("over: [R104]", "over: [r104]", "R104"),
        ("prefer: [R105]", "prefer: [R027]", "has no recommendation on sacroplasty"),
        ("actions: [sacroplasty]", "actions: [sacroplsty]", "sacroplasty"),
        ("actions: [sacroplasty]", "actions: [sacroplasty]\n  scores: [laoding]", "loading"),
        ("actions: [sacroplasty]", "actions: [sacroplasty]\n  when: epidural == effaced", "effaces"),
        ('authority: {mika2018: "Sacroplasty, l. 67"}', 'authority: {mika2081: "l. 67"}', "mika2018"),
    ],
)
def test_a_word_that_is_wrong_in_a_conflict_is_a_fault_inside_it(tiny, old, new, right):
    tiny.edit("conflicts.yml", old, new)
    fault = tiny.fault()
    name, line = place(fault)
    assert name == "conflicts.yml"
    assert line in tiny.lines("conflicts.yml", "- id: C14")
    assert right in str(fault)


@pytest.mark.parametrize(
    ("file", "old", "new", "entry", "right"),
    [
        ("terms.yml", "pain in {mechanical", "pain in {mechanicl", "- id: painful", "mechanical"),
        ("terms.yml", 'source: {fisher2010: "', 'source: {fisher2001: "', "- id: painful", "fisher2010"),
        ("contradictions.yml", "pain == none", "pain == nothing", "- id: severe-without-pain", "none"),
        (
            "findings.yml",
            "group: neurology\n    label: Epidural disease",
            "group: nerves\n    label: E",
            "- id: epidural",
            "group",
        ),
        (
            "findings.yml",
            'source: {mika2018: "Clinical Presentation, l. 33"}',
            'source: {mika: "l. 33"}',
            "- id: cauda",
            "mika2018",
        ),
    ],
)
def test_a_word_that_is_wrong_elsewhere_is_a_fault_inside_its_entry(tiny, file, old, new, entry, right):
    tiny.edit(file, old, new)
    fault = tiny.faults()[0]
    name, line = place(fault)
    assert name == file
    assert line in tiny.lines(file, entry)
    assert right in str(fault)


TENSION = """
- id: high-and-urgent
  title: A high loading, and yet an emergency
  when: loading.band == high
  sides:
    - text: It does not bear load.
      source: {fisher2010: "bands"}
    - text: The nerves come first.
      rules: [R027]
      source: {mika2018: "Management, l. 55"}
  tie:
    text: The emergency comes first.
    source: {mika2018: "Management, l. 55"}
"""


def test_a_tension_is_in_play_where_its_condition_and_a_rule_of_each_side_hold(tiny):
    tiny.write("tensions.yml", TENSION)
    engine = tiny.engine()
    tree = engine.knowledge.tensions["high-and-urgent"].tree
    truth = {
        (pain, syndrome): engine.planner.truth(
            tree,
            engine.knowledge.vocabulary.state(
                {"pain": pain, "bone_lesion": "lytic", "cauda_equina_syndrome": syndrome}
            ),
        )
        for pain in ("mechanical", "none", None)
        for syndrome in ("present", "absent", None)
    }
    assert truth == {
        ("mechanical", "present"): True,
        ("mechanical", "absent"): False,
        ("mechanical", None): None,
        ("none", "present"): False,
        ("none", "absent"): False,
        ("none", None): False,
        (None, "present"): None,
        (None, "absent"): False,
        (None, None): None,
    }


@pytest.mark.parametrize(
    ("old", "new", "right"),
    [
        ("rules: [R027]", "rules: [r027]", "R027"),
        ("loading.band == high", "loading.band == hgh", "did you mean high"),
        ("loading.band == high", "loadng.band == high", "loading"),
        ('source: {fisher2010: "bands"}', 'source: {fisher2001: "bands"}', "fisher2010"),
        ("when: loading.band == high", "whn: loading.band == high", "when"),
    ],
)
def test_a_word_that_is_wrong_in_a_tension_is_a_fault_inside_it(tiny, old, new, right):
    tiny.write("tensions.yml", TENSION)
    tiny.edit("tensions.yml", old, new)
    fault = tiny.faults()[0]
    name, line = place(fault)
    assert name == "tensions.yml"
    assert line in tiny.lines("tensions.yml", "- id: high")
    assert right in " ".join(map(str, tiny.faults()))


AGREEMENT = '    source: {fisher2010: "score table, pain"}\n    agreement: {statistic: kappa, value: "0.841", source: {fisher2010: "x"}}\n'
RELIABILITY = "bands:\n  - id: low"


@pytest.mark.parametrize(
    ("line", "right"),
    [
        ('  - {text: "pain, kappa 0.841", source: {fisher2010: "x"}}', None),
        ('  - {text: "pain, kappa 0.814", source: {fisher2010: "x"}}', "0.841 of item pain"),
        ('  - {text: "pain, kappa 0.841", source: {fisher2010: "y"}}', "0.841 of item pain"),
    ],
)
def test_a_figure_of_agreement_is_the_one_among_the_lines_on_reliability(tiny, line, right):
    tiny.edit("scores/loading.yml", '    source: {fisher2010: "score table, pain"}\n', AGREEMENT)
    tiny.edit("scores/loading.yml", RELIABILITY, f"reliability:\n{line}\n{RELIABILITY}")
    faults = tiny.faults()
    assert [place(fault)[0] for fault in faults] == ([] if right is None else ["loading.yml"])
    assert all(right in str(fault) for fault in faults)


@pytest.mark.parametrize(
    ("order", "right"),
    [
        ("all", None),
        ("[indents, effaces]", None),
        ("[none, indented]", "did you mean indents"),
        ("[none]", "two options or more"),
        ("[none, indents, none]", "each once"),
    ],
)
def test_the_order_of_a_finding_names_its_options_each_once(tiny, order, right):
    line = tiny.edit(
        "findings.yml", "    label: Epidural disease\n", f"    label: Epidural disease\n    order: {order}\n"
    )
    faults = tiny.faults()
    assert bool(faults) is (right is not None)
    for fault in faults:
        assert right in str(fault)
        assert place(fault)[1] in range(line - 2, line + 8)


def test_a_contradiction_cites_only_known_sources(tiny):
    tiny.edit("contradictions.yml", "  when: pain == none", '  source: {mika2081: "l. 1"}\n  when: pain == none')
    assert place(tiny.fault())[0] == "contradictions.yml"


def test_a_principle_cites_only_known_sources(tiny):
    line = tiny.edit(
        "precedence.yml", "text: An emergency outranks every other stance.", 'text: x, source: {mika2081: "l. 55"}'
    )
    assert place(tiny.fault()) == ("precedence.yml", line)


def test_a_contradiction_cannot_rest_on_a_score(tiny):
    tiny.edit("contradictions.yml", "when: pain == none and pain_intensity == 10", "when: loading >= 3")
    assert place(tiny.fault())[0] == "contradictions.yml"


# precedence that runs in a circle


def test_exceptions_in_a_circle_are_a_fault_at_one_of_them(tiny):
    tiny.edit(
        "rules/cement.yml", "  when: pain_intensity >= 5\n", "  when: pain_intensity >= 5\n  exception_to: [R105]\n"
    )
    fault = tiny.fault()
    name, line = place(fault)
    assert "circular" in fault.what
    assert "R104" in fault.what
    assert "R105" in fault.what
    assert name == "cement.yml"
    assert line in (*tiny.lines("rules/cement.yml", "- id: R104"), *tiny.lines("rules/cement.yml", "- id: R105"))


def test_a_circle_of_three_is_found(tiny):
    tiny.edit(
        "rules/cement.yml", "  when: pain_intensity >= 5\n", "  when: pain_intensity >= 5\n  exception_to: [R103]\n"
    )
    tiny.edit("rules/cement.yml", "  when: epidural == none and painful\n", "  when: painful\n  exception_to: [R105]\n")
    fault = tiny.fault()
    assert all(id in fault.what for id in ("R103", "R104", "R105"))


# scores that do not add up


def test_bands_with_a_gap_are_a_fault_at_the_bands(tiny):
    tiny.edit("scores/loading.yml", "    low: 3\n", "    low: 4\n")
    fault = tiny.fault()
    assert place(fault)[0] == "loading.yml"
    assert "should start at 3" in fault.what
    assert place(fault)[1] in tiny.lines("scores/loading.yml", "bands:")


def test_bands_that_overlap_are_a_fault(tiny):
    tiny.edit("scores/loading.yml", "    low: 3\n", "    low: 2\n")
    assert "should start at 3" in tiny.fault().what


@pytest.mark.parametrize("end", [4, 6])
def test_bands_that_end_elsewhere_than_the_items_are_a_fault(tiny, end):
    tiny.edit("scores/loading.yml", "    high: 5\n", f"    high: {end}\n")
    assert f"end at {end}" in tiny.fault().what


def test_a_scale_that_starts_below_its_first_band_is_a_fault(tiny):
    tiny.edit("scores/loading.yml", "    low: 0\n", "    low: 1\n")
    assert "should start at 0" in tiny.fault().what


def test_item_options_that_overlap_are_a_fault_inside_the_item(tiny):
    tiny.edit("scores/loading.yml", '"bone_lesion == mixed"', '"bone_lesion in {mixed, lytic}"')
    fault = tiny.fault()
    name, line = place(fault)
    assert name == "loading.yml"
    assert line in tiny.lines("scores/loading.yml", "- id: bone")
    assert "lytic" in fault.what
    assert "mixed" in fault.what


def test_two_options_of_an_item_must_differ(tiny):
    tiny.edit("scores/loading.yml", "{id: mixed, label: mixed", "{id: lytic, label: mixed")
    name, line = place(tiny.fault())
    assert name == "loading.yml"
    assert line in tiny.lines("scores/loading.yml", "- id: bone")


def test_two_items_must_differ(tiny):
    tiny.edit("scores/loading.yml", "  - id: bone\n", "  - id: pain\n")
    name, line = place(tiny.fault())
    assert name == "loading.yml"
    assert line in tiny.lines("scores/loading.yml", "items:")


def test_two_items_may_read_the_same_finding_and_the_range_stays_exact(tiny):
    tiny.edit("scores/loading.yml", '"bone_lesion == lytic"', '"bone_lesion == lytic or pain == mechanical"')
    tiny.edit("scores/loading.yml", '"bone_lesion == mixed"', '"bone_lesion == mixed and pain != mechanical"')
    tiny.edit("scores/loading.yml", '"bone_lesion == blastic"', '"bone_lesion == blastic and pain != mechanical"')
    loading = tiny.engine().assess({"bone_lesion": "blastic"}).scores["loading"]
    assert (loading.low, loading.high) == (0, 5)
    assert loading.totals == {0, 1, 5}


SECOND = """id: second
label: Second
name: A score that reads another
question: Does the lesion bear load?
worse: high
source: {fisher2010: "score table"}
audit: {date: 2026-11-22, against: "the table"}
applies: {otherwise: nowhere}
items:
  - id: first
    label: The first score
    source: {fisher2010: "score table"}
    options:
      - {id: low, label: low, points: 0, when: "loading.band == low"}
      - {id: high, label: high, points: 1, when: "loading >= 3"}
bands:
  - {id: none, label: none, low: 0, high: 0, text: none, source: {fisher2010: "bands"}}
  - {id: some, label: some, low: 1, high: 1, text: some, source: {fisher2010: "bands"}}
"""


def test_an_item_may_be_another_score(tiny):
    tiny.write("scores/second.yml", SECOND)
    second = tiny.engine().assess({"pain": "none"}).scores["second"]
    assert (second.total, second.items[0].option) == (0, "low")
    assert dict(second.items[0].findings) == {"pain": "none", "bone_lesion": None}
    assert tiny.engine().assess({}).scores["second"].totals == {0, 1}


def test_an_item_stays_open_where_the_other_score_does_not_apply(tiny):
    tiny.write("scores/second.yml", SECOND)
    tiny.edit("scores/loading.yml", 'when: "True"', 'when: "epidural == none"')
    findings = {"pain": "none", "epidural": "effaces"}
    assert tiny.engine().assess(findings).scores["second"].totals == {0, 1}


def test_scores_cannot_read_each_other_in_a_circle(tiny):
    tiny.write("scores/second.yml", SECOND)
    tiny.edit("scores/loading.yml", '"bone_lesion == lytic"', '"bone_lesion == lytic and second >= 1"')
    whats = {(place(fault)[0], fault.what) for fault in tiny.faults()}
    assert {file for file, _ in whats} == {"loading.yml", "second.yml"}
    assert all("circle" in what for _, what in whats)


def test_only_an_item_can_read_another_score(tiny):
    tiny.write(
        "scores/second.yml", SECOND.replace("{otherwise: nowhere}", '{when: "loading >= 3", otherwise: nowhere}')
    )
    assert place(tiny.fault())[0] == "second.yml"
    assert "only an item" in tiny.fault().what


def test_options_of_an_item_that_reads_a_score_cannot_overlap(tiny):
    tiny.write("scores/second.yml", SECOND.replace("loading >= 3", "loading >= 2"))
    assert "low and high" in tiny.fault().what


@pytest.mark.parametrize(("order", "ids"), [(0, ["loading", "second"]), (-1, ["second", "loading"])])
def test_scores_are_in_the_order_that_they_name_and_then_by_file(tiny, order, ids):
    tiny.write("scores/second.yml", f"{SECOND}order: {order}\n")
    assert list(load(tiny.path).scores) == ids


# all at once


def test_every_fault_of_a_folder_is_told_at_once(tiny):
    first = tiny.edit("rules/surgery.yml", "  tier: directive\n", "  tier: strong\n")
    second = tiny.edit("actions.yml", "label: Sacroplasty}", "label: Sacroplasty, urgent: yes}")
    third = tiny.edit("terms.yml", "  label: pain at the lesion\n", "  label: pain at the lesion\n  label: pain\n") + 1
    assert {place(fault) for fault in tiny.faults()} == {
        ("surgery.yml", first),
        ("actions.yml", second),
        ("terms.yml", third),
    }


def test_a_fault_reads_as_file_line_what_and_what_would_be_right(tiny):
    tiny.edit("rules/surgery.yml", "when: loading >= 3", "when: loading.band == hihg")
    with pytest.raises(FaultError, match=r"surgery\.yml:\d+:\d+: .*hihg.*did you mean high\?"):
        load(tiny.path)


def test_a_folder_that_is_not_there_is_a_fault(tmp_path):
    assert Folder(tmp_path / "nowhere").faults()
