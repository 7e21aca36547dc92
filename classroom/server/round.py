"""One round of voting."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from classroom.server.ballots import Answer, Ballot


@dataclass
class Round:
    """One round of voting on a ballot.

    Attributes
    ----------
    id : int
    ballot : Ballot
    first_vote : int or None
        Id of the round that this round repeats after discussion; None for a first vote.
    closing : bool
        Whether no further votes are accepted.
    closed : bool
        Whether the closing has been stored, so that the result may be shown.
    votes : dict of int to Answer
        Answers by reader.
    result : dict or None
        None until it has been calculated.
    """

    id: int
    ballot: Ballot
    first_vote: int | None = None
    closing: bool = False
    closed: bool = False
    votes: dict[int, Answer] = field(default_factory=dict[int, Answer])
    result: dict[str, Any] | None = None

    @property
    def phase(self) -> str:
        """Return “open” or “closed”."""
        return "closed" if self.closed else "open"

    @property
    def vote_number(self) -> int:
        """Return 1 for a first vote, 2 for a second."""
        return 1 if self.first_vote is None else 2
