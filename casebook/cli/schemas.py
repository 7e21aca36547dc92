"""Write the JSON Schemas of the YAML files."""

from __future__ import annotations

import typer

from casebook.cli.output import faults_said_plainly
from casebook.diagnostics.fault import Fault, FaultError
from casebook.export.schemas import SCHEMAS, write_schemas
from casebook.knowledge_base import knowledge


def schemas_command() -> None:
    """Write the schemas by which an editor completes and underlines the YAML files."""
    with faults_said_plainly():
        known = knowledge()
        try:
            written = write_schemas(known)
        except OSError as error:
            what = f"cannot be written: {error.strerror}"
            raise FaultError([Fault(f"{error.filename or SCHEMAS}", what, "check that you may write there")]) from None
    for path in written:
        typer.echo(f"Wrote {path}")
    if not written:
        typer.echo(f"The schemas in {SCHEMAS} are up to date.")
