"""The widget `Room`: a teaching room that is controlled from a notebook."""

from __future__ import annotations

import asyncio
import csv
import io
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar, cast

import anywidget
from traitlets import Bool, Dict, Int, List, Unicode

from casebook.distribution.extras import missing
from casebook.frames import PlainTable, frame
from casebook.messages import message
from classroom.server.limits import HOURS
from classroom.server.refusal import RefusalError
from widgets.core.base import STATIC, MimeBundle
from widgets.core.markup import tag

if TYPE_CHECKING:
    import pandas

    from classroom.server.background import Running

T = TypeVar("T")

COLUMNS = ("kind", "case", "question", "vote", "phase", "votes")
SYNCED = ("code", "address", "qr", "phase", "joined", "committed", "durable", "round")
"""Entries of the presenter's state that are traits of the same name."""


class RoomError(Exception):
    """Raised if the room refuses a request; the message gives the reason."""

    def _render_traceback_(self) -> list[str]:
        """Return what IPython shows instead of a traceback."""
        return [str(self)]


class Room(anywidget.AnyWidget):
    """A teaching room, served from the kernel and controlled by buttons or by code.

    Parameters
    ----------
    book : str or Path
        Folder of the book, which has been built.
    port : int
        0 for any free port.
    lan : bool
        Whether phones in the network of this machine can reach the room.
    hours : float
        Time after which the session expires and is deleted.
    folder : str or Path, optional
        Folder of the session; by default inside the book.

    Attributes
    ----------
    code, address : str
        Code with which phones join, and address of the page that they open.
    phase : {"waiting", "open", "closed", "ended"}
    joined, committed : int
        Number of phones, and number of votes in the current round.
    durable : bool
        Whether every vote has been written to disk.
    round : dict or None
        The current question; None before the first one.
    results : list of dict
        The result of each closed round, in order; available after the session has ended.

    Raises
    ------
    RoomError
        If the room cannot be started: no built book, no free port or no network.
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
    _second_vote = Bool(False, read_only=True).tag(sync=True)
    _agenda = Dict(read_only=True).tag(sync=True)
    _refusal = Unicode(read_only=True).tag(sync=True)

    def __init__(
        self,
        book: str | Path = ".",
        port: int = 0,
        lan: bool = False,
        hours: float = HOURS,
        folder: str | Path | None = None,
    ) -> None:
        try:
            # Imported here, because the notebook editor in the browser imports this module and has no web server.
            from classroom.server.background import running
            from classroom.server.start_error import CannotStartError
        except ImportError as error:
            raise RoomError(str(missing("Room", error))) from None
        try:
            self._running: Running = running(book, port, lan, hours, folder=folder)
        except CannotStartError as error:
            raise RoomError(str(error)) from None
        super().__init__()
        self.set_trait("_agenda", self._running.agenda())
        self._show(self._running.state())
        self._stop_watching = self._running.watch(_in_current_loop(self._show))
        self.on_msg(self._on_button)

    def ask(self, kind: str, case: str, question: str | None = None) -> int:
        """Open a round and return its id.

        Parameters
        ----------
        kind : {"reading", "plan", "quiz"}
        case : str
            Id of a case, or of a chapter with questions.
        question : str, optional
            Id of a quiz question, such as ``colon-s1/pain``.

        Raises
        ------
        RoomError
            If another round is open, or the book has no such question.
        """
        return self._change(lambda room: room.open(kind, case, question))

    def ask_again(self) -> int:
        """Open the second vote on the last closed question and return the id of the round.

        Raises
        ------
        RoomError
            If there is no such question, or it has had its second vote.
        """
        last = self.round or {}
        return self._change(
            lambda room: room.open(last.get("kind"), last.get("case"), last.get("question"), last.get("id"))
        )

    def close_vote(self) -> dict[str, Any]:
        """Close the open round and return its result.

        Raises
        ------
        RoomError
            If nothing has been asked yet.
        """
        return self._change(lambda room: room.close((self.round or {}).get("id")))

    def end(self) -> None:
        """End the session, delete its file with every vote, and stop serving."""
        if self.phase != "ended":
            self._stop_watching()
            self._call(lambda room: room.end())
            self.set_trait("round", None)
            self.set_trait("phase", "ended")

    def stop(self) -> None:
        """Stop serving; until the session expires, ``casebook room`` continues it."""
        self._stop_watching()
        self._running.stop()

    @property
    def rounds(self) -> pandas.DataFrame | PlainTable:
        """One row for each round: kind, case, question, vote (1 or 2), phase and number of votes."""
        rounds: list[dict[str, Any]] = []
        if self.phase != "ended":
            rounds = self._call(lambda room: room.state())["rounds"]
        rows = {
            each["id"]: {
                "kind": each["kind"],
                "case": each["case"],
                "question": each["question"] or "",
                "vote": 1 if each["again"] is None else 2,
                "phase": each["phase"],
                "votes": each["committed"],
            }
            for each in rounds
        }
        return frame(rows, "round", COLUMNS)

    @property
    def votes(self) -> pandas.DataFrame | PlainTable:
        """One row for each reader and field of every closed round, as exported; readers have random numbers."""
        lines = csv.DictReader(io.StringIO(self._call(lambda room: room.export())))
        return frame(dict(enumerate(lines)), columns=tuple(lines.fieldnames or ()))

    def _change(self, action: Callable[[Running], T]) -> T:
        result = self._call(action)
        self._show(self._call(lambda room: room.state()))
        return result

    def _call(self, action: Callable[[Running], T]) -> T:
        try:
            return action(self._running)
        except RefusalError as refusal:
            raise RoomError(str(refusal)) from None

    def _show(self, state: Mapping[str, Any]) -> None:
        """Copy the presenter's state into the traits."""
        with self.hold_sync():
            for name in SYNCED:
                self.set_trait(name, state[name])
            self.set_trait("_result", state["result"])
            latest = state["rounds"][-1] if state["rounds"] else None
            self.set_trait("_second_vote", latest is not None and latest["again"] is not None)
            self.set_trait("results", [each["result"] for each in state["rounds"] if each["result"]])

    def _on_button(self, _: Any, content: Mapping[str, Any], __: Any) -> None:
        """Do what a button asks for, and show the reason if it is refused."""
        action = {
            "open": lambda: self._change(
                lambda room: room.open(content.get("kind"), content.get("case"), content.get("question"))
            ),
            "again": self.ask_again,
            "close": self.close_vote,
            "end": self.end,
        }.get(str(content.get("ask")))
        if action is None:
            return
        try:
            action()
        except RoomError as error:
            self.set_trait("_refusal", str(error))
        else:
            self.set_trait("_refusal", "")

    def _repr_mimebundle_(self, **kwargs: Any) -> MimeBundle:
        data, metadata = cast("MimeBundle | None", super()._repr_mimebundle_(**kwargs)) or ({}, {})
        return {**data, "text/html": str(tag("p", message("room-static")))}, metadata

    def __repr__(self) -> str:
        return f"Room({self.phase}, {len(self.results)} closed)"


def _in_current_loop(listener: Callable[[dict[str, Any]], None]) -> Callable[[dict[str, Any]], None]:
    """Return a function for other threads that calls a listener in the event loop of this thread, if there is one."""
    try:
        loop = asyncio.get_running_loop()
    except RuntimeError:
        return listener

    def call(state: dict[str, Any]) -> None:
        loop.call_soon_threadsafe(listener, state)

    return call
