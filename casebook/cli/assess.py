"""Assess findings and score items."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any, cast

import typer

from casebook.cases.case import case_of, load_case
from casebook.cli.output import AsJson, print_json, print_lines, readable_faults, time_and_side
from casebook.diagnostics.document import parse, read
from casebook.diagnostics.fault import Fault, FaultError
from casebook.inference import oswestry as disability
from casebook.inference.assessment import Assessment, assess, engine, score
from casebook.inference.planner import PlanEntry
from casebook.knowledge_base import Knowledge, knowledge
from casebook.messages import message
from casebook.messages.words import any_of, apart, caution, extent, one_after_another
from casebook.messages.words import stance as stance_label
from casebook.models.finding import FindingError
from casebook.models.rule import STANCES
from casebook.models.score_result import ScoreResult


def assess_command(
    file: Annotated[str, typer.Argument(help=message("assess-help-file"))],
    as_json: AsJson = False,
) -> None:
    """Print the scores and the plan that follow from findings."""
    with readable_faults():
        result = assess(_findings(file))
        print_json(result.to_dict()) if as_json else print_lines(assessment_lines(result, knowledge()))


def score_command(
    name: Annotated[str, typer.Argument(help=message("score-help-name"))],
    items: Annotated[list[str] | None, typer.Argument(help=message("score-help-items"))] = None,
    as_json: AsJson = False,
) -> None:
    """Print one score from its items."""
    with readable_faults():
        chosen: dict[str, str] = {}
        for item in items or []:
            id, equals, option = item.partition("=")
            if not equals or not option:
                raise FaultError([Fault.of(item, "score-not-an-item")])
            if id in chosen:
                raise FaultError([Fault.of(item, "command-repeated", id=id)])
            chosen[id] = option
        result = score(name, _sections(chosen) if name == disability.ID else chosen)
        lines = _disability_lines if name == disability.ID else score_lines
        print_json(result.to_dict()) if as_json else print_lines(lines(result, knowledge()))


def _findings(file: str) -> Mapping[str, Any]:
    """Read findings from a case file, a plain mapping of findings, or standard input."""
    if file != "-" and not Path(file).is_file():
        return load_case(file).findings
    document = parse(sys.stdin.buffer.read(), message("command-standard-input")) if file == "-" else read(file)
    data = document.data
    if not isinstance(data, dict):
        raise FaultError([Fault.of(document.where(), "assess-findings-expected")])
    findings = cast("dict[str, Any]", data)
    if "findings" in findings and "vignette" in findings:
        return case_of(document).findings
    try:
        engine().state(findings)
    except FindingError as error:
        raise FaultError([Fault(document.where((error.id,)), str(error))]) from None
    return findings


def _sections(chosen: Mapping[str, str]) -> dict[str, Any]:
    """Read the sections of a questionnaire, written as 3,2,-,… where - is a section without an answer."""
    return {
        id: [None if word in ("", "-") else int(word) if word.isdecimal() else word for word in text.split(",")]
        for id, text in chosen.items()
    }


def _disability_lines(result: ScoreResult, known: Knowledge) -> list[str]:
    definition = known.instruments[result.id]
    if result.total is None:
        return [message("score-line-odi-unknown", label=definition.label), *result.notes]
    band = next(band for band in definition.bands if band.id in result.bands)
    line = message("score-line-odi", label=definition.label, total=f"{result.total:.4g}", band=band.label)
    return [line, *_notes(result)]


def _notes(result: ScoreResult) -> list[str]:
    return ["  " + message("score-line-note", note=note) for note in result.notes]


def score_lines(result: ScoreResult, known: Knowledge) -> list[str]:
    """Return a score with its band, its items and its notes, in words."""
    definition = known.scores[result.id]
    if result.status == "not_applicable":
        return [message("score-line-not-applicable", label=definition.label, reason=result.reason)]
    bands = {band.id: band.label for band in definition.bands}
    given = {
        "label": definition.label,
        "points": extent(result.low, result.high),
        "maximum": definition.maximum,
        "bands": any_of(bands[band] for band in result.bands),
    }
    if one := result.as_one_lesion:
        as_one = {"one": extent(one.low, one.high), "one_bands": any_of(bands[band] for band in one.bands)}
        lines = [message("score-line-as-one", **given, **as_one)]
    else:
        lines = [message("score-line", **given)]
    for item, defined in zip(result.items, definition.items, strict=True):
        option = message("score-line-unknown")
        if item.option is not None:
            option = defined.options[defined.index[item.option]].label
        points = extent(item.low, item.high) if item.points is None else str(item.points)
        lines.append("  " + message("score-line-item", item=defined.label, option=option, points=points))
    return lines + _notes(result)


def assessment_lines(result: Assessment, known: Knowledge) -> list[str]:
    """Return an assessment in words: the state, decided recommendations, scores, and undecided recommendations."""
    decided = [entry for entry in result.plan if entry.status == "decided"]
    lines = [str(line) for line in result.first_line]
    for stance in STANCES:
        entries = [entry for entry in decided if entry.stance == stance]
        if entries:
            lines.append(stance_label(stance).upper())
        for entry in entries:
            option = known.actions[entry.action].label + time_and_side(entry)
            because = [titled(known, id) for id in entry.because]
            lines.append("  " + (message("plan-line", option=option, rules=apart(because)) if because else option))
            lines += ["    " + line for line in opposing(entry, known)]
    for each in result.scores.values():
        lines += score_lines(each, known)
    undecided = [entry for entry in result.plan if entry.status == "undecided"]
    if undecided:
        lines.append(message("plan-undecided").upper())
    for entry in undecided:
        given = {
            "option": known.actions[entry.action].label,
            "possible": any_of(outcome_named(one) for one in entry.possible),
            "findings": one_after_another([known.vocabulary.by_id[id].label for id in entry.depends_on]),
        }
        if entry.at_least:
            line = message("plan-line-at-least", least=outcome_named(entry.at_least), **given)
        else:
            line = message("plan-line-undecided", **given)
        lines.append(f"  {line}")
    return lines


def outcome_named(stance: str) -> str:
    """Return the name of a stance, or of “none”, within a line."""
    return message("outcome-name", stance=stance, limit="none")


def titled(known: Knowledge, rule: str) -> str:
    """Return the title of a rule, with its sources."""
    return message("plan-rule", title=known.rules[rule].title, sources=cited(known, rule))


def opposing(entry: PlanEntry, known: Knowledge) -> list[str]:
    """Return the rules against an entry of the plan, and the disagreements of sources on it."""
    lines = [message("plan-line-against", rule=titled(known, id)) for id in entry.against]
    return lines + [message("plan-line-conflict", title=known.conflicts[id].title) for id in entry.conflicts]


def cited(known: Knowledge, rule: str) -> str:
    """Return the sources of a rule, each with its locator and a remark if it was not read itself."""
    return apart(
        [
            one_after_another([known.sources[key].short, locator]) + caution(known.sources[key].seen)
            for key, locator in known.rules[rule].source.items()
        ]
    )
