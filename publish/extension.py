"""The modules of the Sphinx extension, in the order in which they are registered."""

from __future__ import annotations

import gc

from sphinx.application import Sphinx

from publish.directives import (
    architecture,
    calculator,
    cards,
    disagreements,
    drawings,
    evidence,
    instruments,
    limits,
    quiz,
    remarks,
    rules,
    tables,
    teaching,
    verification,
)
from publish.pages import (
    accessibility,
    assets,
    case_page,
    citations,
    editor_link,
    external_requests,
    front,
    outputs,
    policy,
    progress,
    search,
)

MODULES = (
    outputs,
    assets,
    policy,
    external_requests,
    case_page,
    editor_link,
    progress,
    accessibility,
    front,
    search,
    citations,
    tables,
    remarks,
    rules,
    disagreements,
    instruments,
    evidence,
    verification,
    architecture,
    teaching,
    limits,
    calculator,
    cards,
    drawings,
    quiz,
)


def register(app: Sphinx) -> None:
    """Register every module with Sphinx."""
    # A book stays in memory until it is built, so there is little garbage: rare collections save a sixth of the time.
    gc.set_threshold(100_000, 50, 100)
    for module in MODULES:
        module.register(app)
