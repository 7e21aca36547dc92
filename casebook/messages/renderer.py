"""The one renderer of sentences; its twin in the page is `widgets/engine/messages.ts`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TypeVar

from casebook.messages.store import Pattern, catalogue

Node = TypeVar("Node")


def message(id: str, /, **arguments: str | int) -> str:
    """Return a message of the catalogue with its arguments filled in.

    Parameters
    ----------
    id : str
        Such as "list-and"; the name of an attribute follows after a dot, such as "explorer-undo.title".
    **arguments : str or int
        The values of the arguments, which the message refers to as ``{ $name }``.

    Returns
    -------
    str

    Raises
    ------
    KeyError
        If there is no such message, or an argument is missing.

    Examples
    --------
    >>> message("list-and", first="pain", last="weakness")
    'pain and weakness'
    """
    return "".join(map(str, _parts(catalogue()[id], arguments)))


def message_parts(id: str, /, **arguments: str | int | Node) -> list[str | int | Node]:
    """Return the parts of a message in order, for arguments that are markup and not text."""
    return list(_parts(catalogue()[id], arguments))


def _parts(pattern: Pattern, arguments: Mapping[str, Node]) -> Iterator[str | Node]:
    if isinstance(pattern, str):
        yield pattern
        return
    for part in pattern:
        if isinstance(part, str):
            yield part
            continue
        value = arguments[part[0]]
        if len(part) == 1:
            yield value
            continue
        _, variants, default = part
        category = "one" if value == 1 else "other"
        chosen = next(key for key in (str(value), category, default) if key in variants)
        yield from _parts(variants[chosen], arguments)
