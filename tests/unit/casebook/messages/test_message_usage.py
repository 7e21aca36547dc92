"""Every message that code names is in the catalogue, and every message of the catalogue is named by code."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from casebook.messages.compiler import NAME, arguments_of
from casebook.messages.files import sources
from casebook.messages.store import catalogue

ROOT = Path(__file__).parents[4]
ROOMS = ("casebook", "widgets", "classroom", "publish")
RENDERERS = ("message", "message_parts", "wording")

TYPESCRIPT_ID = re.compile(r"""["'`]([a-z][a-z\d]*(?:-[a-z\d_]+)+(?:\.[a-z-]+)?)["'`]""")
TYPESCRIPT_TEMPLATE = re.compile(r"`([a-z][a-z\d_-]*-)\$\{")
REFERENCE = re.compile(r"\{ ?([a-z][a-z\d-]+(?:\.[a-z-]+)?) ?\}")


def files(*endings: str) -> list[Path]:
    return [
        path
        for room in ROOMS
        for ending in endings
        for path in sorted((ROOT / room).rglob(f"*.{ending}"))
        if "static" not in path.parts
    ]


PYTHON = [path for path in files("py") if not path.name.startswith("test_")]


def rendered(call: ast.Call) -> ast.expr | None:
    """Return the id that a call renders: that of `message`, or that of a fault behind its place."""
    if call.args and getattr(call.func, "id", "") in RENDERERS:
        return call.args[0]
    named = getattr(call.func, "attr", "")
    if len(call.args) > 1 and (
        named == "fault" or (named == "of" and getattr(call.func.value, "id", "") in ("Fault", "Flaw"))
    ):
        return call.args[1]
    return None


def all_arguments(id: str) -> set[str]:
    """Return the arguments of a message and of its attributes."""
    ids = [each for each in catalogue() if each == id or each.startswith(f"{id}.")]
    return set().union(*(arguments_of(catalogue()[each]) for each in ids))


def calls(path: Path) -> Iterator[tuple[ast.Call, ast.expr]]:
    """Yield every call that renders a message, once for each id that it may name."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        chosen = rendered(node) if isinstance(node, ast.Call) else None
        if chosen is not None:
            for each in (chosen.body, chosen.orelse) if isinstance(chosen, ast.IfExp) else (chosen,):
                yield node, each


def matching(id: ast.expr) -> list[str] | None:
    """Return the messages that an id, or the beginning of one, names; None where it is not written out."""
    if isinstance(id, ast.Constant):
        return [name for name in catalogue() if name == id.value]
    if isinstance(id, ast.JoinedStr) and isinstance(id.values[0], ast.Constant):
        return [name for name in catalogue() if name.startswith(id.values[0].value)]
    return None


@pytest.mark.parametrize("path", PYTHON, ids=lambda path: str(path.relative_to(ROOT)))
def test_python_names_messages_that_are_there_with_their_arguments(path):
    for call, id in calls(path):
        where = f"{path}:{call.lineno}"
        found = matching(id)
        if found is None:
            continue
        assert found, f"{where}: there is no message {ast.unparse(id)}"
        if any(keyword.arg is None for keyword in call.keywords):
            continue
        given = {keyword.arg for keyword in call.keywords}
        for name in found:
            lacking = all_arguments(name) - given
            assert not lacking, f"{where}: {name} also needs {lacking}"
        needed = set().union(*map(all_arguments, found))
        assert given <= needed, f"{where}: {found[0]} does not name {given - needed}"


def named_in_python() -> tuple[set[str], set[str]]:
    ids, beginnings = set(), set()
    for path in PYTHON:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.JoinedStr) and isinstance(node.values[0], ast.Constant):
                beginnings.add(node.values[0].value)
            elif isinstance(node, ast.Constant) and isinstance(node.value, str):
                ids.add(node.value)
    return ids, {each for each in beginnings if re.fullmatch(r"[a-z][a-z\d-]*-", each)}


def named_in_typescript() -> tuple[set[str], set[str]]:
    texts = [path.read_text(encoding="utf-8") for path in files("ts", "tsx")]
    ids = {id for text in texts for id in TYPESCRIPT_ID.findall(text)}
    return ids, {beginning for text in texts for beginning in TYPESCRIPT_TEMPLATE.findall(text)}


def test_every_message_is_used():
    ids, beginnings = (python | page for python, page in zip(named_in_python(), named_in_typescript(), strict=True))
    ids |= {id for path in sources() for id in REFERENCE.findall(path.read_text(encoding="utf-8"))}
    unused = [
        id for id in catalogue() if not {id, id.partition(".fix")[0]} & ids and not id.startswith(tuple(beginnings))
    ]
    assert not unused, f"nothing names these messages: {unused}"


def test_every_id_has_the_form_by_which_the_build_of_the_page_finds_it():
    for id in catalogue():
        assert NAME.fullmatch(id), id
        assert TYPESCRIPT_ID.fullmatch(f"'{id}'"), id
