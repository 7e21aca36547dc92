"""Many patients at once, equal to one after the other."""

import itertools

import numpy as np
import pandas as pd
import pytest
from plain import consistent

import casebook
from casebook.cohort import CHUNK, assess_frame
from casebook.inference.assessment import engine
from casebook.knowledge_base import knowledge


def patients(rows: int, unknown: float, seed: int) -> pd.DataFrame:
    """Patients who can exist, of whom as much is unknown as chance wants."""
    rng = np.random.default_rng(seed)
    drawn = [
        {
            finding.id: finding.values[rng.integers(len(finding.values))]
            for finding in knowledge().vocabulary
            if rng.random() >= unknown
        }
        for _ in range(rows)
    ]
    found = [consistent(findings) for findings in drawn]
    return pd.DataFrame(
        {
            finding.id: pd.Categorical([findings.get(finding.id) for findings in found], list(finding.values))
            for finding in knowledge().vocabulary
        }
    )


def findings_of(frame: pd.DataFrame) -> list[dict]:
    return [
        {id: value for id, value in row.items() if pd.notna(value)} for row in frame.astype(object).to_dict("records")
    ]


def or_none(value):
    return None if pd.isna(value) or value == "" else value


@pytest.mark.parametrize("unknown", [0.0, 0.05, 0.5, 1.0])
def test_a_frame_of_patients_is_assessed_as_each_of_them_alone(unknown):
    frame = patients(250, unknown, seed=7)
    result = assess_frame(frame)
    for row, findings in zip(result.to_dict("records"), findings_of(frame), strict=True):
        alone = casebook.assess(findings)
        for id, score in alone.scores.items():
            assert or_none(row[f"{id}.low"]) == score.low
            assert or_none(row[f"{id}.high"]) == score.high
            assert row[f"{id}.bands"] == "|".join(score.bands)
        entries = {entry.action: entry for entry in alone.plan}
        for action in knowledge().actions:
            if action not in row:
                assert action not in entries
                continue
            entry = entries.get(action)
            assert row[action] == (entry.stance if entry else "none"), action
            assert row[f"{action}.decided"] == (entry is None or entry.status == "decided"), action
            assert or_none(row.get(f"{action}.within_hours", None)) == (entry.within_hours if entry else None)
            assert or_none(row.get(f"{action}.side", None)) == (entry.side if entry else None)


def test_a_lesion_without_a_word_in_sins_keeps_both_outcomes_open():
    base = {
        "level": "S2",
        "pain": "mechanical",
        "alignment": "normal",
        "collapse": "under_50",
        "posterolateral": "none",
    }
    frame = pd.DataFrame([{**base, "bone_lesion": lesion} for lesion in ("blastic", "ct_occult", "lytic")])
    result = assess_frame(frame)
    assert result["sins.bands"].tolist() == ["stable", "stable|potentially_unstable", "potentially_unstable"]
    assert (result["sins.low"].tolist(), result["sins.high"].tolist()) == ([5, 5, 7], [5, 7, 7])


def test_missing_columns_and_missing_values_are_not_assessed():
    frame = pd.DataFrame({"pain": ["mechanical", None, float("nan")]}, index=["a", "b", "c"])
    result = assess_frame(frame)
    assert list(result.index) == ["a", "b", "c"]
    assert result["sins.low"].tolist() == [3, 0, 0]
    assert result["sins.high"].tolist() == [18, 18, 18]


def test_numbers_may_come_as_floats():
    frame = pd.DataFrame({"karnofsky": [70.0, None]})
    assert assess_frame(frame)["tokuhashi.low"].tolist() == [1, 0]


@pytest.mark.parametrize("frame", [{"pian": ["mechanical"]}, {"pain": ["mechancal"]}, {"fit_for_surgery": [True]}])
def test_what_the_vocabulary_does_not_have_is_refused(frame):
    with pytest.raises(casebook.FindingError):
        assess_frame(pd.DataFrame(frame))


def test_no_patients_give_an_empty_frame_with_every_column():
    empty = assess_frame(pd.DataFrame({"pain": []}))
    assert len(empty) == 0
    assert set(assess_frame(pd.DataFrame({"pain": ["none"]})).columns) == set(empty.columns)


def test_more_rows_than_a_chunk_keep_their_order():
    levels = list(itertools.islice(itertools.cycle(["S1", "S2"]), 2 * CHUNK + 3))
    low = assess_frame(pd.DataFrame({"level": levels}))["sins.low"].to_numpy()
    assert low[:4].tolist() == [3, 0, 3, 0]
    assert (low[::2] == 3).all()
    assert (low[1::2] == 0).all()


def test_the_engine_itself_is_the_one_that_assess_uses():
    frame = pd.DataFrame({"cauda_equina_syndrome": ["present"]})
    assert assess_frame(frame).equals(assess_frame(frame, engine()))
    assert assess_frame(frame)["urgent_consult"].tolist() == ["emergency"]
