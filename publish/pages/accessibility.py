"""Corrections of the theme's markup in the finished pages.

axe reports each of these faults on pages without widgets, and no setting of the theme corrects them.
"""

from __future__ import annotations

import re
from pathlib import Path

from sphinx.application import Sphinx

from casebook.messages import message

CORRECTIONS: tuple[tuple[str, str], ...] = (
    # A label must contain the visible text, which is sufficient here.
    (r'(<button class="btn search-button-field[^>]*?) title="Search" aria-label="Search"', r"\1"),
    (r'<summary aria-label="Toggle hidden content">', "<summary>"),
    # The title of the icon would become text of the button that its label does not contain.
    (r'(<i class="theme-switch [^>]*?) +title="[^"]*"', r"\1"),
    # The sidebar is outside every landmark.
    (
        r'<div id="pst-primary-sidebar" class',
        r'<div id="pst-primary-sidebar" role="complementary" aria-label="{sidebar}" class',
    ),
    # A list may contain list items only.
    (r'(<div class="citation"[^>]*?) role="doc-biblioentry"', r'\1 role="listitem"'),
    # The top left cell of a data frame is not a heading.
    (r"<th></th>", "<td></td>"),
)


def corrected(page: str) -> str:
    """Return the HTML of a page with the faults of the theme corrected."""
    for fault, correction in CORRECTIONS:
        page = re.sub(fault, correction.replace("{sidebar}", message("page-sidebar")), page)
    return page


def correct_pages(app: Sphinx, exception: Exception | None) -> None:
    """Correct every built page."""
    if exception or app.builder.format != "html":
        return
    for path in Path(app.outdir).rglob("*.html"):
        if "_static" in path.relative_to(app.outdir).parts:
            continue
        before = path.read_text(encoding="utf-8")
        after = corrected(before)
        if after != before:
            path.write_text(after, encoding="utf-8")


def register(app: Sphinx) -> None:
    """Connect to the end of the build."""
    app.connect("build-finished", correct_pages, priority=800)
