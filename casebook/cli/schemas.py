"""Write the files that are generated from the YAML files: their JSON Schemas and the rulebook."""

from __future__ import annotations

from typing import Annotated

import typer

from casebook.cli.output import readable_faults
from casebook.diagnostics.fault import Fault, FaultError
from casebook.export.schemas import SCHEMAS, write_schemas
from casebook.inference.rulebook_store import WORTH_SIFTING, renew
from casebook.knowledge_base import knowledge
from casebook.messages import message


def schemas_command(
    sift: Annotated[bool, typer.Option("--sift", help=message("schemas-help-sift"))] = False,
) -> None:
    """Write the JSON Schemas with which editors complete and validate the YAML files, and compile the rulebook."""
    with readable_faults():
        known = knowledge()
        try:
            written = write_schemas(known)
            rulebook, saving = renew(known, sift)
        except OSError as error:
            where = f"{error.filename or SCHEMAS}"
            raise FaultError([Fault.of(where, "schemas-not-written", why=str(error.strerror))]) from None
    for path in [*written, *([rulebook] if rulebook else ())]:
        typer.echo(message("command-wrote", path=str(path)))
    if not written:
        typer.echo(message("schemas-up-to-date", folder=str(SCHEMAS)))
    if saving > WORTH_SIFTING:
        typer.echo(message("rulebook-worth-sifting", share=round(saving * 100)))
