"""Open questions: decided and undecided recommendations, and the findings to assess next."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from casebook.inference.assessment import assess, engine
from casebook.inference.next_question import Question
from casebook.messages import message
from casebook.messages.words import inside


@dataclass(frozen=True, slots=True)
class Undecided:
    """A recommendation that is not decided, and the findings on which it depends."""

    action: str
    depends_on: tuple[str, ...]

    def to_dict(self) -> dict[str, Any]:
        """Return the JSON of the recommendation."""
        return {"action": self.action, "depends_on": list(self.depends_on)}


@dataclass(frozen=True, slots=True)
class Open:
    """The decided and undecided recommendations of a patient.

    Attributes
    ----------
    decided : tuple of str
        Actions, as the plan lists them.
    undecided : tuple of Undecided
    ask : tuple of casebook.inference.next_question.Question
        Findings that are not assessed, the most useful first, each with the number of recommendations it would decide.
    text : str
    """

    decided: tuple[str, ...]
    undecided: tuple[Undecided, ...]
    ask: tuple[Question, ...]
    text: str

    def to_dict(self) -> dict[str, Any]:
        """Return the JSON of what is open."""
        return {
            "decided": list(self.decided),
            "undecided": [entry.to_dict() for entry in self.undecided],
            "ask": [
                {"finding": each.finding, "settles": each.settles, "may": each.may, "why": each.why}
                for each in self.ask
            ],
            "text": self.text,
        }


def open_points(findings: Mapping[str, Any]) -> Open:
    """Return the decided and undecided recommendations, and the findings to assess next.

    Parameters
    ----------
    findings : mapping of finding id to option id

    Returns
    -------
    Open

    Raises
    ------
    FindingError
        If an id or an option is not in the vocabulary.

    Examples
    --------
    >>> open_points({"cauda_equina_syndrome": "present"}).ask[0].finding
    'fit_for_surgery'
    """
    assessment = assess(findings)
    decided = tuple(entry.action for entry in assessment.plan if entry.status == "decided")
    undecided = tuple(
        Undecided(entry.action, entry.depends_on) for entry in assessment.plan if entry.status == "undecided"
    )
    sentences = [message("open-summary", decided=len(decided), undecided=len(undecided))]
    if assessment.ask_next:
        first = engine().knowledge.vocabulary.by_id[assessment.ask_next[0].finding]
        sentences.append(message("open-ask", finding=inside(first.label)))
    return Open(decided, undecided, assessment.ask_next, " ".join(sentences))
