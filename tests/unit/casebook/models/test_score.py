"""Points, totals, bands and ranges of SINS, Tokuhashi and Tomita."""

import dataclasses
import itertools

import plain
import pytest
import strategies
from folders import Folder
from hypothesis import given
from rulebook import ENTRY

import casebook
from casebook import FindingError
from casebook.inference.assessment import engine
from casebook.knowledge_base import knowledge

SCORES = list(plain.POINTS)
OPTIONS = [
    (score, item, option) for score in SCORES for item, options in plain.POINTS[score].items() for option in options
]
EDGES = [(score, name, total) for score in SCORES for name, low, high in plain.BANDS[score] for total in (low, high)]


# points


@pytest.mark.parametrize("score", SCORES)
def test_a_score_has_exactly_its_published_items_and_options(score):
    defined = {item.id: {option.id for option in item.options} for item in knowledge().scores[score].items}
    assert defined == {item: set(options) for item, options in plain.POINTS[score].items()}


@pytest.mark.parametrize(("score", "item", "option"), OPTIONS)
def test_an_option_has_its_published_points(score, item, option):
    result = next(each for each in casebook.score(score, {item: option}).items if each.id == item)
    points = plain.POINTS[score][item][option]
    assert (result.option, result.points, result.low, result.high) == (option, points, points, points)


@pytest.mark.parametrize(("score", "scale"), [("sins", (0, 18)), ("tokuhashi", (0, 15)), ("tomita", (2, 10))])
def test_a_score_with_nothing_known_runs_over_its_whole_scale(score, scale):
    for result in (casebook.score(score, {}), casebook.assess({}).scores[score]):
        assert (result.status, result.total) == ("range", None)
        assert (result.low, result.high) == scale
        assert list(result.bands) == [name for name, _, _ in plain.BANDS[score]]


@pytest.mark.parametrize(("score", "inputs"), [("sins", 1296), ("tokuhashi", 1458), ("tomita", 18)])
def test_every_input_of_a_score_has_its_total_and_band(score, inputs):
    every = list(plain.SCORES[score].every_input())
    assert len(every) == inputs
    for items in every:
        total = plain.SCORES[score].sum(items)
        result = casebook.score(score, items)
        assert (result.status, result.total, result.low, result.high) == ("complete", total, total, total)
        assert result.bands == (plain.SCORES[score].band(total),)


@pytest.mark.parametrize("score", SCORES)
def test_every_input_of_a_score_is_derived_from_findings_too(score):
    for items in plain.SCORES[score].every_input():
        findings = plain.SCORES[score].findings_for(items)
        if findings is None:
            continue
        result = engine().score(score, findings)
        assert result.total == plain.SCORES[score].sum(items), findings
        assert {item.id: item.option for item in result.items} == items


@pytest.mark.parametrize(("score", "item"), [(score, item) for score in SCORES for item in plain.POINTS[score]])
def test_each_value_of_a_finding_gives_its_option_of_an_item(score, item):
    reads = plain.READS[score][item]
    for values in itertools.product(*(plain.FINDINGS[id] for id in reads)):
        findings = dict(zip(reads, values, strict=True))
        found = next(each for each in engine().score(score, findings).items if each.id == item)
        option = plain.SCORES[score].option(item, findings)
        assert (found.option, found.points) == (option, plain.POINTS[score][item].get(option)), findings


@pytest.mark.parametrize("primary", plain.FINDINGS["primary"])
def test_each_primary_totals_tokuhashi_with_the_best_and_the_worst_of_the_rest(primary):
    points = plain.POINTS["tokuhashi"]["primary"][primary]
    worst = {
        "general_condition": "poor",
        "extraspinal": "three_or_more",
        "vertebral": "three_or_more",
        "organs": "unremovable",
        "palsy": "complete",
    }
    best = {"general_condition": "good", "extraspinal": "none", "vertebral": "one", "organs": "none", "palsy": "none"}
    assert casebook.score("tokuhashi", {**worst, "primary": primary}).total == points
    assert casebook.score("tokuhashi", {**best, "primary": primary}).total == points + 10


def test_colon_and_rectum_are_two_points_apart_in_tokuhashi():
    assert plain.POINTS["tokuhashi"]["primary"]["colon"] == 2
    points = {primary: casebook.score("tokuhashi", {"primary": primary}).low for primary in ("colon", "rectum")}
    assert points == {"colon": 2, "rectum": 4}


def test_s1_is_junctional_and_s2_is_rigid():
    at = {level: casebook.assess({"level": level}).scores["sins"].items[0].points for level in ("L5", "S1", "S2", "S5")}
    assert at == {"L5": 3, "S1": 3, "S2": 0, "S5": 0}


# bands


@pytest.mark.parametrize(("score", "name", "total"), EDGES, ids=lambda value: str(value))
def test_both_ends_of_a_band_lie_in_it(score, name, total):
    result = casebook.score(score, plain.SCORES[score].input_with(total))
    assert (result.total, result.bands) == (total, (name,))


@pytest.mark.parametrize("score", SCORES)
def test_bands_are_named_from_low_to_high_as_published(score):
    defined = [(band.id, band.low, band.high) for band in knowledge().scores[score].bands]
    assert defined == plain.BANDS[score]


def test_a_sins_of_6_is_stable_and_of_7_potentially_unstable():
    mechanical_lytic = {
        "pain": "mechanical",
        "bone_lesion": "lytic",
        "alignment": "normal",
        "collapse": "none",
        "location": "rigid",
    }
    assert casebook.score("sins", {**mechanical_lytic, "posterolateral": "unilateral"}).bands == ("stable",)
    collapsing = {**mechanical_lytic, "collapse": "body_over_50", "posterolateral": "unilateral"}
    assert casebook.score("sins", collapsing).bands == ("potentially_unstable",)


def test_a_sins_of_12_is_potentially_unstable_and_of_13_unstable():
    twelve = {
        "location": "junctional",
        "pain": "mechanical",
        "bone_lesion": "lytic",
        "alignment": "normal",
        "collapse": "body_over_50",
    }
    twelve |= {"posterolateral": "bilateral"}
    assert casebook.score("sins", twelve).bands == ("potentially_unstable",)
    assert casebook.score("sins", {**twelve, "collapse": "under_50"}).bands == ("unstable",)


def test_a_tokuhashi_of_8_and_9_and_of_11_and_12_lie_in_different_bands():
    bands = {
        total: casebook.score("tokuhashi", plain.SCORES["tokuhashi"].input_with(total)).bands
        for total in (8, 9, 11, 12)
    }
    assert bands == {
        8: ("under_6_months",),
        9: ("at_least_6_months",),
        11: ("at_least_6_months",),
        12: ("at_least_1_year",),
    }


def test_tomita_goes_from_excision_to_no_surgery_as_it_rises():
    bands = [casebook.score("tomita", plain.SCORES["tomita"].input_with(total)).bands[0] for total in range(2, 11)]
    wide, marginal, palliative, supportive = (name for name, _, _ in plain.BANDS["tomita"])
    assert bands == [wide] * 2 + [marginal] * 2 + [palliative] * 2 + [supportive] * 3


def test_high_is_worse_in_every_score_but_tokuhashi():
    entered = {id: score.worse for id, score in knowledge().scores.items() if id in ENTRY.scores}
    assert {id for id, worse in entered.items() if worse == "low"} == {"tokuhashi"}


# ranges


def is_range_of(result: casebook.ScoreResult, score: str, totals: set[int]) -> None:
    low, high = min(totals), max(totals)
    assert (result.low, result.high) == (low, high)
    assert result.totals == totals
    assert result.status == ("complete" if low == high else "range")
    assert result.total == (low if low == high else None)
    assert list(result.bands) == [
        name for name, first, last in plain.BANDS[score] if totals & set(range(first, last + 1))
    ]


@pytest.mark.parametrize("score", SCORES)
def test_the_range_over_items_is_exact(score):
    @given(items=strategies.items_of(score))
    def check(items):
        options = {
            item: set(every) if items.get(item) is None else {items[item]}
            for item, every in plain.POINTS[score].items()
        }
        is_range_of(casebook.score(score, items), score, plain.SCORES[score].sums(options))

    check()


@pytest.mark.parametrize("score", SCORES)
def test_the_range_over_findings_is_exact(score):
    @given(findings=strategies.partial_findings)
    def check(findings):
        options = {item: plain.SCORES[score].reachable(item, findings) for item in plain.POINTS[score]}
        result = casebook.assess(findings).scores[score]
        is_range_of(result, score, plain.SCORES[score].totals(findings))
        for item in result.items:
            points = {plain.POINTS[score][item.id][option] for option in options[item.id]}
            assert (item.low, item.high) == (min(points), max(points))
            assert item.points == (min(points) if len(points) == 1 else None)
            assert item.option == (min(options[item.id]) if len(options[item.id]) == 1 else None)

    check()


@pytest.mark.parametrize(("score", "item"), [(score, item) for score in SCORES for item in plain.POINTS[score]])
def test_one_missing_item_leaves_no_total(score, item):
    items = {id: option for id, option in next(plain.SCORES[score].every_input()).items() if id != item}
    points = plain.POINTS[score][item].values()
    result = casebook.score(score, items)
    known = plain.SCORES[score].sum(items)
    assert (result.status, result.total) == ("range", None)
    assert (result.low, result.high) == (known + min(points), known + max(points))


def test_a_range_names_every_band_it_may_lie_in():
    result = casebook.score("sins", {"location": "junctional", "pain": "mechanical"})
    assert (result.low, result.high) == (6, 18)
    assert result.bands == ("stable", "potentially_unstable", "unstable")


def test_one_extraspinal_focus_makes_tomita_multiple_before_the_vertebrae_are_counted():
    bone = casebook.assess({"extraspinal_bone_metastases": "one_or_two"}).scores["tomita"].items[-1]
    assert (bone.option, bone.points) == ("multiple", 2)
    assert dict(bone.findings) == {"extraspinal_bone_metastases": "one_or_two", "vertebral_metastases": None}


def test_one_vertebra_alone_does_not_make_tomita_solitary():
    bone = casebook.assess({"vertebral_metastases": "one"}).scores["tomita"].items[-1]
    assert (bone.option, bone.low, bone.high) == (None, 1, 2)


# what SINS has no option for


def test_a_lesion_that_ct_does_not_show_leaves_its_sins_item_unknown_and_says_why():
    findings = {
        "level": "S2",
        "pain": "none",
        "bone_lesion": "ct_occult",
        "alignment": "normal",
        "collapse": "none",
        "posterolateral": "none",
    }
    sins = casebook.assess(findings).scores["sins"]
    assert (sins.status, sins.total, sins.low, sins.high) == ("range", None, 0, 2)
    item = next(item for item in sins.items if item.id == "bone_lesion")
    assert (item.option, item.points, item.low, item.high) == (None, None, 0, 2)
    assert dict(item.findings) == {"bone_lesion": "ct_occult"}
    assert any("no bone lesion option" in note and "item is unknown" in note for note in sins.notes)


def test_the_note_on_ct_stands_only_where_ct_shows_nothing():
    for lesion in ("lytic", "mixed", "blastic", None):
        notes = casebook.assess({"bone_lesion": lesion}).scores["sins"].notes
        assert not any("no bone lesion option" in note for note in notes)


def test_ct_occult_is_no_item_option_of_sins():
    with pytest.raises(FindingError, match=r"bone_lesion.*ct_occult"):
        casebook.score("sins", {"bone_lesion": "ct_occult"})


@pytest.mark.parametrize("side", ["left", "right", "bilateral"])
def test_sins_says_that_it_does_not_see_the_sacroiliac_joint(side):
    assert any("sacroiliac" in note for note in casebook.assess({"iliac_or_si_involvement": side}).scores["sins"].notes)


def test_sins_says_that_a_stable_spine_does_not_speak_for_the_nerves():
    notes = casebook.assess({"cauda_equina_syndrome": "present"}).scores["sins"].notes
    assert any("stability only" in note for note in notes)


@given(findings=strategies.partial_findings)
def test_a_survival_band_is_never_shown_without_its_poor_calibration(findings):
    for score in ("tokuhashi", "tomita"):
        assert any("poorly calibrated" in note for note in casebook.assess(findings).scores[score].notes)


@pytest.mark.parametrize("score", ["tokuhashi", "tomita"])
def test_a_calculator_says_so_too(score):
    assert any("poorly calibrated" in note for note in casebook.score(score, {}).notes)


@pytest.mark.parametrize(
    ("primary", "score", "word"),
    [
        ("colon", "tokuhashi", "convention"),
        ("melanoma", "tokuhashi", "convention"),
        ("endometrium", "tokuhashi", "convention"),
        ("cervix", "tokuhashi", "convention"),
        ("melanoma", "tomita", "convention"),
        ("endometrium", "tomita", "convention"),
        ("colon", "tomita", "unverified"),
        ("liver", "tomita", "unverified"),
        ("unknown_primary", "tomita", "unverified"),
        *[
            (primary, "tomita", "convention")
            for primary in ("rectum", "carcinoid", "myeloma", "lymphoma", "ovary", "other")
        ],
        *[(primary, "tomita", "convention") for primary in ("oesophagus", "pancreas", "bladder", "gallbladder")],
        *[(primary, "tomita", "convention") for primary in ("osteosarcoma", "sarcoma_other")],
    ],
)
def test_a_primary_that_is_placed_by_convention_or_unseen_is_flagged(primary, score, word):
    without = set(casebook.assess({}).scores[score].notes)
    added = set(casebook.assess({"primary": primary}).scores[score].notes) - without
    assert any(word in note for note in added)


# item sets


def test_item_sets_are_all_choices_with_a_total():
    found = list(knowledge().scores["sins"].item_sets(9))
    assert found == [items for items in published_order("sins") if plain.SCORES["sins"].sum(items) == 9]


def published_order(score: str) -> list[dict[str, str]]:
    order = {
        item.id: {option: place for place, option in enumerate(item.values)} for item in knowledge().scores[score].items
    }
    every = plain.SCORES[score].every_input()
    return sorted(every, key=lambda items: [order[item][option] for item, option in items.items()])


def test_item_sets_keep_to_what_is_known():
    sets = list(knowledge().scores["sins"].item_sets(9, location="junctional", bone_lesion="lytic"))
    assert sets
    assert all(items["location"] == "junctional" and items["bone_lesion"] == "lytic" for items in sets)


def test_no_item_set_reaches_what_is_off_the_scale():
    assert list(knowledge().scores["sins"].item_sets(19)) == []
    with pytest.raises(FindingError):
        list(knowledge().scores["sins"].item_sets(9, location="sacral"))


# what is refused


@pytest.mark.parametrize(
    ("name", "items", "id", "offered", "nearest"),
    [
        ("sinss", {}, "sinss", None, "sins"),
        ("tokuhasi", {}, "tokuhasi", None, "tokuhashi"),
        ("glasgow", {}, "glasgow", None, ""),
        ("sins", {"locations": "rigid"}, "locations", None, "location"),
        ("sins", {"location": "rigit"}, "location", "rigit", "rigid"),
        ("sins", {"level": "S1"}, "level", None, ""),
        ("tomita", {"growth": "fast"}, "growth", "fast", ""),
        ("tokuhashi", {"primary": "colorectal"}, "primary", "colorectal", ""),
    ],
)
def test_what_a_score_does_not_have_is_named_with_the_nearest_right_one(name, items, id, offered, nearest):
    with pytest.raises(FindingError) as caught:
        casebook.score(name, items)
    assert (caught.value.id, caught.value.offered) == (id, offered)
    if nearest:
        assert caught.value.nearest == nearest
        assert nearest in str(caught.value)


@pytest.mark.parametrize("offered", [True, False, 3, 0, [], "3"])
def test_points_or_truth_values_are_no_item_options(offered):
    with pytest.raises(FindingError, match="pain"):
        casebook.score("sins", {"pain": offered})


def test_a_result_cannot_be_changed():
    result = casebook.score("sins", {"pain": "none"})
    with pytest.raises(dataclasses.FrozenInstanceError):
        result.low = 3
    with pytest.raises(TypeError):
        casebook.assess({}).scores["sins"].items[0].findings["level"] = "S1"


# where a score does not apply


def for_a_free_canal(tiny: Folder) -> None:
    tiny.edit("scores/loading.yml", 'when: "True"', 'when: "epidural == none"')


def test_a_score_outside_its_place_shows_no_number_and_says_why(tiny):
    for_a_free_canal(tiny)
    result = (
        tiny.engine().assess({"epidural": "effaces", "pain": "mechanical", "bone_lesion": "lytic"}).scores["loading"]
    )
    assert (result.status, result.total, result.low, result.high) == ("not_applicable", None, None, None)
    assert result.bands == ()
    assert result.items == ()
    assert result.reason == "It is for a spine with a free canal."
    assert result.to_dict()["reason"] == "It is for a spine with a free canal."
    assert not any(character.isdigit() for character in "".join(result.notes))


def test_a_score_in_its_place_has_its_number(tiny):
    for_a_free_canal(tiny)
    result = tiny.engine().assess({"epidural": "none", "pain": "mechanical", "bone_lesion": "lytic"}).scores["loading"]
    assert (result.status, result.total, result.reason) == ("complete", 5, "")


def test_no_rule_follows_from_a_score_that_does_not_apply(tiny):
    for_a_free_canal(tiny)
    lytic = {"pain": "mechanical", "bone_lesion": "lytic"}
    assert tiny.engine().assess({**lytic, "epidural": "none"}).entry("lumbopelvic_fixation").status == "decided"
    assert tiny.engine().assess({**lytic, "epidural": "effaces"}).entry("lumbopelvic_fixation") is None


def test_nothing_is_decided_by_a_score_while_its_place_is_unknown(tiny):
    for_a_free_canal(tiny)
    assessment = tiny.engine().assess({"pain": "mechanical", "bone_lesion": "lytic"})
    assert assessment.trace.rules["R041"] is None
    entry = assessment.entry("lumbopelvic_fixation")
    assert (entry.status, entry.possible, entry.depends_on) == ("undecided", ("recommended", "none"), ("epidural",))


def test_what_is_unknown_of_a_score_out_of_its_place_is_not_asked_for(tiny):
    for_a_free_canal(tiny)
    assessment = tiny.engine().assess({"epidural": "effaces", "pain_intensity": 0, "cauda_equina_syndrome": "absent"})
    assert "bone_lesion" not in {question.finding for question in assessment.ask_next}
