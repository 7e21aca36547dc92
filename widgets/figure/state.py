"""What the drawing shows of a patient: the attributes of its root, its words and its caption; the twin of `state.ts`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from casebook.messages import message
from casebook.messages.words import few, one_after_another, sentence
from casebook.models.drawing import Attribute, AttributeRow, Drawing

UNKNOWN = "unknown"
MOST_UNKNOWN = 7
MOST_NAMED = 3
MOST_ALARMS = 2
MOST_SIDES = 1

Findings = Mapping[str, Any]
Provenance = Mapping[str, str]


@dataclass(frozen=True)
class Drawn:
    """An attribute of the drawing for one patient."""

    attribute: Attribute
    value: str
    provenance: str = "reported"
    alarms: tuple[tuple[str, str], ...] = ()
    """The words of alarm and the provenance of each."""
    open: bool = False
    """Whether a finding that is not assessed could be graver than what gave the value."""


@dataclass(frozen=True)
class DrawingState:
    """What is written into the drawing.

    Attributes
    ----------
    attributes : mapping of str to str
        Of the root, without ``data-``.
    words : mapping of str to str
        Texts inside the drawing that depend on the patient, by their place.
    caption : str
    """

    attributes: Mapping[str, str] = field(default_factory=dict[str, str])
    words: Mapping[str, str] = field(default_factory=dict[str, str])
    caption: str = ""


def drawing_state(
    drawing: Drawing, findings: Findings, provenance: Provenance | None = None, plan: Iterable[Mapping[str, Any]] = ()
) -> DrawingState:
    """Return what the drawing shows.

    Parameters
    ----------
    drawing : Drawing
        The mapping of the knowledge.
    findings : mapping
        Assessed findings; one that is missing, or None, is not assessed.
    provenance : mapping, optional
        Of findings: reported, derived or assumed. Reported where nothing is given.
    plan : iterable of mapping
        Entries of a plan, as JSON, that are drawn over the patient.
    """
    level = _level(findings, drawing)
    drawn = [_drawn(each, findings, provenance or {}, level) for each in drawing.attributes]
    marks = dict(_marks(drawing, plan))
    attributes = {each.attribute.id: each.value for each in drawn}
    for kind in ("derived", "assumed"):
        attributes[kind] = " ".join(
            each.attribute.id for each in drawn if each.provenance == kind and each.value != UNKNOWN
        )
    attributes["open"] = " ".join(each.attribute.id for each in drawn if each.open)
    attributes["plan"] = " ".join(marks)
    attributes["weighed"] = " ".join(dict.fromkeys(_weighed(mark) for mark, decided in marks.items() if not decided))
    return DrawingState(attributes, _words(drawn, findings, marks), _caption(drawn, findings))


def _weighed(mark: str) -> str:
    """Return how an undecided mark is called on the root: rods and screws are one."""
    return "fix" if mark.startswith("fix-") else mark


def _plan_names(marks: Mapping[str, bool]) -> list[str]:
    names: list[str] = []
    for mark, decided in marks.items():
        name = message(f"figure-plan-{mark}")
        names.append(name if decided else message("figure-undecided", name=name))
    return few(names, MOST_NAMED)


def _level(findings: Findings, drawing: Drawing) -> str:
    first = drawing.attributes[0] if drawing.attributes else None
    return _drawn(first, findings, {}, "").value if first else UNKNOWN


def _drawn(attribute: Attribute, findings: Findings, provenance: Provenance, level: str) -> Drawn:
    if attribute.at and attribute.at != level:
        return Drawn(attribute, attribute.otherwise)
    met = [row for row in attribute.reads if _meets(row, findings)]
    alarms = tuple((row.alarm, provenance.get(row.finding, "reported")) for row in met if row.alarm)
    if met:
        row = met[0]
        before = attribute.reads[: attribute.reads.index(row)]
        graver = bool(alarms) and any(findings.get(each.finding) is None for each in before)
        value = row.value or str(findings[row.finding])
        return Drawn(attribute, value, provenance.get(row.finding, "reported"), alarms, graver)
    read = [row.finding for row in attribute.reads]
    if any(findings.get(name) is None for name in read):
        return Drawn(attribute, UNKNOWN)
    kinds = {provenance.get(name, "reported") for name in read}
    worst = next((kind for kind in ("assumed", "derived") if kind in kinds), "reported")
    return Drawn(attribute, attribute.otherwise, worst)


def _meets(row: AttributeRow, findings: Findings) -> bool:
    value = findings.get(row.finding)
    return value is not None and (not row.options or value in row.options)


def _marks(drawing: Drawing, plan: Iterable[Mapping[str, Any]]) -> Iterator[tuple[str, bool]]:
    """Yield each mark of the overlay once, and whether an entry that asks for it is decided."""
    entries = {entry["action"]: entry for entry in plan if entry["stance"] in drawing.stances}
    found: dict[str, bool] = {}
    for each in drawing.overlay:
        entry = entries.get(each.action)
        if entry is not None:
            mark = each.by_side.get(entry.get("side") or "", each.mark)
            found[mark] = found.get(mark, False) or entry["status"] == "decided"
    yield from found.items()


def _words(drawn: Sequence[Drawn], findings: Findings, marks: Mapping[str, bool]) -> dict[str, str]:
    value = {each.attribute.id: each.value for each in drawn}
    where = str(findings.get("level") or "")
    sides = [message(f"figure-side-{each.attribute.id}") for each in drawn if each.value in each.attribute.one_side]
    alarms = [_assumed(message(f"figure-alarm-{id}"), by) for each in drawn for id, by in each.alarms]
    words = {
        "across": message("figure-across", level=where) if where else message("figure-across-unknown"),
        "above": message("figure-above", level=where) if where else "",
        "alarm": "\n".join(_two_lines(alarms)),
        "sides": "\n".join([message("figure-sides"), one_after_another(few(sides, MOST_SIDES))]) if sides else "",
        "named": "\n".join(_plan_names(marks)),
    }
    for id in ("vertebrae", "bones", "organs"):
        words[id] = message("figure-tally", value=value.get(id, UNKNOWN))
    return words


def _two_lines(alarms: Sequence[str]) -> list[str]:
    """Return the gravest words of alarm, and below them the next one with the number of those that are left."""
    return [*alarms[:1], one_after_another(few(alarms[1:], MOST_ALARMS - 1))] if len(alarms) > 1 else [*alarms]


def _caption(drawn: Sequence[Drawn], findings: Findings) -> str:
    where = message("figure-where", level=str(findings.get("level") or UNKNOWN))
    named = [each for each in drawn if each.value != UNKNOWN and (each.attribute.sentence == "where" or _said(each))]
    if len(named) > 1 and all(_is_assumed(each) for each in named):
        where = message("figure-all-assumed", where=where)
        drawn = [_without_provenance(each) for each in drawn]
    said: dict[str, list[str]] = {"bone": [], "nerves": []}
    for each in drawn:
        if each.attribute.sentence != "where" and each.value != UNKNOWN:
            said[each.attribute.sentence] += _said(each)
    unknown = [message(f"figure-part-{each.attribute.id}") for each in drawn if _is_open(each)]
    bone = one_after_another(said["bone"]) if said["bone"] else ""
    parts = [message("figure-caption-bone", where=where, bone=bone) if bone else sentence(where)]
    if said["nerves"]:
        parts.append(message("figure-caption-nerves", nerves=one_after_another(said["nerves"])))
    if unknown:
        parts.append(message("figure-caption-unknown", unknown=one_after_another(few(unknown, MOST_UNKNOWN))))
    return " ".join(parts)


def _is_assumed(each: Drawn) -> bool:
    return all(by == "assumed" for by in (each.provenance, *(by for _, by in each.alarms)))


def _without_provenance(each: Drawn) -> Drawn:
    """Return an attribute for a caption that has already said of all of them that they are assumed."""
    return replace(each, provenance="", alarms=tuple((id, "") for id, _ in each.alarms))


def _is_open(each: Drawn) -> bool:
    """Return whether the caption names an attribute as unknown; an unknown level begins the caption."""
    return each.open or (each.value == UNKNOWN and each.attribute.sentence != "where")


def _said(each: Drawn) -> list[str]:
    """Return what the caption says of an attribute: its alarms, else its value, and nothing where that is silent."""
    if each.alarms:
        return few([_assumed(message(f"figure-alarm-{id}"), by) for id, by in each.alarms], MOST_ALARMS)
    if each.attribute.at and each.value == each.attribute.otherwise:
        return []
    if any(row.alarm for row in each.attribute.reads):
        return []
    phrase = message(f"figure-say-{each.attribute.id}", value=each.value)
    return [_assumed(phrase, each.provenance)] if phrase else []


def _assumed(phrase: str, provenance: str) -> str:
    return message("figure-assumed", phrase=phrase) if provenance == "assumed" else phrase
