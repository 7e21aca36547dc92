"""The explorer as text: findings, scores, plan and conflicts, complete without a script."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from casebook.messages import message
from casebook.messages.words import any_of, particulars, stance
from casebook.models.rule import STANCES
from widgets.core.labels import PROVENANCES, bands, cited, option_label, span
from widgets.core.markup import Html, constructed_markup, join, tag

Json = Mapping[str, Any]


def explorer_markup(
    published: Json, findings: Json, assessment: Json, firmness: Json, known: Json, constructed: bool = False
) -> Html:
    """Return a case as it stands.

    Parameters
    ----------
    published : mapping
        Value, provenance, note and sources of every finding of the case.
    findings : mapping
        The findings as they are now.
    assessment : mapping
        What follows from them, as JSON.
    firmness : mapping
        How much hangs on each reading, as JSON (`casebook.explain.sensitivity`).
    known : mapping
        The knowledge as JSON (`casebook.export.browser.bundle`).
    constructed : bool
        Whether the patient was constructed for teaching.
    """
    return join(
        [
            constructed_markup() if constructed else None,
            *_first_line(assessment["first_line"]),
            tag("h3", "Recommendations"),
            *_plan(assessment["plan"], known),
            tag("h3", "Scores"),
            *(_score(definition, assessment, known) for definition in known["scores"]),
            *_disagreements(assessment["plan"], known),
            *_firmness(firmness, known),
            tag("h3", "Findings"),
            _findings(published, findings, known),
        ]
    )


def _first_line(lines: Sequence[Json]) -> Iterator[Html]:
    for line in lines:
        text = f" {line['text']}" if line["text"] else None
        yield tag("p", tag("strong", line["lead"]), text, data_patient_state=line["state"])


def _plan(plan: Sequence[Json], known: Json) -> Iterator[Html]:
    if not plan:
        yield tag("p", "No rule of this book applies to these findings.")
    for heading, entries in _headed(plan):
        if entries:
            yield tag("h4", heading)
            yield tag("ul", *(_entry(entry, known) for entry in entries))


def _headed(plan: Sequence[Json]) -> Iterator[tuple[str, list[Json]]]:
    """Yield the entries under their headings, the strongest stance first, what is not yet decided last."""
    decided = [entry for entry in plan if entry["status"] == "decided"]
    undecided = [entry for entry in plan if entry["status"] != "decided"]
    for id in STANCES:
        yield stance(id), [entry for entry in decided if entry["stance"] == id]
    least = [entry for entry in undecided if "at_least" in entry]
    yield "At least", least
    yield "Not yet decided", [entry for entry in undecided if entry not in least]


def _entry(entry: Json, known: Json) -> Html:
    labels = {action["id"]: action["label"] for action in known["actions"]}
    particular = particulars(entry.get("within_hours"), entry.get("side"))
    return tag(
        "li",
        tag("strong", labels[entry["action"]]),
        f", {particular}" if particular else None,
        None if entry["status"] == "decided" else _open(entry, known),
        _rules("Because", entry["because"], known),
        _rules("Against", entry["against"], known),
        data_action=entry["action"],
        data_stance=entry["stance"],
        data_status=entry["status"],
    )


def _open(entry: Json, known: Json) -> Html:
    outcomes = any_of(message("outcome-name", stance=outcome, limit="none") for outcome in entry["possible"])
    labels = {finding["id"]: finding["label"] for finding in known["findings"]}
    needed = ", ".join(labels[id].lower() for id in entry["depends_on"])
    least = (
        f"at least {message('outcome-name', stance=entry['at_least'], limit='none')}; " if "at_least" in entry else ""
    )
    return join([f": {least}{outcomes}", f". Depends on: {needed}." if needed else "."])


def _rules(word: str, ids: Sequence[str], known: Json) -> Html | None:
    if not ids:
        return None
    rules = {rule["id"]: rule for rule in known["rules"]}
    cited_rules = (tag("li", rules[id]["title"], " ", _source(rules[id]["source"], known), data_rule=id) for id in ids)
    return tag("div", f"{word}:", tag("ul", *cited_rules))


def _source(source: Sequence[Sequence[str]], known: Json) -> Html | None:
    return tag("cite", f"({cited(source, known['sources'])})") if source else None


def _score(definition: Json, assessment: Json, known: Json) -> Html:
    result = assessment["scores"][definition["id"]]
    if result["status"] == "not_applicable":
        value = f"not applicable: {result['reason']}"
    else:
        scale = f"of {definition['minimum']} to {definition['maximum']}"
        reached = bands(definition, result["bands"])
        value = f"{span(result['low'], result['high'])} {scale}, {reached}"
        if one := result.get("as_one_lesion"):
            value += f" by segments; as one lesion {span(one['low'], one['high'])}, {bands(definition, one['bands'])}"
    head = tag("p", tag("strong", definition["label"]), f" {value}. {_direction(definition)}")
    return tag(
        "div",
        head,
        _items(definition, result) if result["items"] else None,
        *(tag("p", note) for note in result["notes"]),
        data_score=definition["id"],
        data_low=result["low"],
        data_high=result["high"],
        data_status=result["status"],
    )


def _direction(definition: Json) -> str:
    return "Higher is worse." if definition["worse"] == "high" else "Lower is worse."


def _items(definition: Json, result: Json) -> Html:
    rows = []
    for item, found in zip(definition["items"], result["items"], strict=True):
        labels = {option["id"]: option["label"] for option in item["options"]}
        option = "not known" if found["option"] is None else labels[found["option"]]
        points = span(found["low"], found["high"])
        rows.append(tag("tr", tag("th", item["label"], scope="row"), tag("td", option), tag("td", points)))
    caption = tag("caption", f"{definition['label']}: the items")
    return tag("table", caption, _head("Item", "Answer", "Points"), tag("tbody", *rows))


def _head(*words: str) -> Html:
    return tag("thead", tag("tr", *(tag("th", word, scope="col") for word in words)))


def _disagreements(plan: Sequence[Json], known: Json) -> Iterator[Html]:
    raised = {id for entry in plan for id in entry["conflicts"]}
    conflicts = [conflict for conflict in known["conflicts"] if conflict["id"] in raised]
    if conflicts:
        yield tag("h3", "Where sources disagree")
    for conflict in conflicts:
        positions = (
            tag("li", position["text"], " ", _source(position["source"], known)) for position in conflict["positions"]
        )
        yield tag("h4", conflict["title"])
        yield tag("ul", *positions)
        yield tag("p", conflict["resolution"], " ", _source(conflict["authority"], known))


def _firmness(firmness: Json, known: Json) -> Iterator[Html]:
    yield tag("h3", "How firm is it?")
    yield tag("p", firmness["text"])
    if firmness["findings"]:
        yield _squares(firmness["findings"], {finding["id"]: finding["label"] for finding in known["findings"]})
        yield tag(
            "p", tag("small", "A square is a finding. ", *(f"{sign}: {words}. " for sign, words in SIGNS.values()))
        )


SIGNS = {
    "plan": ("Full", "one step moves the plan"),
    "score": ("Half", "a score alone"),
    "nothing": ("Empty", "nothing"),
}


def _squares(findings: Sequence[Json], labels: Mapping[str, str]) -> Html:
    """Return a row of squares: full where one step moves the plan, half where it moves a score alone."""
    side, gap = 16, 4
    squares, words = [], {moves: [] for moves in SIGNS}
    for place, finding in enumerate(findings):
        moves = "plan" if finding["actions"] else "score" if finding["scores"] else "nothing"
        words[moves].append(labels[finding["finding"]])
        x, part = place * (side + gap) + 1, {"plan": side, "score": side // 2, "nothing": 0}[moves]
        squares.append(tag("rect", x=x, y=1, width=side, height=side, fill="none", stroke="currentColor"))
        squares.append(tag("rect", x=x, y=1 + side - part, width=side, height=part, fill="currentColor"))
    width = len(findings) * (side + gap)
    spoken = ". ".join(f"{SIGNS[moves][0]}: {', '.join(names)}" for moves, names in words.items() if names)
    return tag("svg", *squares, role="img", aria_label=f"{spoken}.", viewBox=f"0 0 {width} {side + 2}", width=width)


def _findings(published: Json, findings: Json, known: Json) -> Html:
    groups = (_group(group, published, findings, known) for group in known["groups"])
    return tag("table", _head("Finding", "Value", "Where it comes from"), *groups)


def _group(group: Json, published: Json, findings: Json, known: Json) -> Html:
    rows = [tag("tr", tag("th", group["label"], scope="rowgroup", colspan=3))]
    for finding in known["findings"]:
        if finding["group"] == group["id"]:
            rows.append(_finding(finding, published[finding["id"]], findings.get(finding["id"]), known))
    return tag("tbody", *rows)


def _finding(finding: Json, entry: Json, value: object, known: Json) -> Html:
    if value != entry["value"]:
        was = option_label(finding, entry["value"])
        origin = join([f"changed here; in the published case {was}"])
    else:
        note = f". {entry['note']}" if entry["note"] else ""
        source = _source(entry["source"], known)
        origin = join([PROVENANCES[entry["provenance"]] + note, " " if source else None, source])
    return tag(
        "tr",
        tag("th", finding["label"], scope="row"),
        tag("td", option_label(finding, value)),
        tag("td", origin),
    )
