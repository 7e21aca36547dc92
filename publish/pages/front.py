"""The start page: ``index.html``, which forwards to the first page of the book."""

from __future__ import annotations

from html import escape
from pathlib import Path

from sphinx.application import Sphinx

from casebook.messages import message
from publish.pages.policy import META

PAGE = """\
<!DOCTYPE html>
<html lang="{language}">
  <head>
    <meta charset="utf-8" />
    {policy}
    <meta http-equiv="refresh" content="0; url={address}" />
    {icon}
    <title>{title}</title>
  </head>
  <body><main><h1>{title}</h1><p><a href="{address}">{open}</a></p></main></body>
</html>
"""


def write(app: Sphinx, exception: Exception | None) -> None:
    """Write ``index.html`` unless the book has a page of that name."""
    if exception or app.builder.name != "html" or app.config.root_doc == "index":
        return
    page = PAGE.format(
        language=app.config.language,
        open=escape(message("page-open-book")),
        policy=META,
        icon=_icon(app.config.html_favicon),
        address=escape(app.builder.get_target_uri(app.config.root_doc)),
        title=escape(app.config.html_title),
    )
    (Path(app.outdir) / "index.html").write_text(page, encoding="utf-8")


def _icon(file: str | None) -> str:
    return f'<link rel="icon" href="_static/{escape(Path(file).name)}"/>' if file else ""


def register(app: Sphinx) -> None:
    """Connect to the end of the build, before the table of contents would write a page without policy or title."""
    app.connect("build-finished", write, priority=100)
