"""Server-sent events: one stream of states to each open window of a browser."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import AsyncIterator, Callable

from classroom.server import limits
from classroom.server.notifier import Notifier

RECONNECT_MILLISECONDS = 1000
"""Time after which a browser whose stream was interrupted reconnects."""


class EventStream:
    """One open stream.

    Attributes
    ----------
    changed : asyncio.Event
        Set when there is a new state to send, or the stream is to end.
    ended : bool
    """

    def __init__(self) -> None:
        self.changed = asyncio.Event()
        self.ended = False

    def end(self) -> None:
        """End the stream."""
        self.ended = True
        self.changed.set()


class EventStreams:
    """All open streams, by the token of their browser.

    Attributes
    ----------
    closing : bool
        Whether the server is being stopped.
    """

    def __init__(self) -> None:
        self.closing = False
        self._streams: defaultdict[str, list[EventStream]] = defaultdict(list)

    def __len__(self) -> int:
        return sum(map(len, self._streams.values()))

    def end_all(self) -> None:
        """End every stream, so that browsers reconnect."""
        for streams in list(self._streams.values()):
            for stream in list(streams):
                stream.end()

    def close(self) -> None:
        """End every stream, because the server is being stopped."""
        self.closing = True
        self.end_all()

    async def open(
        self, token: str, state: Callable[[], bytes], notifier: Notifier, session_ended: Callable[[], bool]
    ) -> AsyncIterator[bytes]:
        """Yield the state as an event now and at every change.

        Parameters
        ----------
        token : str
            Token of the browser.
        state : callable
            Returns the state as JSON.
        notifier : Notifier
        session_ended : callable
            Returns whether the session has ended; the stream then ends, too.
        """
        streams, stream = self._streams[token], EventStream()
        if len(streams) >= limits.STREAMS_PER_PHONE:
            # The oldest ends, because a phone that lost its connection is back before the loss is noticed here.
            streams.pop(0).end()
        streams.append(stream)
        try:
            with notifier.subscribed(stream.changed):
                while not stream.ended:
                    stream.changed.clear()
                    yield b"retry: %d\nevent: state\ndata: %b\n\n" % (RECONNECT_MILLISECONDS, state())
                    if session_ended():
                        return
                    await stream.changed.wait()
            if not self.closing:
                yield b"event: replaced\ndata:\n\n"
        finally:
            if stream in streams:
                streams.remove(stream)
            if not streams:
                self._streams.pop(token, None)
