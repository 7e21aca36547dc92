"""Compile the catalogue of messages."""

from __future__ import annotations

import typer

from casebook.cli.output import faults_said_plainly


def messages_command() -> None:
    """Compile the messages in casebook/knowledge/messages into what Python and the page render."""
    from casebook.messages.compiler import write_messages  # its parser is not there in a reader's installation

    with faults_said_plainly():
        written = write_messages()
    for path in written:
        typer.echo(f"Wrote {path}")
    if not written:
        typer.echo("The compiled messages are up to date.")
