"""The service of a room over HTTP: the built book, and below ``/room/`` what phones and presenters ask.

A browser shows who it is by a cookie that no script can read and no other site can send. Whoever
asks by another name of this machine (DNS rebinding), or from a page of another origin, is refused
before anything else is looked at. No line of any log holds an address, a code, a key or a token.
"""

from __future__ import annotations

import asyncio
import json
from collections import defaultdict
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import Any

from sse_starlette import EventSourceResponse
from starlette.applications import Starlette
from starlette.datastructures import Headers, MutableHeaders
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, Request
from starlette.responses import FileResponse, JSONResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from classroom.server import limits
from classroom.server.limits import Gauge, RefusalError
from classroom.server.notifier import Bell
from classroom.server.session import Session

READER, PRESENTER = "room_reader", "room_presenter"
CONSOLE = Path(__file__).parents[1] / "client" / "console" / "console.html"
RETRY = 1000
"""Milliseconds after which a browser whose stream broke off comes back."""

EVERYWHERE = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "X-Frame-Options": "SAMEORIGIN",
    "Cross-Origin-Resource-Policy": "same-origin",
}
OF_ROOM = {
    "Content-Security-Policy": "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    "Cache-Control": "no-store",
}


class Stream:
    """One stream of states to one browser.

    Attributes
    ----------
    news : asyncio.Event
        Set when there is something to send, or the stream is to end.
    ended : bool
    """

    def __init__(self) -> None:
        self.news = asyncio.Event()
        self.ended = False

    def end(self) -> None:
        """Let it end."""
        self.ended = True
        self.news.set()


class Room:
    """Answers requests about one session.

    Parameters
    ----------
    session : Session
    book : Path
        The folder of the built book.
    look : callable
        Gives what a presenter sees beside the session: address and QR code of the page to open.
    gauge : Gauge, optional
    """

    def __init__(
        self, session: Session, book: Path, look: Callable[[], dict[str, Any]], gauge: Gauge | None = None
    ) -> None:
        self.session = session
        self.look = look
        self.gauge = gauge or Gauge()
        self.refused: defaultdict[int, int] = defaultdict(int)
        self.streams: defaultdict[str, list[Stream]] = defaultdict(list)
        self.leaving = False
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
        handlers = {RefusalError: self._refusal, HTTPException: _http, ClientDisconnect: _gone}
        self.app: ASGIApp = _Guard(Starlette(routes=routes, exception_handlers=handlers), self)

    def leave(self) -> None:
        """Let every stream end: the server is being stopped."""
        self.leaving = True
        for streams in self.streams.values():
            for stream in streams:
                stream.end()

    # what is asked

    async def console(self, request: Request) -> Response:
        """Give the presenter's page; the key is behind the # of its address, which no server gets."""
        return FileResponse(CONSOLE)

    async def enter(self, request: Request) -> Response:
        """Let a presenter in."""
        who = _address(request)
        given = await _body(request, "key")
        self._within("wrong keys of an address", who)  # now, or else many that are sent slowly pass together
        try:
            token = self.session.enter(given["key"])
        except RefusalError:
            self.gauge.count("wrong keys of an address", who)
            raise
        return _with_cookie(PRESENTER, token)

    async def join(self, request: Request) -> Response:
        """Give a phone a seat; one that has a seat keeps it."""
        who = _address(request)
        given = await _body(request, "code")
        if self.session.reader(request.cookies.get(READER)) is not None:
            return Response(status_code=204)
        for rate, of in (("wrong codes of an address", who), ("wrong codes", None), ("joins of an address", who)):
            self._within(rate, of)
        if not self.session.opens(given["code"]):
            self.gauge.count("wrong codes of an address", who)
            self.gauge.count("wrong codes")
            raise RefusalError(403, "No session here has this code; it is on the screen.")
        self.gauge.count("joins of an address", who)
        return _with_cookie(READER, await self.session.join())

    async def state(self, request: Request) -> Response:
        """Give the state once."""
        _, shown = self._seen_by(request)
        return Response(shown(), media_type="application/json")

    async def events(self, request: Request) -> Response:
        """Give the state now and whenever it changes."""
        if self.session.over or self.leaving:
            return Response(status_code=204)  # at which a browser stops coming back
        token, shown = self._seen_by(request)
        if sum(map(len, self.streams.values())) >= limits.STREAMS:
            raise RefusalError(503, "Too many phones are connected.", wait=5)
        bell = self.session.screen if self.session.presents(token) else self.session.phones
        return EventSourceResponse(
            self._stream(token, shown, bell), sep="\n", ping=15, send_timeout=limits.SEND_SECONDS
        )

    async def vote(self, request: Request) -> Response:
        """Take a vote."""
        token = request.cookies.get(READER)
        reader = self.session.reader(token)
        if reader is None:
            raise RefusalError(401, "Join the session first, with the code on the screen.")
        self._counted_within("requests of a phone", token)
        given = await _body(request, "round", "answer")
        answer = await self.session.vote(reader, given["round"], given["answer"])
        return JSONResponse({"round": given["round"], "answer": answer})

    async def agenda(self, request: Request) -> Response:
        """Give all that can be opened."""
        self._presenter(request)
        return JSONResponse(self.session.agenda.public())

    async def open(self, request: Request) -> Response:
        """Open a round."""
        self._presenter(request)
        given = await _body(request, "kind", "case", optional=("question", "again"))
        round = await self.session.open(given["kind"], given["case"], given["question"], given["again"])
        return JSONResponse({"round": round.id})

    async def close(self, request: Request) -> Response:
        """Close a round and give its result."""
        self._presenter(request)
        given = await _body(request, "round")
        return JSONResponse(await self.session.close(given["round"]))

    async def end(self, request: Request) -> Response:
        """End the session and delete it."""
        self._presenter(request)
        await _body(request)
        await self.session.end()
        return Response(status_code=204)

    async def export(self, request: Request) -> Response:
        """Give the votes of the closed rounds."""
        self._presenter(request)
        name = f'attachment; filename="room-{self.session.code}.csv"'
        return Response(self.session.export(), media_type="text/csv", headers={"Content-Disposition": name})

    # who asks

    def _presenter(self, request: Request) -> None:
        if not self.session.presents(request.cookies.get(PRESENTER)):
            raise RefusalError(401, "Only the presenter may do this; open the console by the address with the key.")

    def _seen_by(self, request: Request) -> tuple[str, Callable[[], bytes]]:
        """Return the token of who asks and what makes the state for them.

        A browser that is both a presenter and a phone says which it asks as: ``?as=phone``.
        """
        presenter, phone = request.cookies.get(PRESENTER), request.cookies.get(READER)
        if presenter and request.query_params.get("as") != "phone" and self.session.presents(presenter):
            return presenter, self.presented
        reader = self.session.reader(phone)
        if phone is None or reader is None:
            raise RefusalError(401, "Join the session first, with the code on the screen.")
        self._counted_within("requests of a phone", phone)
        return phone, lambda: self.session.phone(reader)

    def presented(self) -> bytes:
        """Return the presenter's state as JSON."""
        about = {"seats": limits.SEATS, "expires": self.session.expires, "refused": sum(self.refused.values())}
        return json.dumps({**self.session.presented(), **self.look(), "limits": about}, ensure_ascii=False).encode()

    async def _stream(self, token: str, shown: Callable[[], bytes], bell: Bell) -> AsyncIterator[bytes]:
        mine, stream = self.streams[token], Stream()
        if len(mine) >= limits.STREAMS_OF_A_PHONE:
            # The oldest goes, not the newest: a phone that lost its connection is back before the old one is missed.
            mine.pop(0).end()
        mine.append(stream)
        try:
            with bell.heard_by(stream.news):
                while not stream.ended:
                    stream.news.clear()
                    yield b"retry: %d\nevent: state\ndata: %b\n\n" % (RETRY, shown())
                    if self.session.over:
                        return
                    await stream.news.wait()
            if not self.leaving:
                yield b"event: replaced\ndata:\n\n"
        finally:
            if stream in mine:
                mine.remove(stream)
            if not mine:
                self.streams.pop(token, None)

    # how much is taken

    def _within(self, rate: str, of: object) -> None:
        if wait := self.gauge.wait(rate, of):
            raise RefusalError(429, "Too many of these came; wait a moment.", wait)

    def _counted_within(self, rate: str, of: object) -> None:
        self._within(rate, of)
        self.gauge.count(rate, of)

    def admit(self, scope: Scope, headers: Headers) -> None:
        """Refuse a request by where it comes from.

        Raises
        ------
        RefusalError
            If it names another host than the address it came in by, if it comes from another
            origin, or if too many came from its address.
        """
        hosts = _own(scope)
        if headers.getlist("host") != [host := headers.get("host", "").lower()] or host not in hosts:
            raise RefusalError(421, f"This room is served as http://{hosts[0]}/ only.")
        if not scope["path"].startswith("/room"):
            return
        origin, site = headers.get("origin"), headers.get("sec-fetch-site")
        if origin is not None and origin != f"http://{host}":
            raise RefusalError(403, "A page of another origin may not ask this room.")
        if scope["path"].startswith("/room/api/"):
            if site not in (None, "same-origin", "none"):
                raise RefusalError(403, "A page of another origin may not ask this room.")
            if scope["method"] == "POST" and origin is None:
                raise RefusalError(403, "A request that changes something names its origin.")
            self._counted_within("requests of an address", scope["client"][0])

    async def _refusal(self, request: Request, refused: Exception) -> Response:
        assert isinstance(refused, RefusalError)
        return self.refusal(refused)

    def refusal(self, refused: RefusalError) -> Response:
        """Return the answer to what is refused, and count it."""
        self.refused[refused.status] += 1
        headers = None if refused.wait is None else {"Retry-After": str(refused.wait)}
        return JSONResponse({"error": str(refused)}, refused.status, headers)


class _Guard:
    """Admits a request or refuses it, and adds the headers that every answer has."""

    def __init__(self, app: ASGIApp, room: Room) -> None:
        self.app = app
        self.room = room

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return
        in_room = scope["path"].startswith("/room")

        async def answer(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in {**EVERYWHERE, **(OF_ROOM if in_room else {})}.items():
                    headers[name] = value
            await send(message)

        try:
            self.room.admit(scope, Headers(scope=scope))
        except RefusalError as refused:
            await self.room.refusal(refused)(scope, receive, answer)
        else:
            await self.app(scope, receive, answer)


def _own(scope: Scope) -> list[str]:
    """Return the names by which this connection may ask: the address it came in by, as a number."""
    address, port = scope["server"][:2]
    names = [address, "localhost"] if address == "127.0.0.1" else [address]
    return [f"{name}:{port}" for name in names] + (names if port == 80 else [])


def _address(request: Request) -> str:
    return request.client.host if request.client else ""


async def _body(request: Request, *names: str, optional: tuple[str, ...] = ()) -> dict[str, Any]:
    """Return the fields of a JSON object; what is optional and missing is None.

    Raises
    ------
    RefusalError
        If it is no JSON, too long, too slow, or has other fields.
    """
    if request.headers.get("content-type", "").split(";")[0].strip().lower() != "application/json":
        raise RefusalError(415, "Send JSON, as application/json.")
    raw = bytearray()
    try:
        async with asyncio.timeout(limits.BODY_SECONDS):
            async for chunk in request.stream():
                raw += chunk
                if len(raw) > limits.BODY_BYTES:
                    raise RefusalError(413, f"A request holds at most {limits.BODY_BYTES} bytes.")
    except TimeoutError:
        raise RefusalError(408, "The request came too slowly.") from None
    try:
        value = json.loads(raw, parse_constant=_no_number)
    except (ValueError, RecursionError):
        raise RefusalError(400, "This is not JSON.") from None
    if not isinstance(value, dict) or not set(names) <= value.keys() <= {*names, *optional}:
        raise RefusalError(422, f"Send {', '.join(names) or 'an empty object'}{' and nothing else' if names else ''}.")
    return {name: value.get(name) for name in (*names, *optional)}


def _no_number(name: str) -> None:
    raise ValueError(f"{name} is not JSON")


def _with_cookie(name: str, token: str) -> Response:
    response = Response(status_code=204)
    response.set_cookie(name, token, path="/room", httponly=True, samesite="strict")
    return response


def _http(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    return JSONResponse({"error": error.detail}, error.status_code, error.headers)


def _gone(request: Request, error: Exception) -> Response:
    return Response(status_code=400)
