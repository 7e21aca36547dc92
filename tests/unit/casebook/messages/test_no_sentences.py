"""No sentence is written in code: what a reader meets comes from the catalogue or from YAML."""

import ast
import json
import re
import subprocess
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[4]
ROOMS = ("casebook", "widgets", "classroom", "publish")

WORDS = re.compile(r"[A-Za-z]{2,}[,;:.]? [A-Za-z]{2,}|[A-Za-z]{3,} [a-z] [A-Za-z]{3,}")
"""Two words with a space between them."""

MARKS = re.compile(
    r"^[\s\d:;=<>*]*(text/|bold [a-z]+$|[\w-]+\s*:\s*[\w-]+\s*;|[\w-]+=|SELECT |INSERT |UPDATE |DELETE |CREATE |PRAGMA |BEGIN |attachment; |import \w|from [\w.]+ import )"
)
"""The beginning of what a program reads: a media type, a style, a setting, a header, a query."""

TAG = re.compile(r"<[^>]*(?:>|$)")
READ_ALOUD = re.compile(r"""(?:aria-label|title|alt|placeholder)=(?:"([^"]*)|'([^']*))""")
"""A tag, and the attributes of it that reach a reader."""

INTERNAL_CALLS = {
    "cast",
    "compile",
    "fullmatch",
    "match",
    "search",
    "sub",
    "split",
    "findall",
    "finditer",
    "getLogger",
    "TypeVar",
}
"""Calls of which the texts are patterns and names."""

INTERNAL_ERRORS = {
    "AssertionError",
    "AttributeError",
    "LookupError",
    "NotImplementedError",
    "RuntimeError",
    "TypeError",
}
"""Errors that only a mistake in the code raises."""

ALLOWED: dict[str, str] = {
    "casebook/messages/compiler.py": "what is wrong with the catalogue itself cannot be taken from it",
    "casebook/review/semantic_diff.py": "its JSON names in words how an outcome differs",
    "casebook/cli/messages.py": "what compiles the catalogue works without it",
    "widgets/core/base.py": "a script that shows a message, no text of its own",
    "publish/lite/wheels.py": "the metadata of a wheel",
    "publish/pseudo.py": "the settings of a book that is made for a test",
    "publish/lite/site.py": "a policy for browsers, and files by their patterns",
    "publish/pages/accessibility.py": "markup of the theme that is corrected",
}
"""Files whose texts need not be in the catalogue, and why."""

NOT_CONVERTED = {
}
"""Files whose texts are still to be moved into the catalogue."""


def files(*endings: str) -> list[Path]:
    found = [path for room in ROOMS for ending in endings for path in sorted((ROOT / room).rglob(f"*.{ending}"))]
    return [path for path in found if "static" not in path.parts and "knowledge" not in path.relative_to(ROOT).parts]


def name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def without_markup(text: str) -> str:
    """Return a text without its tags, but with the labels in them."""
    return TAG.sub(lambda tag: "\n".join(map("".join, READ_ALOUD.findall(tag[0]))), text)


def is_sentence(text: str) -> bool:
    return WORDS.search(without_markup(text)) is not None and MARKS.match(text) is None


class Texts(ast.NodeVisitor):
    """Collects the texts of a module that are no docstrings, patterns or errors of programmers."""

    def __init__(self) -> None:
        self.found: list[tuple[int, str]] = []

    def visit_Expr(self, node: ast.Expr) -> None:
        if not isinstance(node.value, ast.Constant):
            self.generic_visit(node)

    def visit_Constant(self, node: ast.Constant) -> None:
        if isinstance(node.value, str):
            self.found.append((node.lineno, node.value))

    def visit_AnnAssign(self, node: ast.AnnAssign) -> None:
        """The value of an alias of a type is a type."""
        if node.value is not None and getattr(node.annotation, "id", "") != "TypeAlias":
            self.visit(node.value)

    def visit_arg(self, node: ast.arg) -> None:
        """A type is no text, but what `Annotated` adds for the command line is one."""
        if isinstance(node.annotation, ast.Subscript) and getattr(node.annotation.value, "id", "") == "Annotated":
            self.visit(node.annotation.slice)

    def visit_FunctionDef(self, node: ast.FunctionDef | ast.AsyncFunctionDef) -> None:
        for part in (*node.decorator_list, node.args, *node.body):
            self.visit(part)

    def visit_AsyncFunctionDef(self, node: ast.AsyncFunctionDef) -> None:
        self.visit_FunctionDef(node)

    def visit_Raise(self, node: ast.Raise) -> None:
        raised = node.exc.func if isinstance(node.exc, ast.Call) else node.exc
        if getattr(raised, "id", "") not in INTERNAL_ERRORS:
            self.generic_visit(node)

    def visit_Assert(self, node: ast.Assert) -> None:
        self.visit(node.test)

    def visit_Call(self, node: ast.Call) -> None:
        called = getattr(node.func, "attr", getattr(node.func, "id", ""))
        if called in INTERNAL_CALLS:
            return
        self.visit(node.func)
        for argument in node.args:
            self.visit(argument)
        for keyword in node.keywords:
            if keyword.arg not in ("class_", "style", "pattern"):
                self.visit(keyword.value)


def in_python(path: Path) -> Iterator[str]:
    texts = Texts()
    texts.visit(ast.parse(path.read_text(encoding="utf-8")))
    yield from (f"{name(path)}:{line}: {text!r}" for line, text in texts.found if is_sentence(text))


@cache
def in_typescript() -> dict[str, list[str]]:
    paths = files("ts", "tsx")
    script = Path(__file__).with_name("literals.mjs")
    given = json.dumps(list(map(str, paths)))
    done = subprocess.run(["node", script], input=given, capture_output=True, text=True, check=True)
    each = zip(paths, json.loads(done.stdout), strict=True)
    return {name(path): [f"{name(path)}: {text!r}" for text in texts if is_sentence(text)] for path, texts in each}


def sentences(file: str) -> list[str]:
    return list(in_python(ROOT / file)) if file.endswith(".py") else in_typescript()[file]


EVERY = [
    name(path)
    for path in files("py", "ts", "tsx")
    if not path.name.startswith("test_") and not path.name.endswith(".d.ts")
]


@pytest.mark.parametrize("file", [file for file in EVERY if file not in ALLOWED and file not in NOT_CONVERTED])
def test_no_sentence_is_written_in_code(file):
    found = sentences(file)
    assert not found, "move these into casebook/knowledge/messages/en:\n" + "\n".join(found)


@pytest.mark.parametrize("file", sorted({*ALLOWED, *NOT_CONVERTED}))
def test_a_file_that_is_excused_still_has_sentences(file):
    assert sentences(file), f"{file} has none any more: take it off the list"
