"""An assessment: the shape of its JSON, what to ask next, its trace, and what it cannot do."""

import dataclasses
import json
import subprocess
import sys

import plain
import pytest
import strategies
from hypothesis import example, given

import casebook
from casebook.inference.refusals import refusals
from casebook.knowledge_base import knowledge
from casebook.models.contradiction import reads

STATUSES = ("complete", "range", "not_applicable")


# the JSON of the vocabulary


@given(findings=strategies.partial_findings)
@example(findings={})
def test_the_json_has_exactly_the_shape_of_the_vocabulary(findings):
    result = casebook.assess(findings).to_dict()
    assert json.loads(json.dumps(result)) == result
    assert list(result) == ["state", "first_line", "scores", "plan", "ask_next", "knowledge"]
    assert result["state"] == result["first_line"][0]["state"]
    for line in result["first_line"]:
        has_the_shape_of_a_line(line)
    assert list(result["scores"]) == list(knowledge().scores)
    for id, score in result["scores"].items():
        has_the_shape_of_a_score(id, score)
    for entry in result["plan"]:
        has_the_shape_of_an_entry(entry)
    for question in result["ask_next"]:
        assert list(question) == ["finding", "why"]
        assert question["finding"] in plain.FINDINGS
        assert question["why"]
    assert result["knowledge"] == knowledge().version


def has_the_shape_of_a_line(line: dict) -> None:
    assert list(line) == ["state", "level", "lead", "text"]
    assert line["state"] in {state.id for state in knowledge().emergencies.states} - {"open_instability"}
    assert line["level"] in ("emergency", "urgent", "soon", "open", "none")
    assert line["lead"].endswith(".")
    assert not line["text"] or line["text"].endswith(".")
    assert "{" not in line["lead"] + line["text"]


def has_the_shape_of_a_score(id: str, score: dict) -> None:
    if id == "mirels":
        assert score["status"] == "not_applicable"
        assert [score[key] for key in ("total", "low", "high", "bands", "items")] == [None, None, None, [], []]
        assert score["reason"]
        return
    keys = ["status", "total", "low", "high", "bands", "notes", "items"]
    assert list(score) == ([*keys, "as_one_lesion"] if "as_one_lesion" in score else keys)
    if one := score.get("as_one_lesion"):
        assert id in ("tokuhashi", "tomita")
        assert list(one) == ["low", "high", "bands"]
        assert set(one["bands"]) <= {name for name, _, _ in plain.BANDS[id]}
    assert score["status"] in STATUSES
    assert (score["total"] is not None) == (score["status"] == "complete")
    assert type(score["low"]) is type(score["high"]) is int
    assert set(score["bands"]) <= {name for name, _, _ in plain.BANDS[id]}
    assert all(type(note) is str for note in score["notes"])
    assert [item["id"] for item in score["items"]] == list(plain.POINTS[id])
    for item in score["items"]:
        assert list(item) == ["id", "option", "points", "low", "high", "from"]
        assert item["option"] is None or item["option"] in plain.POINTS[id][item["id"]]
        assert set(item["from"]) == set(plain.READS[id][item["id"]])


def has_the_shape_of_an_entry(entry: dict) -> None:
    order = [
        "action", "stance", "status", "within_hours", "side", "possible", "at_least",
        "because", "against", "conflicts", "decided_by", "depends_on",
    ]  # fmt: skip
    optional = {"within_hours", "side", "at_least"}
    assert list(entry) == [key for key in order if key in entry]
    assert set(order) - optional <= set(entry)
    assert entry["action"] in knowledge().actions
    assert entry["stance"] in plain.STANCES
    assert entry["status"] in ("decided", "undecided")
    assert set(entry["possible"]) <= {*plain.STANCES, "none"}
    assert set(entry["because"]) | set(entry["against"]) <= set(knowledge().rules)
    assert set(entry["conflicts"]) <= set(knowledge().conflicts)
    assert set(entry["depends_on"]) <= set(plain.FINDINGS)
    assert (entry["status"] == "undecided") == bool(entry["depends_on"])
    # Undecided in degree is not undecided in kind: the weakest is named where all that is possible is in favour.
    in_favour = entry["status"] == "undecided" and set(entry["possible"]) <= plain.FOR
    assert entry.get("at_least") == (entry["possible"][-1] if in_favour else None)
    assert type(entry.get("within_hours", 1)) is int
    assert entry.get("side", "left") in ("left", "right")


def test_the_example_of_the_vocabulary_comes_out_as_written():
    findings = {
        "level": "S1",
        "pain": "occasional",
        "bone_lesion": "lytic",
        "alignment": "normal",
        "collapse": "under_50",
        "posterolateral": "unilateral",
    }
    sins = casebook.assess(findings).to_dict()["scores"]["sins"]
    assert {key: sins[key] for key in ("status", "total", "low", "high", "bands")} == {
        "status": "complete",
        "total": 9,
        "low": 9,
        "high": 9,
        "bands": ["potentially_unstable"],
    }
    assert sins["items"][0] == {
        "id": "location",
        "option": "junctional",
        "points": 3,
        "low": 3,
        "high": 3,
        "from": {"level": "S1"},
    }


def test_an_unknown_item_keeps_its_range_and_no_points():
    items = casebook.assess({"level": "S1"}).to_dict()["scores"]["sins"]["items"]
    assert items[1] == {"id": "pain", "option": None, "points": None, "low": 0, "high": 3, "from": {"pain": None}}


def test_a_calculated_score_has_the_shape_of_a_derived_one_and_reads_no_findings():
    result = casebook.score("sins", {"pain": "mechanical"}).to_dict()
    assert list(result) == ["status", "total", "low", "high", "bands", "notes", "items"]
    assert all(item["from"] == {} for item in result["items"])
    assert json.loads(json.dumps(result)) == result


def test_the_same_findings_give_the_same_assessment_in_any_order():
    findings = {"level": "S1", "pain": "mechanical", "cauda_equina_syndrome": "present"}
    again = dict(reversed(findings.items()))
    assert casebook.assess(findings) == casebook.assess(again)
    assert json.dumps(casebook.assess(findings).to_dict()) == json.dumps(casebook.assess(again).to_dict())


# frozen


def test_an_assessment_cannot_be_changed():
    assessment = casebook.assess({"pain": "mechanical"})
    with pytest.raises(dataclasses.FrozenInstanceError):
        assessment.plan = ()
    with pytest.raises(dataclasses.FrozenInstanceError):
        assessment.plan[0].stance = "consider"
    with pytest.raises(TypeError):
        assessment.scores["sins"] = None
    with pytest.raises(TypeError):
        assessment.findings["pain"] = "none"
    with pytest.raises(TypeError):
        assessment.trace.rules["R027"] = True


def test_a_change_to_the_json_does_not_reach_the_assessment():
    assessment = casebook.assess({"pain": "mechanical"})
    assessment.to_dict()["scores"]["sins"]["items"][1]["from"]["pain"] = "none"
    assessment.to_dict()["plan"][0]["because"].append("R999")
    assert assessment == casebook.assess({"pain": "mechanical"})
    assert "R999" not in json.dumps(casebook.assess({"pain": "mechanical"}).to_dict())


# asking on


@given(findings=strategies.partial_findings)
@example(findings={})
def test_exactly_what_something_still_hangs_on_is_asked_for(findings):
    assessment = casebook.assess(findings)
    open_ = {id for entry in assessment.plan for id in entry.depends_on}
    items = {
        id
        for score in assessment.scores.values()
        for item in score.items
        if item.option is None
        for id in item.findings
    }
    asked = [question.finding for question in assessment.ask_next]
    assert set(asked) == {id for id in open_ | items if id not in findings}
    assert len(asked) == len(set(asked))


@given(findings=strategies.partial_findings)
@example(findings={})
def test_what_an_emergency_hangs_on_is_asked_for_first(findings):
    assessment = casebook.assess(findings)
    possible = [entry for entry in assessment.plan if entry.stance == "emergency"]
    assert all(set(entry.urgent_on) <= set(entry.depends_on) for entry in possible)
    urgent = {id for entry in possible for id in entry.urgent_on if id not in findings}
    assert {question.finding for question in assessment.ask_next[: len(urgent)]} == urgent


def test_the_first_question_about_an_unknown_patient_is_about_the_nerves():
    neurology = set(plain.GROUPS["neurology"])
    assert casebook.assess({}).ask_next[0].finding in neurology | {"spine_mri"}
    assert {"cauda_equina_syndrome", "bladder_bowel"} <= {
        question.finding for question in casebook.assess({}).ask_next[:12]
    }


@given(more=strategies.complete_findings)
def test_whoever_answers_every_question_is_left_with_none(more):
    findings = {}
    while questions := casebook.assess(findings).ask_next:
        assert questions[0].finding not in findings
        findings[questions[0].finding] = more[questions[0].finding]
        for id in asked_by_a_contradiction(findings):
            findings[id] = more[id]
    assessment = casebook.assess(findings)
    if findings["bone_lesion"] != "ct_occult":
        assert all(score.status == "complete" for id, score in assessment.scores.items() if id != "mirels")
        # Where several segments may be one lesion, two totals count whatever is known.
        never_known = {"one_continuous_lesion"} if plain.two_totals(more) else set()
        assert all(set(entry.depends_on) <= never_known for entry in assessment.plan)


def asked_by_a_contradiction(findings: dict) -> list[str]:
    """What may still excuse a contradiction, and is asked for in its sentence."""
    held = {refusal.id for refusal in refusals(knowledge(), findings)}
    refused = [each for each in knowledge().contradictions if each.id in held]
    return [id for id in reads(refused) if id not in findings]


def test_a_question_says_why_it_is_asked():
    why = {question.finding: question.why for question in casebook.assess({}).ask_next}
    assert why["posterolateral"].startswith("An answer affects ")
    assert "Needed to score SINS." in why["posterolateral"]
    assert why["karnofsky"].endswith("Needed to score Tokuhashi.")
    assert "open recommendations" in why["cauda_equina_syndrome"]


# the trace


def test_the_trace_tells_which_comparison_of_a_rule_holds():
    trace = casebook.assess({"level": "S1", "epidural": "none", "pain": "mechanical"}).trace
    (clause,) = trace.clauses["R090"]
    told = {(leaf.tree.get("finding") or leaf.tree["score"]): (leaf.truth, leaf.findings) for leaf in clause.leaves}
    assert clause.truth is None
    assert told["level"] == (True, ("level",))
    assert told["epidural"] == (True, ("epidural",))
    assert told["sins"][0] is None
    assert {"level", "pain", "bone_lesion", "alignment", "collapse", "posterolateral"} <= set(told["sins"][1])


def test_the_trace_tells_of_every_rule_that_decides():
    trace = casebook.assess({}).trace
    assert set(trace.rules) == set(trace.clauses) == set(plain.CLAUSES)
    assert set(trace.conflicts) == set(plain.CONFLICTS)


def test_the_trace_as_json_says_true_false_or_undetermined():
    told = casebook.assess({"cauda_equina_syndrome": "present", "prior_radiotherapy": "given"}).trace.to_dict()
    assert (told["rules"]["R130"], told["rules"]["R060"], told["rules"]["R105"]) == ("true", "false", "undetermined")
    assert told["conflicts"]["C1"] == "true"


@given(findings=strategies.partial_findings)
def test_what_is_shown_is_what_the_trace_found(findings):
    assessment = casebook.assess(findings)
    for entry in assessment.plan:
        truths = {assessment.trace.rules[id] for id in (*entry.because, *entry.against)}
        assert False not in truths
        assert all(assessment.trace.conflicts[id] for id in entry.conflicts)


# what it does not need


def test_the_engine_needs_nothing_from_jupyter_nor_arrays_to_start_and_to_assess(tmp_path):
    then = "casebook.assess({'cauda_equina_syndrome': 'present'}).to_dict()"
    code = f"import casebook, sys\n{then}\nprint('\\n'.join(sys.modules))"
    ran = subprocess.run(
        [sys.executable, "-W", "error", "-c", code], cwd=tmp_path, capture_output=True, text=True, check=True
    )
    loaded = {name.partition(".")[0] for name in ran.stdout.split()}
    assert "casebook" in loaded
    unwanted = {
        "IPython",
        "ipywidgets",
        "anywidget",
        "traitlets",
        "pandas",
        "numpy",
        "widgets",
        "nbformat",
        "ipykernel",
    }
    assert loaded & unwanted == set()
    assert [name for name in loaded if name.startswith("jupyter")] == []


def test_the_names_of_the_package_are_there_to_be_imported():
    assert [name for name in casebook.__all__ if not hasattr(casebook, name)] == []
    assert {"assess", "score", "Assessment", "ScoreResult", "FindingError"} <= set(casebook.__all__)
