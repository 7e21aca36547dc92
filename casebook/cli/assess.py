"""Assess findings and score items."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any, cast

import typer

from casebook.cases.case import case_of, load_case
from casebook.cli.output import AsJson, faults_said_plainly, print_json, print_lines, time_and_side
from casebook.diagnostics.document import parse, read
from casebook.diagnostics.fault import Fault, FaultError
from casebook.inference import oswestry as disability
from casebook.inference.assessment import Assessment, assess, engine, score
from casebook.knowledge_base import Knowledge, knowledge
from casebook.messages.words import caution, extent
from casebook.models.finding import FindingError
from casebook.models.rule import STANCES
from casebook.models.score import ScoreResult


def assess_command(
    file: Annotated[str, typer.Argument(help="A case, or a file of findings (YAML or JSON); - reads standard input.")],
    as_json: AsJson = False,
) -> None:
    """Print the scores and the plan that follow from findings."""
    with faults_said_plainly():
        result = assess(_findings(file))
        print_json(result.to_dict()) if as_json else print_lines(assessment_lines(result, knowledge()))


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
        lines = _disability_lines if name == disability.ID else score_lines
        print_json(result.to_dict()) if as_json else print_lines(lines(result, knowledge()))


def _findings(file: str) -> Mapping[str, Any]:
    """Read findings from a case file, a plain mapping of findings, or standard input."""
    if file != "-" and not Path(file).is_file():
        return load_case(file).findings
    document = parse(sys.stdin.buffer.read(), "standard input") if file == "-" else read(file)
    data = document.data
    if not isinstance(data, dict):
        raise FaultError(
            [Fault(document.where(), "findings are expected here", "write one a line, for example pain: mechanical")]
        )
    findings = cast("dict[str, Any]", data)
    if "findings" in findings and "vignette" in findings:
        return case_of(document).findings
    try:
        engine().state(findings)
    except FindingError as error:
        raise FaultError([Fault(document.where((error.id,)), str(error))]) from None
    return findings


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


def score_lines(result: ScoreResult, known: Knowledge) -> list[str]:
    """Return a score with its band, its items and its notes, in words."""
    definition = known.scores[result.id]
    if result.status == "not_applicable":
        return [f"{definition.label}: not applicable. {result.reason}"]
    number = str(result.total) if result.status == "complete" else f"{result.low} to {result.high}"
    bands = {band.id: band.label for band in definition.bands}
    lines = [
        f"{definition.label} {number} of {definition.maximum}: {' or '.join(bands[band] for band in result.bands)}"
    ]
    if one := result.as_one_lesion:
        as_one = f"{extent(one.low, one.high)}, {' or '.join(bands[band] for band in one.bands)}"
        lines[0] = f"{lines[0]} by segments; as one lesion {as_one}"
    for item, defined in zip(result.items, definition.items, strict=True):
        option = "unknown" if item.option is None else defined.options[defined.index[item.option]].label
        points = str(item.points) if item.points is not None else f"{item.low} to {item.high}"
        lines.append(f"  {defined.label}: {option} ({points})")
    return lines + [f"  Note: {note}" for note in result.notes]


def assessment_lines(result: Assessment, known: Knowledge) -> list[str]:
    """Return what follows from findings, in words: the state, what is decided, scores, what is not yet decided."""
    decided = [entry for entry in result.plan if entry.status == "decided"]
    lines = [str(line) for line in result.first_line]
    for stance in STANCES:
        entries = [entry for entry in decided if entry.stance == stance]
        if entries:
            lines.append(stance.replace("_", " ").upper())
        for entry in entries:
            rules = "; ".join(f"{known.rules[id].title} [{cited(known, id)}]" for id in entry.because)
            lines.append(f"  {known.actions[entry.action].label}{time_and_side(entry)}: {rules}")
            lines += [f"    against: {known.rules[id].title} [{cited(known, id)}]" for id in entry.against]
            lines += [f"    sources disagree: {known.conflicts[id].title}" for id in entry.conflicts]
    for each in result.scores.values():
        lines += score_lines(each, known)
    undecided = [entry for entry in result.plan if entry.status == "undecided"]
    if undecided:
        lines.append("NOT YET DECIDED")
    for entry in undecided:
        needed = ", ".join(known.vocabulary.by_id[id].label for id in entry.depends_on)
        possible = " or ".join(stance.replace("_", " ") for stance in entry.possible)
        least = f"at least {entry.at_least}; " if entry.at_least else ""
        lines.append(f"  {known.actions[entry.action].label}: {least}{possible}; depends on {needed}")
    return lines


def cited(known: Knowledge, rule: str) -> str:
    """Return the sources of a rule, each with its place in them and how well it was seen."""
    return "; ".join(
        f"{known.sources[key].short}, {locator}{caution(known.sources[key].seen)}"
        for key, locator in known.rules[rule].source.items()
    )
