"""*Edit this case*: the link from a case page to the editor in the browser, if the book serves one.

The editor is built separately (``make lite``), because it needs packages from elsewhere. A page that was built without
an editor, or with an editor of another state of the book, has no link.
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

from casebook.messages import message

logger = logging.getLogger(__name__)

FOLDER = "lite"
"""Folder of the editor in the built book."""

SHIPPED = "shipped.json"
"""File that describes the editor: the state of the book it was built from, its cases, and the size of a first visit."""

MADE_OF = ("cases", "casebook", "widgets", "classroom")
UNMADE = {"__pycache__", ".ipynb_checkpoints"}

LINK = '<a href="{address}">{text}</a>'


def made_of(root: Path, *folders: str) -> str:
    """Return a digest of every source file in some folders."""
    digest = hashlib.sha256()
    for folder in folders:
        for path in sorted((root / folder).rglob("*")):
            if path.is_file() and not UNMADE.intersection(path.parts):
                digest.update(path.relative_to(root).as_posix().encode())
                digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


def read_shipped(app: Sphinx, config: Config) -> None:
    """Store the description of the editor in the settings, so that case pages are written again when it changes."""
    path = Path(app.outdir) / FOLDER / SHIPPED
    shipped: dict[str, Any] = json.loads(path.read_text(encoding="utf-8")) if path.is_file() else {}
    if shipped and shipped["made_of"] != made_of(Path(app.srcdir), *MADE_OF):
        logger.info(message("build-editor-outdated"))
        shipped = {}
    config.casebook_editor = shipped


def add_link(app: Sphinx, doctree: nodes.document, docname: str) -> None:
    """Put the link below the title of a case."""
    shipped = app.config.casebook_editor
    title = next(doctree.findall(nodes.title), None)
    folder, _, case = docname.rpartition("/")
    if app.builder.format != "html" or title is None or folder != "cases" or case not in shipped.get("cases", {}):
        return
    address = f"../{FOLDER}/index.html?case={case}"
    link = LINK.format(address=escape(address), text=escape(message("page-edit-case")))
    about = message("page-edit-about", megabytes=f"{shipped['bytes'] / 1e6:.0f}")
    control = f'<p class="casebook-edit">{link}\n {escape(about)}</p>'
    title.parent.insert(title.parent.index(title) + 1, nodes.raw("", control, format="html"))


def register(app: Sphinx) -> None:
    """Connect to the settings and to the writing of pages."""
    app.add_config_value("casebook_editor", {}, "html", dict)
    app.connect("config-inited", read_shipped)
    app.connect("doctree-resolved", add_link)
