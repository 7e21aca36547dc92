"""Tables as pandas data frames, or as plain text where pandas is not installed.

The engine itself does not need pandas, and the in-browser editor has no build of it.
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
    """Raised if a data frame is requested and pandas is not installed."""


def pandas_for(what: str, instead: str) -> ModuleType:
    """Import pandas and return it.

    Parameters
    ----------
    what : str
        What needs pandas, for the error message.
    instead : str
        What can be used instead, for the error message.

    Raises
    ------
    NoPandasError
        If pandas is not installed. The message names the alternative.
    """
    try:
        import pandas
    except ImportError:
        text = message("table-no-pandas", what=what, remedy=remedy("pandas"), instead=instead)
        raise NoPandasError(text, name="pandas") from None
    return pandas


@dataclass(frozen=True)
class PlainTable:
    """The plain-text replacement for a data frame where pandas is not installed.

    Attributes
    ----------
    rows : mapping of row name to mapping of column name to value
    index : str
        The name of the row index.
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
    """Return rows as a data frame.

    Parameters
    ----------
    rows : mapping of row name to mapping of column name to value
    index : str, optional
        The name of the row index.
    columns : sequence of str, optional
        Names of the columns; needed only if there may be no rows.

    Returns
    -------
    pandas.DataFrame
        One line for each row; a `PlainTable` with the same cells if pandas is not installed.
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
