"""Output that all commands share: JSON, lines of text, and readable faults."""

from __future__ import annotations

import json
from collections.abc import Generator, Iterable, Mapping
from contextlib import contextmanager
from typing import Annotated, Any

import typer

from casebook.diagnostics.fault import FaultError
from casebook.inference.planner import PlanEntry
from casebook.knowledge_base import Knowledge
from casebook.messages import message
from casebook.messages.words import one_after_another, particulars
from casebook.models.finding import FindingError, Value
from casebook.models.rule import Outcome

AsJson = Annotated[bool, typer.Option("--json", help=message("command-help-json"))]


@contextmanager
def readable_faults() -> Generator[None]:
    """Print faults as readable lines and exit with code 2."""
    try:
        yield
    except (FaultError, FindingError) as error:
        typer.echo(str(error), err=True)
        raise typer.Exit(2) from None
    except EOFError:
        typer.echo(message("command-input-ended"), err=True)
        raise typer.Exit(2) from None


def print_json(value: Any) -> None:
    """Print a value as JSON."""
    typer.echo(json.dumps(value, ensure_ascii=False, indent=2))


def print_lines(lines: Iterable[str]) -> None:
    """Print each text on a line of its own."""
    typer.echo("\n".join(lines))


def time_and_side(outcome: PlanEntry | Outcome) -> str:
    """Return the time limit and the side, to follow the name of an outcome."""
    return f" {particulars(outcome.within_hours, outcome.side)}".rstrip()


def in_words(findings: Mapping[str, Value], *bodies: Knowledge) -> str:
    """Return findings by their labels, from the first body of knowledge that has the finding."""
    words: list[str] = []
    for id, value in findings.items():
        known = next((each for each in bodies if id in each.vocabulary.by_id), None)
        finding = None if known is None else known.vocabulary.by_id[id]
        if finding is None or str(value) not in finding.index:
            words.append(message("command-finding", finding=id, option=value))
        else:
            words.append(message("command-finding", finding=finding.label, option=finding.option(value).label))
    return one_after_another(words) if words else ""
