"""HTML from nested calls; text that is not markup is escaped."""

from __future__ import annotations

import html
import json
from collections.abc import Iterable
from typing import Any

from casebook.models.case import CONSTRUCTED

_VOID = {"br", "hr", "img", "input", "wbr"}


class Html(str):
    """Finished markup, which `tag` and `join` do not escape."""

    __slots__ = ()


def escape(text: object) -> Html:
    """Return a text as markup: escaped, unless it is markup already."""
    return text if isinstance(text, Html) else Html(html.escape(str(text), quote=True))


def tag(name: str, *children: object, **attributes: object) -> Html:
    """Return an element.

    Parameters
    ----------
    name : str
        Element name.
    *children : object
        Html is not changed, None is left out, anything else is escaped.
    **attributes : object
        ``class_`` becomes class, ``data_score`` data-score. None and False are left out, True
        is written without a value.

    Returns
    -------
    Html
    """
    words = [name]
    for key, value in attributes.items():
        attribute = key.rstrip("_").replace("_", "-")
        if value is True:
            words.append(attribute)
        elif value is not None and value is not False:
            words.append(f'{attribute}="{escape(value)}"')
    opening = f"<{' '.join(words)}>"
    return Html(opening if name in _VOID else f"{opening}{join(children)}</{name}>")


def join(parts: Iterable[object], between: str = "") -> Html:
    """Return parts as one piece of markup; None is left out, plain text is escaped."""
    return Html(escape(between).join(escape(part) for part in parts if part is not None))


def paragraphs(text: str) -> Html:
    """Return plain text as paragraphs, which are separated by blank lines."""
    blocks = (" ".join(block.split()) for block in text.strip().split("\n\n"))
    return join(tag("p", block) for block in blocks if block)


def constructed_markup() -> Html:
    """Return the banner of a case that was constructed for teaching."""
    return tag("p", tag("strong", CONSTRUCTED), class_="casebook-constructed")


def live_element(kind: str, state: dict[str, Any], static: Html) -> Html:
    """Return the element that a script renders, with its static content until then.

    Parameters
    ----------
    kind : str
        Which widget.
    state : dict
        What the script starts from; plain JSON.
    static : Html
        The same state as readable markup.
    """
    text = json.dumps(state, ensure_ascii=False, separators=(",", ":"))
    return tag("div", static, class_="casebook-widget", data_casebook_widget=kind, data_state=text)
