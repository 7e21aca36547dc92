"""The knowledge as one JSON value, read back by a walker of its own."""

import json
from collections.abc import Iterator
from typing import Any

import plain
import published
import pytest

import casebook
from casebook.bundle import bundle, bundle_of
from casebook.library import knowledge

BUNDLE = json.loads(json.dumps(bundle()))


def by_id(part: str) -> dict[str, Any]:
    return {entry["id"]: entry for entry in BUNDLE[part]}


def test_the_bundle_is_plain_json_with_nothing_lost():
    assert bundle() == BUNDLE


def test_the_bundle_has_exactly_its_parts():
    assert list(BUNDLE) == [
        "version", "groups", "findings", "scores", "actions", "rules", "conflicts", "tensions", "precedence", "sources",
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


def trees(value: Any) -> Iterator[Any]:
    if isinstance(value, dict):
        for key, inner in value.items():
            if key == "when":
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
        case {"term": id, "label": str(), "is": part, **rest}:
            return not rest and id in plain.TERMS and well_formed(part)
    return False


def test_every_condition_in_the_bundle_is_a_tree_that_a_page_can_read():
    every = list(trees(BUNDLE))
    assert len(every) > len(plain.CLAUSES)
    assert [tree for tree in every if not well_formed(tree)] == []


def test_a_small_folder_of_knowledge_makes_a_bundle_too(tiny):
    small = bundle_of(tiny.engine())
    assert json.loads(json.dumps(small)) == small
    assert [score["id"] for score in small["scores"]] == ["loading"]
    assert set(small["sources"]) == {"mika2018", "fisher2010", "unsigned_text"}
    assert small["version"] == tiny.engine().assess({}).knowledge
    assert small["version"] != casebook.assess({}).knowledge
