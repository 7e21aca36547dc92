"""The knowledge as one JSON value, read back by a walker of its own."""

import json
from collections.abc import Iterator
from typing import Any

import plain
import published
import pytest

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
        "version", "groups", "findings", "first_view", "of_scores", "terms", "scores", "actions", "switches",
        "contradictions", "rules", "conflicts", "tensions", "emergencies", "precedence", "sources",
    ]  # fmt: skip
    assert BUNDLE["version"] == knowledge().version


def test_every_finding_is_in_the_bundle_with_its_options():
    findings = by_id("findings")
    assert set(findings) == set(published.FINDINGS)
    for id, options in published.FINDINGS.items():
        values = [option["id"] for option in findings[id]["options"]]
        assert sorted(values, key=str) == sorted(options, key=str)
        assert findings[id]["group"] in {group["id"] for group in BUNDLE["groups"]}
        assert findings[id]["type"] == ("number" if isinstance(options[0], int) else "choice")


@pytest.mark.parametrize("id", published.POINTS)
def test_every_score_is_in_the_bundle_with_its_points_and_bands(id):
    score = by_id("scores")[id]
    points = {item["id"]: {option["id"]: option["points"] for option in item["options"]} for item in score["items"]}
    assert points == published.POINTS[id]
    assert [(band["id"], band["low"], band["high"]) for band in score["bands"]] == published.BANDS[id]
    assert (score["minimum"], score["maximum"]) == (published.BANDS[id][0][1], published.BANDS[id][-1][2])
    assert {item["id"]: item["reads"] for item in score["items"]}.keys() == published.READINGS[id].keys()


def test_rules_that_decide_are_in_the_bundle_and_those_that_only_inform_are_not():
    assert set(by_id("rules")) == set(plain.CLAUSES)
    met = {id for id, conflict in knowledge().conflicts.items() if conflict.actions or conflict.scores}
    assert set(by_id("conflicts")) == met
    assert met < set(plain.CONFLICTS)
    assert list(by_id("actions")) == list(knowledge().actions)


def test_tensions_and_the_order_of_findings_and_agreement_are_in_the_bundle():
    assert list(by_id("tensions")) == [tension["id"] for tension in plain.yaml("tensions.yml")]
    for finding in knowledge().vocabulary:
        order = by_id("findings")[finding.id].get("order", [])
        assert order == ("all" if finding.order == finding.values else list(finding.order))
    printed = {item["id"]: item["agreement"]["value"] for item in by_id("scores")["sins"]["items"]}
    assert printed["bone_lesion"] == "0.244"
    assert not any("agreement" in item for item in by_id("scores")["tomita"]["items"])


def test_the_declared_order_is_in_the_bundle():
    edges = {
        action: {(winner, loser): why for winner, loser, why in each}
        for action, each in BUNDLE["precedence"]["edges"].items()
    }
    assert edges == {action: each for action, each in plain.EDGES.items() if each}
    assert [principle["by"] for principle in BUNDLE["precedence"]["principles"]] == [
        "emergency", "declared", "tier", "caution", "stance", "soonest",
    ]  # fmt: skip


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


# trees


CONDITIONS = {"when", "unless", "shown_where", "red_flag", "is"}
"""Keys under which the bundle keeps a condition."""


def trees(value: Any) -> Iterator[Any]:
    if isinstance(value, dict):
        for key, inner in value.items():
            if key in CONDITIONS:
                yield inner
            else:
                yield from trees(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from trees(inner)


def well_formed(tree: Any) -> bool:
    if isinstance(tree, bool):
        return True
    match tree:
        case {"finding": id, "in": [*options], **rest}:
            return not rest and set(options) < set(published.FINDINGS[id])
        case {"score": id, "low": int(), "high": int(), **rest}:
            return not rest and id in published.POINTS and tree["low"] <= tree["high"]
        case {"all": [*parts], **rest} | {"any": [*parts], **rest}:
            return not rest and bool(parts) and all(map(well_formed, parts))
        case {"not": part, **rest}:
            return not rest and well_formed(part)
        case {"term": id, **rest}:
            return not rest and id in plain.TERMS
    return False


def test_every_condition_in_the_bundle_is_a_tree_that_a_page_can_read():
    every = list(trees(BUNDLE))
    assert len(every) > len(plain.CLAUSES)
    assert [tree for tree in every if not well_formed(tree)] == []


def named(tree: Any) -> Iterator[str]:
    """Yield the terms that a condition names."""
    if isinstance(tree, dict):
        if "term" in tree:
            yield tree["term"]
        for inner in tree.values():
            yield from named(inner)
    elif isinstance(tree, list):
        for inner in tree:
            yield from named(inner)


def test_a_term_is_written_out_once_and_after_those_that_it_uses():
    assert list(by_id("terms")) == list(plain.TERMS)
    known: set[str] = set()
    for term in BUNDLE["terms"]:
        assert set(named(term["is"])) <= known, term["id"]
        known.add(term["id"])
    assert set(named(list(trees({**BUNDLE, "terms": []})))) <= known


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
    assert findings["escc"]["shown_where"]["in"][-3:] == ["T12", "L1", "L2"]
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
    assert list(by_id("switches")) == [switch["id"] for switch in plain.yaml("scopes.yml")]
    given = plain.yaml("emergencies.yml")
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
