"""Small faults of the theme's markup, put right in the finished pages.

Each is one that axe reports on a page without any widget, and that no setting of the theme reaches.
"""

from __future__ import annotations

import re
from pathlib import Path

from sphinx.application import Sphinx

AMENDMENTS: tuple[tuple[str, str], ...] = (
    # A label must hold the text that is seen; these elements have text enough without one.
    (r'(<button class="btn search-button-field[^>]*?) title="Search" aria-label="Search"', r"\1"),
    (r'<summary aria-label="Toggle hidden content">', "<summary>"),
    # An icon's title would become text inside the button that its label does not hold.
    (r'(<i class="theme-switch [^>]*?) +title="[^"]*"', r"\1"),
    # The sidebar stands outside every landmark.
    (
        r'<div id="pst-primary-sidebar" class',
        r'<div id="pst-primary-sidebar" role="complementary" aria-label="Book" class',
    ),
    # A list may hold list items only.
    (r'(<div class="citation"[^>]*?) role="doc-biblioentry"', r'\1 role="listitem"'),
    # The corner of a data frame heads nothing.
    (r"<th></th>", "<td></td>"),
)


def amend(page: str) -> str:
    """Return the HTML of a page with the theme's faults put right."""
    for fault, right in AMENDMENTS:
        page = re.sub(fault, right, page)
    return page


def amend_all(app: Sphinx, exception: Exception | None) -> None:
    """Put every built page right."""
    if exception or app.builder.format != "html":
        return
    for path in Path(app.outdir).rglob("*.html"):
        if "_static" in path.relative_to(app.outdir).parts:
            continue
        before = path.read_text(encoding="utf-8")
        after = amend(before)
        if after != before:
            path.write_text(after, encoding="utf-8")


def register(app: Sphinx) -> None:
    """Connect to the end of the build."""
    app.connect("build-finished", amend_all, priority=800)
