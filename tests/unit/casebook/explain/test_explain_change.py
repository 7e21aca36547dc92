"""What a change moves and the rule that accounts for it, beside the second evaluator."""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator

import brute
import first_line
import plain
import pytest
import states

import casebook
from casebook.explain import Change, Move, changed
from casebook.knowledge_base import knowledge
from casebook.messages import message
from casebook.messages.words import any_of, extent, outcome

LABELS = {state["id"]: state["label"] for state in plain.FILES["emergencies.yml"]["states"]}
SCORES = list(plain.SCORES)
STATES = 75
OPEN = message("outcome-name", stance="undecided", limit="none")
NOTHING = message("outcome-name", stance="none", limit="none")
NOT_LISTED, NO_LONGER_LISTED = message("change-not-listed"), message("change-no-longer-listed")
KINDS = {action["id"]: action.get("kind", "other") for action in plain.FILES["actions.yml"]}


def standing(action: str, findings: states.Findings) -> str:
    ends = brute.action(action).now(findings)
    return OPEN if len(ends) > 1 else outcome(next(iter(ends)))


def in_detail(action: str, findings: states.Findings) -> str:
    """The same; of what is undecided every stance that is possible, and time and side of the strongest."""
    ends = brute.action(action).now(findings)
    if len(ends) == 1:
        return standing(action, findings)
    given = sorted((end for end in ends if end), key=lambda end: plain.STANCES.index(end.stance))
    strongest = [end for end in given if end.stance == given[0].stance]
    hours = min((end.within_hours for end in strongest if end.within_hours), default=None)
    sides = {end.side for end in strongest}
    first = outcome(plain.Outcome(given[0].stance, hours, sides.pop() if len(sides) == 1 else None))
    rest = dict.fromkeys(outcome(plain.Outcome(end.stance)) for end in given if end.stance != given[0].stance)
    return message("outcome-possible", outcomes=any_of([first, *rest, *([NOTHING] if None in ends else [])]))


def totals(score: str, findings: states.Findings) -> tuple[int, int, set[str]]:
    every = plain.SCORES[score].totals(findings)
    return min(every), max(every), {plain.SCORES[score].band(total) for total in every}


def holds(rule: str, action: str, findings: states.Findings, stance: str | None = None) -> bool:
    """Whether a clause of a rule that speaks of the action, or says this of it, holds in every completion."""
    clauses = [
        plain.CLAUSES[rule][place][0].text
        for id, place, voice in plain.VOICES[action]
        if id == rule and stance in (None, voice.outcome.stance)
    ]
    return any(brute.truth(text, findings) is True for text in clauses)


def steps(part: Iterable[states.Findings]) -> Iterator[tuple[states.Findings, states.Findings]]:
    """From a case to what is near it and back; what is near none, from one or two changes of it and back."""
    chance = random.Random("steps")
    for findings in part:
        other = min(map(states.case, states.CASES), key=lambda case: len(case.items() ^ findings.items()))
        if len(other.items() ^ findings.items()) > 4:
            other = findings
            while other == findings or not states.exists(other):
                other = states.changed(findings, chance.sample(states.singles(findings), chance.choice([1, 2])))
        yield other, findings
        yield findings, other


@pytest.fixture(scope="module", params=states.parts("steps", STATES))
def every_step(request: pytest.FixtureRequest) -> list[tuple[states.Findings, states.Findings, Change]]:
    return [(before, after, changed(before, after)) for before, after in steps(request.param)]


def test_exactly_what_differs_moves(every_step):
    for before, after, change in every_step:
        moved = {(move.kind, move.id): (move.from_, move.to) for move in change.moves}
        expected = {}
        for id in knowledge().actions:
            short, long = ([told(id, each) for each in (before, after)] for told in (standing, in_detail))
            if long[0] != long[1]:
                was, is_ = short if short[0] != short[1] else long
                expected["action", id] = (
                    NOT_LISTED if was == NOTHING else was,
                    NO_LONGER_LISTED if is_ == NOTHING else is_,
                )
        for id in SCORES:
            was, is_ = totals(id, before), totals(id, after)
            if was != is_:
                expected["score", id] = extent(*was[:2]), extent(*is_[:2])
        if first_line.first_lines(before) != first_line.first_lines(after):
            from_, to = ("; ".join(LABELS[id] for id in first_line.first_lines(each)) for each in (before, after))
            first = first_line.first_lines(after)[0]
            expected["state", "open" if first.startswith("open") else first] = from_, to
            assert change.text.startswith(message("change-state", before=from_, now=to))
        assert moved == expected
        assert len(moved) == len(change.moves)


def test_the_rule_that_accounts_for_a_move_came_to_hold_or_ceased_to(every_step):
    named = 0
    for before, after, change in every_step:
        for move in change.moves:
            assert len(move.because) <= (move.kind == "action")
            for rule in move.because:
                named += 1
                was, is_ = holds(rule, move.id, before), holds(rule, move.id, after)
                assert was is not is_
                assert ("no longer applies" in move.text) is was
                assert move.source == knowledge().rules[rule].source
    assert named > 100 or states.EVERY


def test_it_is_one_that_came_and_says_the_stance_else_that_came_else_that_ceased_else_none(every_step):
    for before, after, change in every_step:
        for move in change.moves:
            if move.kind == "action":
                differing = (
                    rule
                    for findings, other in ((after, before), (before, after))
                    if (entry := casebook.assess(findings).entry(move.id)) is not None
                    for itself in (True, False)
                    for rule in (*entry.because, *entry.against)
                    if holds(rule, move.id, findings) and not holds(rule, move.id, other)
                    if not itself or holds(rule, move.id, findings, entry.stance)
                )
                assert next(differing, None) == next(iter(move.because), None)


def test_radiotherapy_that_becomes_an_emergency_is_explained_by_the_rule_on_emergencies():
    operable = {
        "bladder_bowel": "retention", "deficit_course": "within_7_days", "level": "S1", "spine_mri": "full_spine",
        "epidural": "effaces", "compression_by": "tumour", "tumour_compartment": "epidural", "primary": "breast",
        "expected_survival": "from_6_to_12_months", "prior_radiotherapy": "none", "tolerates_radiotherapy": "yes",
        "fit_for_surgery": "yes",
    }  # fmt: skip
    moves = {move.id: move for move in changed(operable, {**operable, "fit_for_surgery": "no"}).moves}
    assert moves["conventional_radiotherapy"].to == "emergency within 24 hours"
    assert moves["conventional_radiotherapy"].because == ("R134",)


ORDER = ("state", "emergency", "treatment", "stabilisation", "investigation", "score", "other", "left")


def importance(move: Move) -> str:
    if move.kind != "action":
        return move.kind
    if move.to == NO_LONGER_LISTED:
        return "left"
    return "emergency" if move.from_.startswith("emergency") != move.to.startswith("emergency") else KINDS[move.id]


def test_what_matters_most_comes_first_and_what_only_left_the_list_last(every_step):
    for _, _, change in every_step:
        kinds = [importance(move) for move in change.moves]
        assert kinds == sorted(kinds, key=ORDER.index)


def test_the_text_names_at_most_three_changes_none_of_which_only_left_the_list_and_counts_the_others(every_step):
    for _, _, change in every_step:
        named = [move for move in change.moves if importance(move) != "left"][:3]
        more = len(change.moves) - len(named)
        texts = [move.text for move in named]
        if more:
            texts.append(message("change-more", count=more) if named else message("change-only-left", count=more))
        assert change.text == (" ".join(texts) or message("change-nothing"))


@pytest.mark.parametrize("name", states.CASES)
def test_where_nothing_differs_nothing_is_said(name):
    for findings in ({}, states.case(name)):
        change = changed(findings, findings)
        assert change.to_dict() == {"text": "No score and no recommendation changes.", "moves": []}


SINS = {"level": "S1", "pain": "none", "bone_lesion": "lytic", "alignment": "normal", "collapse": "none"}
SINS |= {"posterolateral": "unilateral"}


@pytest.mark.parametrize(
    ("before", "after", "text"),
    [
        ({}, {"pain": "mechanical"}, "SINS: 6 → 9 (potentially unstable)."),
        ({"pain": "mechanical"}, {}, "SINS: 9 → 6 (stable)."),
        ({"pain": "mechanical"}, {"pain": "occasional"}, "SINS: 9 → 7."),
        ({}, {"pain": None}, "SINS: 6 → 6 to 9 (stable or potentially unstable)."),
        ({"pain": None}, {}, "SINS: 6 to 9 → 6 (stable)."),
        ({}, dict.fromkeys(SINS), "SINS: 6 → 0 to 18 (one of 3 bands)."),
        ({"pain": None, "level": "S2"}, {"pain": None, "level": "L3"}, "SINS: 3 to 6 → 5 to 8 (stable or potentially unstable)."),
    ],
)  # fmt: skip
def test_a_score_is_shown_with_an_arrow_and_with_its_band_where_that_changes(before, after, text):
    (move,) = [move for move in changed(SINS | before, SINS | after).moves if move.id == "sins"]
    assert move.text == text


def test_a_recommendation_says_what_it_is_and_was_and_by_which_rule():
    findings = states.case("melanoma-cauda-equina")
    change = changed(findings, findings | {"fit_for_surgery": "no"})
    text = {move.id: move.text for move in change.moves}
    assert text["intrawound_vancomycin"] == (
        "Vancomycin powder in the wound: consider → no longer listed, because the rule “Vancomycin powder in the wound "
        "is an option” no longer applies (Mika & Mesfin 2018; Okafor et al. 2016)."
    )
    assert {move.to for move in change.moves if move.id == "intrawound_vancomycin"} == {NO_LONGER_LISTED}
    state, *others = changed(findings, findings | {"cauda_equina_syndrome": "absent"}).moves
    call, gone = ({move.id: move for move in others}[id] for id in ("urgent_consult", "decompression"))
    assert (state.kind, state.id) == ("state", "open")
    assert state.text == ("State of the patient: emergency, compression with signs → an emergency is not ruled out.")
    assert not [move for move in changed(findings, findings | {"pain": "mechanical"}).moves if move.kind == "state"]
    assert (call.id, call.from_, call.to, call.because) == ("urgent_consult", "emergency", OPEN, ("R130",))
    assert (gone.id, gone.from_, gone.because) == ("decompression", "emergency", ("R027",))


def test_what_is_still_open_and_may_now_be_something_else_moves_too():
    findings = states.case("melanoma-cauda-equina")
    (move,) = [
        move
        for move in changed(findings, findings | {"fit_for_surgery": "no"}).moves
        if move.id == "conventional_radiotherapy"
    ]
    assert (move.from_, move.to, move.because) == (
        "undecided (consider or not indicated)", "undecided (emergency within 24 hours, consider or not indicated)", (),
    )  # fmt: skip
    assert move.text == f"Conventional radiotherapy: {move.from_} → {move.to}."


def test_an_unknown_option_is_an_error_on_either_side():
    for pair in (({"pain": "mechanicl"}, {}), ({}, {"pain": "mechanicl"})):
        with pytest.raises(casebook.FindingError, match="did you mean mechanical"):
            changed(*pair)
