"""The base class of the widgets: one front end, and static output that is readable without it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, ClassVar, TypeAlias, cast

import anywidget
from traitlets import Dict, Unicode, default

from casebook.export.browser import bundle
from casebook.messages import message
from widgets.core.markup import Html, live_element

STATIC = Path(__file__).parents[1] / "static"

_NOT_BUILT = (
    f"export default {{ render({{ el }}) {{ el.textContent = {json.dumps(message('widget-not-built'))}; }} }};\n"
)


def _front_end(name: str, otherwise: str) -> Path | str:
    path = STATIC / name
    return path if path.is_file() else otherwise


MimeBundle: TypeAlias = tuple[dict[str, Any], dict[str, Any]]
"""The data of an output by type, and metadata."""


class CasebookWidget(anywidget.AnyWidget):
    """An anywidget whose output includes static markup, and whose repr contains its result.

    A subclass names the traits that a page starts from (`page_traits`) and gives its readable
    markup (`static`) and its one-line summary (`__repr__`).
    """

    _esm = _front_end("lab.js", _NOT_BUILT)
    _css = _front_end("lab.css", "")

    _kind = Unicode().tag(sync=True)
    # Only where there is a kernel: a page of the book loads the knowledge once, as a file.
    _knowledge = Dict(read_only=True).tag(sync=True)

    page_traits: ClassVar[tuple[str, ...]] = ()

    @default("_knowledge")
    def _knowledge_of_the_book(self) -> dict[str, Any]:
        return bundle()

    def static(self) -> Html:
        """Return the current state as markup that needs no script."""
        raise NotImplementedError

    def page_state(self) -> dict[str, Any]:
        """Return the initial state of the widget in a page without Python, as plain JSON."""
        return {name: getattr(self, name) for name in self.page_traits}

    def page_element(self) -> Html:
        """Return the element that the script of a page renders."""
        return live_element(self._kind, self.page_state(), self.static())

    def _repr_mimebundle_(self, **kwargs: Any) -> MimeBundle:
        data, metadata = cast("MimeBundle | None", super()._repr_mimebundle_(**kwargs)) or ({}, {})
        return {**data, "text/html": str(self.page_element())}, metadata
