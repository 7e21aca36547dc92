"""The schemas by which an editor completes and underlines: up to date, fulfilled, and strict where it counts."""

import json
import os
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator
from typer.testing import CliRunner

from casebook.cli import app
from casebook.diagnostics.document import parse, read
from casebook.export import schemas
from casebook.export.schemas import LINE, SCHEMAS, schema_of, texts
from casebook.knowledge_base import FOLDER, knowledge

ROOT = Path(__file__).resolve().parents[4]
FILES = [
    *sorted(FOLDER.rglob("*.yml")),
    *sorted((ROOT / "cases").glob("*.yml")),
    *sorted((ROOT / "book").rglob("*.questions.yml")),
]
TEXTS = texts(knowledge())
STORED = {name: json.loads((SCHEMAS / f"{name}.json").read_text("utf-8")) for name in schemas.schemas(knowledge())}


def refused(name: str, data) -> list[tuple[str, ...]]:
    """Return where data does not fulfil a schema."""
    return [tuple(map(str, error.path)) for error in Draft202012Validator(STORED[name]).iter_errors(data)]


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: path.name)
def test_a_schema_says_what_models_and_knowledge_say(path):
    assert path.read_text("utf-8") == TEXTS[path], "run casebook schemas"


def test_no_schema_is_left_over():
    assert set(SCHEMAS.iterdir()) == set(TEXTS)


@pytest.mark.parametrize("name", STORED)
def test_a_schema_is_a_schema(name):
    Draft202012Validator.check_schema(STORED[name])


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_a_file_names_its_schema_in_its_first_line_and_fulfils_it(path):
    first = path.read_text("utf-8").splitlines()[0]
    named = Path(os.path.normpath(path.parent / first.removeprefix(LINE)))
    assert first.startswith(LINE)
    assert named == SCHEMAS / f"{schema_of(path)}.json"
    assert refused(named.stem, read(path).data) == []


CASE = (ROOT / "cases" / "colon-s1.yml").read_text("utf-8")


@pytest.mark.parametrize(
    ("old", "new", "where"),
    [
        ("    value: lytic\n", "    value: lytik\n", ("findings", "bone_lesion", "value")),
        ("  sacral_ala: {", "  sacral_wing: {", ("findings",)),
        ("set: {pain: mechanical}", "set: {pain: mechanic}", ("what_ifs", "0", "set", "pain")),
        ("set: {pain: mechanical}", "set: {pian: mechanical}", ("what_ifs", "0", "set")),
        ("title: Colon", "titel: Colon", ()),
        ("    finding: collapse\n", "    finding: colapse\n", ("questions", "0", "finding")),
        ("  - id: night\n    kind: plan\n", "  - id: night\n    kind: plann\n", ("questions", "4", "kind")),
        ("minutes: 15", "minutes: soon", ("minutes",)),
        ("sources: [mika2018", "sources: [mika2081", ("sources", "0")),
        (
            'published_scores:\n  sins: {total: 9, source: {mika2018: "',
            'published_scores:\n  sinn: {total: 9, source: {mika2018: "',
            ("published_scores",),
        ),
        (
            'source: {mika2018: "Fig. 2, l. 85"}\n\nvignette',
            'source: {mika2018: " "}\n\nvignette',
            ("source", "mika2018"),
        ),
    ],
)
def test_a_word_mistyped_in_a_case_is_underlined_where_it_stands(old, new, where):
    assert CASE.count(old) == 1
    assert where in refused("case", parse(CASE.replace(old, new).encode()).data)


def test_a_finding_without_its_provenance_or_its_value_is_underlined():
    for entry in ({}, {"value": "lytic"}, {"provenance": "reported"}, {"value": "lytic", "provenance": "not_reported"}):
        data = parse(CASE.encode()).data
        data["findings"]["bone_lesion"] = entry
        assert ("findings", "bone_lesion") in refused("case", data), entry


@pytest.mark.parametrize(
    ("name", "path", "value"),
    [
        ("rules", (0, "then"), {"decompresion": "emergency"}),
        ("rules", (0, "then"), {"decompression": "urgent"}),
        ("rules", (0, "tier"), "strong"),
        ("rules", (0, "source"), {"mika2081": "l. 1"}),
        ("rules", (0, "echoes"), ["R0"]),
        ("conflicts", (0, "actions"), ["sacroplsty"]),
        ("precedence", (0, "by"), "courage"),
        ("findings", ("findings", 0, "group"), "nerves"),
        ("score", ("items", 0, "options", 0, "points"), "three"),
        ("sources", ("mika2018", "seen"), "glanced"),
        ("actions", (0, "colour"), "red"),
        ("questions", (0, "kind"), "rnk"),
        ("questions", (0, "options", 0, "source"), {"fisher2100": "items"}),
        ("questions", (0, "set"), {"pian": "mechanical"}),
    ],
)
def test_a_word_mistyped_in_the_knowledge_is_underlined_where_it_stands(name, path, value):
    file = next(file for file in FILES if schema_of(file) == name)
    data = part = read(file).data
    for key in path[:-1]:
        part = part[key]
    part[path[-1]] = value
    assert any(where[: len(path) - 1] == tuple(map(str, path[:-1])) for where in refused(name, data))


def test_schemas_are_written_where_they_are_out_of_date_and_only_there(tmp_path, monkeypatch):
    monkeypatch.setattr(schemas, "SCHEMAS", tmp_path / "schemas")
    assert "case.json" in CliRunner().invoke(app, ["schemas"]).stdout
    (tmp_path / "schemas" / "case.json").write_text("{}")
    ran = CliRunner().invoke(app, ["schemas"])
    assert ran.stdout.count("Wrote") == 1
    assert (tmp_path / "schemas" / "case.json").read_text("utf-8") == (SCHEMAS / "case.json").read_text("utf-8")
    assert "up to date" in CliRunner().invoke(app, ["schemas"]).stdout
