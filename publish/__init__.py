"""Sphinx extension: casebook widgets live in a built book, without Python and without another host.

Each module does one thing, on events and interfaces that Sphinx documents:

- `outputs` refuses notebook outputs that would look alive and be dead;
- `assets` puts the shared scripts, styles and knowledge beside the pages and names them where needed;
- `policy` writes the content security policy into every page;
- `external_requests` takes out what the theme would fetch elsewhere, and audits every built page;
- `case_page` puts aims, *Present* and *Print* on a case page, and writes what is presented;
- `editor_link` leads from a case into the editor that the book serves;
- `progress` lists the contents for a reader's progress, and lets a reader mark a page as read;
- `accessibility` puts small faults of the theme's markup right;
- `front` makes the address of the book lead to its first page;
- `citations` names sources by their short form;
- `tables`, `remarks`, `rules`, `disagreements`, `instruments`, `evidence`, `verification`, `architecture`, `teaching` and `calculator` are
  directives that print the knowledge; `limits` prints those of a teaching room;
- `quiz` is the directive that asks the questions of a chapter.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from casebook.version import __version__

if TYPE_CHECKING:
    from sphinx.application import Sphinx


def setup(app: Sphinx) -> dict[str, Any]:
    """Register the extension with Sphinx."""
    # Loaded only here: the programs in this package say in one sentence what they need, with or without Sphinx.
    from publish.extension import register

    register(app)
    return {"version": __version__, "parallel_read_safe": True, "parallel_write_safe": True}
