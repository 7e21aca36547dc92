"""The case explorer: findings that can be changed, with scores and recommendations."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

from traitlets import Bool, Dict, List, Unicode, validate

import casebook
from casebook.cases.case import Case, load_case
from casebook.cases.variants import Variant, changes, save
from casebook.diagnostics.fault import Fault, FaultError
from casebook.explain import Disagreement, argument, changed, closest, disagreements, firmness, relevant
from casebook.frames import PlainTable, frame, pandas_for
from casebook.inference.assessment import engine
from casebook.knowledge_base import knowledge
from casebook.messages import message
from casebook.messages.words import sentence
from widgets.core.base import CasebookWidget
from widgets.core.labels import span
from widgets.core.markup import Html
from widgets.explorer.static import explorer_markup
from widgets.figure.template import template

if TYPE_CHECKING:
    import pandas


class CaseExplorer(CasebookWidget):
    """A case whose findings can be changed, with its scores and recommendations.

    Parameters
    ----------
    case : str, Path or Case
        Name of a case, path of its YAML file, or the case itself.
    findings : mapping, optional
        Initial findings instead of the published ones; option ids by finding id.

    Attributes
    ----------
    findings : dict
        Assessed findings. Setting the trait updates the result; `observe` and `link` work. An unknown id or option, or
        findings that contradict each other, raise `casebook.FindingError` and change nothing.
    published : dict
        Every finding of the case with value, provenance, note and sources.
    constructed : bool
        Whether the case was constructed for teaching.
    relevant : list of str
        The findings that matter most in this case, which are shown first (`casebook.explain.relevant`).
    assessment : casebook.Assessment
    scores : pandas.DataFrame
    """

    case = Unicode(read_only=True).tag(sync=True)
    title = Unicode(read_only=True).tag(sync=True)
    findings = Dict().tag(sync=True)
    published = Dict(read_only=True).tag(sync=True)
    constructed = Bool(False, read_only=True).tag(sync=True)
    relevant = List[str](read_only=True).tag(sync=True)
    # Only where there is a kernel: a page has drawn the vignette already.
    _svg = Unicode(read_only=True).tag(sync=True)

    page_traits: ClassVar[tuple[str, ...]] = ("case", "title", "findings", "published", "relevant")

    def __init__(
        self,
        case: str | Path | Case,
        findings: Mapping[str, Any] | None = None,
        **traits: Any,
    ) -> None:
        given = case if isinstance(case, Case) else load_case(case)
        assumed = [name for name, entry in given.published.items() if entry["provenance"] == "assumed"]
        for name, value in (
            ("case", given.id),
            ("title", given.title),
            ("published", given.published),
            ("constructed", given.constructed),
            ("relevant", list(relevant(given.findings, assumed))),
            ("_svg", template()),
        ):
            self.set_trait(name, value)
        self._given = given
        start = given.findings if findings is None else findings
        super().__init__(_kind="explorer", findings=dict(start), **traits)
        self.on_msg(self._on_message)

    @validate("findings")
    def _read_findings(self, proposal: Any) -> dict[str, Any]:
        return knowledge().vocabulary.assessed(engine().state(proposal["value"]))

    @property
    def assessment(self) -> casebook.Assessment:
        """The assessment of the current findings."""
        return casebook.assess(self.findings)

    @property
    def scores(self) -> pandas.DataFrame:
        """One row for each score: status, total, least and greatest total, and the possible bands.

        Raises
        ------
        casebook.frames.NoPandasError
            Where pandas is not installed, as in the editor in the browser.
        """
        pandas = pandas_for("explorer.scores", message("table-scores-instead"))
        results = self.assessment.scores
        table = pandas.DataFrame(
            [
                (result.status, result.total, result.low, result.high, ", ".join(result.bands))
                for result in results.values()
            ],
            columns=["status", "total", "low", "high", "bands"],
            index=pandas.Index(list(results), name="score"),
        )
        return table.astype({"total": "Int64", "low": "Int64", "high": "Int64"})

    def explain(self) -> pandas.DataFrame | PlainTable:
        """Return the reasons for each entry of the plan, and the smallest changes that would alter it.

        Returns
        -------
        pandas.DataFrame
            One row for each action in the plan, in the order of the plan, with the columns
            ``standing`` (the outcome in words), ``because`` and ``in_the_way`` (sentences), and
            ``closest_change`` (the smallest changes, of at most two findings, that alter the outcome).
            A `PlainTable` if pandas is not installed.
        """
        known = knowledge()
        rows: dict[str, dict[str, str]] = {}
        for entry in self.assessment.plan:
            given = argument(self.findings, entry.action)
            because = " ".join(sentence(known.rules[rule].title) for rule in entry.because)
            change = closest(self.findings, entry.action, reported=self.reported).text
            rows[known.actions[entry.action].label] = {
                "standing": given.standing,
                "because": because,
                "in_the_way": " ".join(given.in_the_way),
                "closest_change": change,
            }
        return frame(rows, "action", ("standing", "because", "in_the_way", "closest_change"))

    def what_if(self, **findings: Any) -> pandas.DataFrame | PlainTable:
        """Return the effect of changing findings; the explorer itself is not changed.

        Parameters
        ----------
        **findings : str, int or None
            Option ids by finding id; None for not assessed.

        Returns
        -------
        pandas.DataFrame
            One row for the state of the patient and for each score and action that changes, the most important first,
            with the columns ``kind``, ``from`` and ``to`` in words, and ``text``, a sentence with the reason.
            A `PlainTable` if pandas is not installed.

        Raises
        ------
        casebook.FindingError
            If an id or an option is not in the vocabulary.
        """
        known = knowledge()
        labels = {part.id: part.label for part in (*known.scores.values(), *known.actions.values())}
        moves = changed(self.findings, {**self.findings, **findings}).moves
        rows = {
            labels.get(move.id, message("explorer-state")): {
                "kind": move.kind,
                "from": move.from_,
                "to": move.to,
                "text": move.text,
            }
            for move in moves
        }
        return frame(rows, "what", ("kind", "from", "to", "text"))

    @property
    def reported(self) -> tuple[str, ...]:
        """The findings whose value is the reported one."""
        return tuple(
            name
            for name, entry in self.published.items()
            if entry["provenance"] == "reported" and self.findings.get(name) == entry["value"]
        )

    def reset(self) -> None:
        """Restore the published findings."""
        self.findings = {name: entry["value"] for name, entry in self.published.items() if entry["value"] is not None}

    def differences(self) -> pandas.DataFrame:
        """Return the findings that differ from the published case.

        Returns
        -------
        pandas.DataFrame
            One row for each finding: its id, the published and the current option (None is unknown),
            and the provenance of the published option.

        Raises
        ------
        casebook.frames.NoPandasError
            Where pandas is not installed, as in the editor in the browser.
        """
        pandas = pandas_for("explorer.differences()", message("table-differences-instead"))
        lines = [
            (each.finding, each.published, each.now, each.provenance) for each in changes(self._given, self.findings)
        ]
        return pandas.DataFrame(lines, columns=["finding", "published", "now", "provenance"], dtype=object)

    def save_as(
        self, name: str, title: str | None = None, folder: str | Path = "cases", *, replace: bool = False
    ) -> Path:
        """Save the current findings as a new case with a notebook.

        A finding that differs from the published one is marked as assumed, with a note of its published value; a finding
        that was removed is not reported. Such a case is marked as constructed, without treatment and outcome.

        Parameters
        ----------
        name : str
            Small letters, digits and hyphens.
        title : str, optional
            By default the title of this case and the new name.
        folder : str or Path
        replace : bool
            Whether a case of this name may be replaced.

        Returns
        -------
        Path
            The file of the case.

        Raises
        ------
        FaultError
            With all faults: a name that is not allowed, findings that contradict each other, or a
            case of this name that may not be replaced. Nothing is written.
        """
        variant = Variant(self._given, self.findings, name, title or f"{self.title}: {name}")
        try:
            return save(variant, folder, replace=replace)
        except FileExistsError as error:
            fault = message("explorer-save-exists"), message("explorer-save-exists-hint")
            raise FaultError([Fault(f"{error.filename}", *fault)]) from error
        except OSError as error:
            fault = (
                message("explorer-save-denied", reason=error.strerror or str(error)),
                message("explorer-save-denied-hint"),
            )
            raise FaultError([Fault(f"{error.filename or folder}", *fault)]) from None

    def _on_message(self, _: Any, content: Mapping[str, Any], __: Any) -> None:
        """Handle a request of the front end, and send the reply."""
        if content.get("ask") == "save":
            name, replace = str(content.get("name", "")).strip(), content.get("replace") is True
            try:
                saved = self.save_as(name, replace=replace)
                self.send({"answer": "saved", "said": message("explorer-saved", path=f"{saved.resolve()}")})
            except FaultError as error:
                there = isinstance(error.__cause__, FileExistsError)
                self.send({"answer": "there" if there else "fault", "said": str(error)})

    def page_state(self) -> dict[str, Any]:
        """Return the initial state with the assessment, so that a page need not calculate it."""
        written = {
            "findings": self.findings,
            "assessment": self.assessment.to_dict(),
            "firmness": firmness(self.findings).to_dict(),
            "disagreements": [_without_long_texts(each) for each in disagreements(self.findings)],
        }
        origin = {"constructed": True} if self.constructed else {}
        return {**super().page_state(), **origin, "written": written}

    def static(self) -> Html:
        """Return findings, scores and plan as markup that needs no script."""
        assessment = self.assessment.to_dict()
        sensitivity = firmness(self.findings).to_dict()
        return explorer_markup(
            self.published, self.findings, assessment, sensitivity, self._knowledge, self.constructed
        )

    def __repr__(self) -> str:
        assessment = self.assessment
        words = [repr(self.case)]
        words += [
            f"{name}={message('score-not_applicable') if result.low is None else span(result.low, result.high)}"
            for name, result in assessment.scores.items()
        ]
        words.append(f"first={' '.join(map(str, assessment.first_line))!r}")
        if self.constructed:
            words.append("constructed")
        return f"CaseExplorer({', '.join(words)})"


def _without_long_texts(given: Disagreement) -> dict[str, Any]:
    """Return a disagreement as JSON, without the positions of sources, which are among the long texts of a page."""
    short = given.to_dict()
    return short if given.kind == "scores" else {**short, "sides": [], "tie": {"text": "", "authority": []}}
