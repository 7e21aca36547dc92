"""YAML files read with the place of every value kept, so that a fault can name its line."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pydantic import ValidationError
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
    path = Path(path)
    try:
        raw = path.read_bytes()
    except OSError as error:
        raise FaultError(
            [Fault(f"{path}", f"cannot be read: {error.strerror}", "check the name of the file")]
        ) from None
    return parse(raw, path)


def parse(raw: bytes, path: str | Path = "<text>") -> Document:
    """Read YAML from bytes; `path` names it in faults. Otherwise as `read`."""
    path = Path(path)
    if len(raw) > LARGEST_FILE:
        raise FaultError(
            [Fault(f"{path}:1:1", f"the file has {len(raw):,} bytes", f"at most {LARGEST_FILE:,} are read")]
        )
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        raise FaultError([Fault(f"{path}:{line}:1", "this line is not UTF-8 text", "save the file as UTF-8")]) from None
    try:
        node = YAML(typ="safe", pure=True).compose(text)
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
        line = text[: error.position].count("\n") + 1
        what = f"the character U+{error.character:04X} may not stand in YAML"
        raise FaultError([Fault(f"{path}:{line}:1", what, "take it out")]) from None
    except YAMLError as error:
        raise FaultError([Fault(f"{path}:1:1", f"not valid YAML: {error}")]) from None
    return _Builder(path).document(node)


class _Builder:
    """Turns the composed nodes of one file into plain data, noting marks and faults."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.marks: dict[tuple[str | int, ...], tuple[int, int]] = {}
        self.faults: list[Fault] = []
        self.open: set[int] = set()

    def document(self, node: Node | None) -> Document:
        try:
            data = None if node is None else self.value(node, ())
        except RecursionError:
            self.faults.append(
                Fault(f"{self.path}:1:1", "the lists or mappings are nested too deeply", "write it flatter")
            )
            data = None
        if self.faults:
            raise FaultError(self.faults)
        return Document(self.path, data, self.marks)

    def fault(self, node: Node, what: str, right: str = "") -> None:
        mark = node.start_mark
        self.faults.append(Fault(f"{self.path}:{mark.line + 1}:{mark.column + 1}", what, right))

    def value(self, node: Node, path: tuple[str | int, ...]) -> Any:
        self.marks[path] = (node.start_mark.line + 1, node.start_mark.column + 1)
        if len(self.marks) > MOST_VALUES:
            if not self.faults:
                self.fault(
                    node,
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
    near = difflib.get_close_matches(offered, [str(candidate) for candidate in words], n=5, cutoff=0.5)
    # Among equally close words, people mistype the first letter least.
    return max(
        near,
        key=lambda text: (difflib.SequenceMatcher(None, text, offered).ratio(), text[:1] == offered[:1]),
        default="",
    )


def did_you_mean(word: object, words: Iterable[object]) -> str:
    """Return “did you mean …?”, or the list of `words` when none is near and the list is short."""
    words = list(words)
    close = nearest(word, words)
    if close:
        return f"did you mean {close}?"
    return "one of " + ", ".join(map(str, words)) if 0 < len(words) <= 12 else ""


def faults_of(error: ValidationError, document: Document, under: tuple[str | int, ...] = ()) -> list[Fault]:
    """Turn what pydantic found into faults with file and line.

    Parameters
    ----------
    error : ValidationError
    document : Document
        The file that was checked.
    under : tuple
        Path of the checked part inside the file.
    """
    faults = []
    for item in error.errors():
        path = tuple(part for part in item["loc"] if not str(part).startswith(("function-", "tagged-")))
        name = next((str(part) for part in reversed(path) if isinstance(part, str)), "")
        if path[:1] == ("clauses",) and (*under, "clauses") not in document.marks:
            path = path[2:]  # a rule with one clause is written without the list
        where = document.where((*under, *path))
        match item["type"]:
            case "missing":
                faults.append(Fault(where, f"“{name}” is missing", f"add {name}: …"))
            case "extra_forbidden":
                fields = (item.get("ctx") or {}).get("fields", ())
                faults.append(
                    Fault(
                        where,
                        f"“{name}” is not a key here",
                        did_you_mean(name, fields) or "remove it or correct its spelling",
                    )
                )
            case "literal_error":
                expected = [word.strip(" '") for word in item["ctx"]["expected"].replace(" or ", ",").split(",")]
                faults.append(
                    Fault(
                        where,
                        f"{name}: {item['input']!r} is not one of {', '.join(expected)}",
                        did_you_mean(item["input"], expected),
                    )
                )
            case _:
                message = item["msg"].removeprefix("Value error, ")
                faults.append(Fault(where, f"{name}: {message}" if name else message))
    return faults
