"""Admission of requests by host and origin, and the security headers of every response."""

from __future__ import annotations

from collections.abc import Callable

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from casebook.messages import message
from classroom.server.refusal import RefusalError

HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "X-Frame-Options": "SAMEORIGIN",
    "Cross-Origin-Resource-Policy": "same-origin",
}
ROOM_HEADERS = {
    "Content-Security-Policy": "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    "Cache-Control": "no-store",
}


class Guard:
    """Middleware that refuses requests by host and origin before anything else looks at them.

    Parameters
    ----------
    app : ASGIApp
    count : callable
        Counts a request to the API from an address, or raises RefusalError if there are too many.
    refusal : callable
        Returns the response to a refused request.
    """

    def __init__(self, app: ASGIApp, count: Callable[[str], None], refusal: Callable[[RefusalError], Response]) -> None:
        self.app = app
        self.count = count
        self.refusal = refusal

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one connection: pass a request on or refuse it."""
        if scope["type"] != "http":
            return
        in_room = scope["path"].startswith("/room")

        async def send_with_headers(event: Message) -> None:
            if event["type"] == "http.response.start":
                headers = MutableHeaders(scope=event)
                for name, value in {**HEADERS, **(ROOM_HEADERS if in_room else {})}.items():
                    headers[name] = value
            await send(event)

        try:
            self.admit(scope, Headers(scope=scope))
        except RefusalError as refused:
            await self.refusal(refused)(scope, receive, send_with_headers)
        else:
            await self.app(scope, receive, send_with_headers)

    def admit(self, scope: Scope, headers: Headers) -> None:
        """Check where a request comes from.

        Raises
        ------
        RefusalError
            If the request names a host other than the address it arrived at, comes from another origin, or is one of
            too many from its address.
        """
        hosts = own_hosts(scope)
        if headers.getlist("host") != [host := headers.get("host", "").lower()] or host not in hosts:
            raise RefusalError(421, message("room-refusal-host", host=hosts[0]))
        if not scope["path"].startswith("/room"):
            return
        origin, site = headers.get("origin"), headers.get("sec-fetch-site")
        if origin is not None and origin != f"http://{host}":
            raise RefusalError(403, message("room-refusal-origin"))
        if scope["path"].startswith("/room/api/"):
            if site not in (None, "same-origin", "none"):
                raise RefusalError(403, message("room-refusal-origin"))
            if scope["method"] == "POST" and origin is None:
                raise RefusalError(403, message("room-refusal-no-origin"))
            self.count(scope["client"][0])


def own_hosts(scope: Scope) -> list[str]:
    """Return the host names that a request may name: the numeric address that it arrived at."""
    address, port = scope["server"][:2]
    names = [address, "localhost"] if address == "127.0.0.1" else [address]
    return [f"{name}:{port}" for name in names] + (names if port == 80 else [])
