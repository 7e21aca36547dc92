"""The explorer as static markup: findings, scores, plan and disagreements."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from casebook.messages import message, message_parts
from casebook.messages.words import all_of, any_of, particulars, sentence, stance
from casebook.models.rule import STANCES
from widgets.core.labels import bands, cited, option_label, span
from widgets.core.markup import Html, constructed_markup, join, tag

Json = Mapping[str, Any]


def explorer_markup(
    published: Json, findings: Json, assessment: Json, firmness: Json, known: Json, constructed: bool = False
) -> Html:
    """Return the explorer of a case as markup that needs no script.

    Parameters
    ----------
    published : mapping
        Value, provenance, note and sources of every finding of the case.
    findings : mapping
        The current findings.
    assessment : mapping
        Their assessment, as JSON.
    firmness : mapping
        The sensitivity of the result to each finding, as JSON (`casebook.explain.sensitivity`).
    known : mapping
        The knowledge as JSON (`casebook.export.browser.bundle`).
    constructed : bool
        Whether the patient was constructed for teaching.
    """
    return join(
        [
            constructed_markup() if constructed else None,
            *_first_line(assessment["first_line"]),
            tag("h3", message("explorer-plan")),
            *_plan(assessment["plan"], known),
            tag("h3", message("explorer-scores")),
            *(_score(definition, assessment, known) for definition in known["scores"]),
            *_disagreements(assessment["plan"], known),
            *_firmness(firmness, known),
            tag("h3", message("explorer-findings")),
            _findings(published, findings, known),
        ]
    )


def _first_line(lines: Sequence[Json]) -> Iterator[Html]:
    for line in lines:
        text = f" {line['text']}" if line["text"] else None
        yield tag("p", tag("strong", line["lead"]), text, data_patient_state=line["state"])


def _plan(plan: Sequence[Json], known: Json) -> Iterator[Html]:
    if not plan:
        yield tag("p", message("explorer-plan-empty"))
    for heading, entries in _headed(plan):
        if entries:
            yield tag("h4", heading)
            yield tag("ul", *(_entry(entry, known) for entry in entries))


def _headed(plan: Sequence[Json]) -> Iterator[tuple[str, list[Json]]]:
    """Yield headings with their entries: by stance, the strongest first, then undecided entries."""
    decided = [entry for entry in plan if entry["status"] == "decided"]
    undecided = [entry for entry in plan if entry["status"] != "decided"]
    for name in STANCES:
        yield stance(name), [entry for entry in decided if entry["stance"] == name]
    least = [entry for entry in undecided if "at_least" in entry]
    yield message("explorer-plan-least"), least
    yield message("explorer-plan-open"), [entry for entry in undecided if entry not in least]


def _entry(entry: Json, known: Json) -> Html:
    labels = {action["id"]: action["label"] for action in known["actions"]}
    label, limit = tag("strong", labels[entry["action"]]), particulars(entry.get("within_hours"), entry.get("side"))
    if entry["status"] != "decided":
        head = [label, " ", _open(entry, known, limit)]
    else:
        head = message_parts("explorer-entry-limit", action=label, limit=limit) if limit else [label]
    return tag(
        "li",
        *head,
        _rules(message("explorer-because"), entry["because"], known),
        _rules(message("explorer-against"), entry["against"], known),
        data_action=entry["action"],
        data_stance=entry["stance"],
        data_status=entry["status"],
    )


def _open(entry: Json, known: Json, limit: str) -> str:
    """Return the possible stances, and the findings on which they depend."""
    earliest = message("explorer-entry-earliest", limit=limit) if entry.get("within_hours") else limit
    limits = {entry["stance"]: earliest or "none"}
    outcomes = any_of(
        message("outcome-name", stance=name, limit=limits.get(name, "none")) for name in entry["possible"]
    )
    labels = {finding["id"]: finding["label"] for finding in known["findings"]}
    findings = all_of([labels[name] for name in entry["depends_on"]])
    if "at_least" not in entry:
        return message("explorer-entry-open", outcomes=outcomes, findings=findings)
    least = message("outcome-name", stance=entry["at_least"], limit="none")
    return message("explorer-entry-open-least", least=least, outcomes=outcomes, findings=findings)


def _rules(heading: str, ids: Sequence[str], known: Json) -> Html | None:
    if not ids:
        return None
    rules = {rule["id"]: rule for rule in known["rules"]}
    cited_rules = (
        tag("li", rules[name]["title"], " ", _source(rules[name]["source"], known), data_rule=name) for name in ids
    )
    return tag("div", heading, tag("ul", *cited_rules))


def _source(source: Sequence[Sequence[str]], known: Json) -> Html | None:
    return tag("cite", f"({cited(source, known['sources'])})") if source else None


def _score(definition: Json, assessment: Json, known: Json) -> Html:
    result = assessment["scores"][definition["id"]]
    if result["status"] == "not_applicable":
        value = message("score-reason", reason=result["reason"])
    else:
        value = _total(definition, result)
    worse = message("score-worse", worse=definition["worse"])
    head = tag("p", tag("strong", definition["label"]), f" {sentence(value)} {worse}")
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


def _total(definition: Json, result: Json) -> str:
    total = {
        "total": span(result["low"], result["high"]),
        "minimum": definition["minimum"],
        "maximum": definition["maximum"],
        "bands": bands(definition, result["bands"]),
    }
    one = result.get("as_one_lesion")
    if not one:
        return message("score-total", **total)
    one_total, one_bands = span(one["low"], one["high"]), bands(definition, one["bands"])
    return message("score-total-one-lesion", **total, one_total=one_total, one_bands=one_bands)


def _items(definition: Json, result: Json) -> Html:
    rows: list[Html] = []
    for item, found in zip(definition["items"], result["items"], strict=True):
        labels = {option["id"]: option["label"] for option in item["options"]}
        option = message("score-item-unknown") if found["option"] is None else labels[found["option"]]
        points = span(found["low"], found["high"])
        rows.append(tag("tr", tag("th", item["label"], scope="row"), tag("td", option), tag("td", points)))
    caption = tag("caption", message("score-items", score=definition["label"]))
    head = _head(message("score-item"), message("score-option"), message("score-points"))
    return tag("table", caption, head, tag("tbody", *rows))


def _head(*words: str) -> Html:
    return tag("thead", tag("tr", *(tag("th", word, scope="col") for word in words)))


def _disagreements(plan: Sequence[Json], known: Json) -> Iterator[Html]:
    raised = {name for entry in plan for name in entry["conflicts"]}
    conflicts = [conflict for conflict in known["conflicts"] if conflict["id"] in raised]
    if conflicts:
        yield tag("h3", message("explorer-disagree"))
    for conflict in conflicts:
        positions = (
            tag("li", position["text"], " ", _source(position["source"], known)) for position in conflict["positions"]
        )
        yield tag("h4", conflict["title"])
        yield tag("ul", *positions)
        yield tag("p", conflict["resolution"], " ", _source(conflict["authority"], known))


def _firmness(firmness: Json, known: Json) -> Iterator[Html]:
    yield tag("h3", message("explorer-sensitivity"))
    yield tag("p", firmness["text"])
    if firmness["findings"]:
        yield _squares(firmness["findings"], {finding["id"]: finding["label"] for finding in known["findings"]})
        yield tag("p", tag("small", message("explorer-squares-note")))


def _squares(findings: Sequence[Json], labels: Mapping[str, str]) -> Html:
    """Return a row of squares: full where the next option would change the plan, half where a score only."""
    side, gap = 16, 4
    squares: list[Html] = []
    words: dict[str, list[str]] = {effect: [] for effect in ("plan", "score", "nothing")}
    for index, finding in enumerate(findings):
        effect = "plan" if finding["actions"] else "score" if finding["scores"] else "nothing"
        words[effect].append(labels[finding["finding"]])
        x, part = index * (side + gap) + 1, {"plan": side, "score": side // 2, "nothing": 0}[effect]
        squares.append(tag("rect", x=x, y=1, width=side, height=side, fill="none", stroke="currentColor"))
        squares.append(tag("rect", x=x, y=1 + side - part, width=side, height=part, fill="currentColor"))
    width = len(findings) * (side + gap)
    spoken = " ".join(
        message("explorer-squares", size=effect, findings=all_of(names)) for effect, names in words.items() if names
    )
    return tag("svg", *squares, role="img", aria_label=spoken, viewBox=f"0 0 {width} {side + 2}", width=width)


def _findings(published: Json, findings: Json, known: Json) -> Html:
    groups = (_group(group, published, findings, known) for group in known["groups"])
    head = _head(message("explorer-finding"), message("explorer-value"), message("explorer-provenance"))
    return tag("table", head, *groups)


def _group(group: Json, published: Json, findings: Json, known: Json) -> Html:
    rows = [tag("tr", tag("th", group["label"], scope="rowgroup", colspan=3))]
    for finding in known["findings"]:
        if finding["group"] == group["id"]:
            rows.append(_finding(finding, published[finding["id"]], findings.get(finding["id"]), known))
    return tag("tbody", *rows)


def _finding(finding: Json, entry: Json, value: object, known: Json) -> Html:
    if value != entry["value"]:
        origin = message("explorer-changed-here", before=option_label(finding, entry["value"]))
    else:
        words = message(f"provenance-{entry['provenance']}")
        if entry["note"]:
            words = message("explorer-provenance-note", provenance=words, note=entry["note"])
        source = _source(entry["source"], known)
        origin = join([words, " " if source else None, source])
    return tag(
        "tr",
        tag("th", finding["label"], scope="row"),
        tag("td", option_label(finding, value)),
        tag("td", origin),
    )
