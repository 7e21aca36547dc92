"""The votes of a session as a CSV file."""

from __future__ import annotations

import csv
import io
import secrets
from collections.abc import Iterable

from classroom.server.round import Round

COLUMNS = ("round", "vote", "kind", "case", "question", "reader", "field", "answer")


def votes_csv(rounds: Iterable[Round]) -> str:
    """Return every vote of the closed rounds as CSV.

    Each reader has a random number, which differs from one export to the next; rows are in the order of these numbers.
    """
    closed = [vote_round for vote_round in rounds if vote_round.closed]
    readers = sorted({reader for vote_round in closed for reader in vote_round.votes})
    numbers = secrets.SystemRandom().sample(range(10_000, 100_000), len(readers))
    number = dict(zip(readers, numbers, strict=True))
    text = io.StringIO()
    rows = csv.writer(text, lineterminator="\r\n")
    rows.writerow(COLUMNS)
    for vote_round in closed:
        ballot = vote_round.ballot
        question = (vote_round.id, vote_round.vote_number, ballot.kind, ballot.subject, ballot.question or "")
        for reader in sorted(vote_round.votes, key=number.__getitem__):
            for field, option in ballot.cells(vote_round.votes[reader]).items():
                rows.writerow((*question, number[reader], field, option))
    return text.getvalue()
