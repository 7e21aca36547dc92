"""Compilation of Fluent messages into the parts that the renderers join: `python -m casebook.messages.compiler`.

Only this module needs `fluent.syntax`. The subset: text, arguments, references to messages and terms, attributes, and
selection by an argument, with plural categories. References are expanded here, so the renderers need not resolve any.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from fluent.syntax import FluentParser, ast

from casebook.messages.files import FOLDER, LANGUAGE, compiled, fingerprint, sources

Pattern = str | list[Any]

ARGUMENTS = "message_arguments.ts"
"""The arguments of each message as TypeScript types, so that a wrong id or argument fails the build of the page."""

NAME = re.compile(r"-?[a-z][a-z0-9]*(-[a-z0-9_]+)+(\.[a-z-]+)?")
"""The form of an id: its area, a hyphen, and a name. The build of the page recognises ids in scripts by this form."""

CATEGORIES = ("zero", "one", "two", "few", "many", "other")


class CatalogueError(ValueError):
    """Raised with all faults of the catalogue: one line for each, with file, line and column."""

    def __init__(self, faults: Iterable[str]) -> None:
        super().__init__("\n".join(faults))


@dataclass(frozen=True)
class _Entry:
    """A message, a term or an attribute of either, and its position."""

    pattern: ast.Pattern
    path: Path
    text: str


def compile_files(files: Iterable[Path]) -> dict[str, Pattern]:
    """Compile files into the pattern of each message.

    Parameters
    ----------
    files : iterable of Path

    Returns
    -------
    dict
        By id, sorted; the name of an attribute follows the id after a dot. Terms are left out, because only messages
        refer to them.

    Raises
    ------
    CatalogueError
        If a file is not valid Fluent, exceeds the subset, defines an id twice or refers to an undefined id.
    """
    entries: dict[str, _Entry] = {}
    faults: list[str] = []
    for path in files:
        text = path.read_text(encoding="utf-8")
        for id, pattern, start in _read(path, text, faults):
            if not NAME.fullmatch(id):
                faults.append(_fault(path, text, start, f"the id {id} has no area", "name it such as explorer-undo"))
            if id in entries:
                faults.append(_fault(path, text, start, f"{id} is defined twice", f"see {entries[id].path.name}"))
            entries[id] = _Entry(pattern, path, text)
    if faults:
        raise CatalogueError(faults)
    return {id: _Compiler(entries, entries[id]).pattern() for id in sorted(entries) if not id.startswith("-")}


def arguments_of(pattern: Pattern) -> set[str]:
    """Return the names of the arguments of a pattern."""
    found: set[str] = set()
    for part in [] if isinstance(pattern, str) else pattern:
        if not isinstance(part, str):
            found.add(part[0])
            for variant in part[1].values() if len(part) > 1 else ():
                found |= arguments_of(variant)
    return found


def texts(language: str = LANGUAGE, folder: Path = FOLDER) -> dict[Path, str]:
    """Return the content of each file that is generated from the catalogue."""
    files = sources(language, folder)
    messages = compile_files(files)
    lines = ",\n".join(f"{_json(id)}:{_json(pattern)}" for id, pattern in messages.items())
    result = {compiled(language, folder): f'{{"fingerprint":{_json(fingerprint(files))},"messages":{{\n{lines}\n}}}}\n'}
    if language == LANGUAGE:
        types = "".join(f"  {_quoted(id)}: {_type(pattern)};\n" for id, pattern in messages.items())
        head = "/** The arguments of each message. Made by `casebook messages`; not edited by hand. */\n"
        result[folder / ARGUMENTS] = f"{head}export interface MessageArguments {{\n{types}}}\n"
    return result


def write_messages(language: str = LANGUAGE) -> list[Path]:
    """Write the files that are generated from the catalogue; return those that changed."""
    changed: list[Path] = []
    for path, text in texts(language).items():
        if not path.exists() or path.read_text(encoding="utf-8") != text:
            path.write_text(text, encoding="utf-8", newline="\n")
            changed.append(path)
    return changed


def _read(path: Path, text: str, faults: list[str]) -> Iterator[tuple[str, ast.Pattern, int]]:
    for entry in FluentParser().parse(text).body:
        if isinstance(entry, ast.Junk):
            for note in entry.annotations:
                faults.append(
                    _fault(path, text, _start(note), f"this is not Fluent: {note.message}", "see projectfluent.org")
                )
        elif isinstance(entry, ast.Message | ast.Term):
            id = f"{'-' if isinstance(entry, ast.Term) else ''}{entry.id.name}"
            if entry.value is not None:
                yield id, entry.value, _start(entry)
            for attribute in entry.attributes:
                yield f"{id}.{attribute.id.name}", attribute.value, _start(attribute)


class _Compiler:
    """Compiles one entry and expands its references."""

    def __init__(self, entries: Mapping[str, _Entry], entry: _Entry, of: tuple[str, ...] = ()) -> None:
        self.entries, self.entry, self.of = entries, entry, of

    def pattern(self) -> Pattern:
        return self._joined(self.entry.pattern)

    def _joined(self, pattern: ast.Pattern) -> Pattern:
        parts: list[Any] = []
        for element in pattern.elements:
            value = element.value if isinstance(element, ast.TextElement) else self._placed(element.expression)
            for part in [value] if isinstance(value, str) else value:
                if isinstance(part, str) and parts and isinstance(parts[-1], str):
                    parts[-1] += part
                else:
                    parts.append(part)
        if all(isinstance(part, str) for part in parts):
            return "".join(parts)
        return parts

    def _placed(self, expression: ast.InlineExpression | ast.SelectExpression | ast.Placeable) -> Pattern:
        match expression:
            case ast.Placeable():
                return self._placed(expression.expression)
            case ast.StringLiteral():
                return expression.parse()["value"]
            case ast.NumberLiteral():
                return expression.value
            case ast.VariableReference():
                return [[expression.id.name]]
            case ast.MessageReference() | ast.TermReference(arguments=None):
                sign = "-" if isinstance(expression, ast.TermReference) else ""
                attribute = f".{expression.attribute.name}" if expression.attribute else ""
                return self._referred(f"{sign}{expression.id.name}{attribute}", expression)
            case ast.SelectExpression(selector=ast.VariableReference(id=argument)):
                return [self._selected(expression, argument.name)]
            case _:
                what = "this part of Fluent is not used here"
                raise CatalogueError([self._fault(expression, what, "see CONTRIBUTING.md")])

    def _selected(self, expression: ast.SelectExpression, argument: str) -> list[Any]:
        variants: dict[str, Pattern] = {}
        default = ""
        for variant in expression.variants:
            key = variant.key.name if isinstance(variant.key, ast.Identifier) else variant.key.value
            if key in variants:
                raise CatalogueError([self._fault(variant, f"the variant {key} is there twice", "keep one")])
            if isinstance(variant.key, ast.NumberLiteral) and set(variants) & set(CATEGORIES):
                raise CatalogueError([self._fault(variant, "a number follows a plural category", "put numbers first")])
            variants[key] = self._joined(variant.value)
            default = key if variant.default else default
        return [argument, variants, default]

    def _referred(self, id: str, expression: ast.BaseNode) -> Pattern:
        if id not in self.entries:
            raise CatalogueError(
                [self._fault(expression, f"there is no message {id}", "define it, or correct the name")]
            )
        if id in self.of:
            raise CatalogueError([self._fault(expression, f"{id} refers to itself", "write one of the texts out")])
        return _Compiler(self.entries, self.entries[id], (*self.of, id)).pattern()

    def _fault(self, node: ast.BaseNode, what: str, right: str) -> str:
        return _fault(self.entry.path, self.entry.text, _start(node), what, right)


def _start(node: ast.BaseNode) -> int:
    return node.span.start if isinstance(node, ast.SyntaxNode) and node.span else 0


def _fault(path: Path, text: str, at: int, what: str, right: str) -> str:
    before = text[:at]
    return f"{path}:{before.count(chr(10)) + 1}:{at - before.rfind(chr(10))}: {what}; {right}"


def _type(pattern: Pattern) -> str:
    return " | ".join(map(_quoted, sorted(arguments_of(pattern)))) or "never"


def _quoted(text: str) -> str:
    return f"'{text}'"


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


if __name__ == "__main__":
    for path in write_messages():
        print(path)
