"""What the directives share: the knowledge they print, and citations that link to the references."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TypeVar

from docutils import nodes
from sphinx.util.docutils import SphinxDirective

from casebook.diagnostics.suggestions import did_you_mean
from casebook.knowledge_base import FOLDER, Knowledge, knowledge
from casebook.messages import message
from casebook.messages.words import caution, with_hint
from casebook.models.score import Score

Part = TypeVar("Part")


class KnowledgeDirective(SphinxDirective):
    """A directive that prints a part of the knowledge, and is printed again when a file of it changes."""

    required_arguments = 1
    has_content = False

    @property
    def knowledge(self) -> Knowledge:
        """The knowledge; the page is noted to depend on its files."""
        for path in (*FOLDER.rglob("*.yml"), *FOLDER.glob("*.csv")):
            self.env.note_dependency(str(path))
        return knowledge()

    def named(self, kind: str, parts: Mapping[str, Part], id: str) -> Part:
        """Return the part called `id`, or fail with the nearest right name."""
        if id not in parts:
            raise self.error(with_hint(message(f"directive-unknown-{kind}", id=id), did_you_mean(id, parts)))
        return parts[id]

    def score(self) -> Score:
        """Return the score that the first argument names."""
        return self.named("score", self.knowledge.scores, self.arguments[0])

    def citation(self, source: Mapping[str, str]) -> Iterator[nodes.Node]:
        """Yield what stands after a statement: each source, linked, and the place in it."""
        if source:
            yield nodes.Text(" (")
            yield from self.source(source)
            yield nodes.Text(")")

    def source(self, source: Mapping[str, str]) -> Iterator[nodes.Node]:
        """Yield each source, linked, and the place in it."""
        for place, (key, locator) in enumerate(source.items()):
            if place:
                yield nodes.Text("; ")
            found, messages = self.parse_inline(f"{{cite:alp}}`{key}`")
            yield from (*found, *messages)
            yield nodes.Text(f", {locator}{caution(self.knowledge.sources[key].seen)}")

    def cited(self, text: str, source: Mapping[str, str]) -> nodes.paragraph:
        """Return a paragraph: a statement, then where it comes from."""
        paragraph = nodes.paragraph("", text.strip())
        paragraph.extend(self.citation(source))
        return paragraph


def bullets(entries: Iterable[Iterable[nodes.Node]]) -> nodes.bullet_list:
    """Return a list with one point for each entry."""
    return nodes.bullet_list("", *(nodes.list_item("", *entry) for entry in entries))


def strong(text: str) -> nodes.paragraph:
    """Return a line that heads what follows."""
    return nodes.paragraph("", "", nodes.strong("", text))
