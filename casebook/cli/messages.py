"""Compile the catalogue of messages."""

from __future__ import annotations

import typer


def messages_command() -> None:
    """Compile the messages in casebook/knowledge/messages into what Python and the page render."""
    # Its parser need not be installed where nothing is compiled.
    from casebook.messages.compiler import CatalogueError, write_messages

    try:
        written = write_messages()
    except CatalogueError as error:
        typer.echo(str(error), err=True)
        raise typer.Exit(2) from None
    for path in written:
        typer.echo(f"Wrote {path}")
    if not written:
        typer.echo("The compiled messages are up to date.")
