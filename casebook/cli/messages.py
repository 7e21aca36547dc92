"""Compile the catalogue of messages."""

from __future__ import annotations

import typer


def messages_command() -> None:
    """Compile the messages in casebook/knowledge/messages for Python and the page."""
    # Imported here because its parser is needed for this command only.
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
