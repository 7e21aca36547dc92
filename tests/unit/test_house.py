"""The house: every file in a room, arrows only towards the foundation, no circle, modules of a size that one can read."""

from __future__ import annotations

import ast
from pathlib import Path
from statistics import median

import pytest

from publish.directives.house import ROOMS, ROOT, arrows, circle, imports, room_of

LONGEST = 450
MEDIAN = 150


@pytest.fixture(scope="module")
def found() -> dict[str, set[str]]:
    return imports()


def test_every_source_file_lies_in_a_room_and_every_room_has_one(found):
    assert {room_of(file) for file in found} == set(ROOMS)


def test_no_arrow_leads_back(found):
    floor = {room: number for number, room in enumerate(ROOMS)}
    back = {
        f"{start} → {end}": behind
        for (start, end), behind in arrows(found).items()
        if floor[end] > floor[start] and not end.startswith(f"{start}/")
    }
    assert back == {}


def test_no_modules_import_each_other_in_a_circle(found):
    assert circle(found) == []


def test_the_engine_imports_no_widget_and_what_widgets_share_imports_no_widget(found):
    shared = {"widgets/engine", "widgets/frontend", "widgets/core"}
    for (start, end), behind in arrows(found).items():
        if start.startswith("casebook"):
            assert end.startswith("casebook"), behind
        if start in shared:
            assert end in shared or end.startswith("casebook"), behind
        if start.startswith("classroom"):
            assert not end.startswith("publish"), behind


def test_a_module_can_be_read_in_one_sitting(found):
    lines = {file: len((ROOT / file).read_text(encoding="utf-8").splitlines()) for file in found}
    styles = [
        path for top in ("widgets", "classroom") for path in (ROOT / top).rglob("*.css") if "static" not in path.parts
    ]
    lines |= {str(path.relative_to(ROOT)): len(path.read_text(encoding="utf-8").splitlines()) for path in styles}
    assert {file: count for file, count in lines.items() if count >= LONGEST} == {}
    assert median(lines.values()) < MEDIAN


@pytest.mark.parametrize(
    ("file", "text", "expected"),
    [
        ("casebook/models/a.py", "from casebook.cli.b import c", {"casebook/cli/b.py"}),
        ("casebook/models/a.py", "def f():\n    import casebook.cli.b", {"casebook/cli/b.py"}),
        ("widgets/engine/a.ts", "import { c } from '../../classroom/client/b';", {"classroom/client/b.tsx"}),
        ("widgets/engine/a.ts", "const c = await import('../../classroom/client/b');", {"classroom/client/b.tsx"}),
    ],
)
def test_an_import_is_seen_however_it_is_written(tmp_path: Path, file, text, expected):
    for name, content in {"casebook/cli/b.py": "", "classroom/client/b.tsx": "", file: text}.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, encoding="utf-8")
    assert imports(tmp_path)[file] == expected


def test_no_two_classes_have_one_name():
    found: dict[str, list[str]] = {}
    for top in ("casebook", "widgets", "classroom", "publish"):
        for path in sorted((ROOT / top).rglob("*.py")):
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if isinstance(node, ast.ClassDef):
                    found.setdefault(node.name, []).append(f"{path.relative_to(ROOT)}:{node.lineno}")
    assert {name: places for name, places in found.items() if len(places) > 1} == {}
