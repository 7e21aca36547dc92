"""What is proved over the whole knowledge, and that a flaw is found and shown by a patient."""

import datetime
import re
import time

import plain
import pytest
from folders import Folder
from ruamel.yaml import YAML

from casebook.inference.assessment import engine
from casebook.knowledge_base import FOLDER
from casebook.review.verification import Flaw, Proof, in_words, verify

TODAY = datetime.date(2026, 11, 23)
THEOREMS = {theorem["id"]: theorem["text"] for theorem in plain.FILES["theorems.yml"]}


MOST_SECONDS = 30
"""For all proofs together, on a machine that does other things too: alone it takes three or four."""


@pytest.fixture(scope="module")
def proved() -> tuple[tuple[Proof, ...], float]:
    start = time.perf_counter()
    return verify(engine(), TODAY), time.perf_counter() - start


@pytest.fixture(scope="module")
def of_the_book(proved) -> tuple[Proof, ...]:
    return proved[0]


def test_the_knowledge_keeps_all_that_it_promises(of_the_book):
    claims = [proof.claim for proof in of_the_book]
    assert set(THEOREMS.values()) < set(claims)
    assert len(set(claims)) == len(claims) == len(THEOREMS) + 7
    assert [str(flaw) for proof in of_the_book for flaw in proof.flaws] == []


def test_every_theorem_is_named_and_proved_in_a_few_seconds(proved):
    numbers = {int(re.match(r"T(\d+)", id)[1]) for id in THEOREMS}
    assert numbers == {*range(1, 28)} - {18}, "the eighteenth is about what is unknown, and tested on random patients"
    assert proved[1] < MOST_SECONDS


def test_a_proof_says_how_much_it_covers(of_the_book):
    covers = " ".join(proof.covers for proof in of_the_book)
    assert "1,296 of SINS" in covers
    assert "18 of Tomita" in covers
    assert re.search(r"every state .*: about [\d,]+ billion billion", covers)


@pytest.mark.parametrize(
    ("count", "words"),
    [
        (1, "1"),
        (864, "864"),
        (1_296, "about 1,300"),
        (999_999, "about 1 million"),
        (1_749_000_000, "about 1.7 billion"),
        (17 * 10**15, "about 17 million billion"),
        (17_432 * 10**15, "about 17 billion billion"),
        (4 * 10**22, "about 40,000 billion billion"),
    ],
)
def test_a_large_count_is_said_in_words(count, words):
    assert in_words(count) == words


def proofs(folder: Folder, today: datetime.date = TODAY) -> dict[str, Proof]:
    return {proof.claim: proof for proof in verify(folder.engine(), today)}


def flaw(folder: Folder, word: str, today: datetime.date = TODAY) -> Flaw:
    """Return the one flaw of the one claim that has the word."""
    (proof,) = [proof for claim, proof in proofs(folder, today).items() if word in claim]
    assert not proof.holds
    (found,) = proof.flaws
    return found


def test_a_small_folder_of_knowledge_keeps_what_it_promises(tiny):
    assert [
        str(each) for proof in proofs(tiny).values() for each in proof.flaws if "Some plan" not in proof.claim
    ] == []


def test_a_patient_for_whom_no_rule_speaks_is_found(tiny):
    found = flaw(tiny, "Some plan")
    assert "cauda equina syndrome absent" in found.example
    assert "epidural disease none" in found.example


def test_a_rule_that_can_never_hold_is_found(tiny):
    tiny.edit("rules/cement.yml", "when: epidural == none and painful", "when: painful and pain == none")
    found = flaw(tiny, "applies to some patient")
    assert "Cement suits a free canal" in found.what
    assert int(found.where.split(":")[-2]) in tiny.lines("rules/cement.yml", "- id: R103")


def test_two_rules_that_differ_without_a_declared_order_are_found_with_a_patient(tiny):
    tiny.edit("conflicts.yml", "prefer: [R105], over: [R104]", "prefer: [R105], over: [R103]")
    found = flaw(tiny, "declared order")
    assert "Severe pain asks for cement" in found.what
    assert "Epidural disease rules out cement" in found.what
    assert "epidural disease indented" in found.example
    assert "intensity of pain moderate" in found.example


def test_a_rule_that_only_repeats_another_is_found(tiny):
    tiny.edit("rules/cement.yml", "when: pain_intensity >= 5\n", "when: pain_intensity == 10\n")
    tiny.append(
        "rules/cement.yml",
        "- {id: R106, title: Again, text: x, when: pain_intensity == 10 and painful, tier: directive,"
        " then: {sacroplasty: recommended}, source: {mika2018: l. 1}}\n",
    )
    assert "Again" in flaw(tiny, "repeats").what


NEVER_FALLS = "- {id: T1, text: Decompression never becomes less urgent., falls: [decompression]}\n"


def test_an_urgency_that_falls_as_a_sign_worsens_is_found(tiny):
    tiny.write("theorems.yml", NEVER_FALLS)
    assert proofs(tiny)["Decompression never becomes less urgent."].holds
    tiny.edit("rules/surgery.yml", "when: cauda_equina_syndrome == present", "when: cauda_equina_syndrome == absent")
    found = flaw(tiny, "never becomes")
    assert "changes from absent to present" in found.what


def test_a_patient_whom_a_contradiction_refuses_refutes_nothing(tiny):
    tiny.write(
        "theorems.yml", "- {id: T1, text: Severe pain is pain., never: [pain == none and pain_intensity == 10]}\n"
    )
    assert proofs(tiny)["Severe pain is pain."].holds
    tiny.write("contradictions.yml", "[]\n")
    assert "intensity of pain severe" in flaw(tiny, "Severe pain").example


# A knowledge that says something unsafe


@pytest.mark.parametrize(
    ("id", "file", "old", "new", "what", "words"),
    [
        pytest.param(
            "T4a",
            "rules/safety.yml",
            "compression_emergency and operation_possible and not drugs_and_radiation_first and not outside_canal",
            "compression_emergency and not drugs_and_radiation_first and not outside_canal",
            "decompression == emergency and not (compression_shown and operation_possible)",
            ["saddle sensation reduced", "operation possible no"],
            id="a patient who cannot be operated on is decompressed",
        ),
        pytest.param(
            "T3b",
            "rules/safety.yml",
            "    - when: red_flag and not compression_excluded\n      then: {urgent_consult: emergency}\n",
            "",
            "urgent_consult != emergency",
            ["cauda equina syndrome absent", "saddle sensation reduced"],
            id="a red flag that MRI has not excluded brings no emergency call",
        ),
        pytest.param(
            "T9",
            "rules/imaging.yml",
            "when: spine_mri in {not_done, lesion_only} and suspicion\n",
            "when: spine_mri == not_done and suspicion\n",
            "mri_full_spine != emergency",
            ["MRI of the spine lesion only", "any other reason to suspect compression yes"],
            id="an image of the lesion alone satisfies a suspicion",
        ),
        pytest.param(
            "T6e",
            "rules/stability.yml",
            "- when: sins <= 6 and not instability_unseen\n",
            "- when: sins <= 6\n",
            "lumbopelvic_fixation in {not_indicated, contraindicated}",
            ["pattern of the sacral fracture U or H", "operation possible yes"],
            id="a low SINS excludes fixation for what it cannot see",
        ),
        pytest.param(
            "T14b",
            "scopes.yml",
            "- id: above-the-sacrum\n  when: level == L5\n",
            "- id: above-the-sacrum\n  when: level == L4\n",
            "level == L5",
            ["level scored L5"],
            id="cement is offered above the sacrum",
        ),
        pytest.param(
            "T25",
            "scopes.yml",
            "  stances: {dexamethasone: [not_indicated]}\n",
            "",
            "dexamethasone in {not_indicated, contraindicated}",
            ["where tumour reaches the nerves intradural or leptomeningeal", "MRI of the spine full spine"],
            id="a free canal refuses dexamethasone in intradural tumour",
        ),
        pytest.param(
            "T20",
            "emergencies.yml",
            "(high_grade or (compression_shown and (radicular_pain == bilateral or suspected_cord_compression == yes)))",
            "high_grade",
            "suspicion and compression_shown",
            ["thecal sac or cauda equina indented", "any other reason to suspect compression yes"],
            id="a suspicion with compression has no state",
        ),
        pytest.param(
            "T1",
            "findings.yml",
            '      - {id: normal, label: normal}\n      - {id: reduced, label: reduced, help: "reduced or lost, on one or both',
            '      - {id: reduced, label: reduced}\n      - {id: normal, label: normal, help: "reduced or lost, on one or both',
            "becomes less urgent when saddle sensation changes from reduced to normal",
            ["cauda equina syndrome absent"],
            id="a finding worsens the other way round",
        ),
    ],
)
def test_an_unsafe_edit_is_refuted_by_a_patient_in_clinical_words(tmp_path, id, file, old, new, what, words):
    folder = Folder.copied(FOLDER, tmp_path / "knowledge")
    folder.edit(file, old, new)
    with (folder.path / "theorems.yml").open("w", encoding="utf-8") as out:
        YAML(typ="safe", pure=True).dump([each for each in plain.FILES["theorems.yml"] if each["id"] == id], out)
    (proof,) = [proof for proof in verify(folder.engine(), TODAY) if proof.claim == THEOREMS[id]]
    assert not proof.holds
    shown = [flaw for flaw in proof.flaws if what in flaw.what]
    assert shown, proof.flaws
    for word in words:
        assert word in shown[0].example
    assert "theorems.yml:" in shown[0].where


def test_a_source_that_nobody_read_for_years_is_found(tiny):
    tiny.edit("sources.yml", "seen: unverified, read: 2026-11-22", "seen: unverified, read: 2019-01-01")
    assert "2019-01-01" in flaw(tiny, "unread").what
    assert proofs(tiny, datetime.date(2019, 6, 1))["No source has been left unread too long."].holds
