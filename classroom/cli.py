"""The command ``casebook room``."""

from __future__ import annotations

import asyncio
import contextlib
import signal
import time
from pathlib import Path
from typing import Annotated

import typer

from casebook.cli.output import print_lines, readable_faults
from casebook.messages import message
from classroom.server import qr_code
from classroom.server.limits import HOURS
from classroom.server.listener import DEFAULT_PORT
from classroom.server.saved_sessions import delete_sessions
from classroom.server.server import FOLDER, Server
from classroom.server.start_error import CannotStartError

app = typer.Typer(add_completion=False, pretty_exceptions_enable=False)


@app.command("room", help=message("room-command"))
def room_command(
    book: Annotated[Path, typer.Option(help=message("room-command-book"))] = Path(),
    port: Annotated[int, typer.Option(help=message("room-command-port"))] = DEFAULT_PORT,
    lan: Annotated[bool, typer.Option("--lan", help=message("room-command-lan"))] = False,
    hours: Annotated[float, typer.Option(help=message("room-command-hours"))] = HOURS,
    resume: Annotated[bool | None, typer.Option("--resume/--new", help=message("room-command-resume"))] = None,
    delete: Annotated[bool, typer.Option("--forget", help=message("room-command-forget"))] = False,
) -> None:
    """Serve the book and a room."""
    book = book.resolve()
    if delete:
        deleted, in_use = delete_sessions(book / FOLDER)
        print_lines([message("room-command-deleted", count=deleted), *in_use])
        raise typer.Exit(1 if in_use else 0)
    with readable_faults():
        try:
            server = Server(book, port, lan, hours, fresh=resume is False, resume=resume is True)
        except CannotStartError as error:
            typer.echo(str(error), err=True)
            raise typer.Exit(2) from None
    # A shell makes background processes ignore Ctrl-C. The web server restores it, but only a moment later.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    with contextlib.suppress(KeyboardInterrupt):
        asyncio.run(_serve(server, lan))
    if server.session.ended:
        typer.echo(message("room-command-ended"))
    else:
        typer.echo(message("room-command-kept", time=_clock(server.session.expires)))


async def _serve(server: Server, lan: bool) -> None:
    """Print the addresses once Ctrl-C works, because a reader of the last line may press it at once."""
    print_lines(_announcement(server, lan))
    await server.serve()


def _announcement(server: Server, lan: bool) -> list[str]:
    session = server.session
    until, path = _clock(session.expires), str(session.store.path)
    summary = (
        message("room-command-resumed", rounds=len(session.rounds), time=until, path=path)
        if server.resumed
        else message("room-command-new", time=until, path=path)
    )
    return [
        qr_code.terminal(server.address),
        message("room-command-phones", address=server.address),
        message("room-command-code", code=session.code),
        message("room-command-console", address=server.console),
        summary,
        "" if lan else message("room-command-local"),
        message("room-command-stop"),
    ]


def _clock(seconds: float) -> str:
    return time.strftime("%H:%M on %d %B", time.localtime(seconds))
