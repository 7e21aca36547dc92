"""Write a new case."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Annotated, Any, cast

import typer
from rich.console import Console
from rich.prompt import Confirm, IntPrompt, Prompt

from casebook.cases.authoring import Draft, case_from, check_name, check_title, finding, write
from casebook.cases.notebook import RUN
from casebook.cli.output import faults_said_plainly, print_lines
from casebook.diagnostics.fault import Fault, FaultError
from casebook.diagnostics.suggestions import did_you_mean
from casebook.knowledge_base import knowledge
from casebook.models.case import LONGEST_AIM, MOST_AIMS, Provenance
from casebook.models.finding import FindingError, Value

BOOK = Path()
MINUTES = 15
MOST_SHOWN = 6
"""Options of a finding in the list of all; with more, the first and the last."""


def _option(help: str) -> Any:
    return typer.Option(help=help, show_default=False)


def new_command(
    name: Annotated[str, typer.Argument(help="Small letters, digits and hyphens, for example colon-s1.")],
    title: Annotated[str | None, _option("What the page is called; no other case may be.")] = None,
    teaches: Annotated[str | None, _option("What a reader learns, in one sentence.")] = None,
    minutes: Annotated[int | None, typer.Option(help=f"How long it takes; {MINUTES}, if not given.", min=1)] = None,
    source: Annotated[str | None, _option("Where the patient was published: “key: place in it”.")] = None,
    vignette: Annotated[str | None, _option("The patient, in your own words.")] = None,
    treatment: Annotated[str | None, _option("What was done.")] = None,
    outcome: Annotated[str | None, _option("What happened.")] = None,
    aim: Annotated[list[str] | None, _option("What a reader can do afterwards; two to four times.")] = None,
    reported: Annotated[list[str] | None, _option("A finding that the source states: finding=option.")] = None,
    derived: Annotated[list[str] | None, _option("One that follows from it: finding=option.")] = None,
    assumed: Annotated[list[str] | None, _option("One that the case assumes: “finding=option: why”.")] = None,
    constructed: Annotated[
        bool,
        typer.Option("--constructed", help="No such patient was published; the source is that of what it teaches."),
    ] = False,
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Ask nothing; what is missing is a fault.")] = False,
    force: Annotated[bool, typer.Option("--force", help="Replace files of this name.")] = False,
) -> None:
    """Write a new case: its file, its notebook, and its line in the table of contents.

    Asks for what no option gives. A finding that is not given is not reported: unknown, never normal.
    """
    with faults_said_plainly():
        check_name(BOOK, name)
        replace = force or _may_replace(name, yes)
        given = {
            "title": title,
            "teaches": teaches,
            "source": source,
            "vignette": vignette,
            "treatment": treatment,
            "outcome": outcome,
        }
        if constructed:  # nobody was treated, and nobody lived to have an outcome
            given = {field: text for field, text in given.items() if text or field not in ("treatment", "outcome")}
        ask = _Asked(name, yes)
        words = ask.words(given)
        key, locator = _cited(words.pop("source"))
        length = minutes or (MINUTES if yes else ask.minutes())
        aims = tuple(aim or (() if yes else ask.aims()))
        findings = _findings({"reported": reported, "derived": derived, "assumed": assumed})
        draft = Draft(
            name,
            minutes=length,
            aims=aims,
            source=key,
            locator=locator,
            constructed=constructed,
            findings=findings,
            **words,
        )
        if not (yes or reported or derived or assumed):
            draft = ask.findings(draft)
        _write(draft, replace, typed=not yes)


def _may_replace(name: str, yes: bool) -> bool:
    there = [path for path in (BOOK / "cases" / f"{name}{end}" for end in (".yml", ".ipynb")) if path.exists()]
    if not there:
        return False
    if not yes and Confirm.ask(f"{' and '.join(map(str, there))} exist. Replace?", default=False):
        return True
    raise FaultError(
        [Fault(f"{there[0]}", "is there already, and was left as it is", "choose another name, or --force")]
    )


def _write(draft: Draft, replace: bool, typed: bool) -> None:
    try:
        written = write(draft, BOOK, replace=replace)
    except FaultError:
        if typed:
            typer.echo(draft.text())
        raise
    except OSError as error:
        typer.echo(draft.text())  # nothing that was typed is lost
        right = "the case is printed above; save it yourself"
        raise FaultError([Fault(f"{error.filename}", f"cannot be written: {error.strerror}", right)]) from None
    notebook = written[1]
    print_lines(
        [
            *(f"Wrote {path}" for path in written),
            f"Next: {RUN} {notebook}, to store what it shows; then casebook check, and casebook show {draft.id}.",
        ]
    )


def _cited(text: str) -> tuple[str, str]:
    """Read a source with its place, as “key: place in it”."""
    key, _, locator = (part.strip() for part in text.partition(":"))
    sources = knowledge().sources
    if key not in sources:
        raise FaultError([Fault(text, f"{key} is not a source of this book", did_you_mean(key, sources))])
    if not locator:
        raise FaultError([Fault(text, f"{key} has no locator", f"write {key}: a figure, a section, a line")])
    return key, locator


def _findings(given: dict[Provenance, list[str] | None]) -> dict[str, dict[str, Any]]:
    found: dict[str, dict[str, Any]] = {}
    faults: list[Fault] = []
    for provenance, texts in given.items():
        for text in texts or ():
            try:
                id, entry = finding(text, provenance)
            except (FaultError, FindingError) as error:
                faults += error.faults if isinstance(error, FaultError) else [Fault(text, str(error))]
                continue
            if id in found:
                faults.append(Fault(text, f"gives {id} a second time", "give each finding once"))
            found[id] = entry
    if faults:
        raise FaultError(faults)
    return found


class _Asked:
    """What is asked of whoever writes a case, again until the answer can be used."""

    def __init__(self, name: str, silent: bool) -> None:
        self.name = name
        self.silent = silent
        self.console = Console(highlight=False)

    def words(self, given: dict[str, str | None]) -> dict[str, str]:
        if self.silent:
            missing = [field for field, text in given.items() if not (text or "").strip()]
            if missing:
                raise FaultError([Fault(f"--{field}", "is missing", f'add --{field} "…"') for field in missing])
        return {field: self.text(field, text) for field, text in given.items()}

    def text(self, field: str, given: str | None) -> str:
        if given is not None and given.strip():
            self.accepted(field, given.strip())
            return given.strip()
        return self.until(lambda: self.answer(field))

    def answer(self, field: str) -> str:
        text = self.line(_QUESTIONS[field])
        if not text:
            raise FaultError([Fault(field, "is missing", "write a few words")])
        self.accepted(field, text)
        return text

    def accepted(self, field: str, text: str) -> None:
        if field == "title":
            check_title(BOOK, self.name, text)
        elif field == "source":
            _cited(text)

    def minutes(self) -> int:
        return max(1, IntPrompt.ask("How many minutes does it take?", console=self.console, default=MINUTES))

    def aims(self) -> list[str]:
        """Ask for two to four aims, or none."""
        self.console.print("What can a reader do afterwards? Two to four short lines; an empty line ends.")
        aims: list[str] = []
        while len(aims) < MOST_AIMS and (line := self.until(partial(self.aim, aims))):
            aims.append(line)
        return aims

    def aim(self, before: list[str]) -> str:
        """Return one more aim, or "" after the last.

        Raises
        ------
        FaultError
            If it is too long, or the last would stand alone.
        """
        line = self.line("Aim")
        if len(line) > LONGEST_AIM:
            raise FaultError([Fault("This aim", "is too long", f"say it in {LONGEST_AIM} characters")])
        if not line and len(before) == 1:
            raise FaultError([Fault("This aim", "stands alone", "add another")])
        return line

    def findings(self, draft: Draft) -> Draft:
        """Ask for findings until an empty line; each is tried together with all before it."""
        self.console.print("What is known? One finding a line, for example pain=mechanical; an empty line ends.")
        self.console.print("? lists the findings; the name of one, for example pain, says what each option means.")
        more = True
        while more:
            tried = self.until(partial(self.finding, draft))
            more, draft = tried is not draft, tried
        return draft

    def finding(self, draft: Draft) -> Draft:
        """Return the draft with one more finding, or as it is after an empty line."""
        text = self.line("Finding")
        while lines := _offered(text):
            self.console.print("\n".join(lines), markup=False)
            text = self.line("Finding")
        if not text:
            return draft
        _, entry = finding(text, "reported")
        kind = Prompt.ask(
            "Where does it come from?",
            console=self.console,
            choices=["reported", "derived", "assumed"],
            default="reported",
        )
        kind = cast("Provenance", kind)
        if kind in _WHY and not entry["note"]:
            text = f"{text.rstrip(': ')}: {self.line(_WHY[kind])}"
        id, entry = finding(text, kind)
        tried = dataclasses.replace(draft, findings={**draft.findings, id: entry})
        case_from(tried, BOOK)
        return tried

    def line(self, question: str) -> str:
        return Prompt.ask(question, console=self.console, default="", show_default=False).strip()

    def until(self, ask: Callable[[], Any]) -> Any:
        """Ask until the answer can be used; say each time why it cannot."""
        while True:
            try:
                return ask()
            except (FaultError, FindingError) as error:
                self.console.print(str(error), markup=False)


def _offered(text: str) -> list[str]:
    """Return what can be recorded, if that was asked instead of answered."""
    vocabulary = knowledge().vocabulary
    if text == "?":
        return [f"{each.id}: {each.label} ({_range(each.values)})" for each in vocabulary]
    if text not in vocabulary.by_id:
        return []
    asked = vocabulary.finding(text)
    means = [f"{text}={each.id}: {each.label}{f'; {each.help}' if each.help else ''}" for each in asked.options]
    return [asked.help, *means]


def _range(values: tuple[Value, ...]) -> str:
    return ", ".join(map(str, values)) if len(values) <= MOST_SHOWN else f"{values[0]} … {values[-1]}"


_WHY = {"derived": "How does it follow?", "assumed": "Why is it assumed?"}
_QUESTIONS = {
    "title": "Title",
    "teaches": "What does it teach, in one sentence?",
    "source": "Where was the patient published? (key: place in it)",
    "vignette": "The patient, in your own words",
    "treatment": "What was done?",
    "outcome": "What happened?",
}
