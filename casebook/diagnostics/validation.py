"""Faults of a document against what it should hold: its models, and its labels."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any, get_args

from pydantic import BaseModel, ValidationError

from casebook.diagnostics.document import Document
from casebook.diagnostics.fault import Fault
from casebook.diagnostics.suggestions import did_you_mean

MARKUP = re.compile(r"</?[a-zA-Z][^<>]*>|<!--")


def markup_faults(document: Document) -> Iterator[Fault]:
    """Yield every label of a document that has HTML in it."""

    def walk(value: Any, path: tuple[str | int, ...]) -> Iterator[Fault]:
        if isinstance(value, dict | list):
            for key, each in value.items() if isinstance(value, dict) else enumerate(value):
                yield from walk(each, (*path, key))
        elif path[-1:] == ("label",) and isinstance(value, str) and (found := MARKUP.search(value)):
            what = f"the label “{value}” has HTML in it, which would be printed as it stands"
            yield Fault(document.where(path), what, f"write it without {found[0]}")

    yield from walk(document.data, ())


def faults_of(
    error: ValidationError,
    document: Document,
    under: tuple[str | int, ...] = (),
    model: type[BaseModel] | None = None,
    about: str | Callable[[tuple[str | int, ...]], str] = "",
) -> list[Fault]:
    """Turn what pydantic found into faults with file and line.

    Parameters
    ----------
    error : ValidationError
    document : Document
        The file that was checked.
    under : tuple
        Path of the checked part inside the file.
    model : type, optional
        What was checked for, to name the nearest key that it has.
    about : str, or function of a path in the part, optional
        What the part is, in the words of the clinic.
    """
    faults = []
    for item in error.errors():
        path = tuple(part for part in item["loc"] if not str(part).startswith(("function-", "tagged-")))
        name = next((str(part) for part in reversed(path) if isinstance(part, str)), "")
        fields = _fields_at(model, path[:-1])
        if path[:1] == ("clauses",) and (*under, "clauses") not in document.marks:
            path = path[2:]  # a rule with one clause is written without the list
        offered = item.get("input")
        plain = isinstance(offered, str | int | float)
        match item["type"]:
            case "missing":
                what, right = f"“{name}” is missing", f"add {name}: …"
            case "extra_forbidden":
                what, right = f"“{name}” is not a key here", did_you_mean(name, fields) or "remove it"
            case "literal_error":
                expected = [word.strip(" '") for word in item["ctx"]["expected"].replace(" or ", ",").split(",")]
                what, right = (
                    f"{name}: {offered!r} is not one of {', '.join(expected)}",
                    did_you_mean(offered, expected),
                )
            case "string_type":
                what = f"{name}: {offered!r} is not text" if plain else f"{name}: text is expected here"
                right = f'put it in quotes: "{offered}"' if plain else "write words"
            case "int_parsing" | "int_type" | "int_from_float":
                what, right = f"{name}: {offered!r} is not a whole number", "write a number such as 3"
            case "dict_type" | "model_type" | "model_attributes_type":
                what, right = f"{name}: a mapping is expected here", "write key: value"
            case "tuple_type" | "list_type":
                what, right = f"{name}: a list is expected here", "start each entry with “- ”, or write […]"
            case "too_short":
                what, right = f"{name}: this is empty, or too short", "add what belongs here"
            case _:
                message = item["msg"].removeprefix("Value error, ")
                what, right = f"{name}: {message}" if name else message, ""
        words = about if isinstance(about, str) else about(path)
        faults.append(Fault(document.where((*under, *path)), f"{words}: {what}" if words else what, right))
    return faults


def _fields_at(model: Any, path: tuple[str | int, ...]) -> list[str]:
    """Return the keys that a model may have at a path inside it."""
    for part in path:
        if isinstance(model, type) and issubclass(model, BaseModel):
            by_key = {field.alias or name: field for name, field in model.model_fields.items()}
            model = by_key[part].annotation if part in by_key else None
        else:
            inner = [each for each in get_args(model) if each not in (Ellipsis, type(None), str, int)]
            model = inner[-1] if inner else None
    if isinstance(model, type) and issubclass(model, BaseModel):
        return [field.alias or name for name, field in model.model_fields.items()]
    return []


def named(data: Any) -> str:
    """Return what an entry is called: its label, title or short form, and its id."""
    if not isinstance(data, dict):
        return ""
    words = next((data[key] for key in ("label", "title", "short") if isinstance(data.get(key), str)), "")
    id = data.get("id", "")
    return f"{words} ({id})" if words and id else words or str(id or "")
