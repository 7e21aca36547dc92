"""The examples in the docstrings of the public functions, run as they are written."""

from __future__ import annotations

import doctest
import importlib

import pytest

MODULES = (
    "casebook.inference.assessment",
    "casebook.cases.case",
    "casebook.cohort",
    "casebook.explain.argument",
    "casebook.explain.change",
    "casebook.explain.counterfactuals",
    "casebook.explain.disagreements",
    "casebook.explain.open_questions",
    "casebook.explain.sensitivity",
)


@pytest.mark.parametrize("name", MODULES)
def test_the_examples_of_a_public_module_give_what_they_show(name):
    found = doctest.testmod(importlib.import_module(name))
    assert found.attempted > 0
    assert found.failed == 0
