"""Write what is made from the YAML files: their JSON Schemas, and the rulebook."""

from __future__ import annotations

from typing import Annotated

import typer

from casebook.cli.output import faults_said_plainly
from casebook.diagnostics.fault import Fault, FaultError
from casebook.export.schemas import SCHEMAS, write_schemas
from casebook.inference.rulebook_store import WORTH_SIFTING, renew
from casebook.knowledge_base import knowledge
from casebook.messages import message


def schemas_command(
    sift: Annotated[
        bool, typer.Option("--sift", help="Seek a better order for the decision diagrams of the rulebook.")
    ] = False,
) -> None:
    """Write the schemas by which an editor completes and underlines the YAML files, and compile the rulebook."""
    with faults_said_plainly():
        known = knowledge()
        try:
            written = write_schemas(known)
            rulebook, saving = renew(known, sift)
        except OSError as error:
            what = f"cannot be written: {error.strerror}"
            raise FaultError([Fault(f"{error.filename or SCHEMAS}", what, "check that you may write there")]) from None
    for path in [*written, *([rulebook] if rulebook else ())]:
        typer.echo(f"Wrote {path}")
    if not written:
        typer.echo(f"The schemas in {SCHEMAS} are up to date.")
    if saving > WORTH_SIFTING:
        typer.echo(message("rulebook-worth-sifting", share=round(saving * 100)))
