"""What a search finds: every paragraph of the book with its place, in a file for the search page alone.

Sphinx's own index knows pages, single words and no synonyms, and the theme loads it into every page. Here each page gives
its paragraphs as it is written; the end of a build joins them with the synonyms of the knowledge. A script of the search
page (`widgets/search`) does the rest, over http and from disk.
"""

from __future__ import annotations

import json
import re
from html.parser import HTMLParser
from pathlib import Path
from typing import Any, NamedTuple

from docutils import nodes
from sphinx.application import Sphinx

from casebook.knowledge_base import Knowledge, knowledge
from publish.pages.assets import FOLDER, script, versioned

PASSAGES = "passages.js"
SCRIPTS = (PASSAGES, "search.js")
"""What the search page loads in place of the index of Sphinx."""

OF_SPHINX = re.compile(
    r'\s*<script src="[^"]*(?:_static/(?:searchtools|language_data)|searchindex)\.js[^"]*"></script>'
)
STEMMER = "language_data.js"
"""The stemmer and the stop words of Sphinx, which the search page keeps."""

HIGHLIGHTER = "sphinx_highlight.js"
"""Sphinx's highlighter puts elements into the text of live widgets, and empties the history state of the page."""

BLOCKS = {"p", "li", "dt", "dd", "tr", "summary", "caption", "figcaption", "h1", "h2", "h3", "h4", "h5", "h6"}
HEADINGS = {"h1", "h2", "h3", "h4", "h5", "h6"}
ADDRESSED = {*BLOCKS, "section", "details", "div", "table", "figure", "dl"}
"""Elements whose id can be the target of a result; ids of citations inside a line cannot."""
VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
LEFT_OUT = {"script", "style", "pre", "button", "select", "svg", "math"}
CONTROLS = {"headerlink", "casebook-present", "casebook-read", "casebook-learning"}
WEIGHTS = (
    ("book/chapters/", 1.0),
    ("book/instruments/", 1.0),
    ("book/scores/", 1.0),
    ("cases/", 0.8),
    ("book/references", 0.3),
    ("book/rules", 0.4),
    ("book/teach/", 0.3),
    ("book/developing/", 0.3),
    ("", 0.5),
)
"""What a passage counts, by the beginning of the name of its page: a chapter explains, a list of all rules only lists."""

WITHOUT_PASSAGES = {"explorer", "calculator", "disability", "quiz", "reading"}
"""Widgets that are left out: the text of the first three is that of every patient, and results from the others would give
answers away."""


class IndexedPassage(NamedTuple):
    """A paragraph, a row or an entry of a list, with the fragment of an address that leads to it.

    `term` is the defined term of an entry in a list of definitions.
    """

    anchor: str
    heading: str
    term: str
    text: str


class _Open(NamedTuple):
    """An element that the parser is inside of; `held` is the section heading outside of it."""

    tag: str
    anchor: str
    left_out: bool
    widget: bool
    held: str


class Passages(HTMLParser):
    """Collects the passages of a page."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[IndexedPassage] = []
        self.open: list[_Open] = [_Open("", "", left_out=False, widget=False, held="")]
        self.text: list[str] = []
        self.heading = self.term = self.term_anchor = ""
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Begin an element; a block ends the passage before it."""
        if tag in VOID:
            self.text.append(" ")
            return
        given = dict(attrs)
        around = self.open[-1]
        widget = given.get("data-casebook-widget")
        left_out = (
            tag in LEFT_OUT or widget in WITHOUT_PASSAGES or bool(CONTROLS & {*(given.get("class") or "").split()})
        )
        if tag in BLOCKS and not self.inside("tr"):
            self.flush()
        if tag in ("td", "th") and self.text:
            self.text.append(" · ")
        # Inside a live widget the script draws other elements; the section around it remains.
        inside = around.widget or widget is not None
        anchor = given.get("id") or "" if tag in ADDRESSED and not inside else ""
        # An entry begins again with its term.
        if tag in ("dt", "dl"):
            self.term = self.term_anchor = ""
        self.open.append(
            _Open(tag, anchor or around.anchor, around.left_out or left_out, widget=inside, held=self.heading)
        )

    def handle_endtag(self, tag: str) -> None:
        """End an element, and those inside it that were left open."""
        if tag in VOID or all(each.tag != tag for each in self.open):
            return
        if tag in BLOCKS and (tag == "tr" or not self.inside("tr")):
            self.flush(tag)
        while len(self.open) > 1:
            ended = self.open.pop()
            if ended.tag == "section":
                self.heading = ended.held
            if ended.tag == "dl":
                self.term = self.term_anchor = ""
            if ended.tag == tag:
                break

    def handle_data(self, data: str) -> None:
        """Add text to the passage."""
        if not self.open[-1].left_out:
            self.text.append(data)

    def inside(self, tag: str) -> bool:
        """Return whether an element of that name is open."""
        return any(each.tag == tag for each in self.open)

    def flush(self, ended: str = "") -> None:
        """End the passage; `ended` is the block that ends with it."""
        text = " ".join("".join(self.text).split()).strip(" ·")
        self.text.clear()
        anchor = self.open[-1].anchor
        if ended == "dt":
            self.term, self.term_anchor = text, anchor
            return
        if ended in HEADINGS:
            self.heading = text
        elif text:
            in_entry = self.inside("dd")
            self.found.append(
                IndexedPassage(
                    (in_entry and self.term_anchor) or anchor, self.heading, self.term if in_entry else "", text
                )
            )


def collect(app: Sphinx, pagename: str, template: str, context: dict[str, Any], doctree: nodes.document | None) -> None:
    """Store the passages of a page beside its doctree; take Sphinx's highlighter out of every page."""
    files = context["script_files"]
    files[:] = [file for file in files if HIGHLIGHTER not in str(getattr(file, "filename", file))]
    app.add_js_file(f"../{FOLDER}/found.js", loading_method="defer", priority=800)
    if pagename == "search":
        app.add_css_file(f"../{FOLDER}/search.css", priority=800)
    if doctree is None or app.builder.name != "html":
        return
    stored = _stored(app, pagename)
    stored.parent.mkdir(parents=True, exist_ok=True)
    stored.write_text(json.dumps(Passages(context.get("body", "")).found, ensure_ascii=False), encoding="utf-8")


def _stored(app: Sphinx, pagename: str) -> Path:
    return Path(app.doctreedir) / "passages" / f"{pagename}.json"


def passages(app: Sphinx) -> dict[str, Any]:
    """Return what the search page loads: pages, their passages, and words of one meaning."""
    pages: list[tuple[str, str, float]] = []
    found: list[tuple[int, str, str, str, str]] = []
    for name in sorted(app.env.found_docs):
        stored = _stored(app, name)
        if stored.is_file():
            found += [(len(pages), *each) for each in json.loads(stored.read_text(encoding="utf-8"))]
            weight = next(weight for beginning, weight in WEIGHTS if name.startswith(beginning))
            pages.append((name, app.env.titles[name].astext(), weight))
    known = knowledge()
    spellings = [(american, spelling.id) for spelling in known.spellings for american in spelling.american]
    return {"pages": pages, "passages": found, "synonyms": synonyms(known), "spellings": spellings}


def synonyms(known: Knowledge) -> list[list[str]]:
    """Return words of one meaning, in groups: those of the file of synonyms, and each finding with one of its aliases.

    Aliases of a finding are not synonyms of each other: lung and liver are both names under which visceral metastases
    are looked for.
    """
    groups = [[each.label, *each.aliases] for each in known.synonyms]
    return groups + [[finding.label, alias] for finding in known.vocabulary for alias in finding.aliases]


def write(app: Sphinx, exception: Exception | None) -> None:
    """Write the passages, and let no page but the search page load what only a search needs."""
    if exception or app.builder.name != "html":
        return
    folder = Path(app.outdir)
    (folder / FOLDER / PASSAGES).write_text(script("passages", passages(app)), encoding="utf-8")
    for path in folder.rglob("*.html"):
        if "_static" in path.relative_to(folder).parts:
            continue
        before = path.read_text(encoding="utf-8")
        after = OF_SPHINX.sub(_scripts(folder) if path == folder / "search.html" else "", before, count=1)
        after = OF_SPHINX.sub("", after)
        if after != before:
            path.write_text(after, encoding="utf-8")


def _scripts(folder: Path) -> str:
    """Return the elements of the search page that load its scripts, each by an address with a checksum."""
    files = [f"_static/{STEMMER}", *(f"{FOLDER}/{name}" for name in SCRIPTS)]
    addresses = [versioned(file, (folder / file).read_bytes()) for file in files]
    return "".join(f'\n  <script defer="defer" src="{address}"></script>' for address in addresses)


def register(app: Sphinx) -> None:
    """Connect to the writing of pages, after every other module has added to them, and to the end of the build."""
    app.connect("html-page-context", collect, priority=850)
    app.connect("build-finished", write, priority=700)
