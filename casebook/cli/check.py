"""Validate the files of the book, and prove the theorems of the knowledge."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from casebook.cli.output import AsJson, print_json, print_lines, readable_faults
from casebook.inference.assessment import engine
from casebook.messages import message
from casebook.review.check import check
from casebook.review.verification import verify


def check_command(
    files: Annotated[
        list[Path] | None,
        typer.Argument(help=message("check-help-files")),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """List all faults of the knowledge, cases, notebooks, questions and the table of contents."""
    faults = check(files or [])
    if as_json:
        print_json([{"where": fault.where, "what": fault.what, "right": fault.right} for fault in faults])
    else:
        print_lines([*map(str, faults), message("check-found", count=len(faults))])
    raise typer.Exit(1 if faults else 0)


def verify_command(as_json: AsJson = False) -> None:
    """Prove each theorem of the knowledge for every possible patient, or show a patient who refutes it."""
    with readable_faults():
        proofs = verify(engine())
    if as_json:
        print_json(
            [
                {
                    "claim": proof.claim,
                    "covers": proof.covers,
                    "holds": proof.holds,
                    "flaws": [
                        {"where": flaw.where, "what": flaw.what, "example": flaw.example} for flaw in proof.flaws
                    ],
                }
                for proof in proofs
            ]
        )
    else:
        for proof in proofs:
            id = "verify-holds" if proof.holds else "verify-fails"
            typer.echo(message(id, claim=proof.claim, covers=proof.covers))
            for flaw in proof.flaws:
                typer.echo(f"  {flaw}")
    raise typer.Exit(0 if all(proof.holds for proof in proofs) else 1)
