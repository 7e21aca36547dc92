"""Widgets that are live in JupyterLab and in the published book."""

from importlib.metadata import entry_points
from typing import Any

from casebook.distribution.extras import required_by
from widgets.calculator import ScoreCalculator
from widgets.explorer import CaseExplorer
from widgets.figure import CaseFigure
from widgets.oswestry import DisabilityIndex
from widgets.quiz import Quiz
from widgets.reading import CaseReading
from widgets.section import Section
from widgets.what_if import WhatIfs

__all__ = [
    "CaseExplorer",
    "CaseFigure",
    "CaseReading",
    "DisabilityIndex",
    "Quiz",
    "ScoreCalculator",
    "Section",
    "WhatIfs",
]


def __getattr__(name: str) -> Any:
    """Return a widget that another package adds through the entry points of the group ``casebook.widgets``."""
    for entry in entry_points(group="casebook.widgets", name=name):
        with required_by(name, __name__):
            return entry.load()
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
