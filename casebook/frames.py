"""Tables as pandas frames where pandas is installed; the engine itself does without.

It is missing in the editor in the browser, where no build of it can be served with the book.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import ModuleType
from typing import TYPE_CHECKING, Any

from casebook.distribution.extras import MissingPackageError, remedy
from casebook.messages import message

if TYPE_CHECKING:
    import pandas

Rows = Mapping[Any, Mapping[str, Any]]


class NoPandasError(MissingPackageError):
    """A frame was asked for where pandas is not installed."""


def pandas_for(what: str, instead: str) -> ModuleType:
    """Return pandas.

    Parameters
    ----------
    what : str
        What is a frame, for the message.
    instead : str
        What does without one, for the message.

    Raises
    ------
    NoPandasError
        If it is not installed, saying what to use instead.
    """
    try:
        import pandas
    except ImportError:
        text = message("table-no-pandas", what=what, remedy=remedy("pandas"), instead=instead)
        raise NoPandasError(text, name="pandas") from None
    return pandas


@dataclass(frozen=True)
class PlainTable:
    """What stands where a frame would: the same cells as text, and why.

    Attributes
    ----------
    rows : mapping of row name to mapping of column name to value
    index : str
        What the rows are.
    """

    rows: Rows
    index: str = ""

    def __repr__(self) -> str:
        columns = list(dict.fromkeys(name for row in self.rows.values() for name in row))
        lines = [[self.index, *columns]]
        lines += [[str(name), *(str(row.get(column, "")) for column in columns)] for name, row in self.rows.items()]
        widths = [max(map(len, cells)) for cells in zip(*lines, strict=True)]
        text = [
            "  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip() for line in lines
        ]
        return "\n".join([*text, "", message("table-plain", remedy=remedy("pandas"))])


def frame(rows: Rows, index: str = "", columns: Sequence[str] = ()) -> pandas.DataFrame | PlainTable:
    """Return rows as a frame.

    Parameters
    ----------
    rows : mapping of row name to mapping of column name to value
    index : str, optional
        What the rows are.
    columns : sequence of str, optional
        Names of the columns, for where there may be no row to read them from.

    Returns
    -------
    pandas.DataFrame
        One line a row; without pandas a `PlainTable`, which shows the same and says why.
    """
    try:
        import pandas
    except ImportError:
        return PlainTable(rows, index)
    pandas.set_option("display.max_colwidth", None)  # a sentence is shown whole
    made = pandas.DataFrame.from_dict(dict(rows), orient="index")
    if columns:
        made = made.reindex(columns=columns)
    return made.rename_axis(index) if index else made
