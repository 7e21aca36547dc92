"""What the knowledge holds: everything asked for, each part with its source and where in it."""

import re
from collections.abc import Iterator, Mapping

import plain
import pytest
from pybtex.database import parse_file

from casebook.knowledge_base import knowledge

KNOWN = knowledge()


def span(first: int, last: int | None = None) -> list[str]:
    return [f"R{number:03}" for number in range(first, (last or first) + 1)]


REQUIRED_RULES = [
    *span(9, 28), *span(31, 46), *span(48, 56), *span(60, 62), *span(67, 74), *span(82, 92),
    *span(98), *span(100), *span(103, 105), *span(113, 117), *span(119), *span(129, 150),
]  # fmt: skip
REQUIRED_CONFLICTS = [
    "C1",
    "C2",
    "C3",
    "C4",
    "C5",
    "C7",
    "C8",
    "C9",
    "C10",
    "C13",
    "C14",
    "C28",
    *(f"C{number}" for number in range(32, 37)),
]


def test_every_rule_that_is_asked_for_is_there():
    assert set(REQUIRED_RULES) - set(KNOWN.rules) == set()


def test_every_conflict_that_is_asked_for_is_there():
    assert set(REQUIRED_CONFLICTS) - set(KNOWN.conflicts) == set()


# sources


def cited() -> Iterator[tuple[str, Mapping[str, str]]]:
    """Every part of the knowledge that must cite, and what it cites."""
    for finding in KNOWN.vocabulary:
        yield f"finding {finding.id}", finding.source
    for term in KNOWN.terms:
        yield f"term {term.id}", term.source
    for score in KNOWN.scores.values():
        yield score.id, score.source
        for kind in ("use", "misuse", "reliability", "ambiguities", "conventions", "notes"):
            for place, part in enumerate(getattr(score, kind)):
                yield f"{score.id} {kind} {place}", part.source
        for item in score.items:
            yield f"{score.id} item {item.id}", item.source
        for band in score.bands:
            yield f"{score.id} band {band.id}", band.source
    for rule in KNOWN.rules.values():
        yield f"rule {rule.id}", rule.source
    for conflict in KNOWN.conflicts.values():
        yield f"conflict {conflict.id}", conflict.authority
        for place, position in enumerate(conflict.positions):
            yield f"conflict {conflict.id} position {place}", position.source


def test_every_part_names_its_source_and_where_in_it():
    for part, source in cited():
        assert source, part
        assert set(source) <= set(KNOWN.sources), part
        assert all(locator.strip() for locator in source.values()), part


def test_every_principle_names_a_source_or_says_that_it_is_a_convention():
    for principle in KNOWN.principles:
        assert principle.source or principle.convention, principle.id
        assert set(principle.source) <= set(KNOWN.sources)
        assert all(locator.strip() for locator in principle.source.values())


@pytest.fixture(scope="module")
def bibliography(root):
    return parse_file(root / "book" / "references.bib").entries


def test_sources_and_references_have_the_same_keys(bibliography):
    assert set(bibliography) == set(KNOWN.sources)


def test_a_source_has_the_short_form_of_its_reference(bibliography):
    for key, source in KNOWN.sources.items():
        assert bibliography[key].fields["shorthand"].replace(r"\&", "&") == source.short, key


def test_a_source_is_as_well_seen_as_its_reference_says(bibliography):
    for key, source in KNOWN.sources.items():
        assert bibliography[key].fields["keywords"] == source.seen, key


def test_the_unsigned_text_is_called_unverified():
    assert KNOWN.sources["unsigned_text"].seen == "unverified"


# rules


def test_a_rule_says_in_plain_words_what_it_holds():
    for id, rule in KNOWN.rules.items():
        assert rule.title, id
        assert rule.text, id
        assert not re.search(r"\b[RC]\d", rule.title + rule.text), f"a reader does not know ids: {id}"
        assert not any(name in rule.text for name in plain.FINDINGS if "_" in name), id


def test_a_statement_stands_where_it_belongs():
    statements = {id: rule for id, rule in KNOWN.rules.items() if rule.about}
    assert statements
    for id, rule in statements.items():
        assert not rule.clauses, id
        assert set(rule.about) <= {"score", "band", "action", "topic"}, id
        if "band" in rule.about:
            assert rule.about["band"] in KNOWN.scores[rule.about["score"]].band_ids, id
        assert rule in KNOWN.statements(**rule.about), id


def test_a_rule_that_decides_says_one_stance_of_each_action():
    for id in plain.CLAUSES:
        assert KNOWN.rules[id].clauses, id
        for clause in KNOWN.rules[id].clauses:
            assert set(clause.then) <= set(KNOWN.actions), id
            assert {outcome.stance for outcome in clause.then.values()} <= set(plain.STANCES), id


@pytest.mark.parametrize(
    ("score", "statements"), [("sins", {"R034", "R035", "R036", "R037", "R038"}), ("tomita", {"R053", "R055"})]
)
def test_what_only_informs_is_found_by_its_score(score, statements):
    assert statements <= {rule.id for rule in KNOWN.statements(score=score)}


def test_the_bands_of_tokuhashi_are_stated_with_their_calibration():
    for band in KNOWN.scores["tokuhashi"].bands:
        assert any("calibrated" in rule.note for rule in KNOWN.statements(score="tokuhashi", band=band.id))


def test_only_the_scan_the_call_and_emergency_radiotherapy_have_a_time_limit():
    limits = {
        (action, outcome.stance, outcome.within_hours)
        for rule in KNOWN.rules.values()
        for clause in rule.clauses
        for action, outcome in clause.then.items()
        if outcome.within_hours
    }
    assert {(action, hours) for action, stance, hours in limits if stance == "emergency"} == {
        ("mri_full_spine", 12),
        ("conventional_radiotherapy", 24),
    }
    assert {hours for action, stance, hours in limits if action == "urgent_consult"} == {12, 24}
    assert {action for action, _, _ in limits} == {"mri_full_spine", "urgent_consult", "conventional_radiotherapy"}


def test_only_a_one_sided_fixation_has_a_side():
    for rule in KNOWN.rules.values():
        for clause in rule.clauses:
            for action, outcome in clause.then.items():
                assert outcome.side is None or action == "unilateral_lumbopelvic_fixation"


def test_what_rests_on_one_surgeon_says_so():
    for id in ("R042", "R044"):
        assert "one senior author" in KNOWN.rules[id].note
    assert "as general practice (l. 51) and as the senior author's (l. 59)" in KNOWN.rules["R043"].note


def test_the_rule_against_radiotherapy_in_cauda_equina_syndrome_is_called_overstated():
    assert "no reference" in KNOWN.rules["R028"].note


# scores


@pytest.mark.parametrize("id", plain.POINTS)
def test_a_score_comes_with_use_misuse_reliability_ambiguities_and_conventions(id):
    score = KNOWN.scores[id]
    assert score.question.endswith("?")
    assert all((score.use, score.misuse, score.reliability, score.ambiguities, score.conventions))
    assert score.audit.against


@pytest.mark.parametrize(
    ("score", "figures"),
    [
        ("sins", ["0.790", "0.841", "0.244", "0.456", "0.462", "0.492", "0.846", "95.7", "79.5", "0.76"]),
        ("tokuhashi", ["63.0", "64.1", "55.3", "77.2", "1,686", "201"]),
        ("tomita", ["217"]),
    ],
)
def test_the_reliability_figures_of_a_score_are_the_published_ones(score, figures):
    text = " ".join(part.text for part in KNOWN.scores[score].reliability)
    assert [figure for figure in figures if figure not in text] == []


@pytest.mark.parametrize(
    "word", ["S1 scores 3", "50 %", "fracture is not collapse", "sacroiliac", "not mechanical", "CT does not show"]
)
def test_sins_names_its_ambiguities(word):
    assert any(word in part.text for part in KNOWN.scores["sins"].ambiguities)


# conflicts


def test_a_conflict_shows_at_least_two_sides_and_how_it_is_resolved():
    for id, conflict in KNOWN.conflicts.items():
        assert len(conflict.positions) >= 2, id
        assert conflict.resolution, id
        assert conflict.authority, id
        assert set(conflict.actions) <= set(KNOWN.actions), id
        assert set(conflict.scores) <= set(KNOWN.scores), id


def test_a_precedence_stands_on_an_action_where_its_conflict_is_shown():
    preferences = [(conflict, each) for conflict in KNOWN.conflicts.values() for each in conflict.precedence]
    assert preferences
    for conflict, preference in preferences:
        assert preference.action in conflict.actions, conflict.id


def test_the_six_principles_are_in_order():
    assert [(principle.id, principle.by) for principle in KNOWN.principles] == [
        ("P1", "emergency"),
        ("P2", "declared"),
        ("P3", "tier"),
        ("P4", "caution"),
        ("P5", "stance"),
        ("P6", "soonest"),
    ]


def test_no_text_of_the_knowledge_is_markup():
    for path in plain.FILES.folder.rglob("*.yml"):
        assert not re.search(r"</?[a-z]+>", path.read_text(encoding="utf-8"))
