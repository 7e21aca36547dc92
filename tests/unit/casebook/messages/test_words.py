"""The words of the engine's sentences."""

from __future__ import annotations

import pytest

from casebook.knowledge_base import knowledge
from casebook.messages import message, words
from casebook.models.rule import Outcome


def finding(id: str):
    return knowledge().vocabulary.by_id[id]


@pytest.mark.parametrize(
    ("label", "inside"),
    [
        ("Pain at the lesion", "pain at the lesion"),
        ("CT-guided biopsy", "CT-guided biopsy"),
        ("SINS 0 to 6 means stable", "SINS 0 to 6 means stable"),
        ("An aortic balloon reduces blood loss", "an aortic balloon reduces blood loss"),
        ("A – complete", "A – complete"),
        ("Tokuhashi 0 to 8 predicts less", "Tokuhashi 0 to 8 predicts less"),
        ("Karnofsky performance status", "Karnofsky performance status"),
        ("Mirels is a score for long bones", "Mirels is a score for long bones"),
    ],
)
def test_a_label_inside_a_sentence_keeps_only_the_capitals_of_names(label, inside):
    assert words.inside(label) == inside


@pytest.mark.parametrize(
    ("hours", "side", "text"),
    [
        (None, None, ""),
        (12, None, "within 12 hours"),
        (24, None, "within 24 hours"),
        (48, None, "within 48 hours"),
        (72, None, "within 3 days"),
        (168, None, "within 7 days"),
        (12, "left", "within 12 hours, on the left"),
    ],
)
def test_a_time_is_in_hours_up_to_two_days_and_in_days_from_then_on(hours, side, text):
    assert words.particulars(hours, side) == text


@pytest.mark.parametrize(
    ("given", "plain", "predicate"),
    [
        (None, "no rule applies", "is not listed"),
        (
            Outcome(stance="recommended", within_hours=336),
            "recommended within 14 days",
            "is recommended within 14 days",
        ),
        (Outcome(stance="emergency", within_hours=12), "emergency within 12 hours", "is an emergency within 12 hours"),
        (Outcome(stance="consider", side="left"), "consider on the left", "is worth considering on the left"),
        (Outcome(stance="caution"), "caution", "calls for caution"),
        (Outcome(stance="not_indicated"), "not indicated", "is not indicated"),
    ],
)
def test_an_outcome_has_a_name_and_a_predicate(given, plain, predicate):
    assert words.outcome(given) == plain
    assert message("outcome-is", **words.outcome_arguments(given)) == predicate


@pytest.mark.parametrize(
    ("id", "values", "text"),
    [
        ("karnofsky", [50, 60, 70], "50 to 70"),
        ("karnofsky", [10, 100, 20], "100, 20 or 10"),
        ("pain_intensity", range(7, 11), "7 to 10"),
        ("level", ["L5", "T1", "C7", "T2"], "C7 to T2 or L5"),
        ("level", ["C1", "C3", "C5", "C7", "T2", "T4", "T6"], "C1, C3, C5, C7 or 3 more"),
        ("level", ["S1", "S2"], "S1 or S2"),
        ("pain", ["mechanical", "none"], "pain-free or mechanical"),
        ("epidural", ["none", "indents", "effaces"], "none, indented or effaced"),
        ("primary", ["breast", "lung", "liver", "colon", "ovary"], "breast, ovary, colon, liver or lung"),
        (
            "primary",
            ["breast", "lung", "liver", "colon", "ovary", "other"],
            "breast, ovary, colon, liver or 2 more",
        ),
    ],
)
def test_options_are_named_in_the_order_of_the_vocabulary(id, values, text):
    assert words.options(finding(id), values) == text


def test_a_statement_ends_in_its_sources():
    short = {"a": "Mika & Mesfin 2018", "b": "ASTRO 2024"}
    assert words.backed("it helps.", {"a": "l. 1", "b": "l. 2"}, short) == "It helps (Mika & Mesfin 2018; ASTRO 2024)."
    assert words.backed("Which one?", {"b": "l. 2"}, short) == "Which one? (ASTRO 2024)"
