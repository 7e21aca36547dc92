"""The votes of a session as tables: what was read, where it leads, what a second vote changed, how far readers agree."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pandas as pd

from casebook.cases.case import load_case
from casebook.inference.assessment import engine
from classroom.server.agreement import published
from classroom.server.ballots import UNKNOWN, reading, score_of_readings
from classroom.server.kappa import agreeing_pairs, interval, kappa

COLUMNS = ["round", "vote", "kind", "case", "question", "reader", "field", "answer"]


def read(path: str | Path) -> pd.DataFrame:
    """Return what a room saved: a row for each field that a reader answered.

    Raises
    ------
    ValueError
        If the columns are not those that a room writes.
    """
    table = pd.read_csv(path, comment="#", dtype={"field": str, "answer": str, "question": str}, keep_default_na=False)
    if list(table.columns) != COLUMNS:
        raise ValueError(f"{path}: the columns are {', '.join(table.columns)}; a room writes {', '.join(COLUMNS)}")
    return table


def rounds(votes: pd.DataFrame) -> pd.DataFrame:
    """Return the rounds of a session: what was asked, which vote it was, and how many voted."""
    by = ["round", "kind", "case", "question", "vote"]
    return votes.groupby(by)["reader"].nunique().rename("readers").reset_index().set_index("round")


def readings(votes: pd.DataFrame, case: str | None = None) -> pd.DataFrame:
    """Return the readings, of one case or of all: a row for each reader, case and vote, a column for each finding."""
    chosen = _last(votes, case)
    fields = chosen["field"].unique()
    return chosen.pivot(index=["case", "vote", "reader"], columns="field", values="answer")[fields]


def _last(votes: pd.DataFrame, case: str | None) -> pd.DataFrame:
    """Return the rows of readings; of a case that was opened anew, those of the last round, as the room counts them."""
    chosen = votes[(votes["kind"] == "reading") & votes["case"].isin([case] if case else votes["case"])]
    return chosen[chosen["round"] == chosen.groupby(["case", "vote"])["round"].transform("max")]


def distribution(votes: pd.DataFrame, case: str) -> pd.DataFrame:
    """Return how many chose each option of each finding, by vote; an option that nobody chose has no row."""
    chosen = _last(votes, case)
    counts = chosen.groupby(["field", "answer", "vote"]).size().unstack("vote", fill_value=0)
    rows = {
        (field["id"], option["id"]): (field["label"], option["label"])
        for field in reading(load_case(case)).fields
        for option in field["options"]
    }
    counts = counts.loc[[row for row in rows if row in counts.index]]
    counts.index = pd.MultiIndex.from_tuples([rows[row] for row in counts.index], names=["finding", "answer"])
    return counts.rename(columns="vote {}".format).rename_axis(columns=None)


def totals(votes: pd.DataFrame) -> pd.DataFrame:
    """Return where each reading leads through the engine.

    Returns
    -------
    pandas.DataFrame
        A row for each reading: the least and the greatest total of SINS that it leaves possible, and the
        bands, in words. What could not be told stays unknown, so that the total is a range.
    """
    table = readings(votes)
    cases = {name: load_case(name) for name in table.index.unique("case")}
    labels = {band.id: band.label for band in score_of_readings().bands}
    found = []
    for (case, _, _), row in zip(table.index, table.to_dict("records"), strict=True):
        answers = {id: None if answer == UNKNOWN else answer for id, answer in row.items()}
        score = engine().score(score_of_readings().id, {**cases[case].findings, **answers})
        found.append({"low": score.low, "high": score.high, "bands": " or ".join(labels[band] for band in score.bands)})
    return pd.DataFrame(found, index=table.index)


def ranges(found: pd.DataFrame) -> pd.DataFrame:
    """Return how many readings of each case lead to each total, or range of totals, by vote."""
    counts = found.groupby(["case", "low", "high", "vote"]).size().unstack("vote", fill_value=0).reset_index()
    counts["SINS"] = [
        str(low) if low == high else f"{low}–{high}" for low, high in zip(counts["low"], counts["high"], strict=True)
    ]
    counts = counts.drop(columns=["low", "high"]).set_index(["case", "SINS"])
    return counts.rename(columns="vote {}".format).rename_axis(columns=None)


def moved(found: pd.DataFrame, case: str) -> pd.DataFrame:
    """Return the bands of those who voted twice: first vote down, second vote across."""
    both = found.loc[case]["bands"].unstack("vote").dropna()
    return pd.crosstab(both[1].rename("first vote"), both[2].rename("second vote"))


def pairs(votes: pd.DataFrame) -> pd.DataFrame:
    """Return the share of pairs of readers who agree on each finding, by case and vote."""
    shares = readings(votes).groupby(["case", "vote"]).agg(lambda column: agreeing_pairs(Counter(column)))
    labels = {each["id"]: each["label"] for each in reading(load_case(shares.index[0][0])).fields}
    return shares.T.rename(index=labels).rename_axis(index=None, columns=["case", "vote"]).astype(float).round(2)


def kappas(votes: pd.DataFrame) -> pd.DataFrame:
    """Return Fleiss' kappa of each finding over the patients, beside what a source prints.

    Returns
    -------
    pandas.DataFrame
        A row a finding: kappa of the first votes of those who read every patient, the ends of its interval
        (jackknife over readers), the published figure, and its source.
    """
    table = readings(votes).xs(1, level="vote")
    whole = table.unstack("case").dropna()
    figures = {each["field"]: each for each in published(reading(load_case(table.index[0][0])))}
    rows = {}
    for id in table.columns:
        answers = whole[id].to_numpy().tolist()
        # One patient fixes kappa, and one reader has nobody to agree with.
        value = kappa(answers) if whole[id].shape[1] > 1 and len(answers) > 1 else None
        low, high = (None, None) if value is None else interval(answers, value) or (None, None)
        row = {"kappa": value, "from": low, "to": high, "readers": len(answers), "patients": whole[id].shape[1]}
        printed = figures.get(id, {})
        rows[printed.get("what", id)] = row | {name: printed.get(name, "–") for name in ("value", "source")}
    return pd.DataFrame.from_dict(rows, orient="index").rename(columns={"value": "published"}).round(2)
