"""Observer agreement: the share of agreeing pairs of readers, and Fleiss' kappa with a jackknife interval.

The subjects of kappa are patients, and only readers who read every patient are counted. With one patient, kappa is
-1/(n - 1) for n readers whatever their answers, unless all agree, so it is not calculated. “Cannot tell” is a category
of its own, because it is an answer.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from importlib import import_module

Readings = Sequence[Sequence[str]]
"""For each reader, of whom there are at least two, the answer for each patient."""


def load_statistics() -> None:
    """Import the packages that calculate kappa, which takes seconds."""
    import_module("scipy.stats")
    import_module("statsmodels.stats.inter_rater")


def agreeing_pairs(counts: Mapping[str, int]) -> float | None:
    """Return the share of pairs of readers who chose the same option; None for fewer than two readers."""
    readers = sum(counts.values())
    if readers < 2:
        return None
    return sum(number * (number - 1) for number in counts.values()) / (readers * (readers - 1))


def kappa(readings: Readings) -> float | None:
    """Return Fleiss' kappa; None if all answers are the same, because kappa is then undefined."""
    return _kappa(_table(readings))


def interval(readings: Readings, value: float) -> tuple[float, float] | None:
    """Return the 95 % interval of a kappa by the jackknife over readers.

    The standard error is that of kappa with each of n readers left out in turn; the quantile is that of the
    t distribution with n - 1 degrees of freedom. The interval is limited to -1 and 1.

    Parameters
    ----------
    readings : Readings
    value : float
        Their kappa.

    Returns
    -------
    (float, float) or None
        None for fewer than three readers, or if kappa is undefined without one of them.
    """
    from scipy.stats import t

    readers = len(readings)
    if readers < 3:
        return None
    options, whole = _options(readings), _table(readings)
    without: list[tuple[float, int]] = []
    for answers, number in Counter(map(tuple, readings)).items():  # readers with equal answers have equal kappas
        table = [
            [count - (option == answer) for option, count in zip(options, row, strict=True)]
            for answer, row in zip(answers, whole, strict=True)
        ]
        reduced = _kappa(table)
        if reduced is None:
            return None
        without.append((reduced, number))
    mean = sum(reduced * number for reduced, number in without) / readers
    squares = sum((reduced - mean) ** 2 * number for reduced, number in without)
    half = float(t.ppf(0.975, readers - 1)) * math.sqrt((readers - 1) / readers * squares)
    return max(-1.0, value - half), min(1.0, value + half)


def _options(readings: Readings) -> list[str]:
    return sorted({option for reader in readings for option in reader})


def _table(readings: Readings) -> list[list[int]]:
    """Return how many readers chose each option, by patient."""
    options = _options(readings)
    counts = [Counter(answers) for answers in zip(*readings, strict=True)]
    return [[count[option] for option in options] for count in counts]


def _kappa(table: list[list[int]]) -> float | None:
    from statsmodels.stats import inter_rater

    chosen = sum(any(column) for column in zip(*table, strict=True))
    return None if chosen < 2 else float(inter_rater.fleiss_kappa(table))
