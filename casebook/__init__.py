"""The engine of the casebook on sacral metastases.

Findings go in; scores, a plan and their reasons come out. A finding that is not assessed stays
unknown: it never counts as zero, false or normal. For teaching, not for treating.
"""

from casebook.assessment import Assessment, Question, assess, score
from casebook.plan import PlanEntry
from casebook.reader import Fault, FaultError
from casebook.scores import ItemResult, ScoreResult
from casebook.vocabulary import FindingError

__all__ = [
    "Assessment",
    "Fault",
    "FaultError",
    "FindingError",
    "ItemResult",
    "PlanEntry",
    "Question",
    "ScoreResult",
    "assess",
    "score",
]
