"""A Sphinx extension for live widgets in the built book, without Python and without other hosts.

Each module uses events and interfaces that Sphinx documents. In `pages`:

- `outputs` refuses notebook outputs that would not work in a page;
- `assets` copies shared scripts, styles and knowledge, and loads them in the pages that need them;
- `policy` writes the content security policy into every page;
- `external_requests` removes requests of the theme to other hosts, and audits every page;
- `case_page` adds aims, *Present* and *Print* to a case page, and writes the presentation of the case;
- `editor_link` links a case to the editor in the browser;
- `progress` lists all pages for a reader's progress, and adds the checkbox that marks a page as read;
- `accessibility` corrects faults in the theme's markup;
- `front` forwards the address of the book to its first page;
- `search` gives the search page every paragraph of the book, and the synonyms of the knowledge;
- `citations` cites sources by their short names.

`directives` print the knowledge and the questions of chapters; `notebooks` runs notebooks, `preview` serves the book
while it is edited, and `lite` builds the editor in the browser.

This package imports `classroom`, for the limits of a room and the presentation of a case; `classroom` never imports
this package.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from casebook.distribution.version import __version__

if TYPE_CHECKING:
    from sphinx.application import Sphinx


def setup(app: Sphinx) -> dict[str, Any]:
    """Register the extension with Sphinx."""
    # Loaded only here: the programs in this package say in one sentence what they need, with or without Sphinx.
    from publish.extension import register

    register(app)
    return {"version": __version__, "parallel_read_safe": True, "parallel_write_safe": True}
