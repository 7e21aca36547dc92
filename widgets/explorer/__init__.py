"""The case explorer: findings to change, and what follows from them."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

from traitlets import Dict, Unicode, validate

import casebook
from casebook.cases import Case, load_case
from casebook.frames import pandas_for
from casebook.library import knowledge
from widgets.explorer.static import explorer_markup
from widgets.shared.base import CasebookWidget
from widgets.shared.markup import Html
from widgets.shared.words import span

if TYPE_CHECKING:
    import pandas


class CaseExplorer(CasebookWidget):
    """A case whose findings can be changed, with its scores and recommendations.

    Parameters
    ----------
    case : str, Path or Case
        Name of a case, path of its YAML file, or the case itself.
    findings : mapping, optional
        Findings to start from in place of the published ones; option ids by finding id.

    Attributes
    ----------
    findings : dict
        Assessed findings. Setting it recomputes everything; `observe` and `link` work on it. An
        unknown id or option raises `casebook.FindingError` and changes nothing.
    published : dict
        Every finding of the case with value, provenance, note and sources.
    assessment : casebook.Assessment
    scores : pandas.DataFrame
    """

    case = Unicode(read_only=True).tag(sync=True)
    title = Unicode(read_only=True).tag(sync=True)
    findings = Dict().tag(sync=True)
    published = Dict(read_only=True).tag(sync=True)

    page_traits: ClassVar[tuple[str, ...]] = ("case", "title", "findings", "published")

    def __init__(
        self,
        case: str | Path | Case,
        findings: Mapping[str, Any] | None = None,
        **traits: Any,
    ) -> None:
        given = case if isinstance(case, Case) else load_case(case)
        for name, value in (
            ("case", given.id),
            ("title", given.title),
            ("published", given.published),
        ):
            self.set_trait(name, value)
        start = given.findings if findings is None else findings
        super().__init__(_kind="explorer", findings=dict(start), **traits)

    @validate("findings")
    def _read_findings(self, proposal: Any) -> dict[str, Any]:
        vocabulary = knowledge().vocabulary
        return vocabulary.assessed(vocabulary.state(proposal["value"]))

    @property
    def assessment(self) -> casebook.Assessment:
        """What follows from the present findings."""
        return casebook.assess(self.findings)

    @property
    def scores(self) -> pandas.DataFrame:
        """One line a score: status, total, least and greatest total, and the bands possible.

        Raises
        ------
        casebook.frames.NoPandasError
            Where pandas is not installed, as in the editor in the browser.
        """
        pandas = pandas_for("explorer.scores", "explorer.assessment.scores, which holds the same")
        results = self.assessment.scores
        frame = pandas.DataFrame(
            [
                (result.status, result.total, result.low, result.high, ", ".join(result.bands))
                for result in results.values()
            ],
            columns=["status", "total", "low", "high", "bands"],
            index=pandas.Index(list(results), name="score"),
        )
        return frame.astype({"total": "Int64", "low": "Int64", "high": "Int64"})

    def reset(self) -> None:
        """Go back to the published case."""
        self.findings = {id: entry["value"] for id, entry in self.published.items() if entry["value"] is not None}

    def page_state(self) -> dict[str, Any]:
        """Return what a page starts from, with the assessment, so that it need not be worked out to be shown."""
        written = {"findings": self.findings, "assessment": self.assessment.to_dict()}
        return {**super().page_state(), "written": written}

    def static(self) -> Html:
        """Return findings, scores and plan as markup that needs no script."""
        assessment = self.assessment.to_dict()
        return explorer_markup(self.published, self.findings, assessment, self._knowledge)

    def __repr__(self) -> str:
        assessment = self.assessment
        words = [repr(self.case)]
        words += [
            f"{id}={'not applicable' if result.low is None else span(result.low, result.high)}"
            for id, result in assessment.scores.items()
        ]
        if assessment.plan:
            first = assessment.plan[0]
            may = "" if first.status == "decided" else "possible "
            words.append(f"first='{may}{first.stance}: {first.action}'")
        return f"CaseExplorer({', '.join(words)})"
