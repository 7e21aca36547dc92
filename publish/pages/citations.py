"""Sources named in citations as everywhere else in the casebook: by the short form that stands beside a rule.

Some sources have no author on record, so the usual labels, made of authors and years, cannot name them.
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
    """Labels from the field ``shorthand``, else the key."""

    def format_labels(self, sorted_entries: Iterable[Entry]) -> Iterator[str]:
        """Yield one label an entry."""
        for entry in sorted_entries:
            fields: Mapping[str, str] = entry.fields or {}
            yield str(Text.from_latex(fields.get("shorthand", entry.key)))


class ReferenceList(PlainStyle):
    """The list of references: sorted by author, each with its short form."""

    default_label_style = ShortLabels


def register(app: Sphinx) -> None:
    """Register the style as ``casebook``, for the settings of sphinxcontrib-bibtex."""
    plugin.register_plugin("pybtex.style.formatting", "casebook", ReferenceList)
    # Every citation asks for this one, and would look through all installed packages for it: half of a build.
    plugin.register_plugin("pybtex.backends", "plaintext", plaintext.Backend, force=True)
