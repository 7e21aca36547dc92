"""What-ifs: questions on a changed case, with their answers."""

from __future__ import annotations

from pathlib import Path
from typing import Any, ClassVar

from traitlets import List, Unicode, observe, validate

from casebook import FindingError
from casebook.cases.case import Case, load_case
from casebook.diagnostics.suggestions import did_you_mean, nearest
from casebook.messages import message
from widgets.core.base import CasebookWidget
from widgets.core.markup import Html, paragraphs, tag
from widgets.explorer import CaseExplorer


class WhatIfs(CasebookWidget):
    """The what-ifs of a case.

    Parameters
    ----------
    case : str, Path or Case
    explorer : CaseExplorer, optional
        The explorer that a choice sets. In a published page it is found by the case.

    Attributes
    ----------
    chosen : str or None
        Id of the what-if that the explorer shows. Setting it sets the explorer to the published
        findings with that change; it is None again once the explorer is changed further.
    """

    case = Unicode(read_only=True).tag(sync=True)
    what_ifs = List[dict[str, Any]](read_only=True).tag(sync=True)
    chosen = Unicode(None, allow_none=True).tag(sync=True)

    page_traits: ClassVar[tuple[str, ...]] = ("case", "what_ifs", "chosen")

    def __init__(self, case: str | Path | Case, explorer: CaseExplorer | None = None, **traits: Any) -> None:
        self._given = case if isinstance(case, Case) else load_case(case)
        self._explorer = explorer
        self.set_trait("case", self._given.id)
        self.set_trait("what_ifs", [entry.model_dump(mode="json") for entry in self._given.what_ifs])
        super().__init__(_kind="what-if", **traits)
        if explorer is not None:
            explorer.observe(self._reset_choice, "findings")

    @validate("chosen")
    def _is_a_what_if(self, proposal: Any) -> str | None:
        ids = [entry["id"] for entry in self.what_ifs]
        chosen = proposal["value"]
        if chosen is not None and chosen not in ids:
            hint = did_you_mean(chosen, ids)
            text = message("error-no-supposition", case=self.case, supposition=repr(chosen), hint=hint)
            raise FindingError(text, chosen, None, nearest(chosen, ids))
        return chosen

    @observe("chosen")
    def _set_explorer(self, change: Any) -> None:
        if self._explorer is not None and change["new"] is not None:
            self._explorer.findings = self._given.what_if(change["new"])

    def _reset_choice(self, change: Any) -> None:
        """Reset the choice once the explorer shows something else, so that it can be made again."""
        if self.chosen is not None and change["new"] != self._given.what_if(self.chosen):
            self.chosen = None

    def static(self) -> Html:
        """Return the questions with their answers folded."""
        return tag("ol", *map(_what_if, self.what_ifs))

    def __repr__(self) -> str:
        ids = ", ".join(entry["id"] for entry in self.what_ifs)
        return f"WhatIfs({self.case!r}, {ids})"


def _what_if(entry: dict[str, Any]) -> Html:
    answer = tag("details", tag("summary", message("supposition-answer")), paragraphs(entry["answer"]))
    return tag("li", tag("p", tag("strong", entry["question"])), answer)
