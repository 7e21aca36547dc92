"""One session of a room: who has a seat, what is asked, and what was answered."""

from __future__ import annotations

import asyncio
import csv
import hashlib
import hmac
import io
import json
import secrets
import time
from dataclasses import dataclass, field
from typing import Any

from classroom.server import agreement, store
from classroom.server.agenda import Agenda
from classroom.server.ballots import Answer, Ballot
from classroom.server.limits import CODE_LENGTH, CODE_LETTERS, SEATS, RefusalError
from classroom.server.notifier import Bell
from classroom.server.results import tally
from classroom.server.store import Kept, Store

COLUMNS = ("round", "vote", "kind", "case", "question", "reader", "field", "answer")
PHONES_PAUSE = 1.0
SCREEN_PAUSE = 0.1
"""Seconds between two counts of votes on the phones, and on the presenter's screen."""

OVER = "This session has ended."


@dataclass
class Round:
    """One vote of the room.

    Attributes
    ----------
    id : int
    ballot : Ballot
    again : int or None
        The round whose second vote this is.
    closing : bool
        Whether no further vote is taken.
    closed : bool
        Whether that is written, so that the result may be seen.
    votes : dict of int to Answer
        By reader.
    result : dict or None
    """

    id: int
    ballot: Ballot
    again: int | None = None
    closing: bool = False
    closed: bool = False
    votes: dict[int, Answer] = field(default_factory=dict[int, Answer])
    result: dict[str, Any] | None = None

    @property
    def phase(self) -> str:
        """Whether it is open or closed."""
        return "closed" if self.closed else "open"


def new(hours: float) -> Kept:
    """Return a session that has not begun: its code, the presenter's key, and when it expires."""
    code = "".join(secrets.choice(CODE_LETTERS) for _ in range(CODE_LENGTH))
    return Kept(code, secrets.token_urlsafe(32), round(time.time() + hours * 3600))


class Session:
    """What goes on in a room. All of it happens on one event loop.

    Parameters
    ----------
    kept : Kept
        What is known of it.
    store : Store
        Where it is kept; the session itself is in it already.
    agenda : Agenda

    Raises
    ------
    RefusalError
        If a round or a vote is of something that the book no longer has.

    Attributes
    ----------
    over : bool
        Whether it has ended, by the presenter or by time.
    phones, screen : Bell
        Rung when there is something new for phones, and for the presenter.
    """

    def __init__(self, kept: Kept, store: Store, agenda: Agenda) -> None:
        self.code = kept.code
        self.key = kept.key
        self.expires = kept.expires
        self.store = store
        self.agenda = agenda
        self.over = False
        self.readers = dict(kept.readers)
        self.rounds: dict[int, Round] = {}
        for id, kind, place, question, again, closed in kept.rounds:
            self.rounds[id] = Round(id, agenda.ballot(kind, place, question), again, closed, closed)
        for round, reader, answer in kept.votes:
            self.rounds[round].votes[reader] = self.rounds[round].ballot.read(answer)
        self.phones = Bell(PHONES_PAUSE)
        self.screen = Bell(SCREEN_PAUSE)
        self._one = asyncio.Lock()
        self._public: tuple[object, bytes] = (None, b"")

    # who is there

    @property
    def presenter(self) -> str:
        """The token that a presenter's browser gets for the key; the same after a restart."""
        return hashlib.sha256(b"presenter " + self.key.encode()).hexdigest()

    def presents(self, token: str | None) -> bool:
        """Return whether a token is the presenter's."""
        return token is not None and _same(token, self.presenter)

    def enter(self, key: object) -> str:
        """Return the presenter's token for the key.

        Raises
        ------
        RefusalError
            If it is not the key.
        """
        if not isinstance(key, str) or not _same(key, self.key):
            raise RefusalError(403, "This is not the key of this session; its address is where the room was started.")
        return self.presenter

    def reader(self, token: str | None) -> int | None:
        """Return the reader who has a token, or None."""
        return None if token is None else self.readers.get(_hashed(token))

    def opens(self, code: object) -> bool:
        """Return whether this is the code of the session, in small letters or large."""
        return isinstance(code, str) and _same(code.strip().upper(), self.code)

    async def join(self) -> str:
        """Return the token of a new seat, once that is kept.

        Raises
        ------
        RefusalError
            If every seat is taken, or the session has ended.
        """
        self._go_on()
        if len(self.readers) >= SEATS:
            raise RefusalError(503, f"All {SEATS} seats of this room are taken.")
        token = secrets.token_urlsafe(32)
        reader, hashed = secrets.randbits(62), _hashed(token)
        self.readers[hashed] = reader  # counted at once; nobody can use the token before it is given out
        await self.store.keep(store.seated(reader, hashed), self._counted)
        return token

    # what is asked and answered

    @property
    def current(self) -> Round | None:
        """The round that was opened last."""
        return next(reversed(self.rounds.values()), None)

    def round(self, id: object) -> Round:
        """Return a round; raise RefusalError if there is none of this number."""
        if isinstance(id, bool) or not isinstance(id, int) or id not in self.rounds:
            raise RefusalError(404, "There is no such round.")
        return self.rounds[id]

    async def vote(self, reader: int, id: object, offered: object) -> Answer:
        """Take the vote of a reader in place of an earlier one, and return it once it is kept.

        Raises
        ------
        RefusalError
            If the round is not open, or the answer is not of the listed options.
        """
        self._go_on()
        round = self.round(id)
        if round.closing:
            raise RefusalError(409, "This round is closed.")
        answer = round.ballot.read(offered)

        def then() -> None:
            round.votes[reader] = answer
            self._counted()

        await self.store.keep(store.voted(round.id, reader, answer), then)
        return answer

    async def open(self, kind: object, place: object, question: object = None, again: object = None) -> Round:
        """Open a round, or the second vote on one.

        Raises
        ------
        RefusalError
            If another is open, if the book has no such thing, or if it cannot be voted on again.
        """
        async with self._one:
            self._go_on()
            if self.current is not None and not self.current.closed:
                raise RefusalError(409, f"Round {self.current.id} is still open; close it first.")
            if not isinstance(kind, str) or not isinstance(place, str) or not isinstance(question, str | None):
                raise RefusalError(422, "Say kind, case and, for a quiz, question, each as text.")
            ballot = self.agenda.ballot(kind, place, question)
            first = None if again is None else self.round(again)
            if first is not None:
                self._may_be_voted_on_again(first, ballot)
            id = len(self.rounds) + 1
            round = Round(id, ballot, None if first is None else first.id)

            def then() -> None:
                self.rounds[id] = round
                self._changed()

            await self.store.keep(store.opened(id, ballot.kind, ballot.place, ballot.question, round.again), then)
            if ballot.kind == "reading" and len(self._read(round)) > 1:
                asyncio.get_running_loop().run_in_executor(None, agreement.prepare)
            return round

    async def close(self, id: object) -> dict[str, Any]:
        """Close a round and return its result; that of a closed one is the same again.

        Raises
        ------
        RefusalError
            If there is no such round.
        """
        async with self._one:
            self._go_on()
            round = self.round(id)
            if not round.closed:
                round.closing = True

                def then() -> None:
                    round.closed = True
                    self._changed()

                await self.store.keep(store.closed(round.id), then)
            return await self._resulting(round)

    async def results(self) -> list[dict[str, Any]]:
        """Return the results of all closed rounds, computed where they are not yet."""
        results: list[dict[str, Any]] = []
        for round in [each for each in self.rounds.values() if each.closed]:
            async with self._one:  # one at a time, so that a presenter need not wait for all of them
                results.append(await self._resulting(round))
        return results

    async def end(self) -> None:
        """End the session and delete what was kept of it."""
        async with self._one:
            if not self.over:
                self.over = True
                self.rounds.clear()
                await asyncio.to_thread(self.store.forget)
                self._changed()

    def _go_on(self) -> None:
        if self.over:
            raise RefusalError(410, OVER)

    def _may_be_voted_on_again(self, first: Round, ballot: Ballot) -> None:
        if not first.closed or first.again is not None:
            raise RefusalError(409, "Only a closed first vote can be followed by a second.")
        if first.ballot is not ballot:
            raise RefusalError(422, f"The second vote on round {first.id} asks the same as the first.")
        if any(round.again == first.id for round in self.rounds.values()):
            raise RefusalError(409, f"Round {first.id} has had its second vote.")

    def _read(self, until: Round) -> dict[str, Round]:
        """Return, by case, the latest closed reading that is a first or a second vote as this one is."""
        found = {
            round.ballot.place: round
            for round in self.rounds.values()
            if round.id < until.id
            and round.closed
            and round.ballot.kind == "reading"
            and (round.again is None) == (until.again is None)
        }
        return {**found, until.ballot.place: until}

    async def _resulting(self, round: Round) -> dict[str, Any]:
        if round.result is None:
            round.result = await asyncio.to_thread(self._result, round)
            self._changed()
        before = None
        if round.again is not None:
            before = await self._resulting(self.rounds[round.again])
        return {**round.result, "before": before}

    def _result(self, round: Round) -> dict[str, Any]:
        counted = tally(round.ballot, round.votes.values())
        read = [(each.ballot, each.votes) for each in self._read(round).values()]
        return {**counted, "agreement": agreement.agreement(round.ballot, counted["fields"], read)}

    # what is seen

    def _counted(self) -> None:
        self.phones.ring(at_once=False)
        self.screen.ring(at_once=False)

    def _changed(self) -> None:
        self.phones.ring(at_once=True)
        self.screen.ring(at_once=True)

    def _shown(self, round: Round) -> dict[str, Any] | None:
        """Return the result of a round with that of its first vote, once it is closed and computed."""
        if not round.closed or round.result is None:
            return None
        first = None if round.again is None else self.rounds[round.again].result
        return {**round.result, "before": None if first is None else {**first, "before": None}}

    def public(self) -> dict[str, Any]:
        """Return what everyone in the room may see."""
        round = self.current
        phase = "ended" if self.over else "waiting" if round is None else round.phase
        return {
            "code": self.code,
            "phase": phase,
            "durable": self.store.durable,
            "joined": len(self.readers),
            "committed": 0 if round is None else len(round.votes),
            "round": None if round is None else _asked(round),
            "page": self.agenda.first if round is None else round.ballot.page,
            "result": None if round is None else self._shown(round),
        }

    def phone(self, reader: int) -> bytes:
        """Return the state of a phone as JSON: what everyone may see, and the reader's own vote."""
        if self._public[0] != self.phones.rung:  # made once for all phones that hear of it
            self._public = self.phones.rung, json.dumps(self.public(), ensure_ascii=False).encode()[:-1]
        mine = None if self.current is None else self.current.votes.get(reader)
        return b'%b, "mine": %b}' % (self._public[1], json.dumps(mine).encode())

    def presented(self) -> dict[str, Any]:
        """Return the presenter's state: what everyone may see, and every round."""
        rounds = [
            {
                "id": round.id,
                "kind": round.ballot.kind,
                "case": round.ballot.place,
                "question": round.ballot.question,
                "title": round.ballot.title,
                "phase": round.phase,
                "committed": len(round.votes),
                "again": round.again,
                "result": self._shown(round),
            }
            for round in self.rounds.values()
        ]
        return {**self.public(), "mine": None, "rounds": rounds}

    def export(self) -> str:
        """Return every vote of the closed rounds as CSV.

        A reader has a random number, another in each export; lines are in the order of these numbers.
        """
        closed = [round for round in self.rounds.values() if round.closed]
        readers = sorted({reader for round in closed for reader in round.votes})
        numbers = secrets.SystemRandom().sample(range(10_000, 100_000), len(readers))
        number = dict(zip(readers, numbers, strict=True))
        text = io.StringIO()
        lines = csv.writer(text, lineterminator="\r\n")
        lines.writerow(COLUMNS)
        for round in closed:
            ballot, vote = round.ballot, 1 if round.again is None else 2
            about = (round.id, vote, ballot.kind, ballot.place, ballot.question or "")
            for reader in sorted(round.votes, key=number.__getitem__):
                for id, option in ballot.cells(round.votes[reader]).items():
                    lines.writerow((*about, number[reader], id, option))
        return text.getvalue()


def _asked(round: Round) -> dict[str, Any]:
    ballot = round.ballot
    return {
        "id": round.id,
        "kind": ballot.kind,
        "case": ballot.place,
        "question": ballot.question,
        "page": ballot.page,
        "title": ballot.title,
        "fields": list(ballot.fields),
        "rank": ballot.rank,
        "again": round.again is not None,
    }


def _same(offered: str, secret: str) -> bool:
    """Return whether these are the same, in a time that does not tell how much of them is."""
    return hmac.compare_digest(offered.encode(errors="replace"), secret.encode())


def _hashed(token: str) -> bytes:
    """Return the hash of a token; 256 random bits need no salt."""
    return hashlib.sha256(token.encode()).digest()
