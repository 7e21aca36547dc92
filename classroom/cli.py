"""The command that opens a room: ``casebook room``."""

from __future__ import annotations

import asyncio
import contextlib
import signal
import time
from pathlib import Path
from typing import Annotated

import typer

from casebook.cli.output import faults_said_plainly, print_lines
from casebook.messages.words import count
from classroom.server.limits import HOURS
from classroom.server.server import FOLDER, PORT, CannotStartError, Server, forget, terminal

app = typer.Typer(add_completion=False, pretty_exceptions_enable=False)


@app.command("room")
def room_command(
    book: Annotated[Path, typer.Option(help="The folder of the book, which has been built.")] = Path(),
    port: Annotated[int, typer.Option(help="Where to listen; 0 takes any port that is free.")] = PORT,
    lan: Annotated[bool, typer.Option("--lan", help="Open it to the phones of this network.")] = False,
    hours: Annotated[float, typer.Option(help="After which a new session expires and is deleted.")] = HOURS,
    resume: Annotated[
        bool | None,
        typer.Option("--resume/--new", help="Only go on with a session, or begin another; else whichever there is."),
    ] = None,
    delete: Annotated[bool, typer.Option("--forget", help="Delete every session that is kept, and stop.")] = False,
) -> None:
    """Serve the book and a room to vote in, from this machine; nothing leaves it."""
    book = book.resolve()
    if delete:
        deleted, left = forget(book / FOLDER)
        print_lines([f"{count(deleted, 'session')} deleted.", *left])
        raise typer.Exit(1 if left else 0)
    with faults_said_plainly():
        try:
            server = Server(book, port, lan, hours, fresh=resume is False, resume=resume is True)
        except CannotStartError as error:
            typer.echo(str(error), err=True)
            raise typer.Exit(2) from None
    # As the server does a moment later: a shell lets what it starts in the background ignore Ctrl-C.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    with contextlib.suppress(KeyboardInterrupt):
        asyncio.run(_served(server, lan))
    if server.session.over:
        typer.echo("The session has ended and is deleted.")
    else:
        typer.echo(
            f"The session is kept until {_clock(server.session.expires)}: casebook room goes on with it, "
            "casebook room --new begins another, casebook room --forget deletes it."
        )


async def _served(server: Server, lan: bool) -> None:
    """Say where the room is once Ctrl-C is heard: whoever reads the last line may press it at once."""
    print_lines(_told(server, lan))
    await server.serve()


def _told(server: Server, lan: bool) -> list[str]:
    session = server.session
    begun = "Going on with" if server.resumed else "A new"
    rounds = f", {count(len(session.rounds), 'round')}" if server.resumed else ""
    return [
        terminal(server.address),
        f"Phones open  {server.address}",
        f"Code         {session.code}",
        f"Console      {server.console}",
        f"{begun} session{rounds}, kept until {_clock(session.expires)} in {session.store.path}.",
        "" if lan else "Only this machine can reach it; phones can with --lan.",
        "Stop with Ctrl-C.",
    ]


def _clock(seconds: float) -> str:
    return time.strftime("%H:%M on %d %B", time.localtime(seconds))
