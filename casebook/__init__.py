"""The engine of the casebook on sacral metastases.

Findings go in; scores, a plan and their reasons come out. A finding that is not assessed stays
unknown: it never counts as zero, false or normal. For teaching, not for treating.
"""

from casebook.diagnostics.fault import Fault, FaultError
from casebook.distribution.version import __version__
from casebook.inference.assessment import Assessment, Question, assess, score
from casebook.inference.planner import PlanEntry
from casebook.models.finding import FindingError
from casebook.models.score_result import ItemResult, ScoreResult

__all__ = [
    "Assessment",
    "Fault",
    "FaultError",
    "FindingError",
    "ItemResult",
    "PlanEntry",
    "Question",
    "ScoreResult",
    "__version__",
    "assess",
    "score",
]
