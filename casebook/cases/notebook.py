"""The notebook of a case, which is its page in the book."""

from __future__ import annotations

import ast
import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from casebook.cases.case import Case
from casebook.diagnostics.data import Data
from casebook.diagnostics.document import bytes_of, decoded
from casebook.diagnostics.fault import Fault, FaultError
from casebook.diagnostics.suggestions import did_you_mean
from casebook.messages import message

LARGEST_NOTEBOOK = 5_000_000
"""Bytes. A notebook with its outputs takes some seventy thousand."""

KERNEL = "python3"
SHOWS_A_CASE = ("CaseExplorer", "CaseReading", "Quiz", "Section", "WhatIfs", "load_case")
"""Functions and classes whose first argument is the name of a case."""


def check_notebook(path: Path, cases: Iterable[str]) -> Iterator[Fault]:
    """Yield every fault of a notebook that is the page of a case.

    Parameters
    ----------
    path : Path
        The name of the file is that of the case.
    cases : iterable of str
        The names of all cases.
    """
    try:
        text = decoded(bytes_of(path, LARGEST_NOTEBOOK), path)
        notebook = json.loads(text)
    except FaultError as error:
        yield from error.faults
        return
    except json.JSONDecodeError as error:
        why = f"{error.msg[:1].lower()}{error.msg[1:]}"
        yield Fault.of(f"{path}:{error.lineno}:{error.colno}", "notebook-not-json", why=why)
        return
    except RecursionError:
        yield Fault.of(f"{path}:1:1", "notebook-too-deep")
        return
    if not _has_form(notebook):
        yield Fault.of(f"{path}:1:1", "notebook-format")
        return
    yield from _Page(path, text, notebook).faults(set(cases))


def _has_form(notebook: Data) -> bool:
    if not isinstance(notebook, dict) or notebook.get("nbformat") != 4:
        return False
    cells = notebook.get("cells")
    return (
        isinstance(notebook.get("metadata"), dict)
        and isinstance(cells, list)
        and all(isinstance(cell, dict) and isinstance(cell.get("source"), str | list) for cell in cells)
    )


class _Page:
    """A notebook whose form is valid."""

    def __init__(self, path: Path, text: str, notebook: dict[str, Any]) -> None:
        self.path = path
        self.text = text
        self.kernel: Data = notebook["metadata"].get("kernelspec")
        self.cells = [cell for cell in notebook["cells"] if cell.get("cell_type") == "code" and _source(cell).strip()]

    def where(self, *words: str) -> str:
        """Return file, line and column (from 1) of the last word; each word is searched for after the one before it."""
        offset = 0
        for word in words:
            found = self.text.find(word, offset)
            offset = found if found >= 0 else offset
        before = self.text[:offset]
        return f"{self.path}:{before.count(chr(10)) + 1}:{len(before.rpartition(chr(10))[2]) + 1}"

    def cell(self, cell: dict[str, Any], *words: str) -> str:
        """Return file, line and column of a cell, or of a word in the cell."""
        first = next(line for line in _source(cell).splitlines() if line.strip())
        at = [f'"id": "{cell["id"]}"', '"source": '] if "id" in cell else []
        return self.where(*at, json.dumps(first, ensure_ascii=False)[1:-1], *words)

    def faults(self, cases: set[str]) -> Iterator[Fault]:
        name = self.kernel.get("name") if isinstance(self.kernel, dict) else None
        if name != KERNEL:
            where = self.where('"kernelspec"', '"name"')
            if name:
                yield Fault.of(where, "notebook-other-kernel", name=str(name), kernel=KERNEL)
            else:
                yield Fault.of(where, "notebook-no-kernel", kernel=KERNEL)
        own = False
        for cell in self.cells:
            for case, quoted in _cases_named(_source(cell)):
                own = own or case == self.path.stem
                if case not in cases:
                    what = message("notebook-no-case", case=case)
                    yield Fault(self.cell(cell, json.dumps(quoted)[1:-1]), what, did_you_mean(case, sorted(cases)))
        if not own:
            yield Fault.of(self.where('"cells"'), "notebook-case-not-shown", case=self.path.stem)
        yield from self._output_faults()

    def _output_faults(self) -> Iterator[Fault]:
        missing = [cell for cell in self.cells if not cell.get("execution_count")]
        if missing:
            numbers = {"missing": len(missing), "count": len(self.cells)}
            yield Fault.of(self.cell(missing[0]), "notebook-no-output", path=str(self.path), **numbers)
        for cell in self.cells:
            outputs: Data = cell.get("outputs")
            for output in outputs if isinstance(outputs, list) else ():
                if isinstance(output, dict) and output.get("output_type") == "error":
                    error = {"name": str(output.get("ename")), "value": str(output.get("evalue"))}
                    yield Fault.of(self.cell(cell), "notebook-error", path=str(self.path), **error)


def _source(cell: dict[str, Any]) -> str:
    source = cell["source"]
    return source if isinstance(source, str) else "".join(map(str, source))


def _cases_named(code: str) -> Iterator[tuple[str, str]]:
    """Yield the name of every case that the code shows, and the name as quoted in the code."""
    try:
        tree = ast.parse(code)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return  # magics of the notebook; if they fail, the stored output contains the error
    for call in ast.walk(tree):
        match call:
            case ast.Call(
                func=ast.Name(id=function) | ast.Attribute(attr=function), args=[ast.Constant(value=str(name)), *_]
            ) if function in SHOWS_A_CASE:
                yield name, ast.get_source_segment(code, call.args[0]) or name
            case _:
                pass


def new_notebook(case: Case) -> str:
    """Return the notebook of a new case as JSON, without outputs, in the form of the published notebooks."""
    id = case.id
    cells = [
        _words("title", _title(case)),
        _code(
            "vignette",
            f'from widgets import CaseExplorer, Section\n\nSection("{id}", "vignette")',
            "remove-input",
        ),
        _words("explorer-intro", _section("notebook-explorer", message(_explorer(case)))),
        _code("explorer", f'explorer = CaseExplorer("{id}")\nexplorer', "remove-input"),
        *_course(case),
        _words("sources", _section("notebook-sources", "\n".join(_cited(case)))),
        _words("python-intro", _section("notebook-python", message("notebook-python-intro"))),
        _code("items", _ITEMS.format(id=id, score=next(iter(case.knowledge.scores)))),
    ]
    notebook = {
        "cells": cells,
        "metadata": {
            "kernelspec": {"display_name": "Python 3 (ipykernel)", "language": "python", "name": KERNEL},
            "language_info": {"name": "python"},
        },
        "nbformat": 4,
        "nbformat_minor": 5,
    }
    return json.dumps(notebook, ensure_ascii=False, indent=1) + "\n"


def _course(case: Case) -> Iterator[dict[str, Any]]:
    """Yield the cells of treatment and outcome, if the case reports them."""
    sections = [name for name in ("treatment", "outcome") if getattr(case, name)]
    if sections:
        heading = "notebook-both" if len(sections) > 1 else f"notebook-{sections[0]}"
        yield _words("told-intro", _section(heading, message("notebook-decide-first")))
    for name in sections:
        yield _code(name, f'Section("{case.id}", "{name}")', "remove-input")


_ITEMS = """\
import casebook
from casebook.cases import load_case
from casebook.frames import frame

case = load_case("{id}")
items = casebook.assess(case.findings).scores["{score}"].items
rows = {{item.id: {{"option": item.option or "not known", "least": item.low, "most": item.high}} for item in items}}
frame(rows, index="item")"""


def _cited(case: Case) -> Iterator[str]:
    for key in case.sources:
        locator = case.source.get(key)
        cited = f"{{cite}}`{key}`"
        yield f"- {message('notebook-patient-source', source=cited, locator=locator) if locator else f'{cited}.'}"


def _title(case: Case) -> str:
    minutes = message("notebook-minutes", count=case.minutes)
    return f"# {case.title}\n\n{case.teaches} *{minutes}*\n\n## {message('notebook-patient')}"


def _section(heading: str, text: str) -> str:
    """Return a section with the message `heading` above it."""
    return f"## {message(heading)}\n\n{text}"


def _explorer(case: Case) -> str:
    return "notebook-explorer-constructed" if case.constructed else "notebook-explorer-published"


def _words(id: str, text: str) -> dict[str, Any]:
    return {"cell_type": "markdown", "id": id, "metadata": {}, "source": text.splitlines(keepends=True)}


def _code(id: str, text: str, *tags: str) -> dict[str, Any]:
    return {
        "cell_type": "code",
        "execution_count": None,
        "id": id,
        "metadata": {"tags": list(tags)} if tags else {},
        "outputs": [],
        "source": text.splitlines(keepends=True),
    }
