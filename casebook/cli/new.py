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
from casebook.cli.output import print_lines, readable_faults
from casebook.diagnostics.fault import Fault, FaultError
from casebook.diagnostics.suggestions import did_you_mean
from casebook.knowledge_base import knowledge
from casebook.messages import message
from casebook.messages.words import all_of, one_after_another, with_hint
from casebook.models.case import LONGEST_AIM, MOST_AIMS, Provenance
from casebook.models.finding import FindingError, Value

BOOK = Path()
MINUTES = 15
MOST_SHOWN = 6
"""The largest number of options that are all listed; of more, only the first and the last are."""


def _option(text: str) -> Any:
    return typer.Option(help=text, show_default=False)


def new_command(
    name: Annotated[str, typer.Argument(help=message("new-help-name"))],
    title: Annotated[str | None, _option(message("new-help-title"))] = None,
    teaches: Annotated[str | None, _option(message("new-help-teaches"))] = None,
    minutes: Annotated[int | None, typer.Option(help=message("new-help-minutes", minutes=MINUTES), min=1)] = None,
    source: Annotated[str | None, _option(message("new-help-source"))] = None,
    vignette: Annotated[str | None, _option(message("new-help-vignette"))] = None,
    treatment: Annotated[str | None, _option(message("new-help-treatment"))] = None,
    outcome: Annotated[str | None, _option(message("new-help-outcome"))] = None,
    aim: Annotated[list[str] | None, _option(message("new-help-aim"))] = None,
    reported: Annotated[list[str] | None, _option(message("new-help-reported"))] = None,
    derived: Annotated[list[str] | None, _option(message("new-help-derived"))] = None,
    assumed: Annotated[list[str] | None, _option(message("new-help-assumed"))] = None,
    constructed: Annotated[
        bool,
        typer.Option("--constructed", help=message("new-help-constructed")),
    ] = False,
    yes: Annotated[bool, typer.Option("--yes", "-y", help=message("new-help-yes"))] = False,
    force: Annotated[bool, typer.Option("--force", help=message("new-help-force"))] = False,
) -> None:
    """Write a new case: its file, its notebook, and its entry in the table of contents.

    You are asked for everything that is not given as an option. A finding that is not given counts as unknown.
    """
    with readable_faults():
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
        if constructed:  # a constructed case has no outcome and needs no treatment
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
    paths = [BOOK / "cases" / f"{name}{suffix}" for suffix in (".yml", ".ipynb")]
    existing = [str(path) for path in paths if path.exists()]
    if not existing:
        return False
    if not yes and Confirm.ask(message("new-replace", files=all_of(existing)), default=False):
        return True
    raise FaultError([Fault.of(existing[0], "new-exists")])


def _write(draft: Draft, replace: bool, typed: bool) -> None:
    try:
        written = write(draft, BOOK, replace=replace)
    except FaultError:
        if typed:
            typer.echo(draft.text())
        raise
    except OSError as error:
        typer.echo(draft.text())  # the draft is printed, so that nothing that was typed is lost
        raise FaultError([Fault.of(f"{error.filename}", "new-not-written", why=str(error.strerror))]) from None
    notebook = written[1]
    print_lines(
        [
            *(message("command-wrote", path=str(path)) for path in written),
            message("new-next", notebook=str(notebook), id=draft.id),
        ]
    )


def _cited(text: str) -> tuple[str, str]:
    """Read a source with its locator, written as “key: locator”."""
    key, _, locator = (part.strip() for part in text.partition(":"))
    sources = knowledge().sources
    if key not in sources:
        raise FaultError([Fault(text, message("case-unknown-source", key=key), did_you_mean(key, sources))])
    if not locator:
        raise FaultError([Fault.of(text, "new-no-locator", key=key)])
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
                faults.append(Fault.of(text, "command-repeated", id=id))
            found[id] = entry
    if faults:
        raise FaultError(faults)
    return found


class _Asked:
    """The questions to the author of a case, each repeated until the answer is valid."""

    def __init__(self, name: str, silent: bool) -> None:
        self.name = name
        self.silent = silent
        self.console = Console(highlight=False)

    def words(self, given: dict[str, str | None]) -> dict[str, str]:
        if self.silent:
            missing = [field for field, text in given.items() if not (text or "").strip()]
            if missing:
                raise FaultError([Fault.of(f"--{field}", "new-option-missing", field=field) for field in missing])
        return {field: self.text(field, text) for field, text in given.items()}

    def text(self, field: str, given: str | None) -> str:
        if given is not None and given.strip():
            self.accepted(field, given.strip())
            return given.strip()
        return self.until(lambda: self.answer(field))

    def answer(self, field: str) -> str:
        text = self.line(message(f"new-ask-{field}"))
        if not text:
            raise FaultError([Fault.of(field, "new-answer-missing")])
        self.accepted(field, text)
        return text

    def accepted(self, field: str, text: str) -> None:
        if field == "title":
            check_title(BOOK, self.name, text)
        elif field == "source":
            _cited(text)

    def minutes(self) -> int:
        return max(1, IntPrompt.ask(message("new-ask-minutes"), console=self.console, default=MINUTES))

    def aims(self) -> list[str]:
        """Ask for two to four learning objectives, or none."""
        self.console.print(message("new-ask-aims"))
        aims: list[str] = []
        while len(aims) < MOST_AIMS and (line := self.until(partial(self.aim, aims))):
            aims.append(line)
        return aims

    def aim(self, before: list[str]) -> str:
        """Return the next learning objective, or "" after the last.

        Raises
        ------
        FaultError
            If the objective is too long, or would be the only one.
        """
        line = self.line(message("new-ask-aim"))
        if len(line) > LONGEST_AIM:
            raise FaultError([Fault.of(message("new-this-aim"), "new-aim-too-long", most=LONGEST_AIM)])
        if not line and len(before) == 1:
            raise FaultError([Fault.of(message("new-this-aim"), "new-aim-alone")])
        return line

    def findings(self, draft: Draft) -> Draft:
        """Ask for findings until an empty line; each is validated together with all before it."""
        self.console.print(message("new-ask-findings"))
        self.console.print(message("new-ask-findings-help"))
        more = True
        while more:
            tried = self.until(partial(self.finding, draft))
            more, draft = tried is not draft, tried
        return draft

    def finding(self, draft: Draft) -> Draft:
        """Return the draft with one more finding, or unchanged after an empty line."""
        text = self.line(message("new-ask-finding"))
        while lines := _offered(text):
            self.console.print("\n".join(lines), markup=False)
            text = self.line(message("new-ask-finding"))
        if not text:
            return draft
        _, entry = finding(text, "reported")
        kind = Prompt.ask(
            message("new-ask-provenance"),
            console=self.console,
            choices=["reported", "derived", "assumed"],
            default="reported",
        )
        kind = cast("Provenance", kind)
        if kind != "reported" and not entry["note"]:
            text = f"{text.rstrip(': ')}: {self.line(message(f'new-why-{kind}'))}"
        id, entry = finding(text, kind)
        tried = dataclasses.replace(draft, findings={**draft.findings, id: entry})
        case_from(tried, BOOK)
        return tried

    def line(self, question: str) -> str:
        return Prompt.ask(question, console=self.console, default="", show_default=False).strip()

    def until(self, ask: Callable[[], Any]) -> Any:
        """Ask until the answer is valid; print the reason each time it is not."""
        while True:
            try:
                return ask()
            except (FaultError, FindingError) as error:
                self.console.print(str(error), markup=False)


def _offered(text: str) -> list[str]:
    """Return the findings or options to choose from, if the answer was a request for help, else an empty list."""
    vocabulary = knowledge().vocabulary
    if text == "?":
        return [
            message("new-finding", id=each.id, label=each.label, options=_range(each.values)) for each in vocabulary
        ]
    if text not in vocabulary.by_id:
        return []
    asked = vocabulary.finding(text)
    means = [
        message("new-option", finding=text, id=each.id, label=with_hint(each.label, each.help or ""))
        for each in asked.options
    ]
    return [asked.help, *means]


def _range(values: tuple[Value, ...]) -> str:
    if len(values) <= MOST_SHOWN:
        return one_after_another(list(map(str, values)))
    return message("new-options-between", first=values[0], last=values[-1])
