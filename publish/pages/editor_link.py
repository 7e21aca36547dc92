"""*Edit this case*: the way from a case page into the editor that the book serves, where it serves one.

The editor is made apart (``make lite``), because it needs packages from elsewhere. A page that was
built without it, or with one of another state of the book, has no such control.
"""

from __future__ import annotations

import hashlib
import json
from html import escape
from pathlib import Path
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.config import Config
from sphinx.util import logging

logger = logging.getLogger(__name__)

FOLDER = "lite"
"""Where the editor lies in the built book."""

SHIPPED = "shipped.json"
"""What it says of itself: the state it was made from, its cases, and the bytes of a first visit."""

MADE_OF = ("cases", "casebook", "widgets")
UNMADE = {"__pycache__", ".ipynb_checkpoints"}

CONTROL = """\
<p class="casebook-edit"><a href="{address}">Edit this case</a>
 opens this notebook in an editor in this browser, with nothing to install: about {size:.0f} MB the first time.
 What you change stays in this browser.</p>"""


def made_of(root: Path, *folders: str) -> str:
    """Return a digest of every file in some folders, but for what running them leaves behind."""
    digest = hashlib.sha256()
    for folder in folders:
        for path in sorted((root / folder).rglob("*")):
            if path.is_file() and not UNMADE.intersection(path.parts):
                digest.update(path.relative_to(root).as_posix().encode())
                digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


def look(app: Sphinx, config: Config) -> None:
    """Note in the settings what is served, so that case pages are written again when that changes."""
    path = Path(app.outdir) / FOLDER / SHIPPED
    shipped: dict[str, Any] = json.loads(path.read_text(encoding="utf-8")) if path.is_file() else {}
    if shipped and shipped["made_of"] != made_of(Path(app.srcdir), *MADE_OF):
        logger.info("The editor is of another state of the book, so no page leads to it: make lite builds it anew.")
        shipped = {}
    config.casebook_editor = shipped


def offer(app: Sphinx, doctree: nodes.document, docname: str) -> None:
    """Put the control below the title of a case."""
    shipped = app.config.casebook_editor
    title = next(doctree.findall(nodes.title), None)
    folder, _, case = docname.rpartition("/")
    if app.builder.format != "html" or title is None or folder != "cases" or case not in shipped.get("cases", {}):
        return
    address = f"../{FOLDER}/index.html?case={case}"
    control = CONTROL.format(address=escape(address), size=shipped["bytes"] / 1e6)
    title.parent.insert(title.parent.index(title) + 1, nodes.raw("", control, format="html"))


def register(app: Sphinx) -> None:
    """Connect to the settings and to the writing of pages."""
    app.add_config_value("casebook_editor", {}, "html", dict)
    app.connect("config-inited", look)
    app.connect("doctree-resolved", offer)
