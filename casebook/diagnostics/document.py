"""YAML files read with the place of every value kept, so that a fault can name its line."""

from __future__ import annotations

import difflib
import marshal
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache
from itertools import takewhile
from pathlib import Path
from typing import Any, get_args

from pydantic import BaseModel, ValidationError
from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode
from ruamel.yaml.reader import ReaderError

MOST_VALUES = 50_000
"""Values in one file, aliases written out. Aliases of aliases can make millions from a few lines."""

LARGEST_FILE = 1_000_000
"""Bytes. A case takes some ten thousand; a file a hundred times that is a mistake, not a case."""

_TAG = "tag:yaml.org,2002:"


@dataclass(frozen=True)
class Fault:
    """One thing wrong in a file: where, what, and what would be right."""

    where: str
    what: str
    right: str = ""

    def __str__(self) -> str:
        return f"{self.where}: {self.what}" + (f"; {self.right}" if self.right else "")


class FaultError(ValueError):
    """Raised with every fault of a file or folder at once.

    Attributes
    ----------
    faults : tuple of Fault
    """

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = tuple(faults)
        super().__init__("\n".join(map(str, self.faults)))

    def _render_traceback_(self) -> list[str]:
        """Return what a notebook prints in place of a traceback: the faults, a line each."""
        return [str(fault) for fault in self.faults]


@dataclass(frozen=True)
class Document:
    """Plain data of one YAML file, and where each value stands.

    Attributes
    ----------
    path : Path
    data : dict, list or scalar
    marks : mapping of key path (tuple) to (line, column), both from 1
    """

    path: Path
    data: Any
    marks: Mapping[tuple[str | int, ...], tuple[int, int]] = field(repr=False)

    def where(self, path: Iterable[str | int] = ()) -> str:
        """Return ``file:line:column`` of the value at `path`, or of its nearest parent."""
        keys = tuple(path)
        while keys not in self.marks and keys:
            keys = keys[:-1]
        line, column = self.marks.get(keys, (1, 1))
        return f"{self.path}:{line}:{column}"


def read(path: str | Path) -> Document:
    """Read one YAML 1.2 file.

    Parameters
    ----------
    path : str or Path

    Returns
    -------
    Document

    Raises
    ------
    FaultError
        If the file is missing, too large, not UTF-8, not YAML, repeats a key, refers to
        itself or uses a tag that YAML's core does not have.
    """
    return parse(bytes_of(path), path)


def bytes_of(path: str | Path, most: int = LARGEST_FILE) -> bytes:
    """Return the bytes of a file of at most `most` bytes; raise FaultError if they cannot be had."""
    path = Path(path)
    try:
        with path.open("rb") as file:
            raw = file.read(most + 1)
    except OSError as error:
        right = "name the file inside it" if path.is_dir() else "check the name of the file, and that you may read it"
        raise FaultError([Fault(f"{path}:1:1", f"cannot be read: {error.strerror}", right)]) from None
    if len(raw) > most:
        right = "is it the right file? Divide it if it is"
        raise FaultError([Fault(f"{path}:1:1", f"the file has more than {most:,} bytes", right)])
    return raw


def decoded(raw: bytes, path: str | Path) -> str:
    """Return bytes as text; raise FaultError if they are not UTF-8."""
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = raw[: error.start].decode("utf-8-sig").rpartition("\n")[2]
        line = raw[: error.start].count(b"\n") + 1
        where = f"{path}:{line}:{len(before) + 1}"
        raise FaultError([Fault(where, "this line is not UTF-8 text", "save the file as UTF-8")]) from None


def parse(raw: bytes, path: str | Path = "<text>") -> Document:
    """Read YAML from bytes; `path` names it in faults. Otherwise as `read`."""
    path = Path(path)
    if len(raw) > LARGEST_FILE:
        right = f"at most {LARGEST_FILE:,} are read"
        raise FaultError([Fault(f"{path}:1:1", f"the file has {len(raw):,} bytes", right)])
    text = decoded(raw, path)
    try:
        data, marks = marshal.loads(_packed(text))
    except FaultError as error:
        raise FaultError(replace(fault, where=f"{path}:{fault.where}") for fault in error.faults) from None
    except MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
        hint = (
            "indent with spaces, not tabs"
            if "\\t" in str(error.problem)
            else "check indentation, colons and quotes here"
        )
        raise FaultError(
            [Fault(f"{path}:{line}:{column}", f"not valid YAML: {error.problem or error.context}", hint)]
        ) from None
    except RecursionError:
        raise FaultError(
            [Fault(f"{path}:1:1", "the lists or mappings are nested too deeply", "write it flatter")]
        ) from None
    except ReaderError as error:
        before = text[: error.position]
        what = f"the character U+{error.character:04X} may not stand in YAML"
        where = f"{path}:{before.count(chr(10)) + 1}:{len(before.rpartition(chr(10))[2]) + 1}"
        raise FaultError([Fault(where, what, "take it out")]) from None
    except YAMLError as error:
        raise FaultError([Fault(f"{path}:1:1", f"not valid YAML: {error}")]) from None
    return Document(path, data, marks)


@lru_cache(maxsize=256)
def _packed(text: str) -> bytes:
    """Read a text, once: a check or a preview reads what is the same again. Packed, it is small, and each reader's own."""
    return marshal.dumps(_Builder().plain(YAML(typ="safe", pure=True).compose(text)))


class _Builder:
    """Turns the composed nodes of one text into plain data, noting marks and faults by line and column."""

    def __init__(self) -> None:
        self.marks: dict[tuple[str | int, ...], tuple[int, int]] = {}
        self.faults: list[Fault] = []
        self.open: set[int] = set()
        self.outermost: Node | None = None

    def plain(self, node: Node | None) -> tuple[Any, dict[tuple[str | int, ...], tuple[int, int]]]:
        try:
            data = None if node is None else self.value(node, ())
        except RecursionError:
            self.faults.append(Fault("1:1", "the lists or mappings are nested too deeply", "write it flatter"))
            data = None
        if self.faults:
            raise FaultError(self.faults)
        return data, self.marks

    def fault(self, node: Node, what: str, right: str = "") -> None:
        mark = node.start_mark
        self.faults.append(Fault(f"{mark.line + 1}:{mark.column + 1}", what, right))

    def value(self, node: Node, path: tuple[str | int, ...]) -> Any:
        self.marks[path] = (node.start_mark.line + 1, node.start_mark.column + 1)
        if len(self.marks) > MOST_VALUES:
            if not self.faults:
                # An alias has the place of what it repeats, which may be far above.
                self.fault(
                    self.outermost or node,
                    f"from here on the file holds more than {MOST_VALUES:,} values",
                    "write out what the aliases repeat",
                )
            return None
        if id(node) in self.open:
            self.fault(node, "an alias refers to the value that holds it", "write the value out")
            return None
        if not str(node.tag).startswith(_TAG) or str(node.tag)[len(_TAG) :] not in _KINDS:
            self.fault(node, f"the tag {node.tag} has no meaning here", "remove it")
            return None
        self.open.add(id(node))
        try:
            if isinstance(node, MappingNode):
                return self.mapping(node, path)
            if isinstance(node, SequenceNode):
                return [self.value(child, (*path, index)) for index, child in enumerate(node.value)]
            return self.scalar(node)
        finally:
            self.open.discard(id(node))

    def mapping(self, node: MappingNode, path: tuple[str | int, ...]) -> dict[str, Any]:
        result: dict[str, Any] = {}
        for key_node, value_node in node.value:
            if not isinstance(key_node, ScalarNode):
                self.fault(key_node, "a key must be a single word or text", "quote it")
                continue
            key = key_node.value
            if not path:
                self.outermost = key_node
            if key in result:
                self.fault(key_node, f"the key “{key}” stands here a second time", "keep one of the two")
                continue
            result[key] = self.value(value_node, (*path, key))
            if value_node.start_mark.line == key_node.start_mark.line:
                continue
            self.marks[(*path, key)] = (key_node.start_mark.line + 1, key_node.start_mark.column + 1)
        return result

    def scalar(self, node: ScalarNode) -> Any:
        convert = _KINDS[str(node.tag)[len(_TAG) :]]
        try:
            return convert(node.value)
        except ValueError:
            self.fault(node, f"“{node.value}” cannot be read as a number", "write a plain number, or quote it as text")
            return None


def _whole_number(text: str) -> int:
    return (
        int(text.replace("_", ""), 0) if text.lstrip("+-")[:2].lower() in ("0x", "0o") else int(text.replace("_", ""))
    )


_KINDS = {
    "str": str,
    "int": _whole_number,
    "float": float,
    "bool": lambda text: text.lower() == "true",
    "null": lambda text: None,
    "timestamp": str,
    "map": None,
    "seq": None,
}


def nearest(word: object, words: Iterable[object]) -> str:
    """Return the one of `words` most like `word`, or "" when none is near."""
    offered = str(word)
    near = difflib.get_close_matches(offered, [str(candidate) for candidate in words], n=20, cutoff=0.5)
    # Among equally close words, people mistype the beginning least.
    return max(
        near,
        key=lambda text: (
            difflib.SequenceMatcher(None, text, offered).ratio(),
            sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(text, offered, strict=False))),
        ),
        default="",
    )


def did_you_mean(word: object, words: Iterable[object]) -> str:
    """Return “did you mean …?”, or the list of `words` when none is near and the list is short."""
    words = list(words)
    close = nearest(word, words)
    if close:
        return f"did you mean {close}?"
    return "one of " + ", ".join(map(str, words)) if 0 < len(words) <= 12 else ""


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
