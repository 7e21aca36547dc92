"""The content security policy of every page: nothing is loaded from another host."""

from __future__ import annotations

from html import escape
from typing import Any

from sphinx.application import Sphinx

HERE = "'self' file:"
"""The book itself: `'self'` over http; `file:` for a page opened from disk, which has no origin."""

DIRECTIVES = {
    "default-src": "'none'",
    "script-src": f"{HERE} 'unsafe-inline'",  # the theme sets light and dark in an inline script
    "style-src": f"{HERE} 'unsafe-inline'",  # the theme and its icons write style elements
    "img-src": f"{HERE} data:",
    "font-src": f"{HERE} data:",
    "connect-src": HERE,  # the theme's search reads pages of the book for its summaries
    "form-action": HERE,  # the search field
    "base-uri": "'none'",
}

META = '<meta http-equiv="Content-Security-Policy" content="{}" />'.format(
    escape("; ".join(f"{name} {sources}" for name, sources in DIRECTIVES.items()), quote=False)
)


def head_of_page(app: Sphinx, pagename: str, template: str, context: dict[str, Any], doctree: object) -> None:
    """Put the policy at the beginning of the head, because it applies only to what follows it."""
    context["metatags"] = META + "\n" + context.get("metatags", "")


def register(app: Sphinx) -> None:
    """Connect to the writing of pages, after all others have added their tags."""
    app.connect("html-page-context", head_of_page, priority=900)
