"""The tables of the page on re-readings: every input of a score as a frame, assessed at once."""

from __future__ import annotations

import itertools

import pandas as pd

from casebook.cohort import assess_frame
from casebook.knowledge_base import knowledge

LEVELS = {"rigid": "S2", "semirigid": "T5", "mobile": "L3", "junctional": "S1"}
"""One level for each option of the SINS location."""


def sins() -> pd.DataFrame:
    """Return, for each SINS item, how often a re-reading by one step changes the band.

    Returns
    -------
    pandas.DataFrame
        A row an item: its label, the number of re-readings, how many change the band, and the
        share in percent.
    """
    score = knowledge().scores["sins"]
    steps = {item.id: sorted(item.options, key=lambda option: option.points) for item in score.items}
    inputs = pd.DataFrame(
        itertools.product(*([option.id for option in options] for options in steps.values())), columns=list(steps)
    )
    band = _bands(inputs)
    rows = []
    for item in score.items:
        order = [option.id for option in steps[item.id]]
        place = inputs[item.id].map(order.index)
        changed = read = 0
        for step in (-1, 1):
            moved = place + step
            possible = moved.between(0, len(order) - 1)
            again = inputs[possible].assign(**{item.id: [order[each] for each in moved[possible]]})
            read += len(again)
            changed += int((_bands(again) != band[possible]).sum())
        rows.append(
            {"item": item.label, "re-readings": read, "band changes": changed, "percent": round(100 * changed / read)}
        )
    return pd.DataFrame(rows).set_index("item")


def _bands(items: pd.DataFrame) -> pd.Series:
    """Return the SINS band of each row of item options."""
    findings = items.drop(columns="location").assign(level=items["location"].map(LEVELS))
    return assess_frame(findings)["sins.bands"].astype(str)


def tokuhashi() -> pd.DataFrame:
    """Return how often reading colon as rectum, and the reverse, changes the Tokuhashi band.

    Returns
    -------
    pandas.DataFrame
        A row a band that colon gives: inputs of the other items, how many move with rectum, and
        the share in percent.
    """
    others = {
        "karnofsky": [40, 60, 80],
        "extraspinal_bone_metastases": ["three_or_more", "one_or_two", "none"],
        "vertebral_metastases": ["three_or_more", "two", "one"],
        "visceral_metastases": ["unremovable", "removable", "none"],
        "frankel": ["A", "C", "E"],
    }
    inputs = pd.DataFrame(itertools.product(*others.values()), columns=list(others))
    band = {
        primary: assess_frame(inputs.assign(primary=primary))["tokuhashi.bands"].astype(str)
        for primary in ("colon", "rectum")
    }
    labels = {each.id: each.label for each in knowledge().scores["tokuhashi"].bands}
    table = pd.DataFrame({"band with colon": band["colon"].map(labels), "moves": band["colon"] != band["rectum"]})
    counted = table.groupby("band with colon", sort=False)["moves"].agg(["size", "sum"]).astype(int)
    counted.columns = ["inputs", "another band with rectum"]
    counted["percent"] = (100 * counted["another band with rectum"] / counted["inputs"]).round().astype(int)
    return counted
