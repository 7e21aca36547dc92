"""The web application of a room: the built book and, below ``/room/``, the interface for phones and presenters.

A browser is recognised by a cookie that no script can read and no other site can send. No line of any log contains an
address, a code, a key or a token.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Hashable
from html import escape
from pathlib import Path
from typing import Any

from sse_starlette import EventSourceResponse
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, Request
from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp

from casebook.messages import message
from classroom.server import limits
from classroom.server.event_streams import EventStreams
from classroom.server.guard import Guard
from classroom.server.rate_limiter import RateLimiter
from classroom.server.refusal import RefusalError
from classroom.server.requests import address, json_body, response_with_cookie
from classroom.server.session import Session
from classroom.server.session_view import SessionView
from classroom.server.vote_export import votes_csv

READER_COOKIE, PRESENTER_COOKIE = "room_reader", "room_presenter"
CONSOLE = Path(__file__).parents[1] / "client" / "console" / "console.html"


class RoomApp:
    """The web application of one session.

    Parameters
    ----------
    session : Session
    book : Path
        Folder of the built book.
    invitation : callable
        Returns what the presenter sees besides the session: the address and QR code of the page to open.
    """

    def __init__(self, session: Session, book: Path, invitation: Callable[[], dict[str, Any]]) -> None:
        self.invitation = invitation
        self.streams = EventStreams()
        self.use(session)
        routes = [
            Route("/room/", self.console),
            Route("/room/api/enter", self.enter, methods=["POST"]),
            Route("/room/api/join", self.join, methods=["POST"]),
            Route("/room/api/events", self.events),
            Route("/room/api/state", self.state),
            Route("/room/api/vote", self.vote, methods=["POST"]),
            Route("/room/api/agenda", self.agenda),
            Route("/room/api/open", self.open, methods=["POST"]),
            Route("/room/api/close", self.close, methods=["POST"]),
            Route("/room/api/end", self.end, methods=["POST"]),
            Route("/room/api/export.csv", self.export),
            Mount("/", StaticFiles(directory=book, html=True)),
        ]
        handlers = {RefusalError: self._refused, HTTPException: _http_error, ClientDisconnect: _disconnected}
        starlette = Starlette(routes=routes, exception_handlers=handlers)
        self.asgi: ASGIApp = Guard(starlette, lambda source: self._count("address_requests", source), self.refusal)

    def use(self, session: Session) -> None:
        """Serve a session, with all counts of requests at zero."""
        self.session = session
        self.view = SessionView(session)
        self.rate_limiter = RateLimiter()
        self.refusals: defaultdict[int, int] = defaultdict(int)

    # Requests

    async def console(self, request: Request) -> Response:
        """Return the presenter's page; its key is in the fragment of the address, which no server receives."""
        page = CONSOLE.read_text(encoding="utf-8")
        texts = {"title": message("room-console-title"), "noscript": message("room-console-script")}
        return HTMLResponse(page.format(**{name: escape(text) for name, text in texts.items()}))

    async def enter(self, request: Request) -> Response:
        """Let a presenter in."""
        source = address(request)
        body = await json_body(request, "key")
        # Checked after the body has arrived: otherwise many slow requests would pass together.
        self._check("address_wrong_keys", source)
        try:
            token = self.session.enter(body["key"])
        except RefusalError:
            self.rate_limiter.record("address_wrong_keys", source)
            raise
        return response_with_cookie(PRESENTER_COOKIE, token)

    async def join(self, request: Request) -> Response:
        """Let a phone join; a phone that has joined remains the same reader."""
        source = address(request)
        body = await json_body(request, "code")
        if self.session.reader(request.cookies.get(READER_COOKIE)) is not None:
            return Response(status_code=204)
        self._check("address_wrong_codes", source)
        self._check("wrong_codes")
        self._check("address_joins", source)
        if not self.session.has_code(body["code"]):
            self.rate_limiter.record("address_wrong_codes", source)
            self.rate_limiter.record("wrong_codes")
            raise RefusalError(403, message("room-refusal-code"))
        self.rate_limiter.record("address_joins", source)
        return response_with_cookie(READER_COOKIE, await self.session.join())

    async def state(self, request: Request) -> Response:
        """Return the state once."""
        _, state = self._state_for(request)
        return Response(state(), media_type="application/json")

    async def events(self, request: Request) -> Response:
        """Return the state now and at every change, as server-sent events."""
        if self.session.ended or self.streams.closing:
            return Response(status_code=204)  # after which a browser does not reconnect
        token, state = self._state_for(request)
        if len(self.streams) >= limits.STREAMS:
            raise RefusalError(503, message("room-refusal-streams"), retry_after=5)
        session = self.session
        notifier = session.screen if session.is_presenter(token) else session.phones
        events = self.streams.open(token, state, notifier, lambda: self.session.ended)
        return EventSourceResponse(events, sep="\n", ping=15, send_timeout=limits.SEND_SECONDS)

    async def vote(self, request: Request) -> Response:
        """Store a vote."""
        token = request.cookies.get(READER_COOKIE)
        reader = self.session.reader(token)
        if reader is None:
            raise RefusalError(401, message("room-refusal-not-joined"))
        self._count("phone_requests", token)
        body = await json_body(request, "round", "answer")
        answer = await self.session.vote(reader, body["round"], body["answer"])
        return JSONResponse({"round": body["round"], "answer": answer})

    async def agenda(self, request: Request) -> Response:
        """Return everything that can be opened."""
        self._require_presenter(request)
        return JSONResponse(self.session.agenda.to_json())

    async def open(self, request: Request) -> Response:
        """Open a round."""
        self._require_presenter(request)
        body = await json_body(request, "kind", "case", optional=("question", "again"))
        opened = await self.session.open(body["kind"], body["case"], body["question"], body["again"])
        return JSONResponse({"round": opened.id})

    async def close(self, request: Request) -> Response:
        """Close a round and return its result."""
        self._require_presenter(request)
        body = await json_body(request, "round")
        return JSONResponse(await self.session.close(body["round"]))

    async def end(self, request: Request) -> Response:
        """End the session and delete it."""
        self._require_presenter(request)
        await json_body(request)
        await self.session.end()
        return Response(status_code=204)

    async def export(self, request: Request) -> Response:
        """Return the votes of the closed rounds."""
        self._require_presenter(request)
        disposition = f'attachment; filename="room-{self.session.code}.csv"'
        text = votes_csv(self.session.rounds.values())
        return Response(text, media_type="text/csv", headers={"Content-Disposition": disposition})

    # Who asks

    def _require_presenter(self, request: Request) -> None:
        if not self.session.is_presenter(request.cookies.get(PRESENTER_COOKIE)):
            raise RefusalError(401, message("room-refusal-presenter"))

    def _state_for(self, request: Request) -> tuple[str, Callable[[], bytes]]:
        """Return the token of a browser and the function that makes its state.

        A browser that is both a presenter's and a phone asks as a phone with ``?as=phone``.
        """
        presenter, phone = request.cookies.get(PRESENTER_COOKIE), request.cookies.get(READER_COOKIE)
        if presenter and request.query_params.get("as") != "phone" and self.session.is_presenter(presenter):
            return presenter, self.presenter_state
        reader = self.session.reader(phone)
        if phone is None or reader is None:
            raise RefusalError(401, message("room-refusal-not-joined"))
        self._count("phone_requests", phone)
        return phone, lambda: self.view.phone(reader)

    def presenter_state(self) -> bytes:
        """Return the presenter's state as JSON."""
        status = {
            "seats": limits.SEATS,
            "expires": self.session.expires,
            "refused": sum(self.refusals.values()),
        }
        state = {**self.view.presenter(), **self.invitation(), "limits": status}
        return json.dumps(state, ensure_ascii=False).encode()

    # Limits and refusals

    def _check(self, rate: str, source: Hashable = None) -> None:
        if seconds := self.rate_limiter.retry_after(rate, source):
            raise RefusalError(429, message("room-refusal-rate"), seconds)

    def _count(self, rate: str, source: Hashable) -> None:
        self._check(rate, source)
        self.rate_limiter.record(rate, source)

    async def _refused(self, request: Request, refused: Exception) -> Response:
        assert isinstance(refused, RefusalError)
        return self.refusal(refused)

    def refusal(self, refused: RefusalError) -> Response:
        """Return the response to a refused request, and count it."""
        self.refusals[refused.status] += 1
        headers = None if refused.retry_after is None else {"Retry-After": str(refused.retry_after)}
        return JSONResponse({"error": str(refused)}, refused.status, headers)


def _http_error(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    return JSONResponse({"error": error.detail}, error.status_code, error.headers)


def _disconnected(request: Request, error: Exception) -> Response:
    return Response(status_code=400)
