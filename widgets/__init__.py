"""What a reader touches: widgets that are live in JupyterLab and in the published book."""

from widgets.calculator import ScoreCalculator
from widgets.disability import DisabilityIndex
from widgets.explorer import CaseExplorer
from widgets.quiz import Quiz
from widgets.reading import CaseReading
from widgets.section import Section
from widgets.what_if import WhatIfs

__all__ = ["CaseExplorer", "CaseReading", "DisabilityIndex", "Quiz", "ScoreCalculator", "Section", "WhatIfs"]
