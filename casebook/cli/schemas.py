"""Write the JSON Schemas of the YAML files."""

from __future__ import annotations

import typer

from casebook.cli.output import faults_said_plainly
from casebook.diagnostics.fault import Fault, FaultError
from casebook.export.schemas import SCHEMAS, write_schemas
from casebook.knowledge_base import knowledge
from casebook.messages import message


def schemas_command() -> None:
    """Write the schemas by which an editor completes and underlines the YAML files."""
    with faults_said_plainly():
        known = knowledge()
        try:
            written = write_schemas(known)
        except OSError as error:
            where = f"{error.filename or SCHEMAS}"
            raise FaultError([Fault.of(where, "schemas-not-written", why=str(error.strerror))]) from None
    for path in written:
        typer.echo(message("command-wrote", path=str(path)))
    if not written:
        typer.echo(message("schemas-up-to-date", folder=str(SCHEMAS)))
