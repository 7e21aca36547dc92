"""A web server on this machine for the built book, with pages and files of a benchmark's own."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import partial
from http import HTTPStatus
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from urllib.parse import unquote, urlsplit


@contextmanager
def served(book: Path, extra: Mapping[str, bytes] = {}) -> Iterator[str]:
    """Serve a book, and `extra` content by its address inside the book; give the address of the root."""
    handler = partial(_Handler, directory=str(book), extra=extra)
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        try:
            yield f"http://127.0.0.1:{server.server_port}/"
        finally:
            server.shutdown()


class _Handler(SimpleHTTPRequestHandler):
    # As every real server does: connections are kept open, and a body does not wait for its header's receipt.
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True

    def __init__(self, *arguments: object, extra: Mapping[str, bytes], **named: object) -> None:
        self.extra = extra
        super().__init__(*arguments, **named)

    def do_GET(self) -> None:
        path = unquote(urlsplit(self.path).path).lstrip("/")
        if path not in self.extra:
            super().do_GET()
            return
        body = self.extra[path]
        self.send_response(HTTPStatus.OK)
        self.send_header("Content-Type", self.guess_type(path))
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *arguments: object) -> None:
        """Say nothing: the table is what is read."""
