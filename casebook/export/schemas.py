"""JSON Schemas of all YAML files, with which editors complete and validate while one types.

The schemas are derived from the models. The ids of findings, options, actions, rules and sources, which the book
defines, are added from the knowledge. The schemas cannot express every rule, so `casebook check` remains decisive.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any, get_args

from pydantic import BaseModel

from casebook.diagnostics import files
from casebook.knowledge_base import FOLDER, Knowledge
from casebook.models.case import Provenance, Recorded, WrittenCase
from casebook.models.citation import Citation
from casebook.models.contradiction import Contradiction
from casebook.models.drawing import Drawing
from casebook.models.emergency import Emergencies
from casebook.models.finding import Finding, Group, Shown
from casebook.models.instrument import Instrument
from casebook.models.question import AnswerOption, WrittenQuestion
from casebook.models.rule import STANCES, Action, Conflict, Principle, Rule, Tension
from casebook.models.scope import Switch
from casebook.models.score import Score
from casebook.models.synonym import Spelling, Synonym
from casebook.models.term import Term
from casebook.models.theorem import Theorem
from casebook.quiz.questions import SUFFIX

SCHEMAS = FOLDER / "schemas"
DIALECT = "https://json-schema.org/draft/2020-12/schema"
LINE = "# yaml-language-server: $schema="
"""The beginning of the first line of a YAML file; the path of the schema, relative to the file, follows."""

Json = dict[str, Any]


def schemas(known: Knowledge) -> dict[str, Json]:
    """Return the JSON Schema of each kind of file, by the name of the kind."""
    words = _Words(known)
    listed = {
        "actions": Action,
        "rules": Rule,
        "conflicts": Conflict,
        "tensions": Tension,
        "precedence": Principle,
        "terms": Term,
        "contradictions": Contradiction,
        "scopes": Switch,
        "theorems": Theorem,
        "instruments": Instrument,
    }
    result = {"case": words.case(), "score": words.of(Score), "findings": words.findings()}
    result["questions"] = words.questions()
    result["emergencies"] = words.emergencies()
    result["figure"] = words.of(Drawing)
    result |= {name: words.listed(model) for name, model in listed.items()}
    result["sources"] = words.keyed(Citation)
    result["synonyms"] = words.synonyms()
    return {name: {"$schema": DIALECT, "title": name, **_without_unused(schema)} for name, schema in result.items()}


def schema_of(path: Path) -> str | None:
    """Return the name of the schema for a YAML file of the book, or None if there is none."""
    if path.name.endswith(SUFFIX):
        return "questions"
    if path.parent.name == "cases":
        return "case"
    kinds = {"rules": "rules", "scores": "score"}
    return kinds.get(path.parent.name) or (path.stem if path.parent == FOLDER else None)


def texts(known: Knowledge) -> dict[Path, str]:
    """Return the path and the content of the file of each schema."""
    return {
        SCHEMAS / f"{name}.json": json.dumps(schema, ensure_ascii=False, indent=1) + "\n"
        for name, schema in schemas(known).items()
    }


def write_schemas(known: Knowledge) -> list[Path]:
    """Write the schemas that are out of date; return the paths of their files."""
    stale = {path: text for path, text in texts(known).items() if not path.is_file() or path.read_text("utf-8") != text}
    SCHEMAS.mkdir(exist_ok=True)
    for path, text in stale.items():
        files.write(path, text, replace=True)
    return list(stale)


class _Words:
    """Schemas of models, with the ids of one body of knowledge."""

    def __init__(self, known: Knowledge) -> None:
        self.known = known
        self.names = {
            "Source": self.cited(known.sources),
            "FindingId": _one_of({finding.id: finding.label for finding in known.vocabulary}),
            "ActionId": _one_of({action.id: action.label for action in known.actions.values()}),
            "RuleId": _one_of({rule.id: rule.title for rule in known.rules.values()}),
            "ScoreId": _one_of({score.id: score.label for score in known.scores.values()}),
            "GroupId": _one_of({group.id: group.label for group in known.groups}),
            "SourceKey": _one_of({key: citation.short for key, citation in known.sources.items()}),
        }

    def of(self, model: type[BaseModel]) -> Json:
        """Return the schema of a file with one entry."""
        schema = model.model_json_schema(by_alias=True)
        definitions = schema.pop("$defs", {})
        for each in (schema, *definitions.values()):
            self.bind(each)
        return {**schema, "$defs": {**definitions, **self.names}}

    def listed(self, model: type[BaseModel]) -> Json:
        """Return the schema of a file with a list of entries."""
        schema = self.of(model)
        definitions = schema.pop("$defs")
        return {"type": "array", "items": _ref(model.__name__), "$defs": {**definitions, model.__name__: schema}}

    def keyed(self, model: type[BaseModel]) -> Json:
        """Return the schema of a file with entries by their keys."""
        schema = self.listed(model)
        return {"type": "object", "additionalProperties": schema["items"], "$defs": schema["$defs"]}

    def findings(self) -> Json:
        """Return the schema of the vocabulary."""
        group, finding, shown = self.listed(Group), self.listed(Finding), self.listed(Shown)
        model = finding["$defs"][Finding.__name__]["properties"]
        model["order"] = {"anyOf": [{"const": "all"}, model["order"]]}
        lists = {"groups": group["items"], "first_view": shown["items"], "findings": finding["items"]}
        properties: Json = {name: {"type": "array", "items": items} for name, items in lists.items()}
        properties["of_scores"] = {"type": "array", "items": _ref("FindingId")}
        return {
            "type": "object",
            "properties": properties,
            "required": ["groups", "findings"],
            "additionalProperties": False,
            "$defs": group["$defs"] | finding["$defs"] | shown["$defs"],
        }

    def synonyms(self) -> Json:
        """Return the schema of the words that readers search for."""
        lists = {"synonyms": self.listed(Synonym), "spellings": self.listed(Spelling)}
        return {
            "type": "object",
            "properties": {name: {"type": "array", "items": each["items"]} for name, each in lists.items()},
            "required": list(lists),
            "additionalProperties": False,
            "$defs": lists["synonyms"]["$defs"] | lists["spellings"]["$defs"],
        }

    def emergencies(self) -> Json:
        """Return the schema of the states of a patient; a sentence may be a plain text."""
        schema = self.of(Emergencies)
        sentence = schema["$defs"]["Sentence"]
        schema["$defs"]["Sentence"] = {"anyOf": [{"type": "string"}, sentence]}
        return schema

    def case(self) -> Json:
        """Return the schema of a case, in which each finding has its own options."""
        schema = self.of(WrittenCase)
        recorded = schema["$defs"].pop(Recorded.__name__)
        findings = {finding.id: self.recorded(recorded, finding) for finding in self.known.vocabulary}
        schema["properties"]["findings"] = {"type": "object", "properties": findings, "additionalProperties": False}
        schema["$defs"]["WhatIf"]["properties"]["set"] = self.change() | {"minProperties": 1}
        self.bind_question(schema["$defs"])
        schema["properties"]["published_scores"]["propertyNames"] = _ref("ScoreId")
        schema["properties"]["sources"]["items"] = _ref("SourceKey")
        return schema

    def questions(self) -> Json:
        """Return the schema of the questions of a chapter."""
        schema = self.listed(WrittenQuestion)
        self.bind_question(schema["$defs"])
        return schema | {"minItems": 1}

    def bind_question(self, definitions: Json) -> None:
        for model in (WrittenQuestion, AnswerOption):
            definitions[model.__name__]["properties"]["set"] = self.change()
        definitions[WrittenQuestion.__name__]["properties"]["finding"] = _ref("FindingId")

    def change(self) -> Json:
        """Return the schema of changed findings; null makes a finding unknown."""
        options = {finding.id: _options(finding, None) for finding in self.known.vocabulary}
        return {"type": "object", "properties": options, "additionalProperties": False}

    def recorded(self, recorded: Json, finding: Finding) -> Json:
        """Return the schema of one finding in a case."""
        properties = recorded["properties"] | {"value": _options(finding, None)}
        described = {"title": finding.label, "description": finding.help or finding.definition or finding.label}
        unknown = {"properties": {"provenance": {"const": "not_reported"}, "value": {"type": "null"}}}
        provenances = [each for each in get_args(Provenance) if each != "not_reported"]
        known = {
            "properties": {"provenance": {"enum": provenances}, "value": _options(finding)},
            "required": ["value"],
        }
        return {**recorded, **described, "properties": properties, "anyOf": [unknown, known]}

    def cited(self, sources: Iterable[str]) -> Json:
        """Return the schema of citations: keys of sources, each with a locator."""
        locator = {"type": "string", "pattern": r"\S"}
        return {"type": "object", "properties": dict.fromkeys(sources, locator), "additionalProperties": False}

    def bind(self, model: Json) -> None:
        """Add the ids of the knowledge to the schema of one model."""
        properties = model.get("properties", {})
        for name in ("source", "authority"):
            if name in properties:
                least = {"minProperties": 1} if properties[name].get("minProperties") else {}
                properties[name] = _ref("Source") | least
        for name, kind in _LISTS.items():
            if properties.get(name, {}).get("type") == "array":
                properties[name]["items"] = _ref(kind)
        match model.get("title"):
            case "Finding":
                properties["group"] = _ref("GroupId")
            case "AttributeRow" | "Target":
                properties["finding"] = _ref("FindingId")
            case "Preference" | "Overlay":
                properties["action"] = _ref("ActionId")
            case "Clause":
                self.bind_clause(properties)
            case "Step":
                properties["findings"]["items"] = _ref("FindingId")
            case "Rule":
                self.bind_rule(model)
            case "Row":  # its cells are beside source and mark
                model["additionalProperties"] = properties.pop("cells")["additionalProperties"]
                model["required"].remove("cells")
            case _:
                pass

    def bind_clause(self, properties: Json) -> None:
        stance = {"type": "string", "enum": list(STANCES)}
        outcome = {"anyOf": [stance, _ref("Outcome")]}
        actions = dict.fromkeys(self.known.actions, outcome)
        properties["then"] = {
            "type": "object",
            "properties": actions,
            "additionalProperties": False,
            "minProperties": 1,
        }

    def bind_rule(self, rule: Json) -> None:
        """Allow a rule with one clause without a list, or a rule that only informs."""
        properties = rule["properties"]
        clause = {name: {"$ref": f"#/$defs/Clause/properties/{name}"} for name in ("when", "then")}
        properties["about"] = {
            "type": "object",
            "properties": {"score": _ref("ScoreId"), "action": _ref("ActionId")},
            "additionalProperties": {"type": "string"},
            "minProperties": 1,
        }
        rule["properties"] = {**properties, **clause}
        rule["oneOf"] = [{"required": ["when", "then"]}, {"required": ["clauses"]}, {"required": ["about"]}]


_LISTS = {
    "actions": "ActionId",
    "scores": "ScoreId",
    "rules": "RuleId",
    "exception_to": "RuleId",
    "echoes": "RuleId",
    "prefer": "RuleId",
    "over": "RuleId",
}
"""Fields that list ids, and the kind of the ids."""


def _without_unused(schema: Json) -> Json:
    """Return a schema without the definitions to which it does not refer."""
    definitions: dict[str, Json] = schema["$defs"]
    used: set[str] = set()
    waiting: list[Json] = [{**schema, "$defs": {}}]
    while waiting:
        for name in re.findall(r'"#/\$defs/(\w+)', json.dumps(waiting.pop())):
            if name not in used:
                used.add(name)
                waiting.append(definitions[name])
    return {**schema, "$defs": {name: each for name, each in definitions.items() if name in used}}


def _ref(name: str) -> Json:
    return {"$ref": f"#/$defs/{name}"}


def _one_of(labels: dict[str, str]) -> Json:
    return {"enum": list(labels), "description": "\n".join(f"{id}: {label}" for id, label in labels.items())}


def _options(finding: Finding, *others: Any) -> Json:
    labels = "\n".join(f"{option.id}: {option.label}" for option in finding.options)
    return {"enum": [*finding.values, *others], "description": f"{finding.label}\n{labels}"}
