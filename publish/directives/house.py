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

ROOT = Path(__file__).parents[2]

ROOMS = (
    "casebook/messages",
    "casebook/distribution",
    "casebook/diagnostics",
    "casebook/models",
    "casebook/knowledge_base",
    "casebook/inference",
    "casebook/explain",
    "casebook/cases",
    "casebook/quiz",
    "casebook",
    "casebook/review",
    "casebook/export",
    "casebook/cli",
    "widgets/engine",
    "widgets/frontend",
    "widgets/core",
    "widgets/progress",
    "widgets/calculator",
    "widgets/evidence",
    "widgets/figure",
    "widgets/explorer",
    "widgets/oswestry",
    "widgets/quiz",
    "widgets/reading",
    "widgets/search",
    "widgets/section",
    "widgets/what_if",
    "widgets/entries",
    "widgets",
    "classroom/server",
    "classroom/client",
    "classroom",
    "publish/directives",
    "publish/pages",
    "publish/notebooks",
    "publish/preview",
    "publish/lite",
    "publish",
)
"""Every room of the code, from the foundation up. A file belongs to the innermost of these folders that contains it."""

_IMPORT = re.compile(r"""(?:\bfrom\s+|\bimport\s+|\bimport\()['"](\.[^'"]+)['"]""")


def room_of(file: str) -> str:
    """Return the room of a file, both as paths from the root of the project.

    Raises
    ------
    LookupError
        If the file is in no room.
    """
    folder = posixpath.dirname(file)
    while folder:
        if folder in ROOMS:
            return folder
        folder = posixpath.dirname(folder)
    raise LookupError(f"{file} lies in no room; name its folder in ROOMS of publish/directives/house.py")


def imports(root: Path = ROOT) -> dict[str, set[str]]:
    """Return for each source file of the rooms the source files that it imports, as paths from the root."""
    sources = {
        path.relative_to(root).as_posix()
        for top in dict.fromkeys(room.split("/")[0] for room in ROOMS)
        for path in (root / top).rglob("*")
        if path.suffix in {".py", ".ts", ".tsx"} and not path.name.endswith(".d.ts") and "knowledge" not in path.parts
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
