"""What a session shows to phones and to the presenter, as JSON."""

from __future__ import annotations

import json
from typing import Any

from classroom.server.round import Round
from classroom.server.session import Session


class SessionView:
    """The states of one session as phones and the presenter see them.

    Parameters
    ----------
    session : Session
    """

    def __init__(self, session: Session) -> None:
        self.session = session
        self._cached: tuple[object, bytes] = (None, b"")

    def public(self) -> dict[str, Any]:
        """Return the state that everyone in the room may see."""
        session, vote_round = self.session, self.session.current
        phase = "ended" if session.ended else "waiting" if vote_round is None else vote_round.phase
        return {
            "code": session.code,
            "phase": phase,
            "durable": session.store.durable,
            "joined": len(session.readers),
            "committed": 0 if vote_round is None else len(vote_round.votes),
            "round": None if vote_round is None else _question(vote_round),
            "page": session.agenda.first_page if vote_round is None else vote_round.ballot.page,
            "result": None if vote_round is None else self._result(vote_round),
        }

    def phone(self, reader: int) -> bytes:
        """Return the state of a phone as JSON: the public state and the reader's own vote."""
        version = self.session.phones.version
        if self._cached[0] != version:  # the public part is serialised once for all phones
            self._cached = version, json.dumps(self.public(), ensure_ascii=False).encode()[:-1]
        vote_round = self.session.current
        mine = None if vote_round is None else vote_round.votes.get(reader)
        return b'%b, "mine": %b}' % (self._cached[1], json.dumps(mine).encode())

    def presenter(self) -> dict[str, Any]:
        """Return the presenter's state: the public state and every round."""
        rounds = [
            {
                "id": vote_round.id,
                "kind": vote_round.ballot.kind,
                "case": vote_round.ballot.subject,
                "question": vote_round.ballot.question,
                "title": vote_round.ballot.title,
                "phase": vote_round.phase,
                "committed": len(vote_round.votes),
                "again": vote_round.first_vote,
                "result": self._result(vote_round),
            }
            for vote_round in self.session.rounds.values()
        ]
        return {**self.public(), "mine": None, "rounds": rounds}

    def _result(self, vote_round: Round) -> dict[str, Any] | None:
        """Return the result of a round with that of its first vote, once it is closed and calculated."""
        if not vote_round.closed or vote_round.result is None:
            return None
        first = None if vote_round.first_vote is None else self.session.rounds[vote_round.first_vote].result
        return {**vote_round.result, "before": None if first is None else {**first, "before": None}}


def _question(vote_round: Round) -> dict[str, Any]:
    ballot = vote_round.ballot
    return {
        "id": vote_round.id,
        "kind": ballot.kind,
        "case": ballot.subject,
        "question": ballot.question,
        "page": ballot.page,
        "title": ballot.title,
        "fields": list(ballot.fields),
        "rank": ballot.rank,
        "again": vote_round.first_vote is not None,
    }
