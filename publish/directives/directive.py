"""The base class of the directives: access to the knowledge, and citations that link to the references."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TypeVar

from docutils import nodes
from sphinx.util.docutils import SphinxDirective

from casebook.diagnostics.suggestions import did_you_mean
from casebook.knowledge_base import FOLDER, Knowledge, knowledge
from casebook.messages import message
from casebook.messages.words import caution
from casebook.models.score import Score

Part = TypeVar("Part")


class KnowledgeDirective(SphinxDirective):
    """A directive that prints a part of the knowledge, and whose page is built again when the knowledge changes."""

    required_arguments = 1
    has_content = False

    @property
    def knowledge(self) -> Knowledge:
        """The knowledge; the page is recorded as depending on its files."""
        for path in (*FOLDER.rglob("*.yml"), *FOLDER.glob("*.csv")):
            self.env.note_dependency(str(path))
        return knowledge()

    def part(self, kind: str, parts: Mapping[str, Part], name: str) -> Part:
        """Return the part with an id, or fail with a suggestion.

        Parameters
        ----------
        kind : {"score", "action", "instrument"}
            What the part is, for the error.
        parts : mapping
            Parts by id.
        name : str
        """
        if name not in parts:
            raise self.error(message("directive-unknown", name=name, kind=kind, hint=did_you_mean(name, parts)))
        return parts[name]

    def score(self) -> Score:
        """Return the score named by the first argument."""
        return self.part("score", self.knowledge.scores, self.arguments[0])

    def citation(self, source: Mapping[str, str]) -> Iterator[nodes.Node]:
        """Yield the sources of a statement in brackets; nothing if it has none."""
        if source:
            yield nodes.Text(" (")
            yield from self.source(source)
            yield nodes.Text(")")

    def source(self, source: Mapping[str, str]) -> Iterator[nodes.Node]:
        """Yield each source as a link, with its locator."""
        for index, (key, locator) in enumerate(source.items()):
            if index:
                yield nodes.Text("; ")
            found, messages = self.parse_inline(f"{{cite:alp}}`{key}`")
            yield from (*found, *messages)
            yield nodes.Text(f", {locator}{caution(self.knowledge.sources[key].seen)}")

    def cited(self, text: str, source: Mapping[str, str]) -> nodes.paragraph:
        """Return a statement with its sources."""
        paragraph = nodes.paragraph("", text.strip())
        paragraph.extend(self.citation(source))
        return paragraph


def bullets(entries: Iterable[Iterable[nodes.Node]]) -> nodes.bullet_list:
    """Return a bullet list with one item for each entry."""
    return nodes.bullet_list("", *(nodes.list_item("", *entry) for entry in entries))


def strong(text: str) -> nodes.paragraph:
    """Return a paragraph in bold type."""
    return nodes.paragraph("", "", nodes.strong("", text))
