"""A room led from a notebook: the same server, with its controls and results in the output of a cell."""

from __future__ import annotations

import asyncio
import csv
import io
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar, cast

import anywidget
from traitlets import Bool, Dict, Int, List, Unicode

from casebook.extras import missing
from casebook.frames import PlainTable, frame
from casebook.knowledge_base import knowledge
from classroom.server.limits import HOURS, RefusalError
from widgets.core.base import STATIC, MimeBundle
from widgets.core.markup import tag

if TYPE_CHECKING:
    import pandas

    from classroom.server.server import Running

T = TypeVar("T")

COLUMNS = ("kind", "case", "question", "vote", "phase", "votes")
SHOWN = ("code", "address", "qr", "phase", "joined", "committed", "durable", "round")
"""What the front end is told of the presenter's state as it is."""


class RoomError(Exception):
    """Something that the room does not do, in a sentence that says why."""

    def _render_traceback_(self) -> list[str]:
        """Return what IPython shows in place of a traceback."""
        return [str(self)]


class Room(anywidget.AnyWidget):
    """A teaching room, served from the kernel and led by buttons or by code.

    Parameters
    ----------
    book : str or Path
        The folder of the book, built before.
    port : int
        0 takes any that is free.
    lan : bool
        Whether the phones of this network can reach it, or only this machine.
    hours : float
        After which the session expires and is deleted.
    folder : str or Path, optional
        Where the session is kept; by default inside the book.

    Attributes
    ----------
    code, address : str
        What phones join with, and the page they open.
    phase : {"waiting", "open", "closed", "ended"}
    joined, committed : int
        How many phones there are, and how many of them have committed to the present question.
    durable : bool
        Whether every vote is on disk.
    round : dict or None
        What is asked at present; None before the first question.
    results : list of dict
        What came of each closed vote, in their order; counts, which the notebook keeps after the end.

    Raises
    ------
    RoomError
        If it cannot be started: no built book, no free port, no network.
    """

    _esm = STATIC / "room-lab.js"
    _css = STATIC / "room-lab.css"

    code = Unicode(read_only=True).tag(sync=True)
    address = Unicode(read_only=True).tag(sync=True)
    qr = Unicode(read_only=True).tag(sync=True)
    phase = Unicode("waiting", read_only=True).tag(sync=True)
    joined = Int(0, read_only=True).tag(sync=True)
    committed = Int(0, read_only=True).tag(sync=True)
    durable = Bool(True, read_only=True).tag(sync=True)
    round = Dict(None, allow_none=True, read_only=True).tag(sync=True)
    results = List[dict[str, Any]](read_only=True).tag(sync=True)
    _result = Dict(None, allow_none=True, read_only=True).tag(sync=True)
    _again = Bool(False, read_only=True).tag(sync=True)
    _agenda = Dict(read_only=True).tag(sync=True)
    _bands = List[dict[str, Any]](read_only=True).tag(sync=True)
    _said = Unicode(read_only=True).tag(sync=True)

    def __init__(
        self,
        book: str | Path = ".",
        port: int = 0,
        lan: bool = False,
        hours: float = HOURS,
        folder: str | Path | None = None,
    ) -> None:
        try:
            # The editor in the browser imports this package as well, and has no web server.
            from classroom.server.server import CannotStartError, running
        except ImportError as error:
            raise RoomError(str(missing("Room", error))) from None
        try:
            self._running: Running = running(book, port, lan, hours, folder=folder)
        except CannotStartError as error:
            raise RoomError(str(error)) from None
        super().__init__()
        bands = next(score for score in knowledge().scores.values() if score.id == "sins").bands
        self.set_trait(
            "_bands", [{"id": band.id, "label": band.label, "low": band.low, "high": band.high} for band in bands]
        )
        self.set_trait("_agenda", self._running.agenda())
        self._show(self._running.state())
        self._unwatch = self._running.watch(_in_this_loop(self._show))
        self.on_msg(self._hear)

    def ask(self, kind: str, case: str, question: str | None = None) -> int:
        """Open a question and return the number of its round.

        Parameters
        ----------
        kind : {"reading", "plan", "quiz"}
        case : str
            Of a case, or of a chapter with questions.
        question : str, optional
            Of a quiz: its id, such as ``colon-s1/pain``.

        Raises
        ------
        RoomError
            If another is open, or the book has no such thing.
        """
        return self._do(lambda room: room.open(kind, case, question))

    def ask_again(self) -> int:
        """Open the second vote on the question that was closed last; return its number, or raise RoomError."""
        asked = self.round or {}
        return self._do(
            lambda room: room.open(asked.get("kind"), asked.get("case"), asked.get("question"), asked.get("id"))
        )

    def close_vote(self) -> dict[str, Any]:
        """Close the open question and return its result; raise RoomError where nothing was asked yet."""
        return self._do(lambda room: room.close((self.round or {}).get("id")))

    def end(self) -> None:
        """End the session, delete its file with every vote, and stop serving."""
        if self.phase != "ended":
            self._unwatch()
            self._ask(lambda room: room.end())
            self.set_trait("round", None)
            self.set_trait("phase", "ended")

    def stop(self) -> None:
        """Stop serving; the session is kept until it expires, and ``casebook room`` goes on with it."""
        self._unwatch()
        self._running.stop()

    @property
    def rounds(self) -> pandas.DataFrame | PlainTable:
        """One line a round: kind, case, question, vote (1 or 2), phase and how many voted."""
        rounds: list[dict[str, Any]] = []
        if self.phase != "ended":
            rounds = self._ask(lambda room: room.state())["rounds"]
        rows = {
            round["id"]: {
                "kind": round["kind"],
                "case": round["case"],
                "question": round["question"] or "",
                "vote": 1 if round["again"] is None else 2,
                "phase": round["phase"],
                "votes": round["committed"],
            }
            for round in rounds
        }
        return frame(rows, "round", COLUMNS)

    @property
    def votes(self) -> pandas.DataFrame | PlainTable:
        """One line a reader and field of every closed round, as exported; readers have random numbers."""
        lines = csv.DictReader(io.StringIO(self._ask(lambda room: room.export())))
        return frame(dict(enumerate(lines)), columns=tuple(lines.fieldnames or ()))

    def _do(self, what: Callable[[Running], T]) -> T:
        done = self._ask(what)
        self._show(self._ask(lambda room: room.state()))
        return done

    def _ask(self, what: Callable[[Running], T]) -> T:
        try:
            return what(self._running)
        except RefusalError as refusal:
            raise RoomError(str(refusal)) from None

    def _show(self, state: Mapping[str, Any]) -> None:
        """Take over what the presenter sees."""
        with self.hold_sync():
            for name in SHOWN:
                self.set_trait(name, state[name])
            self.set_trait("_result", state["result"])
            live = state["rounds"][-1] if state["rounds"] else None
            self.set_trait("_again", live is not None and live["again"] is not None)
            self.set_trait("results", [round["result"] for round in state["rounds"] if round["result"]])

    def _hear(self, _: Any, content: Mapping[str, Any], __: Any) -> None:
        """Do what a button asks for, and say what was against it."""
        asked = {
            "open": lambda: self._do(
                lambda room: room.open(content.get("kind"), content.get("case"), content.get("question"))
            ),
            "again": self.ask_again,
            "close": self.close_vote,
            "end": self.end,
        }.get(str(content.get("ask")))
        if asked is None:
            return
        try:
            asked()
        except RoomError as error:
            self.set_trait("_said", str(error))
        else:
            self.set_trait("_said", "")

    def _repr_mimebundle_(self, **kwargs: Any) -> MimeBundle:
        data, metadata = cast("MimeBundle | None", super()._repr_mimebundle_(**kwargs)) or ({}, {})
        said = tag("p", "A teaching room. Its code, its questions and its results are shown where a kernel runs it.")
        return {**data, "text/html": str(said)}, metadata

    def __repr__(self) -> str:
        return f"Room({self.phase}, {len(self.results)} closed)"


def _in_this_loop(tell: Callable[[dict[str, Any]], None]) -> Callable[[dict[str, Any]], None]:
    """Return what can be called in another thread, and calls `tell` in the event loop of this one if there is one."""
    try:
        loop = asyncio.get_running_loop()
    except RuntimeError:
        return tell

    def tell_there(state: dict[str, Any]) -> None:
        loop.call_soon_threadsafe(tell, state)

    return tell_there
