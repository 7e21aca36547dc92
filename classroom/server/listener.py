"""The socket of a room and its address in the network."""

from __future__ import annotations

import contextlib
import os
import socket
from dataclasses import dataclass

from casebook.messages import message
from classroom.server import limits
from classroom.server.start_error import CannotStartError

LOOPBACK = "127.0.0.1"
DEFAULT_PORT = 8421
BACKLOG = 2048

OTHER_FILES = 200
"""Files that the process has open besides its connections."""


@dataclass(frozen=True)
class Listener:
    """A listening socket.

    Attributes
    ----------
    socket : socket.socket
    host : str
        Address of this machine as phones know it.
    port : int
    """

    socket: socket.socket
    host: str
    port: int

    @property
    def address(self) -> str:
        """Address of the book, as phones open it."""
        return f"http://{self.host}:{self.port}"

    @property
    def local_address(self) -> str:
        """Address of the book on this machine."""
        return f"http://{LOOPBACK}:{self.port}"


def listen(port: int, lan: bool) -> Listener:
    """Listen on a port, for this machine alone or for its network.

    Raises
    ------
    CannotStartError
        If the port is in use or invalid, or there is no network.
    """
    host = lan_address() if lan else LOOPBACK
    # asyncio disables Nagle's algorithm only for sockets whose protocol is named. With it, a phone would wait 40 ms for
    # the body of each response, until it has acknowledged the head.
    listening = socket.socket(proto=socket.IPPROTO_TCP)
    try:
        if os.name == "posix":  # frees the port at once after a crash; on Windows it would share the port
            listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind(("0.0.0.0" if lan else LOOPBACK, port))
        listening.listen(BACKLOG)
    except (OSError, OverflowError) as error:
        listening.close()
        reason = getattr(error, "strerror", None) or message("room-start-not-a-port")
        # As text, because numbers in messages may be formatted.
        other = str(DEFAULT_PORT + 1)
        raise CannotStartError(message("room-start-port", port=str(port), reason=reason, other=other)) from None
    return Listener(listening, host, listening.getsockname()[1])


def raise_file_limit() -> None:
    """Allow this process as many open files as the room accepts connections; some systems allow only 256."""
    with contextlib.suppress(ImportError, ValueError, OSError):  # Windows has no such limit
        import resource

        soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
        wanted = limits.CONNECTIONS + OTHER_FILES
        if hard != resource.RLIM_INFINITY:
            wanted = min(wanted, hard)
        if soft != resource.RLIM_INFINITY and soft < wanted:
            resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))


def lan_address() -> str:
    """Return the address of this machine in its network, without sending anything.

    Raises
    ------
    CannotStartError
        If there is no network.
    """
    for target in ("10.255.255.255", "192.0.2.1"):  # reached by the default route, if there is one
        with contextlib.suppress(OSError), socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
            probe.connect((target, 9))
            if not (found := probe.getsockname()[0]).startswith(("127.", "0.")):
                return found
    with contextlib.suppress(OSError):
        for entry in socket.getaddrinfo(socket.gethostname(), None, socket.AF_INET):
            address = str(entry[4][0])
            if not address.startswith("127."):
                return address
    raise CannotStartError(message("room-start-no-network"))
