"""Three findings, an action, a rule and two scores are added in YAML alone: modified Bauer and NESMS.

What is added is in ``tests/support/extension``. Two items of the one score read the same finding, and one item of the
other is the first score. The rest of the tests does not know the additions; `test_second_entry` alone asks for them.
"""

from __future__ import annotations

import json
import random
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import comparison
import pytest
from folders import Folder
from rulebook import Files, written_knowledge

from casebook.cases.case import load_case
from casebook.export.browser import bundle_of
from casebook.export.schemas import schemas
from casebook.inference.assessment import Engine
from casebook.inference.refusals import refusals
from casebook.inference.rulebook_store import is_current, renew
from casebook.knowledge_base import FOLDER, Knowledge, load
from casebook.models.score import ScoreResult

FAVOURABLE = {
    "primary": "breast",
    "visceral_metastases": "none",
    "vertebral_metastases": "one",
    "extraspinal_bone_metastases": "none",
    "ambulation": "independent",
    "albumin": "from_3_5",
}
"""Every item of both scores has its points."""

PATIENTS = 40


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Folder:
    """A copy of the knowledge with the additions."""
    folder = Folder.copied(FOLDER, tmp_path_factory.mktemp("extension") / "knowledge")
    folder.extend()
    return folder


@pytest.fixture(scope="module")
def known(folder: Folder) -> Knowledge:
    known = load(folder.path)
    renew(known)
    return known


@pytest.fixture(scope="module")
def engine(known: Knowledge) -> Engine:
    return Engine(known)


def random_findings(known: Knowledge, chance: random.Random) -> dict[str, Any]:
    """Anything from none to all, also of a patient who cannot exist."""
    share = chance.random()
    return {finding.id: chance.choice(finding.values) for finding in known.vocabulary if chance.random() < share}


def total(result: ScoreResult) -> tuple[int | None, int | None, tuple[str, ...]]:
    return result.low, result.high, result.bands


# the knowledge


def test_the_knowledge_loads_with_what_is_added(known):
    before = load(FOLDER)
    assert {*known.vocabulary.by_id} - {*before.vocabulary.by_id} == {"ambulation", "albumin", "weight_loss"}
    assert {*known.actions} - {*before.actions} == {"nutritional_support"}
    assert {*known.rules} - {*before.rules} == {"R900"}


def test_scores_are_shown_in_the_order_that_they_name(known):
    assert list(known.scores) == ["sins", "tokuhashi", "tomita", "modified_bauer", "nesms", "mirels"]


def test_the_second_entry_asks_for_what_is_added_in_one_sentence_a_file(folder):
    assert comparison.missing(written_knowledge(Files(folder.path))) == [
        "tests/oracle/findings.yml: enter the findings ambulation, albumin, weight_loss.",
        "tests/oracle/actions.yml: enter the action nutritional_support.",
        "tests/oracle/scores.yml: enter the scores modified_bauer, nesms.",
        "tests/oracle/rules.yml: enter the rule R900.",
    ]


def test_nothing_else_of_the_second_entry_differs(folder):
    written = written_knowledge(Files(folder.path))
    assert list(comparison.differences(written, rules=())) == []


def test_schemas_name_what_is_added(known):
    texts = {name: json.dumps(schema) for name, schema in schemas(known).items()}
    assert '"albumin"' in texts["case"]
    assert '"nutritional_support"' in texts["rules"]


def test_the_check_of_a_project_asks_for_the_rulebook_and_then_finds_nothing(tmp_path, root):
    project = tmp_path / "project"
    for name in ("casebook", "cases", "book"):
        shutil.copytree(root / name, project / name, ignore=shutil.ignore_patterns("__pycache__", "*.pyc"))
    shutil.copy(root / "_toc.yml", project)
    Folder(project / "casebook" / "knowledge").extend()

    def run(verb: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "casebook.cli", verb]
        return subprocess.run(command, cwd=project, capture_output=True, text=True, check=False)

    stale = run("check")
    assert stale.returncode == 1
    assert "run casebook schemas" in stale.stdout
    assert stale.stdout.count("\n") == 2
    assert run("schemas").returncode == 0
    assert (checked := run("check")).returncode == 0, checked.stdout


def test_the_rulebook_is_compiled_with_what_is_added(known):
    assert is_current(known)


# cases


def test_a_case_that_does_not_mention_a_finding_is_read_as_before(known, root):
    for path in sorted((root / "cases").glob("*.yml")):
        case, before = load_case(path, known), load_case(path)
        assert case.findings == before.findings
        assert case.published["albumin"] == {"value": None, "provenance": "not_reported", "note": "", "source": []}


# what follows


def test_the_scores_add_up_to_what_was_published(engine):
    scores = engine.assess(FAVOURABLE).scores
    assert total(scores["modified_bauer"]) == (4, 4, ("middle_term",))
    assert total(scores["nesms"]) == (3, 3, ("high",))
    worst = {**FAVOURABLE, "primary": "lung", "visceral_metastases": "unremovable", "vertebral_metastases": "two"}
    scores = engine.assess({**worst, "ambulation": "dependent", "albumin": "under_3_5"}).scores
    assert total(scores["modified_bauer"]) == (0, 0, ("supportive",))
    assert total(scores["nesms"]) == (0, 0, ("low",))


def test_the_range_is_exact_where_two_items_read_one_finding(engine):
    """No lung cancer and a favourable tumour: with the primary unknown 0, 1 or 2 points, and for colon just one."""
    known = {
        id: FAVOURABLE[id] for id in ("visceral_metastases", "vertebral_metastases", "extraspinal_bone_metastases")
    }
    assert engine.assess(known).scores["modified_bauer"].totals == {2, 3, 4}
    assert engine.assess({"primary": "lung"}).scores["modified_bauer"].totals == {0, 1, 2}
    assert engine.assess({"primary": "colon"}).scores["modified_bauer"].totals == {1, 2, 3}


def test_the_range_is_exact_where_an_item_is_another_score(engine):
    """With lung cancer 3 points are out of reach in the one score, so the other cannot have that point."""
    bauer = engine.assess({"primary": "lung"}).scores["nesms"].items[0]
    assert (bauer.option, bauer.points) == ("up_to_2", 0)
    assert dict(bauer.findings) == {
        "primary": "lung",
        "extraspinal_bone_metastases": None,
        "vertebral_metastases": None,
        "visceral_metastases": None,
    }
    assert total(engine.assess({"primary": "lung"}).scores["nesms"])[:2] == (0, 2)
    assert total(engine.assess({}).scores["nesms"])[:2] == (0, 3)


def test_both_scores_are_what_the_plain_evaluator_makes_of_random_findings(folder, known, engine):
    written, chance = written_knowledge(Files(folder.path)), random.Random("extension")
    for _ in range(PATIENTS):
        findings = random_findings(known, chance)
        for id in ("modified_bauer", "nesms"):
            assert engine.score(id, findings).totals == written.scores[id].totals(findings), findings


def test_the_rule_recommends_the_action_and_the_explanations_name_it(engine):
    low = {**FAVOURABLE, "primary": "lung", "albumin": "under_3_5"}
    entry = engine.assess(low).entry("nutritional_support")
    assert (entry.stance, entry.status, entry.because) == ("recommended", "decided", ("R900",))
    assert engine.assess({**low, "albumin": "from_3_5", "weight_loss": "under_10_percent"}).entry(entry.action) is None
    open_ = engine.assess({}).entry("nutritional_support")
    assert open_.status == "undecided"
    assert {"albumin", "weight_loss", "primary", "ambulation"} <= {*open_.depends_on}


# the page


def test_the_engine_of_the_page_concludes_the_same(known, engine, root):
    if shutil.which("node") is None:
        pytest.skip("there is no Node")
    chance = random.Random("page")
    patients: list[dict[str, Any]] = [{}, FAVOURABLE]
    while len(patients) < PATIENTS:
        findings = random_findings(known, chance)
        if not refusals(known, findings):
            patients.append(findings)
    given = json.dumps({"knowledge": bundle_of(engine), "patients": patients})
    script = Path(root, "tests/support/assess.mjs")
    ran = subprocess.run(["node", script], cwd=root, input=given, capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stderr
    for findings, page in zip(patients, json.loads(ran.stdout), strict=True):
        assert json.loads(json.dumps(engine.assess(findings).to_dict())) == page, findings
