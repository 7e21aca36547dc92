"""YAML files, read with the position of every value, so that a fault can name its line."""

from __future__ import annotations

import marshal
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache
from pathlib import Path
from typing import Any, Protocol, cast

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode
from ruamel.yaml.reader import ReaderError

from casebook.diagnostics.data import Data, KeyPath
from casebook.diagnostics.fault import Fault, FaultError

MOST_VALUES = 50_000
"""The largest number of values in a file. Aliases are expanded, and nested ones can make millions from a few lines."""

LARGEST_FILE = 1_000_000
"""The largest size of a file in bytes. A case takes some ten thousand; a hundred times that is a mistake."""

_TAG = "tag:yaml.org,2002:"


@dataclass(frozen=True)
class Document:
    """The plain data of one YAML file, and the position of each value.

    Attributes
    ----------
    path : Path
    data : dict, list or scalar
    marks : mapping of key path (tuple) to (line, column), both from 1
    """

    path: Path
    data: Data
    marks: Mapping[KeyPath, tuple[int, int]] = field(repr=False)

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
        If the file is missing, too large, not UTF-8 or not YAML, or if it repeats a key, refers to
        itself or uses a tag that is not in the core schema of YAML.
    """
    return parse(bytes_of(path), path)


def bytes_of(path: str | Path, most: int = LARGEST_FILE) -> bytes:
    """Return the bytes of a file of at most `most` bytes; raise FaultError if it is larger or cannot be read."""
    path = Path(path)
    try:
        with path.open("rb") as file:
            raw = file.read(most + 1)
    except OSError as error:
        id = "file-is-folder" if path.is_dir() else "file-unreadable"
        raise FaultError([Fault.of(f"{path}:1:1", id, why=str(error.strerror))]) from None
    if len(raw) > most:
        raise FaultError([Fault.of(f"{path}:1:1", "file-too-large", most=f"{most:,}")])
    return raw


def decoded(raw: bytes, path: str | Path) -> str:
    """Return bytes as text; raise FaultError if they are not UTF-8."""
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = raw[: error.start].decode("utf-8-sig").rpartition("\n")[2]
        line = raw[: error.start].count(b"\n") + 1
        where = f"{path}:{line}:{len(before) + 1}"
        raise FaultError([Fault.of(where, "file-not-utf8")]) from None


def parse(raw: bytes, path: str | Path = "<text>") -> Document:
    """Read YAML from bytes as `read` does; `path` is the name of the file in faults."""
    path = Path(path)
    if len(raw) > LARGEST_FILE:
        sizes = {"bytes": f"{len(raw):,}", "most": f"{LARGEST_FILE:,}"}
        raise FaultError([Fault.of(f"{path}:1:1", "file-longer-than-read", **sizes)])
    text = decoded(raw, path)
    try:
        data, marks = marshal.loads(_packed(text))
    except FaultError as error:
        raise FaultError(replace(fault, where=f"{path}:{fault.where}") for fault in error.faults) from None
    except MarkedYAMLError as error:
        mark = cast("_Mark | None", error.problem_mark or error.context_mark)
        line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
        why = str(cast("object", error.problem or error.context))
        id = "yaml-tabs" if error.problem and "\\t" in why else "yaml-invalid"
        raise FaultError([Fault.of(f"{path}:{line}:{column}", id, why=why)]) from None
    except RecursionError:
        raise FaultError([Fault.of(f"{path}:1:1", "yaml-too-deep")]) from None
    except ReaderError as error:
        before = text[: error.position]
        where = f"{path}:{before.count(chr(10)) + 1}:{len(before.rpartition(chr(10))[2]) + 1}"
        raise FaultError([Fault.of(where, "yaml-character", character=f"U+{error.character:04X}")]) from None
    except YAMLError as error:
        raise FaultError([Fault.of(f"{path}:1:1", "yaml-unreadable", why=str(error))]) from None
    return Document(path, data, marks)


@lru_cache(maxsize=256)
def _packed(text: str) -> bytes:
    """Return the parsed text, pickled; cached, because checks and previews read the same text again.

    Pickled data is small, and each caller unpickles a copy of its own.
    """
    return marshal.dumps(_Builder().plain(YAML(typ="safe", pure=True).compose(text)))


class _Mark(Protocol):
    """The position at which a node begins, line and column counted from 0."""

    line: int
    column: int


class _Builder:
    """Converts the composed nodes of one text into plain data, and records marks and faults by line and column."""

    def __init__(self) -> None:
        self.marks: dict[KeyPath, tuple[int, int]] = {}
        self.faults: list[Fault] = []
        self.open: set[int] = set()
        self.outermost: Node | None = None

    def plain(self, node: Node | None) -> tuple[Any, dict[KeyPath, tuple[int, int]]]:
        try:
            data = None if node is None else self.value(node, ())
        except RecursionError:
            self.faults.append(Fault.of("1:1", "yaml-too-deep"))
            data = None
        if self.faults:
            raise FaultError(self.faults)
        return data, self.marks

    def fault(self, node: Node, id: str, /, **arguments: str) -> None:
        line, column = _start(node)
        self.faults.append(Fault.of(f"{line}:{column}", id, **arguments))

    def value(self, node: Node, path: KeyPath) -> Data:
        self.marks[path] = _start(node)
        if len(self.marks) > MOST_VALUES:
            if not self.faults:
                # An alias has the position of the value that it repeats, which may be far above.
                self.fault(self.outermost or node, "yaml-too-many-values", most=f"{MOST_VALUES:,}")
            return None
        if id(node) in self.open:
            self.fault(node, "yaml-circular-alias")
            return None
        if _kind(node) not in _KINDS:
            self.fault(node, "yaml-tag", tag=_tag(node))
            return None
        self.open.add(id(node))
        try:
            if isinstance(node, MappingNode):
                return self.mapping(node, path)
            if isinstance(node, SequenceNode):
                children = cast("list[Node]", node.value)
                return [self.value(child, (*path, index)) for index, child in enumerate(children)]
            return self.scalar(node)
        finally:
            self.open.discard(id(node))

    def mapping(self, node: MappingNode, path: KeyPath) -> dict[str, Data]:
        result: dict[str, Data] = {}
        for key_node, value_node in cast("list[tuple[Node, Node]]", node.value):
            if not isinstance(key_node, ScalarNode):
                self.fault(key_node, "yaml-key-not-text")
                continue
            key = cast("str", key_node.value)
            if not path:
                self.outermost = key_node
            if key in result:
                self.fault(key_node, "yaml-key-repeated", key=key)
                continue
            result[key] = self.value(value_node, (*path, key))
            if _start(value_node)[0] != _start(key_node)[0]:
                self.marks[(*path, key)] = _start(key_node)
        return result

    def scalar(self, node: Node) -> Data:
        text = cast("str", node.value)
        try:
            return _SCALARS[_kind(node)](text)
        except ValueError:
            self.fault(node, "yaml-not-a-number", value=text)
            return None


def _tag(node: Node) -> str:
    return str(cast("object", node.tag))


def _kind(node: Node) -> str:
    """Return the kind of a node by its tag, or "" if the tag is not in the core schema of YAML."""
    tag = _tag(node)
    return tag.removeprefix(_TAG) if tag.startswith(_TAG) else ""


def _start(node: Node) -> tuple[int, int]:
    """Return the line and the column at which a node begins, counted from 1."""
    mark = cast("_Mark", node.start_mark)
    return mark.line + 1, mark.column + 1


def _whole_number(text: str) -> int:
    return (
        int(text.replace("_", ""), 0) if text.lstrip("+-")[:2].lower() in ("0x", "0o") else int(text.replace("_", ""))
    )


def _truth(text: str) -> bool:
    return text.lower() == "true"


def _nothing(text: str) -> None:
    return None


_SCALARS: dict[str, Callable[[str], Data]] = {
    "str": str,
    "int": _whole_number,
    "float": float,
    "bool": _truth,
    "null": _nothing,
    "timestamp": str,
}
_KINDS = {*_SCALARS, "map", "seq"}
