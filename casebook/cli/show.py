"""Show a case in the terminal."""

from __future__ import annotations

from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table
from rich.text import Text

from casebook.cases.case import Case, load_case
from casebook.cli.assess import assessment_lines, cited
from casebook.cli.output import faults_said_plainly, print_lines, time_and_side
from casebook.inference.assessment import Assessment
from casebook.inference.planner import PlanEntry
from casebook.knowledge_base import Knowledge, knowledge
from casebook.messages.words import extent
from casebook.models.case import CONSTRUCTED
from casebook.models.score import ScoreResult

STYLES = {
    "emergency": "bold red",
    "recommended": "bold green",
    "consider": "green",
    "caution": "yellow",
    "not_indicated": "dim",
    "contraindicated": "red",
}
LEVELS = {"emergency": "bold red", "urgent": "bold yellow", "soon": "bold", "open": "bold", "none": "bold"}
"""Colour goes beside the word, never in its place."""


def show_command(case: Annotated[str, typer.Argument(help="A case by its name, or its file.")]) -> None:
    """Show the scores and the plan of a case."""
    with faults_said_plainly():
        given = load_case(case)
        result, known = given.assess(), knowledge()
    console = Console(highlight=False)
    if not console.is_terminal:
        standing = [CONSTRUCTED] if given.constructed else []
        print_lines([given.title, given.teaches, *standing, "", *assessment_lines(result, known)])
        return
    console.print(Text(given.title, style="bold"))
    console.print(Text(given.teaches))
    if given.constructed:
        console.print(Text(CONSTRUCTED, style="bold"))
    for line in result.first_line:
        console.print(Text(line.lead, style=LEVELS[line.level]), Text(line.text))
    console.print(_scores(result, known))
    console.print(_plan(result, known))
    console.print(_standing(given), style="dim")


def _scores(result: Assessment, known: Knowledge) -> Table:
    table = Table("Score", "Points", "Band", title="Scores", title_justify="left")
    for score in result.scores.values():
        definition = known.scores[score.id]
        bands = {band.id: band.label for band in definition.bands}
        said = score.reason or " or ".join(bands[band] for band in score.bands)
        table.add_row(
            *map(Text, (definition.label, _points(score, definition.maximum), "\n".join([said, *score.notes])))
        )
    return table


def _points(score: ScoreResult, maximum: int) -> str:
    if score.status == "not_applicable":
        return "not applicable"
    total = f"{extent(score.low, score.high)} of {maximum}"
    one = score.as_one_lesion
    return total if one is None else f"{total} by segments, {extent(one.low, one.high)} as one lesion"


def _plan(result: Assessment, known: Knowledge) -> Table:
    table = Table("Stance", "Option", "Why", title="Plan", title_justify="left")
    for entry in result.plan:
        label = known.actions[entry.action].label + time_and_side(entry)
        table.add_row(_stance(entry), Text(label), Text("\n".join(_reasons(entry, known))))
    return table


def _stance(entry: PlanEntry) -> Text:
    if entry.status == "decided":
        return Text(entry.stance.replace("_", " "), style=STYLES[entry.stance])
    least = f"at least {entry.at_least}: " if entry.at_least else "not yet decided: "
    return Text(least + " or ".join(stance.replace("_", " ") for stance in entry.possible))


def _reasons(entry: PlanEntry, known: Knowledge) -> list[str]:
    lines = [f"{known.rules[id].title} [{cited(known, id)}]" for id in entry.because]
    lines += [f"against: {known.rules[id].title} [{cited(known, id)}]" for id in entry.against]
    lines += [f"sources disagree: {known.conflicts[id].title}" for id in entry.conflicts]
    if entry.depends_on:
        lines.append("depends on " + ", ".join(known.vocabulary.by_id[id].label for id in entry.depends_on))
    return lines


def _standing(case: Case) -> str:
    counts = [f"{len(case.known(kind))} {kind}" for kind in ("reported", "derived", "assumed")]
    unknown = len(knowledge().vocabulary) - len(case.findings)
    return f"Findings: {', '.join(counts)}, {unknown} not reported. For teaching, not for treating."
