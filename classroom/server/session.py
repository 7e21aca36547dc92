"""A session of a room: its readers, its rounds and their votes."""

from __future__ import annotations

import asyncio
import time
from typing import Any

from casebook.messages import message
from classroom.server import credentials, kappa, statements
from classroom.server.agenda import Agenda
from classroom.server.agreement import agreement
from classroom.server.ballots import Answer, Ballot
from classroom.server.limits import SEATS
from classroom.server.notifier import Notifier
from classroom.server.refusal import RefusalError
from classroom.server.results import tally
from classroom.server.round import Round
from classroom.server.store import Store, StoredSession

PHONE_INTERVAL = 1.0
SCREEN_INTERVAL = 0.1
"""Least number of seconds between two counts of votes, on the phones and on the presenter's screen."""


def new_session(hours: float) -> StoredSession:
    """Return a session that has not begun, with its code, the presenter's key and the time at which it expires."""
    return StoredSession(credentials.new_code(), credentials.new_secret(), round(time.time() + hours * 3600))


class Session:
    """A session of a room; all methods run on one event loop.

    Parameters
    ----------
    stored : StoredSession
        The session as stored so far.
    store : Store
        The file of the session.
    agenda : Agenda

    Raises
    ------
    RefusalError
        If the book no longer has the question of a round or the option of a vote.

    Attributes
    ----------
    ended : bool
        Whether the presenter has ended the session or it has expired.
    phones, screen : Notifier
        Notify phones and the presenter's screen of changes.
    """

    def __init__(self, stored: StoredSession, store: Store, agenda: Agenda) -> None:
        self.code = stored.code
        self.key = stored.key
        self.expires = stored.expires
        self.store = store
        self.agenda = agenda
        self.ended = False
        self.readers = dict(stored.readers)
        self.rounds: dict[int, Round] = {}
        for round_id, kind, subject, question, first_vote, closed in stored.rounds:
            self.rounds[round_id] = Round(round_id, agenda.ballot(kind, subject, question), first_vote, closed, closed)
        for round_id, reader, answer in stored.votes:
            self.rounds[round_id].votes[reader] = self.rounds[round_id].ballot.parse(answer)
        self.phones = Notifier(PHONE_INTERVAL)
        self.screen = Notifier(SCREEN_INTERVAL)
        self._lock = asyncio.Lock()

    # Participants

    def is_presenter(self, token: str | None) -> bool:
        """Return whether a token is the presenter's."""
        return token is not None and credentials.equal(token, credentials.presenter_token(self.key))

    def enter(self, key: object) -> str:
        """Return the presenter's token in exchange for the key.

        Raises
        ------
        RefusalError
            If the key is wrong.
        """
        if not isinstance(key, str) or not credentials.equal(key, self.key):
            raise RefusalError(403, message("room-refusal-key"))
        return credentials.presenter_token(self.key)

    def reader(self, token: str | None) -> int | None:
        """Return the reader with a token, or None."""
        return None if token is None else self.readers.get(credentials.hashed(token))

    def has_code(self, code: object) -> bool:
        """Return whether a code is that of the session, in upper or lower case."""
        return isinstance(code, str) and credentials.equal(code.strip().upper(), self.code)

    async def join(self) -> str:
        """Return the token of a new reader, once the reader is stored.

        Raises
        ------
        RefusalError
            If the room is full or the session has ended.
        """
        self._require_running()
        if len(self.readers) >= SEATS:
            raise RefusalError(503, message("room-refusal-full", seats=SEATS))
        token = credentials.new_secret()
        reader, token_hash = credentials.new_reader(), credentials.hashed(token)
        self.readers[token_hash] = reader  # counted at once; nobody has the token before it is returned
        await self.store.commit(statements.insert_reader(reader, token_hash), self._counts_changed)
        return token

    # Rounds and votes

    @property
    def current(self) -> Round | None:
        """The round that was opened last."""
        return next(reversed(self.rounds.values()), None)

    def round(self, round_id: object) -> Round:
        """Return a round by its id; raise RefusalError if there is none."""
        if isinstance(round_id, bool) or not isinstance(round_id, int) or round_id not in self.rounds:
            raise RefusalError(404, message("room-refusal-no-round"))
        return self.rounds[round_id]

    async def vote(self, reader: int, round_id: object, value: object) -> Answer:
        """Return the vote of a reader once it is stored; it replaces an earlier vote in the same round.

        Raises
        ------
        RefusalError
            If the round is not open, or the value is not a valid answer.
        """
        self._require_running()
        vote_round = self.round(round_id)
        if vote_round.closing:
            raise RefusalError(409, message("room-refusal-closed"))
        answer = vote_round.ballot.parse(value)

        def on_commit() -> None:
            vote_round.votes[reader] = answer
            self._counts_changed()

        await self.store.commit(statements.insert_vote(vote_round.id, reader, answer), on_commit)
        return answer

    async def open(self, kind: object, subject: object, question: object = None, first_vote: object = None) -> Round:
        """Open a round, or the second vote on one.

        Parameters
        ----------
        kind, subject, question : object
            What is asked, as in the agenda.
        first_vote : object
            Id of the closed round that the second vote repeats; None for a first vote.

        Raises
        ------
        RefusalError
            If a round is open, the agenda has no such question, or a second vote is not possible.
        """
        async with self._lock:
            self._require_running()
            if self.current is not None and not self.current.closed:
                raise RefusalError(409, message("room-refusal-still-open", round=self.current.id))
            if not isinstance(kind, str) or not isinstance(subject, str) or not isinstance(question, str | None):
                raise RefusalError(422, message("room-refusal-question"))
            ballot = self.agenda.ballot(kind, subject, question)
            first = None if first_vote is None else self.round(first_vote)
            if first is not None:
                self._check_second_vote(first, ballot)
            round_id = len(self.rounds) + 1
            vote_round = Round(round_id, ballot, None if first is None else first.id)

            def on_commit() -> None:
                self.rounds[round_id] = vote_round
                self._state_changed()

            statement = statements.insert_round(
                round_id, ballot.kind, ballot.subject, ballot.question, vote_round.first_vote
            )
            await self.store.commit(statement, on_commit)
            if ballot.kind == "reading" and len(self._readings(vote_round)) > 1:
                asyncio.get_running_loop().run_in_executor(None, kappa.load_statistics)
            return vote_round

    async def close(self, round_id: object) -> dict[str, Any]:
        """Close a round and return its result; for a closed round, return the same result again.

        Raises
        ------
        RefusalError
            If there is no such round.
        """
        async with self._lock:
            self._require_running()
            vote_round = self.round(round_id)
            if not vote_round.closed:
                vote_round.closing = True

                def on_commit() -> None:
                    vote_round.closed = True
                    self._state_changed()

                await self.store.commit(statements.close_round(vote_round.id), on_commit)
            return await self._result_with_first_vote(vote_round)

    async def results(self) -> list[dict[str, Any]]:
        """Return the results of all closed rounds, calculating those that are missing."""
        results: list[dict[str, Any]] = []
        for vote_round in [each for each in self.rounds.values() if each.closed]:
            async with self._lock:  # one at a time, so that a presenter need not wait for all of them
                results.append(await self._result_with_first_vote(vote_round))
        return results

    async def end(self) -> None:
        """End the session and delete its file."""
        async with self._lock:
            if not self.ended:
                self.ended = True
                self.rounds.clear()
                await asyncio.to_thread(self.store.delete)
                self._state_changed()

    def _require_running(self) -> None:
        if self.ended:
            raise RefusalError(410, message("room-refusal-ended"))

    def _check_second_vote(self, first: Round, ballot: Ballot) -> None:
        if not first.closed or first.first_vote is not None:
            raise RefusalError(409, message("room-refusal-second-vote"))
        if first.ballot is not ballot:
            raise RefusalError(422, message("room-refusal-other-question", round=first.id))
        if any(vote_round.first_vote == first.id for vote_round in self.rounds.values()):
            raise RefusalError(409, message("room-refusal-third-vote", round=first.id))

    # Results

    def _readings(self, latest: Round) -> dict[str, Round]:
        """Return the last closed reading of each case, up to a round; first votes for a first vote, else second ones."""
        found = {
            vote_round.ballot.subject: vote_round
            for vote_round in self.rounds.values()
            if vote_round.id < latest.id
            and vote_round.closed
            and vote_round.ballot.kind == "reading"
            and vote_round.vote_number == latest.vote_number
        }
        return {**found, latest.ballot.subject: latest}

    async def _result_with_first_vote(self, vote_round: Round) -> dict[str, Any]:
        if vote_round.result is None:
            vote_round.result = await asyncio.to_thread(self._result, vote_round)
            self._state_changed()
        first = None
        if vote_round.first_vote is not None:
            first = await self._result_with_first_vote(self.rounds[vote_round.first_vote])
        return {**vote_round.result, "before": first}

    def _result(self, vote_round: Round) -> dict[str, Any]:
        counts = tally(vote_round.ballot, vote_round.votes.values())
        read = [(each.ballot, each.votes) for each in self._readings(vote_round).values()]
        return {**counts, "agreement": agreement(vote_round.ballot, counts["fields"], read)}

    # Notification

    def _counts_changed(self) -> None:
        self.phones.notify(immediately=False)
        self.screen.notify(immediately=False)

    def _state_changed(self) -> None:
        self.phones.notify(immediately=True)
        self.screen.notify(immediately=True)
