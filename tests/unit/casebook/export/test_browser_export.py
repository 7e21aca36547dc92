"""The knowledge as one JSON value, read back by a walker of its own."""

import json
import random
import re
from collections.abc import Iterator
from typing import Any

import plain
import pytest
from rulebook import KNOWLEDGE

import casebook
from casebook.export.browser import bundle, bundle_of
from casebook.knowledge_base import knowledge

BUNDLE = json.loads(json.dumps(bundle()))


def by_id(part: str) -> dict[str, Any]:
    return {entry["id"]: entry for entry in BUNDLE[part]}


def test_the_bundle_is_plain_json_with_nothing_lost():
    assert bundle() == BUNDLE


def test_the_bundle_has_exactly_its_parts():
    assert list(BUNDLE) == [
        "version", "rulebook", "groups", "findings", "first_view", "of_scores", "drawing", "scores", "actions", "switches",
        "contradictions", "rules", "conflicts", "tensions", "emergencies", "principles", "conditions", "sources",
    ]  # fmt: skip
    assert BUNDLE["version"] == knowledge().version


def test_every_finding_is_in_the_bundle_with_its_options():
    findings = by_id("findings")
    assert set(findings) == set(plain.FINDINGS)
    for id, options in plain.FINDINGS.items():
        values = [option["id"] for option in findings[id]["options"]]
        assert sorted(values, key=str) == sorted(options, key=str)
        assert findings[id]["group"] in {group["id"] for group in BUNDLE["groups"]}
        assert findings[id]["type"] == ("number" if isinstance(options[0], int) else "choice")


@pytest.mark.parametrize("id", plain.POINTS)
def test_every_score_is_in_the_bundle_with_its_points_and_bands(id):
    score = by_id("scores")[id]
    points = {item["id"]: {option["id"]: option["points"] for option in item["options"]} for item in score["items"]}
    assert points == plain.POINTS[id]
    assert [(band["id"], band["low"], band["high"]) for band in score["bands"]] == plain.BANDS[id]
    assert (score["minimum"], score["maximum"]) == (plain.BANDS[id][0][1], plain.BANDS[id][-1][2])
    assert {item["id"]: item["reads"] for item in score["items"]}.keys() == plain.READS[id].keys()


def test_rules_that_decide_are_in_the_bundle_and_those_that_only_inform_are_not():
    assert set(by_id("rules")) == set(plain.CLAUSES)
    met = {id for id, conflict in knowledge().conflicts.items() if conflict.actions or conflict.scores}
    assert set(by_id("conflicts")) == met
    assert met < set(plain.CONFLICTS)
    assert list(by_id("actions")) == list(knowledge().actions)


def test_tensions_and_the_order_of_findings_and_agreement_are_in_the_bundle():
    assert list(by_id("tensions")) == [tension["id"] for tension in plain.FILES["tensions.yml"]]
    for finding in knowledge().vocabulary:
        order = by_id("findings")[finding.id].get("order", [])
        assert order == ("all" if finding.order == finding.values else list(finding.order))
    printed = {item["id"]: item["agreement"]["value"] for item in by_id("scores")["sins"]["items"]}
    assert printed["bone_lesion"] == "0.244"
    assert not any("agreement" in item for item in by_id("scores")["tomita"]["items"])


def test_what_settles_a_difference_has_its_words_in_the_bundle():
    assert list(by_id("principles")) == ["P1", "P2", "P3", "P4", "P5", "P6"]
    named = {end[3] for end in BUNDLE["rulebook"]["ends"] if isinstance(end, list)} - {None}
    assert named <= set(by_id("principles")) | set(by_id("conflicts")) | set(by_id("rules"))
    assert all(principle["text"].endswith(".") for principle in BUNDLE["principles"])


def cited(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        for key, inner in value.items():
            if key in ("source", "authority"):
                yield from (pair[0] for pair in inner)
            else:
                yield from cited(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from cited(inner)


def test_every_source_that_is_cited_is_in_the_bundle():
    without = {key: value for key, value in BUNDLE.items() if key != "sources"}
    assert set(cited(without)) <= set(BUNDLE["sources"])
    assert all(source["short"] for source in BUNDLE["sources"].values())


# roots


class Table:
    """A table of decision diagrams, read as its format says and walked one complete patient at a time."""

    def __init__(self, given: dict[str, Any]) -> None:
        self.variables, self.ends = given["variables"], given["ends"]
        self.choices: list[tuple[int, list[int]]] = []
        last, slots = [0] * len(given["children"]), [iter(slot) for slot in given["children"]]
        groups = iter(given["groups"])
        for variable, pattern, count in zip(groups, groups, groups, strict=True):
            digits = [int(digit, 36) for digit in given["patterns"][pattern]]
            for _ in range(count):
                for slot in range(max(digits) + 1):
                    last[slot] += next(slots[slot])
                self.choices.append((variable, [last[digit] for digit in digits]))
        assert not [slot for slot in slots if next(slot, None) is not None]

    def end(self, root: int, options: list[int]) -> Any:
        while root >= len(self.ends):
            variable, children = self.choices[root - len(self.ends)]
            assert max(children) < root
            root = children[options[variable]]
        return self.ends[root]


TABLE, PARTS = Table(BUNDLE["rulebook"]), Table(BUNDLE["conditions"]["rulebook"])


def complete_patients(count: int) -> Iterator[tuple[plain.Patient, list[int]]]:
    """Yield patients of whom all is known, also what nobody knows, and their options in the order of the variables."""
    choose = random.Random("roots")
    for _ in range(count):
        known = {id: choose.choice(KNOWLEDGE.options(id)) for id in KNOWLEDGE.variables}
        options = [KNOWLEDGE.options(id).index(known[id]) for id in map(variable, TABLE.variables)]
        findings = {id: known.pop(id) for id in plain.FINDINGS}
        yield plain.Patient(findings, known), options


def variable(given: int | list[int]) -> str:
    """The finding behind a variable of the table, or what nobody knows of a score."""
    if isinstance(given, int):
        return BUNDLE["findings"][given]["id"]
    score = plain.SCORES[BUNDLE["scores"][given[0]]["id"]]
    return score.one_lesion if given[1] < 0 else score.open_item(list(score.points)[given[1]])


PATIENTS = list(complete_patients(300))
SEVERAL_TOTALS = [id for id, score in plain.SCORES.items() if score.as_one]


def test_every_clause_and_conflict_has_the_root_of_its_condition():
    for patient, options in PATIENTS:
        for id, rule in by_id("rules").items():
            assert [TABLE.end(clause["when"], options) for clause in rule["clauses"]] == patient.holding[id], id
        for id, conflict in by_id("conflicts").items():
            assert TABLE.end(conflict["when"], options) == patient.conflict(id), id


def test_every_action_has_the_root_of_what_its_rules_recommend():
    for patient, options in PATIENTS:
        for id, action in by_id("actions").items():
            end, voices = TABLE.end(action["root"], options), patient.voices(id) if id in plain.VOICES else ()
            if voices:
                outcome, settling = plain.in_force(id, voices)
                assert tuple(end[:3]) == tuple(outcome), id
                assert end[3] in settling, id
            else:
                assert end is None, id


def test_every_score_has_the_roots_of_its_total_band_and_items():
    for patient, options in PATIENTS:
        for id in SEVERAL_TOTALS:
            score = by_id("scores")[id]
            items = plain.SCORES[id].options(patient | plain.BY_SEGMENTS)
            total = plain.SCORES[id].sum(items)
            assert TABLE.end(score["total"], options) == total
            assert score["bands"][TABLE.end(score["band"], options)]["id"] == plain.SCORES[id].band(total)
            for item in score["items"]:
                assert item["options"][TABLE.end(item["root"], options)]["id"] == items[item["id"]]
            shown = id in plain.two_totals(patient.findings)
            assert (TABLE.end(score["as_one_lesion"]["when"], options) is True) == shown


def test_what_contradicts_itself_has_the_root_that_an_excuse_makes_null():
    for patient, options in PATIENTS:
        ends = {each["id"]: TABLE.end(each["when"], options) for each in BUNDLE["contradictions"]}
        assert [id for id, end in ends.items() if end is True] == plain.refused(patient.findings)
        assert {id for id, end in ends.items() if end is False} == {
            id for id, (when, _) in plain.CONTRADICTIONS.items() if not when.holds(patient)
        }


def test_the_parts_of_a_condition_come_to_what_its_root_says():
    given = BUNDLE["conditions"]

    def of(ref: Any, options: list[int]) -> bool:
        if isinstance(ref, bool):
            return ref
        if ref >= 0:
            finding, *wanted = given["leaves"][ref]
            return options[PARTS.variables.index(finding)] in wanted
        kind, *parts = given["parts"][-1 - ref]
        root = PARTS.end(given["roots"][-1 - ref], options)
        if kind == "#":
            return root
        inner = [of(part, options) for part in (parts[1:] if kind == "=" else parts)]
        assert root == (any(inner) if kind == "|" else not inner[0] if kind == "!" else all(inner))
        return root

    for patient, options in PATIENTS[:100]:
        for rule, clauses in zip(BUNDLE["rules"], given["clauses"], strict=True):
            assert [of(ref, options) for ref in clauses] == patient.holding[rule["id"]], rule["id"]
    assert given["terms"] == [term["label"] for term in plain.FILES["terms.yml"]]


def test_a_contradiction_names_the_findings_that_it_is_of():
    for each in BUNDLE["contradictions"]:
        when, _ = plain.CONTRADICTIONS[each["id"]]
        named = {BUNDLE["findings"][finding]["id"] for finding, *_ in each["leaves"]}
        assert named == {id for id in plain.FINDINGS if re.search(rf"\b{id}\b", when.text)} or any(
            term in when.text for term in plain.TERMS
        )


# what is said first, and what cannot be


def test_a_reader_is_asked_for_seventeen_findings_first():
    first = [shown["finding"] for shown in BUNDLE["first_view"] if "when" not in shown]
    assert first == [
        "level", "pain", "fracture", "primary", "spine_mri", "epidural", "compression_by", "cauda_equina_syndrome",
        "bladder_bowel", "saddle_sensation", "motor_deficit", "deficit_course", "radicular_pain",
        "suspected_cord_compression", "prior_radiotherapy", "fit_for_surgery", "expected_survival",
    ]  # fmt: skip
    (folded,) = [shown["with"] for shown in BUNDLE["first_view"] if "with" in shown]
    assert folded["label"] == "What SINS cannot see"
    assert folded["findings"] == ["fracture_pattern", "sacral_ala", "iliac_or_si_involvement"]


def test_what_only_a_score_needs_is_shown_with_the_scores():
    assert set(BUNDLE["of_scores"]) == {
        "frankel", "karnofsky", "vertebral_metastases", "one_continuous_lesion", "extraspinal_bone_metastases",
        "visceral_metastases",
    }  # fmt: skip


def test_a_grade_of_the_cord_is_shown_where_there_is_a_cord_and_a_label_is_doubted_beside_its_signs():
    findings = by_id("findings")
    assert {id for id, finding in findings.items() if "shown_where" in finding} == {"escc"}
    shown = {
        option["id"]
        for place, option in enumerate(findings["level"]["options"])
        if TABLE.end(findings["escc"]["shown_where"], [place] * len(TABLE.variables))
    }
    assert [option["id"] for option in findings["level"]["options"] if option["id"] in shown][-3:] == [
        "T12",
        "L1",
        "L2",
    ]
    assert {id for id, finding in findings.items() if "doubt" in finding} == {
        "cauda_equina_syndrome",
        "post_void_residual",
        "anal_tone",
    }
    assert findings["cauda_equina_syndrome"]["doubt"]["text"] == (
        "Recorded as absent; the recorded signs suggest otherwise."
    )


def test_contradictions_switches_and_states_are_in_the_bundle_in_their_order():
    assert list(by_id("contradictions")) == list(plain.CONTRADICTIONS)
    assert list(by_id("switches")) == [switch["id"] for switch in plain.FILES["scopes.yml"]]
    given = plain.FILES["emergencies.yml"]
    assert [state["id"] for state in BUNDLE["emergencies"]["states"]] == [state["id"] for state in given["states"]]
    assert [sign["text"] for sign in BUNDLE["emergencies"]["signs"]] == [sign["text"] for sign in given["signs"]]
    assert BUNDLE["emergencies"]["order"] == given["order"]
    assert BUNDLE["emergencies"]["later"] == given["later"]


def test_a_switch_names_what_it_withdraws_by_action():
    switches = by_id("switches")
    assert switches["above-the-sacrum"]["actions"] == ["en_bloc_resection", "sacroplasty", "aortic_balloon_occlusion"]
    assert switches["intradural"]["stances"] == {"dexamethasone": ["not_indicated"]}
    assert set(switches["intradural"]["actions"]) == set(switches["above-the-junction"]["actions"])
    assert switches["outside-the-canal"]["actions"] == ["decompression"]


def test_an_action_of_an_emergency_says_what_it_is_for_and_how_it_is_misused():
    actions = by_id("actions")
    for id in ("urgent_consult", "dexamethasone", "immobilisation", "bladder_care", "thromboprophylaxis",
               "iliosacral_screws", "palliative_care"):  # fmt: skip
        assert actions[id]["use"]["text"].endswith("."), id
        assert actions[id]["misuse"]["text"].endswith("."), id


def test_a_note_on_what_a_score_cannot_see_stands_under_its_scale():
    assert {score["id"] for score in BUNDLE["scores"] for note in score["notes"] if note.get("scale")} == {"sins"}
    assert {id for id, score in by_id("scores").items() if "as_one_lesion" in score} == {"tokuhashi", "tomita"}


def test_a_small_folder_of_knowledge_makes_a_bundle_too(tiny):
    small = bundle_of(tiny.engine())
    assert json.loads(json.dumps(small)) == small
    assert [score["id"] for score in small["scores"]] == ["loading"]
    assert set(small["sources"]) == {"mika2018", "fisher2010", "unsigned_text"}
    assert small["version"] == tiny.engine().assess({}).knowledge
    assert small["version"] != casebook.assess({}).knowledge
