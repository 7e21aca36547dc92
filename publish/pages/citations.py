"""Citations by the short name of a source, as in the rest of the casebook.

Some sources have no recorded author, so that labels made of authors and years are not possible.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from pybtex import plugin
from pybtex.backends import plaintext
from pybtex.database import Entry
from pybtex.richtext import Text
from pybtex.style.formatting.plain import Style as PlainStyle
from pybtex.style.labels import BaseLabelStyle
from sphinx.application import Sphinx


class ShortLabels(BaseLabelStyle):
    """Labels from the field ``shorthand``, or otherwise the key."""

    def format_labels(self, sorted_entries: Iterable[Entry]) -> Iterator[str]:
        """Yield the label of each entry."""
        for entry in sorted_entries:
            fields: Mapping[str, str] = entry.fields or {}
            yield str(Text.from_latex(fields.get("shorthand", entry.key)))


class ReferenceList(PlainStyle):
    """The list of references: sorted by author, each with its short name."""

    default_label_style = ShortLabels


def register(app: Sphinx) -> None:
    """Register the style as ``casebook``, for the settings of sphinxcontrib-bibtex."""
    plugin.register_plugin("pybtex.style.formatting", "casebook", ReferenceList)
    # Every citation looks this plugin up. Without registration, the search of all installed packages takes half of a build.
    plugin.register_plugin("pybtex.backends", "plaintext", plaintext.Backend, force=True)
