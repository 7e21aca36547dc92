"""The entries of the knowledge that differ between two editions."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal, TypeAlias, TypeVar

from casebook.knowledge_base import Knowledge
from casebook.models.emergency import PatientState
from casebook.models.finding import Entry
from casebook.models.score import Score

FieldValue: TypeAlias = (
    "str | float | bool | list[FieldValue] | tuple[FieldValue, ...] | Mapping[str, FieldValue] | None"
)
"""The value of a field, as plain data."""

Content = TypeVar("Content")


@dataclass(frozen=True)
class EntryChange:
    """An entry of the knowledge, or a case, that was changed.

    Attributes
    ----------
    kind : str
        “rule”, “finding”, “case” and so on.
    id, label : str
    how : {"added", "removed", "changed", "reordered"}
    where : str
        File, line and column: of the new edition, or of the old if it was removed.
    fields : mapping of field to its old and its new value
    """

    kind: str
    id: str
    label: str
    how: Literal["added", "removed", "changed", "reordered"]
    where: str
    fields: Mapping[str, tuple[FieldValue, FieldValue]] = field(
        default_factory=dict[str, tuple[FieldValue, FieldValue]]
    )

    def to_dict(self) -> dict[str, Any]:
        """Return the JSON."""
        fields = {name: {"old": old, "new": new} for name, (old, new) in self.fields.items()}
        return {
            "kind": self.kind,
            "id": self.id,
            "label": self.label,
            "how": self.how,
            "where": self.where,
            "fields": fields,
        }


def entry_changes(old: Knowledge, new: Knowledge) -> Iterator[EntryChange]:
    """Yield the entries that were added, removed or changed, and the kinds of entries that were reordered."""
    for (kind, before), after in zip(_entries(old).items(), _entries(new).values(), strict=True):
        for id in {**before, **after}:
            where = (new if id in after else old).positions.get((kind, id), "")
            label = next((text for name in _LABELS if (text := (after.get(id) or before[id]).get(name))), "")
            if id not in before or id not in after:
                yield EntryChange(kind, id, label, "removed" if id in before else "added", where)
            elif fields := differing_values(before[id], after[id]):
                yield EntryChange(kind, id, label, "changed", where, fields)
        old_order: list[FieldValue] = [id for id in before if id in after]
        new_order: list[FieldValue] = [id for id in after if id in before]
        if old_order != new_order:
            yield EntryChange(kind, "", "", "reordered", "", {"order": (old_order, new_order)})


def differing_values(
    before: Mapping[str, Content], after: Mapping[str, Content]
) -> dict[str, tuple[Content | None, Content | None]]:
    """Return the old and the new value under each key where they differ; None where one side has no such key."""
    names = dict.fromkeys([*before, *after])
    return {name: (before.get(name), after.get(name)) for name in names if before.get(name) != after.get(name)}


_LABELS = ("label", "title", "short", "text")
"""The fields that can name an entry, the most readable first."""


def _entries(known: Knowledge) -> dict[str, dict[str, dict[str, Any]]]:
    """Return all entries of the knowledge as plain values, by kind and id."""
    figures: dict[str, dict[str, Any]] = {}
    for figure in known.evidence:
        figures.setdefault(figure.id, {"label": figure.study, "rows": []})["rows"].append(figure.model_dump())
    lists: dict[str, Iterable[Entry | Score | PatientState]] = {
        "group": known.groups,
        "finding": known.vocabulary,
        "term": known.terms,
        "score": known.scores.values(),
        "action": known.actions.values(),
        "rule": known.rules.values(),
        "conflict": known.conflicts.values(),
        "principle": known.principles,
        "instrument": known.instruments.values(),
        "contradiction": known.contradictions,
        "switch": known.scopes,
        "state": known.emergencies.states,
    }
    return {
        **{kind: {part.id: part.model_dump(mode="json") for part in parts} for kind, parts in lists.items()},
        "source": {key: citation.model_dump(mode="json") for key, citation in known.sources.items()},
        "evidence": figures,
    }
