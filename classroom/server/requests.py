"""Reading of requests and writing of cookies."""

from __future__ import annotations

import asyncio
import json
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from casebook.messages import message
from classroom.server import limits
from classroom.server.refusal import RefusalError


def address(request: Request) -> str:
    """Return the address that a request came from."""
    return request.client.host if request.client else ""


async def json_body(request: Request, *required: str, optional: tuple[str, ...] = ()) -> dict[str, Any]:
    """Return the fields of the JSON object in a request; an optional field that is missing is None.

    Raises
    ------
    RefusalError
        If the body is not JSON, too long, too slow, or has other fields.
    """
    if request.headers.get("content-type", "").split(";")[0].strip().lower() != "application/json":
        raise RefusalError(415, message("room-refusal-content-type"))
    body = bytearray()
    try:
        async with asyncio.timeout(limits.BODY_SECONDS):
            async for chunk in request.stream():
                body += chunk
                if len(body) > limits.BODY_BYTES:
                    raise RefusalError(413, message("room-refusal-too-long", bytes=limits.BODY_BYTES))
    except TimeoutError:
        raise RefusalError(408, message("room-refusal-too-slow")) from None
    try:
        value = json.loads(body, parse_constant=_refuse_constant)
    except (ValueError, RecursionError):
        raise RefusalError(400, message("room-refusal-json")) from None
    if not isinstance(value, dict) or not set(required) <= value.keys() <= {*required, *optional}:
        wrong = message("room-refusal-body", fields=", ".join(required)) if required else message("room-refusal-empty")
        raise RefusalError(422, wrong)
    return {name: value.get(name) for name in (*required, *optional)}


def _refuse_constant(name: str) -> None:
    raise ValueError(name)


def response_with_cookie(name: str, token: str) -> Response:
    """Return an empty response that sets a cookie which no script can read and no other site sends."""
    response = Response(status_code=204)
    response.set_cookie(name, token, path="/room", httponly=True, samesite="strict")
    return response
