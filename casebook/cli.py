"""The command line: assess findings, score items, check what was written."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, Any

import typer

from casebook import disability
from casebook.assessment import Assessment, assess, engine, score
from casebook.cases import case_of, check_cases, load_case
from casebook.library import Knowledge, knowledge
from casebook.reader import Fault, FaultError, parse, read
from casebook.rules import STANCES
from casebook.scores import ScoreResult
from casebook.verify import verify
from casebook.vocabulary import FindingError

app = typer.Typer(
    help="Scores and options for sacral metastases, from findings. For teaching, not for treating.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)

AsJson = Annotated[bool, typer.Option("--json", help="Print JSON for a program to read.")]


@app.command("assess")
def assess_command(
    file: Annotated[str, typer.Argument(help="A case, or a file of findings (YAML or JSON); - reads standard input.")],
    as_json: AsJson = False,
) -> None:
    """Print the scores and the plan that follow from findings."""
    with faults_said_plainly():
        result = assess(_findings(file))
        _print(result.to_dict()) if as_json else typer.echo("\n".join(_assessment_lines(result, knowledge())))


@app.command("score")
def score_command(
    name: Annotated[str, typer.Argument(help="Which score, for example sins.")],
    items: Annotated[list[str] | None, typer.Argument(help="Items as item=option; what is missing is unknown.")] = None,
    as_json: AsJson = False,
) -> None:
    """Print one score from its items."""
    with faults_said_plainly():
        chosen: dict[str, str] = {}
        for item in items or []:
            id, equals, option = item.partition("=")
            if not equals or not option:
                raise FaultError(
                    [Fault(item, "is not an item with its option", "write item=option, for example pain=mechanical")]
                )
            if id in chosen:
                raise FaultError([Fault(item, f"gives {id} a second time", "give each item once")])
            chosen[id] = option
        result = score(name, _sections(chosen) if name == disability.ID else chosen)
        lines = _disability_lines if name == disability.ID else _score_lines
        _print(result.to_dict()) if as_json else typer.echo("\n".join(lines(result, knowledge())))


@app.command("check")
def check_command(
    files: Annotated[
        list[Path] | None, typer.Argument(help="Case files; without any, the knowledge and all cases here.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Say everything that is wrong with the knowledge and the cases."""
    faults = list(_check(files or []))
    if as_json:
        _print([{"where": fault.where, "what": fault.what, "right": fault.right} for fault in faults])
    else:
        for fault in faults:
            typer.echo(str(fault))
        typer.echo(f"{len(faults)} fault{'s' * (len(faults) != 1)} found." if faults else "Nothing wrong was found.")
    raise typer.Exit(1 if faults else 0)


@app.command("verify")
def verify_command(as_json: AsJson = False) -> None:
    """Prove what the knowledge promises, over every state, or show a patient who breaks it."""
    with faults_said_plainly():
        proofs = verify(engine())
    if as_json:
        _print(
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
            typer.echo(f"{'holds' if proof.holds else 'FAILS'}  {proof.claim} ({proof.covers})")
            for flaw in proof.flaws:
                typer.echo(f"  {flaw}")
    raise typer.Exit(0 if all(proof.holds for proof in proofs) else 1)


def _check(files: list[Path]) -> Iterator[Fault]:
    try:
        knowledge()
    except FaultError as error:
        yield from error.faults
        return
    if not files and not Path("cases").is_dir():
        yield Fault("cases", "there is no such folder here", "run this in the folder of the book, or name case files")
    if not files:
        yield from check_cases(Path("cases"))
    for file in files:
        try:
            load_case(file)
        except FaultError as error:
            yield from error.faults


def _findings(file: str) -> Mapping[str, Any]:
    """Read findings from a case file, a plain mapping of findings, or standard input."""
    if file != "-" and not Path(file).is_file():
        return load_case(file).findings
    document = parse(sys.stdin.buffer.read(), "standard input") if file == "-" else read(file)
    data = document.data
    if isinstance(data, dict) and "findings" in data and "vignette" in data:
        return case_of(document).findings
    if not isinstance(data, dict):
        raise FaultError(
            [Fault(document.where(), "findings are expected here", "write one a line, for example pain: mechanical")]
        )
    try:
        knowledge().vocabulary.state(data)
    except FindingError as error:
        raise FaultError([Fault(document.where((error.id,)), str(error))]) from None
    return data


@contextmanager
def faults_said_plainly() -> Iterator[None]:
    """Turn a fault into readable lines and exit code 2."""
    try:
        yield
    except (FaultError, FindingError) as error:
        typer.echo(str(error), err=True)
        raise typer.Exit(2) from None


def _print(value: Any) -> None:
    typer.echo(json.dumps(value, ensure_ascii=False, indent=2))


def _sections(chosen: Mapping[str, str]) -> dict[str, Any]:
    """Read sections written as 3,2,-,… where - is a section without an answer."""
    return {
        id: [None if word in ("", "-") else int(word) if word.isdecimal() else word for word in text.split(",")]
        for id, text in chosen.items()
    }


def _disability_lines(result: ScoreResult, known: Knowledge) -> list[str]:
    definition = known.instruments[result.id]
    if result.total is None:
        return [f"{definition.label} unknown, 0 to 100 %", *result.notes]
    band = next(band for band in definition.bands if band.id in result.bands)
    return [f"{definition.label} {result.total:.4g} %: {band.label}", *(f"  Note: {note}" for note in result.notes)]


def _score_lines(result: ScoreResult, known: Knowledge) -> list[str]:
    definition = known.scores[result.id]
    if result.status == "not_applicable":
        return [f"{definition.label}: not applicable. {result.reason}"]
    number = str(result.total) if result.status == "complete" else f"{result.low} to {result.high}"
    bands = {band.id: band.label for band in definition.bands}
    lines = [
        f"{definition.label} {number} of {definition.maximum}: {' or '.join(bands[band] for band in result.bands)}"
    ]
    for item, defined in zip(result.items, definition.items, strict=True):
        option = "unknown" if item.option is None else defined.options[defined.index[item.option]].label
        points = str(item.points) if item.points is not None else f"{item.low} to {item.high}"
        lines.append(f"  {defined.label}: {option} ({points})")
    return lines + [f"  Note: {note}" for note in result.notes]


def _assessment_lines(result: Assessment, known: Knowledge) -> list[str]:
    decided = [entry for entry in result.plan if entry.status == "decided"]
    lines = []
    for stance in STANCES:
        entries = [entry for entry in decided if entry.stance == stance]
        if entries:
            lines.append(stance.replace("_", " ").upper())
        for entry in entries:
            detail = "".join(
                [
                    f" within {entry.within_hours} hours" if entry.within_hours else "",
                    f" on the {entry.side}" if entry.side else "",
                ]
            )
            rules = "; ".join(f"{known.rules[id].title} [{_cited(known, id)}]" for id in entry.because)
            lines.append(f"  {known.actions[entry.action].label}{detail}: {rules}")
            lines += [f"    against: {known.rules[id].title} [{_cited(known, id)}]" for id in entry.against]
            lines += [f"    sources disagree: {known.conflicts[id].title}" for id in entry.conflicts]
    for each in result.scores.values():
        lines += _score_lines(each, known)
    undecided = [entry for entry in result.plan if entry.status == "undecided"]
    if undecided:
        lines.append("NOT YET DECIDED")
    for entry in undecided:
        needed = ", ".join(known.vocabulary.by_id[id].label for id in entry.depends_on)
        possible = " or ".join(stance.replace("_", " ") for stance in entry.possible)
        lines.append(f"  {known.actions[entry.action].label}: {possible}; depends on {needed}")
    return lines


def _cited(known: Knowledge, rule: str) -> str:
    return "; ".join(f"{known.sources[key].short}, {locator}" for key, locator in known.rules[rule].source.items())
