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
        session, round = self.session, self.session.current
        phase = "ended" if session.ended else "waiting" if round is None else round.phase
        return {
            "code": session.code,
            "phase": phase,
            "durable": session.store.durable,
            "joined": len(session.readers),
            "committed": 0 if round is None else len(round.votes),
            "round": None if round is None else _question(round),
            "page": session.agenda.first_page if round is None else round.ballot.page,
            "result": None if round is None else self._result(round),
        }

    def phone(self, reader: int) -> bytes:
        """Return the state of a phone as JSON: the public state and the reader's own vote."""
        version = self.session.phones.version
        if self._cached[0] != version:  # the public part is serialised once for all phones
            self._cached = version, json.dumps(self.public(), ensure_ascii=False).encode()[:-1]
        round = self.session.current
        mine = None if round is None else round.votes.get(reader)
        return b'%b, "mine": %b}' % (self._cached[1], json.dumps(mine).encode())

    def presenter(self) -> dict[str, Any]:
        """Return the presenter's state: the public state and every round."""
        rounds = [
            {
                "id": round.id,
                "kind": round.ballot.kind,
                "case": round.ballot.subject,
                "question": round.ballot.question,
                "title": round.ballot.title,
                "phase": round.phase,
                "committed": len(round.votes),
                "again": round.first_vote,
                "result": self._result(round),
            }
            for round in self.session.rounds.values()
        ]
        return {**self.public(), "mine": None, "rounds": rounds}

    def _result(self, round: Round) -> dict[str, Any] | None:
        """Return the result of a round with that of its first vote, once it is closed and calculated."""
        if not round.closed or round.result is None:
            return None
        first = None if round.first_vote is None else self.session.rounds[round.first_vote].result
        return {**round.result, "before": None if first is None else {**first, "before": None}}


def _question(round: Round) -> dict[str, Any]:
    ballot = round.ballot
    return {
        "id": round.id,
        "kind": ballot.kind,
        "case": ballot.subject,
        "question": ballot.question,
        "page": ballot.page,
        "title": ballot.title,
        "fields": list(ballot.fields),
        "rank": ballot.rank,
        "again": round.first_vote is not None,
    }
