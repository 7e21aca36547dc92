"""The rooms of the code and the arrows between them, read from the imports of Python and TypeScript.

An arrow leads from a room to one that it imports. Rooms are listed from the foundation up, so an arrow may
lead only to a room further up in `ROOMS`.
"""

from __future__ import annotations

import ast
import posixpath
import re
from collections.abc import Iterable, Iterator, Mapping
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

ROOT = Path(__file__).parents[1]

ROOMS: Mapping[str, str] = {
    "casebook/messages": "the catalogue of sentences, and the one renderer",
    "casebook/diagnostics": "faults with their place, suggestions, YAML with positions, atomic writing",
    "casebook/models": "what knowledge and cases are made of",
    "casebook/knowledge_base": "the knowledge as a whole: loaded, checked and held",
    "casebook/inference": "from findings to scores, a plan and the state of the patient",
    "casebook/explain": "why, what changed, what would change it, and what to ask",
    "casebook/cases": "worked cases: loaded, checked and written",
    "casebook/quiz": "questions to a reader, and the key that answers them",
    "casebook": "what a program imports first; many patients at once (cohort, frames)",
    "casebook/review": "check, semantic diff, revisions, state space, verification",
    "casebook/export": "the knowledge for the page and for editors of YAML",
    "casebook/cli": "the command line: one file a verb",
    "widgets/engine": "the engine in the page: walks diagrams, renders messages",
    "widgets/frontend": "what widgets share in the page: host, components, styles",
    "widgets/core": "what widgets share in Python: their base and their markup",
    "widgets/progress": "what a reader has read and answered, and what is due",
    "widgets/calculator": "one score by itself",
    "widgets/evidence": "the filter of the table of evidence",
    "widgets/explorer": "one case: change a finding, see what follows",
    "widgets/oswestry": "the Oswestry Disability Index",
    "widgets/quiz": "questions with their answers",
    "widgets/reading": "reading the images of a case before the published reading is shown",
    "widgets/section": "a passage of a case",
    "widgets/what_if": "prepared changes to a case",
    "widgets/entries": "what esbuild starts from",
    "widgets": "the widgets under the names that notebooks import",
    "classroom/server": "the teaching room: sessions, votes, limits",
    "classroom/client": "phone, console, wall, stage and handout",
    "classroom": "presenting and voting: the command and the widget",
    "publish/directives": "directives that print the knowledge",
    "publish/pages": "what is put into, taken out of, or asked of every page",
    "publish/preview": "the live preview of a book that is being edited",
    "publish/lite": "the editor in the browser",
    "publish": "the Sphinx extension, the bundles and the notebooks",
}
"""Every room of the code and what it holds, from the foundation up. A file in no folder of these belongs to the nearest above."""

_IMPORT = re.compile(r"""(?:\bfrom\s+|\bimport\s+|\bimport\()['"](\.[^'"]+)['"]""")


def room_of(file: str) -> str:
    """Return the room of a file, both as paths from the root of the project.

    Raises
    ------
    LookupError
        If the file lies in no room.
    """
    folder = posixpath.dirname(file)
    while folder:
        if folder in ROOMS:
            return folder
        folder = posixpath.dirname(folder)
    raise LookupError(f"{file} lies in no room; name its folder in ROOMS of publish/house.py")


def imports(root: Path = ROOT) -> dict[str, set[str]]:
    """Return for each source file of the rooms the source files that it imports, as paths from the root."""
    sources = {
        path.relative_to(root).as_posix()
        for top in dict.fromkeys(room.split("/")[0] for room in ROOMS)
        for path in (root / top).rglob("*")
        if path.suffix in {".py", ".ts", ".tsx"} and not path.name.endswith(".d.ts")
    }
    return {
        file: set((_of_python if file.endswith(".py") else _of_script)(root, file, sources)) for file in sorted(sources)
    }


def _of_python(root: Path, file: str, sources: set[str]) -> Iterator[str]:
    for node in ast.walk(ast.parse((root / file).read_text(encoding="utf-8"))):
        names: list[str] = []
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module:
            names = [f"{node.module}.{alias.name}" for alias in node.names]
        for name in names:
            found = _module(name.split("."), sources)
            if found and found != file:
                yield found


def _module(parts: list[str], sources: set[str]) -> str | None:
    """Return the file of the longest part of a dotted name that is a module or a package."""
    while parts:
        path = "/".join(parts)
        for file in (f"{path}.py", f"{path}/__init__.py"):
            if file in sources:
                return file
        parts = parts[:-1]
    return None


def _of_script(root: Path, file: str, sources: set[str]) -> Iterator[str]:
    for given in _IMPORT.findall((root / file).read_text(encoding="utf-8")):
        path = posixpath.normpath(posixpath.join(posixpath.dirname(file), given))
        yield from (name for end in ("", ".ts", ".tsx", "/index.ts") if (name := path + end) in sources)


def arrows(found: Mapping[str, Iterable[str]]) -> dict[tuple[str, str], list[tuple[str, str]]]:
    """Return the imports behind each arrow from one room to another."""
    result: dict[tuple[str, str], list[tuple[str, str]]] = {}
    for file, imported in found.items():
        for other in imported:
            pair = room_of(file), room_of(other)
            if pair[0] != pair[1]:
                result.setdefault(pair, []).append((file, other))
    return result


def circle(found: Mapping[str, Iterable[str]]) -> list[str]:
    """Return files of which each imports the next and the last the first; empty if there are none."""
    try:
        TopologicalSorter(found).prepare()
    except CycleError as error:
        return list(error.args[1])
    return []
