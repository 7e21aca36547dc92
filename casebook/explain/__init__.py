"""Explanations of a result: the reasons, the counterfactuals, the open questions and the sensitivity analysis.

Every explanation is exact over the findings that are not assessed, and has a text (`text`) and JSON (`to_dict`).
"""

from casebook.explain.argument import Argument, ClauseArgument, LeafArgument, RuleArgument, argument
from casebook.explain.change import Change, Move, changed
from casebook.explain.counterfactuals import Closest, Condition, Flip, closest
from casebook.explain.disagreements import Disagreement, Side, disagreements
from casebook.explain.open_questions import Open, Undecided, open_points
from casebook.explain.relevance import relevant
from casebook.explain.sensitivity import FindingFirmness, Firmness, firmness

__all__ = [
    "Argument",
    "Change",
    "ClauseArgument",
    "Closest",
    "Condition",
    "Disagreement",
    "FindingFirmness",
    "Firmness",
    "Flip",
    "LeafArgument",
    "Move",
    "Open",
    "RuleArgument",
    "Side",
    "Undecided",
    "argument",
    "changed",
    "closest",
    "disagreements",
    "firmness",
    "open_points",
    "relevant",
]
