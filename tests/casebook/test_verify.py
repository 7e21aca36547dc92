"""What is proved over the whole knowledge, and that a flaw is found and shown by a patient."""

import datetime
import re

import pytest
from folders import Folder

from casebook.assessment import engine
from casebook.verify import Flaw, Proof, in_words, verify

TODAY = datetime.date(2026, 11, 23)


@pytest.fixture(scope="module")
def of_the_book() -> tuple[Proof, ...]:
    return verify(engine(), TODAY)


def test_the_knowledge_keeps_all_that_it_promises(of_the_book):
    assert len({proof.claim for proof in of_the_book}) == 8
    assert [str(flaw) for proof in of_the_book for flaw in proof.flaws] == []


def test_a_proof_says_how_much_it_covers(of_the_book):
    covers = " ".join(proof.covers for proof in of_the_book)
    assert "1,296 of SINS" in covers
    assert "18 of Tomita" in covers
    assert re.search(r"every state .*: about \d+ billion billion", covers)


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
    found = flaw(tiny, "can hold")
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


def test_an_urgency_that_falls_as_a_sign_worsens_is_found(tiny):
    tiny.edit("rules/surgery.yml", "when: cauda_equina_syndrome == present", "when: cauda_equina_syndrome == absent")
    found = flaw(tiny, "never falls")
    assert "goes from absent to present" in found.what


def test_a_source_that_nobody_read_for_years_is_found(tiny):
    tiny.edit("sources.yml", "seen: unverified, read: 2026-11-22", "seen: unverified, read: 2019-01-01")
    assert "2019-01-01" in flaw(tiny, "unread").what
    assert proofs(tiny, datetime.date(2019, 6, 1))["No source has been left unread too long."].holds
