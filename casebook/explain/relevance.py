"""The findings that matter for one patient: those on which a band or a recommendation depends."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping
from typing import Any

from casebook.explain.sensitivity import firmness
from casebook.inference.assessment import assess
from casebook.knowledge_base import knowledge

MOST = 10
"""Findings that a reader can take in before the others."""


def relevant(findings: Mapping[str, Any], assumed: Collection[str] = (), most: int = MOST) -> tuple[str, ...]:
    """Return the findings that matter most for a patient, in the order of the first view.

    A finding matters by the number of scores and recommendations that one step of it would change, if it is assessed
    (`casebook.explain.firmness`), or that depend on it, if it is not. Signs of a neurological emergency (`always` in the
    knowledge) are included for as long as they are not assessed, or only assumed.

    Parameters
    ----------
    findings : mapping of finding id to option id
    assumed : collection of str
        Findings whose value nobody reported.
    most : int
        The number of findings; fewer where fewer matter.

    Returns
    -------
    tuple of str
        Ids of findings.

    Raises
    ------
    FindingError
        If an id or an option is not in the vocabulary, or the findings contradict each other.

    Examples
    --------
    >>> from casebook.cases import load_case
    >>> "cauda_equina_syndrome" in relevant(load_case("colon-s1").findings)
    True
    """
    known = knowledge()
    weight = Counter({each.finding: len(each.scores) + len(each.actions) for each in firmness(findings).findings})
    assessment = assess(findings)
    for entry in assessment.plan:
        weight.update(entry.depends_on)
    for id, result in assessment.scores.items():
        if result.status == "range":
            read = {name for names in known.readings[id].reads for name in names}
            weight.update(read.difference(findings))
    signs = [shown.finding for shown in known.first_view if shown.always]
    always = [name for name in signs if name not in findings or name in assumed]
    others = [name for name, count in weight.most_common() if count and name not in always]
    chosen = {*always, *others[: max(most - len(always), 0)]}
    order = dict.fromkeys([shown.finding for shown in known.first_view] + list(known.vocabulary.by_id))
    return tuple(name for name in order if name in chosen)
