"""Show a case in the terminal."""

from __future__ import annotations

from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table
from rich.text import Text

from casebook.cases.case import Case, load_case
from casebook.cli.assess import assessment_lines, opposing, outcome_named, titled
from casebook.cli.output import print_lines, readable_faults, time_and_side
from casebook.inference.assessment import Assessment
from casebook.inference.planner import PlanEntry
from casebook.knowledge_base import Knowledge, knowledge
from casebook.messages import message
from casebook.messages.words import any_of, extent, one_after_another
from casebook.models.case import CONSTRUCTED
from casebook.models.score_result import ScoreResult

STYLES = {
    "emergency": "bold red",
    "recommended": "bold green",
    "consider": "green",
    "caution": "yellow",
    "not_indicated": "dim",
    "contraindicated": "red",
}
LEVELS = {"emergency": "bold red", "urgent": "bold yellow", "soon": "bold", "open": "bold", "none": "bold"}
"""Colours accompany the words and never replace them."""


def show_command(case: Annotated[str, typer.Argument(help=message("show-help-case"))]) -> None:
    """Show the scores and the plan of a case."""
    with readable_faults():
        given = load_case(case)
        result, known = given.assess(), knowledge()
    console = Console(highlight=False)
    if not console.is_terminal:
        status = [CONSTRUCTED] if given.constructed else []
        print_lines([given.title, given.teaches, *status, "", *assessment_lines(result, known)])
        return
    console.print(Text(given.title, style="bold"))
    console.print(Text(given.teaches))
    if given.constructed:
        console.print(Text(CONSTRUCTED, style="bold"))
    for line in result.first_line:
        console.print(Text(line.lead, style=LEVELS[line.level]), Text(line.text))
    console.print(_scores(result, known))
    console.print(_plan(result, known))
    console.print(_finding_counts(given), style="dim")


def _scores(result: Assessment, known: Knowledge) -> Table:
    table = Table(
        *(message(f"column-{name}") for name in ("score", "points", "band")),
        title=message("show-scores"),
        title_justify="left",
    )
    for score in result.scores.values():
        definition = known.scores[score.id]
        bands = {band.id: band.label for band in definition.bands}
        description = score.reason or any_of(bands[band] for band in score.bands)
        table.add_row(
            *map(Text, (definition.label, _points(score, definition.maximum), "\n".join([description, *score.notes])))
        )
    return table


def _points(score: ScoreResult, maximum: int) -> str:
    if score.status == "not_applicable":
        return message("score-not_applicable")
    given = {"points": extent(score.low, score.high), "maximum": maximum}
    one = score.as_one_lesion
    if one is None:
        return message("show-of-maximum", **given)
    return message("show-as-one", **given, one=extent(one.low, one.high))


def _plan(result: Assessment, known: Knowledge) -> Table:
    table = Table(
        *(message(f"column-{name}") for name in ("stance", "option", "why")),
        title=message("show-plan"),
        title_justify="left",
    )
    for entry in result.plan:
        label = known.actions[entry.action].label + time_and_side(entry)
        table.add_row(_stance(entry), Text(label), Text("\n".join(_reasons(entry, known))))
    return table


def _stance(entry: PlanEntry) -> Text:
    if entry.status == "decided":
        return Text(outcome_named(entry.stance), style=STYLES[entry.stance])
    possible = any_of(outcome_named(one) for one in entry.possible)
    if entry.at_least:
        return Text(message("show-at-least", least=outcome_named(entry.at_least), possible=possible))
    return Text(message("show-undecided", possible=possible))


def _reasons(entry: PlanEntry, known: Knowledge) -> list[str]:
    lines = [*(titled(known, id) for id in entry.because), *opposing(entry, known)]
    if entry.depends_on:
        findings = one_after_another([known.vocabulary.by_id[id].label for id in entry.depends_on])
        lines.append(message("plan-line-depends", findings=findings))
    return lines


def _finding_counts(case: Case) -> str:
    counts = {kind: len(case.known(kind)) for kind in ("reported", "derived", "assumed")}
    return message("show-findings", **counts, unknown=len(knowledge().vocabulary) - len(case.findings))
