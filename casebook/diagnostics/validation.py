"""Validation of a document against its model, and of its labels."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any, get_args

from pydantic import BaseModel, ValidationError

from casebook.diagnostics.data import Data, KeyPath
from casebook.diagnostics.document import Document
from casebook.diagnostics.fault import Fault
from casebook.diagnostics.suggestions import did_you_mean
from casebook.messages import message
from casebook.messages.words import one_after_another

MARKUP = re.compile(r"</?[a-zA-Z][^<>]*>|<!--")


def markup_faults(document: Document) -> Iterator[Fault]:
    """Yield a fault for every label of a document that contains HTML."""

    def walk(value: Data, path: KeyPath) -> Iterator[Fault]:
        if isinstance(value, dict):
            for key, each in value.items():
                yield from walk(each, (*path, key))
        elif isinstance(value, list):
            for index, each in enumerate(value):
                yield from walk(each, (*path, index))
        elif path[-1:] == ("label",) and isinstance(value, str) and (found := MARKUP.search(value)):
            yield Fault.of(document.where(path), "field-label-with-html", label=value, html=found[0])

    yield from walk(document.data, ())


def faults_of(
    error: ValidationError,
    document: Document,
    under: KeyPath = (),
    model: type[BaseModel] | None = None,
    about: str | Callable[[KeyPath], str] = "",
) -> list[Fault]:
    """Return the errors of pydantic as faults with file and line.

    Parameters
    ----------
    error : ValidationError
    document : Document
        The file that was validated.
    under : tuple
        The path of the validated part in the file.
    model : type, optional
        The model of the part, for the suggestion of a key.
    about : str, or function of a path in the part, optional
        The name of the part in the faults, in clinical terms.
    """
    faults: list[Fault] = []
    for item in error.errors():
        path = tuple(part for part in item["loc"] if not str(part).startswith(("function-", "tagged-")))
        name = next((str(part) for part in reversed(path) if isinstance(part, str)), "")
        fields = _fields_at(model, path[:-1])
        if path[:1] == ("clauses",) and (*under, "clauses") not in document.marks:
            path = path[2:]  # a rule with one clause may be written without a list
        offered = item.get("input")
        plain = isinstance(offered, str | int | float)
        given = {"name": name, "offered": repr(offered) if plain else "", "text": str(offered) if plain else ""}
        where = document.where((*under, *path))
        match item["type"]:
            case "missing":
                fault = Fault.of(where, "field-missing", name=name)
            case "extra_forbidden":
                near = did_you_mean(name, fields)
                fault = Fault.of(where, "field-unknown", name=name)
                fault = replace(fault, right=near) if near else fault
            case "literal_error":
                expected = [
                    word.strip(" '") for word in item.get("ctx", {})["expected"].replace(" or ", ",").split(",")
                ]
                what = message("field-not-one-of", **given, values=one_after_another(expected))
                fault = Fault(where, what, did_you_mean(offered, expected))
            case "string_type":
                fault = Fault.of(where, "field-not-text" if plain else "field-text-expected", **given)
            case "int_parsing" | "int_type" | "int_from_float":
                fault = Fault.of(where, "field-not-a-whole-number", name=name, offered=repr(offered))
            case "dict_type" | "model_type" | "model_attributes_type":
                fault = Fault.of(where, "field-mapping-expected", name=name)
            case "tuple_type" | "list_type":
                fault = Fault.of(where, "field-list-expected", name=name)
            case "too_short":
                fault = Fault.of(where, "field-too-short", name=name)
            case _:
                what = str(item.get("ctx", {}).get("error", item["msg"]))
                fault = Fault(where, message("field-about", about=name, what=what) if name else what)
        words = about if isinstance(about, str) else about(path)
        faults.append(replace(fault, what=message("field-about", about=words, what=fault.what)) if words else fault)
    return faults


def _fields_at(model: Any, path: KeyPath) -> list[str]:
    """Return the keys that are allowed at a path in a model."""
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


def named(data: Data) -> str:
    """Return the name of an entry: its label, title or short form, and its id."""
    if not isinstance(data, dict):
        return ""
    words = next((text for key in ("label", "title", "short") if isinstance(text := data.get(key), str)), "")
    id = data.get("id", "")
    return message("field-entry", label=words, id=str(id)) if words and id else words or str(id or "")
