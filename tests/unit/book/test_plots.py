"""The plots of the evidence: intervals, and words that say what is drawn."""

from __future__ import annotations

import importlib.util
import re
import sys
from pathlib import Path

import pytest

SPEC = importlib.util.spec_from_file_location("plots", Path(__file__).parents[3] / "book" / "plots.py")


@pytest.fixture(scope="module")
def plots():
    module = importlib.util.module_from_spec(SPEC)
    sys.modules[SPEC.name] = module  # its dataclasses look themselves up there
    SPEC.loader.exec_module(module)
    return module


@pytest.fixture(scope="module", params=["pain", "local_control", "survival", "complications"])
def plot(plots, request):
    return getattr(plots, request.param)(plots.read())


@pytest.mark.parametrize(
    ("count", "n", "low", "high"), [(0, 11, 0, 0.259), (10, 25, 0.234, 0.593), (1, 12, 0.015, 0.354), (5, 5, 0.566, 1)]
)
def test_the_interval_of_a_share_is_that_of_wilson(plots, count, n, low, high):
    assert plots.wilson(count / n, n) == pytest.approx((low, high), abs=0.001)


def test_every_study_of_the_data_is_in_the_words(plot):
    assert all(study in plot.words for study in plot.data.study)


def test_a_drawing_takes_its_colour_from_the_page_and_names_no_host(plot):
    assert set(re.findall(r"(?:stroke|fill): ([^;\"]+)", plot.svg)) <= {"currentColor", "none"}
    assert "://" not in plot.svg
    assert "<style" not in plot.svg


def test_a_drawing_says_in_words_what_it_shows_and_brings_its_data(plot):
    markup = plot._repr_html_()
    assert 'role="img" aria-label=' in markup
    assert markup.count("<tr") == len(plot.data) + 1


def test_the_interval_of_a_local_failure_is_turned_round_with_it(plots):
    failures = (figure for figure in plots.read().itertuples() if figure.measure == "local failure")
    failure = next(figure for figure in failures if figure.low > 0)
    words = plots.local_control(plots.read()).words
    assert f"{100 - failure.value:g} % at {failure.time_months:g} months, {100 - failure.high:g} to" in words


def test_every_group_of_a_plot_has_a_mark_of_its_own(plots):
    table = plots.read()
    alive = table[table.measure.isin(["overall survival", "deaths"]) & table.value.notna()]
    assert "Al-Omair" in plots.survival(table).words
    assert alive.groupby(["study", "treatment"]).ngroups <= 4
